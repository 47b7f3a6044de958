import type { Sandbox } from "./sandbox.js";

/** Who is whom, and how many there are: for judging answers, never for giving them. */
export interface SandboxTruth {
  readonly people: number;
  /** People on at least one list. */
  readonly known: number;
  /** How many people are on exactly these lists, by their names joined with a plus. */
  readonly overlaps: Readonly<Record<string, number>>;
  /** By list, who each row is about; rows in the order of the file, headings not counted. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  /** By person: network, kind of exploitation, naming custom. */
  readonly persons: Readonly<
    Record<string, { readonly network: string; readonly kind: string; readonly custom: string }>
  >;
}

export function truthOf({ organisations, people }: Sandbox): SandboxTruth {
  const overlaps: Record<string, number> = {};
  for (const { lists } of people) {
    const key = lists.join("+");
    overlaps[key] = (overlaps[key] ?? 0) + 1;
  }
  const { "": unknown = 0, ...known } = overlaps;
  return {
    people: people.length,
    known: people.length - unknown,
    overlaps: known,
    rows: Object.fromEntries(
      organisations.map(({ organisation, list }): [string, readonly string[]] => [
        organisation.id,
        list.truth,
      ]),
    ),
    persons: Object.fromEntries(
      people.map(({ victim: { person, network } }): [string, SandboxTruth["persons"][string]] => [
        person.id,
        { network: network.id, kind: network.kind.id, custom: person.custom },
      ]),
    ),
  };
}
