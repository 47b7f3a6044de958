import { utf8 } from "@symbolon/base/bytes";
import { type LinkableList, linkable } from "@symbolon/case-data/compare/link";
import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { comparisonRecord } from "@symbolon/case-data/compare/record";
import { FIELD_NAMES } from "@symbolon/case-data/encode/fields";
import { type LinkageLayout, personLayout } from "@symbolon/case-data/encode/layout";
import { listStats } from "@symbolon/case-data/encode/stats";
import { fieldValues } from "@symbolon/case-data/encode/values";
import { readPersons } from "@symbolon/case-data/intake/persons";
import type { Person } from "@symbolon/case-data/person";
import { generateWorld } from "@symbolon/sim/people/world";
import { column32, columnBits } from "./work.js";

/** Sizes of a bench of linkage. */
export type LinkSizes = Readonly<Record<"rows" | "dims", number>>;

export const layoutOf = ({ dims }: Pick<LinkSizes, "dims">): LinkageLayout =>
  personLayout(dims as 512 | 1024 | 2048);
export const padded = ({ rows }: Pick<LinkSizes, "rows">): number => Math.ceil(rows / 256) * 256;

/** Half of the people of one list are on the other one, and both parties say so. */
export const SHARED = 0.5;

const made = new Map<string, unknown>();

/** The same lists in every process: a bench deals them in the open. */
function once<T>(name: string, make: () => T): T {
  if (!made.has(name)) made.set(name, make());
  return made.get(name) as T;
}

function personsOf(rows: number): (readonly Person[])[] {
  const world = generateWorld({ seed: 1, police: rows, ngos: [rows], shared: SHARED });
  return [world.police, world.ngos[0]].map(
    ({ csv }) => readPersons(utf8(csv), { withRepeats: true }).persons,
  );
}

/** Two lists of invented people as both stages see them. */
export const listsOf = ({ rows, dims }: LinkSizes): readonly LinkableList[] =>
  once(`both ${rows} ${dims}`, () =>
    personsOf(rows).map((persons) => linkable(persons, layoutOf({ dims }))),
  );

/** What of two lists the second stage sees, and bands. */
export interface RecordsOnly {
  readonly records: readonly Uint32Array[];
  /** Presence by row and linkage field. */
  readonly present: Uint32Array;
}

export const recordListsOf = (rows: number): readonly RecordsOnly[] =>
  once(`records ${rows}`, () =>
    personsOf(rows).map((persons) => {
      const stats = listStats(persons);
      const values = persons.map(fieldValues);
      const present = Uint32Array.from(
        values.flatMap((fields) => FIELD_NAMES.map((_, f) => (fields[f] === undefined ? 0 : 1))),
      );
      return { records: values.map((one) => comparisonRecord(RECORDS, one, stats)), present };
    }),
  );

const filled = (values: ArrayLike<number>, length: number): Uint32Array => {
  const out = new Uint32Array(length);
  for (let k = 0; k < values.length; k += 1) out[k] = values[k];
  return out;
};

/** Records row by row, filled up with empty ones. */
export function flatRecords(records: readonly Uint32Array[], rows: number): Uint32Array {
  const words = RECORDS.bits / 32;
  const out = new Uint32Array(rows * words);
  records.forEach((record, row) => {
    out.set(record, row * words);
  });
  return out;
}

/** Vectors, presence and records of both lists. */
export function bothStages(sizes: LinkSizes) {
  const rows = padded(sizes);
  const layout = layoutOf(sizes);
  const fields = layout.fields.length;
  const list = (at: 0 | 1) => ({
    content: column32(rows * layout.dims, () =>
      filled(listsOf(sizes)[at].encoded.content, rows * layout.dims),
    ),
    present: column32(rows * fields, () =>
      filled(listsOf(sizes)[at].encoded.present, rows * fields),
    ),
    records: columnBits((rows * RECORDS.bits) / 32, () =>
      flatRecords(listsOf(sizes)[at].records, rows),
    ),
  });
  return named(list(0), list(1));
}

/** Presence and records of both lists; bands look at nothing else. */
export function recordsAlone(sizes: LinkSizes) {
  const rows = padded(sizes);
  const list = (at: 0 | 1) => ({
    content: column32(0),
    present: column32(rows * FIELD_NAMES.length, () =>
      filled(recordListsOf(sizes.rows)[at].present, rows * FIELD_NAMES.length),
    ),
    records: columnBits((rows * RECORDS.bits) / 32, () =>
      flatRecords(recordListsOf(sizes.rows)[at].records, rows),
    ),
  });
  return named(list(0), list(1));
}

type ListColumns = Readonly<
  Record<"content" | "present", ReturnType<typeof column32>> & {
    readonly records: ReturnType<typeof columnBits>;
  }
>;

const named = (ours: ListColumns, theirs: ListColumns) => ({
  oursContent: ours.content,
  oursPresent: ours.present,
  oursRecords: ours.records,
  theirsContent: theirs.content,
  theirsPresent: theirs.present,
  theirsRecords: theirs.records,
});
