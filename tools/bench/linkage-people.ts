import { type LinkOptions, linkable, linkLists } from "@symbolon/case-data/compare/link";
import { readPersons } from "@symbolon/case-data/intake/persons";
import type { Person } from "@symbolon/case-data/person";
import { writeCsv } from "@symbolon/sim/people/csv";
import { type TrueRows, twoLists } from "@symbolon/sim/people/two-lists";
import { BandFinds } from "./linkage-bands.js";
import { type BenchResult, inTheClear } from "./result.js";

/** Of each custom and draw: people on both lists, on one alone; names in their own script. */
const DRAW = { shared: 50, alone: 75, nativeScript: 0.2 };

const NAMES_ONLY: readonly (keyof Person)[] = [
  "given",
  "surname",
  "birthDate",
  "sex",
  "nationalities",
];

/** Sets of invented people by name, and the fields that they keep; all without a list. */
export const PEOPLE_SETS: Readonly<Record<string, readonly (keyof Person)[] | undefined>> = {
  people: undefined,
  "people-names": NAMES_ONLY,
};

interface KnownPerson {
  readonly person: Person;
  readonly id: string;
  readonly custom: string;
  /** Whether the given name stands in another script than the Latin one. */
  readonly isNative: boolean;
}

/** What came of the true pairs and of the links of one group. */
class Tally {
  true = 0;
  links = 0;
  right = 0;
  /** Of the right links, those that bands find too. */
  byBands = 0;

  get shares() {
    return {
      f1: (2 * this.right) / (this.links + this.true),
      precision: this.right / this.links,
      recall: this.right / this.true,
      truePairs: this.true,
      bandsFind: this.byBands / this.right,
    };
  }
}

/** Reads the rows as a provider does; nothing of the truth goes in. */
function readList({ rows, truth }: TrueRows, fields?: readonly (keyof Person)[]): KnownPerson[] {
  const bytes = new TextEncoder().encode(writeCsv(rows, ","));
  const { persons } = readPersons(bytes, { withRepeats: true });
  return persons.map((person) => {
    const kept = fields?.map((name) => [name, person[name]]).filter(([, value]) => value);
    return {
      person: kept ? { ...Object.fromEntries(kept), row: person.row } : person,
      // Headings are line 1.
      ...truth[person.row - 2],
      isNative: /\p{L}/u.test(person.given?.raw.replace(/\p{Script=Latin}/gu, "") ?? ""),
    };
  });
}

/**
 * Invented people of every custom, linked in the clear: quality by custom, and how many of those
 * are found of whom one list has the name in their own script and the other one in Latin letters.
 */
export function measurePeople(name: string, draws: number, options: LinkOptions): BenchResult {
  const start = performance.now();
  const tallies = new Map<string, Tally>();
  const tally = (group: string): Tally => {
    const found = tallies.get(group) ?? new Tally();
    tallies.set(group, found);
    return found;
  };
  let [pairs, bandPairs] = [0, 0];
  let [low, expected, high] = [0, 0, 0];
  for (let seed = 1; seed <= draws; seed += 1) {
    const [a, b] = twoLists({ seed, ...DRAW }).map((rows) => readList(rows, PEOPLE_SETS[name]));
    const [left, right] = [a, b].map((list) =>
      linkable(
        list.map(({ person }) => person),
        options.layout,
      ),
    );
    const linkage = linkLists(left, right, options);
    const bands = new BandFinds(left, right);
    bandPairs += bands.count / left.records.length / draws;
    const groupsOf = (x: KnownPerson, y: KnownPerson): Tally[] => [
      tally("all"),
      tally(x.custom),
      ...(x.isNative === y.isNative ? [] : [tally(`${x.custom}, two scripts`)]),
    ];
    const partners = new Map(b.map((one) => [one.id, one]));
    for (const one of a) {
      const partner = partners.get(one.id);
      if (partner) for (const group of groupsOf(one, partner)) group.true += 1;
    }
    for (const link of linkage.links) {
      const [x, y] = [a[link.a], b[link.b]];
      for (const group of groupsOf(x, y)) {
        group.links += 1;
        if (x.id === y.id) group.right += 1;
        if (x.id === y.id && bands.has(link.a, link.b)) group.byBands += 1;
      }
    }
    pairs += linkage.pairs;
    low += linkage.estimate.low;
    expected += linkage.estimate.expected;
    high += linkage.estimate.high;
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    ...inTheClear("linkage", pairs / seconds, seconds),
    set: name,
    ...tally("all").shares,
    estimatedPairs: { low, expected, high },
    bandPairsForEachRow: bandPairs,
    ...byGroup(tallies),
  };
}

function byGroup(tallies: ReadonlyMap<string, Tally>) {
  const groups = [...tallies].filter(([group]) => group !== "all" && !group.includes(","));
  const scripts = [...tallies].filter(([group]) => group.includes(","));
  const f1 = groups.map(([, one]) => one.shares.f1);
  return {
    gap: Math.max(...f1) - Math.min(...f1),
    groups: Object.fromEntries(
      groups.map(([group, one]): [string, Tally["shares"]] => [group, one.shares]),
    ),
    twoScripts: Object.fromEntries(
      scripts.map(
        ([group, { right, true: all }]): [string, { recall: number; truePairs: number }] => [
          group.split(",")[0],
          { recall: right / all, truePairs: all },
        ],
      ),
    ),
  };
}
