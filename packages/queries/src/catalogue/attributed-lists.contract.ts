import { utf8 } from "@symbolon/base/bytes";
import { ATTRIBUTES } from "@symbolon/case-data/attributes/attributes";
import { personAttribute, withAttributes } from "@symbolon/case-data/attributes/person-attributes";
import { toDataset } from "@symbolon/case-data/encode/dataset";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { type HtcdsRecord, recordOf } from "@symbolon/case-data/htcds/record";
import { readPersons } from "@symbolon/case-data/intake/persons";
import { below, seededWords } from "@symbolon/case-data/random";
import { generateWorld } from "@symbolon/sim/people/world";
import { clearListOf, type WholeClearList } from "../plaintext/clear-list.js";

/** A list whose persons have coded attributes. */
export type AttributedClearList = WholeClearList & {
  readonly attributes: ReadonlyMap<string, Uint32Array>;
};

const TYPES = ["ForcedLabour", "SexualExploitation"] as const;
const SEXES = ["Feminine", "Masculine"] as const;

/**
 * Lists of invented people of so many rows, as their providers send them: half of those on the
 * first are on another as well. What befell them: of one of two types each, with a type for each
 * record of a person drawn by `codeSeed`, so that records disagree now and then.
 */
export function attributedLists(
  seed: number,
  [first, ...others]: readonly number[],
  codeSeed = seed,
): AttributedClearList[] {
  const world = generateWorld({ seed, police: first, ngos: others, shared: 0.5 });
  const random = seededWords(codeSeed);
  return [world.police, ...world.ngos].map(({ csv }, k) => {
    const { persons } = readPersons(utf8(csv), { withRepeats: true });
    const records = persons.map(
      (): HtcdsRecord =>
        recordOf({
          prs_Gender: SEXES[below(2, random)],
          vic_TypeOfExploitation: [TYPES[below(2, random)]],
        }),
    );
    const layout = personLayout();
    const dataset = withAttributes(toDataset(persons, layout, seededWords(k)), records);
    const columns = ATTRIBUTES.map(({ name }) => personAttribute(name)).map(
      (name) => [name, dataset.values.get(`persons.${name}`) as Uint32Array] as const,
    );
    return { ...clearListOf(persons, layout, seededWords(k)), attributes: new Map(columns) };
  });
}
