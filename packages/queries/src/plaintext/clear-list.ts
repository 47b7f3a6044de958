import { assert } from "@symbolon/base/assert";
import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { toDataset } from "@symbolon/case-data/encode/dataset";
import { personKeys } from "@symbolon/case-data/encode/key-layout";
import type { LinkageLayout } from "@symbolon/case-data/encode/layout";
import type { Person } from "@symbolon/case-data/person";
import type { RandomWords } from "@symbolon/case-data/random";
import type { ClearList } from "./backend.js";

/** A list with all that any plan about persons looks at. */
export interface WholeClearList extends Required<Omit<ClearList, "attributes">> {
  /** For each row the number of its person, or −1 where it fills the list up. */
  readonly rowMap: readonly number[];
}

/** A list as its provider's program encodes it, in the clear: for oracles, tests and benches. */
export function clearListOf(
  persons: readonly Person[],
  layout: LinkageLayout,
  words: RandomWords,
): WholeClearList {
  const { schema, values, rowMap } = toDataset(persons, layout, words);
  const column = (name: string): Uint32Array => {
    const found = values.get(`persons.${name}`);
    assert(found !== undefined, "a persons table has the columns of its layout");
    return found;
  };
  return {
    rows: schema.tables[0].rows,
    content: column("content"),
    present: column("present"),
    real: column("real"),
    keys: column(personKeys().id),
    records: column(RECORDS.id),
    rowMap,
  };
}
