import {
  type AttributeNote,
  attributeNotes,
} from "@symbolon/case-data/attributes/attributes-dataset";
import { personAttributeColumns } from "@symbolon/case-data/attributes/person-attributes";
import { type HtcdsRecord, recordOf } from "@symbolon/case-data/htcds/record";
import type { ListOptions } from "../commands/provider.js";
import type { Output } from "../output.js";
import { readCodes, showCodes } from "./attributes.js";
import type { ReadList } from "./list.js";
import { findQuery } from "./query.js";

/** The cases of the persons of a list, by whose codes they are counted. */
export interface PersonCases {
  /** One for each person, in their order. */
  readonly records: readonly HtcdsRecord[];
  /** By attribute of which something is known. */
  readonly known: readonly AttributeNote[];
}

const [{ name: A_CODE }] = personAttributeColumns();

/** Whether a question about persons counts them by what their cases say. */
export const readsCases = (query: string): boolean =>
  findQuery(query).query.reads.columns.some(({ name }) => name === A_CODE);

/**
 * The case of each person: what stands in the same row of the file, by the standard's headings or a
 * mapping. Shows which codes leave. Of a row of which nothing is understood nothing is known.
 */
export async function casesOfPersons(
  { persons, bytes, source }: ReadList,
  options: ListOptions,
  output: Output,
): Promise<PersonCases> {
  // Headings that were named one by one are of what people are found by.
  const { map: _, ...reading } = options;
  const { records } = await readCodes(bytes, reading);
  const byRow = new Map(records.map(({ row, record }) => [row, record]));
  const own = persons.map(({ row }) => byRow.get(row) ?? recordOf({}));
  const known = attributeNotes(own).filter(({ unknown }) => unknown < own.length);
  showCodes(known, { cases: own.length, source }, output);
  return { records: own, known };
}
