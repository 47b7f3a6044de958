import type { ColumnSpec } from "@symbolon/base/dataset";
import { columnWords } from "@symbolon/base/dataset";
import { PERSONS_TABLE, type PersonDataset } from "../encode/dataset.js";
import type { HtcdsRecord } from "../htcds/record.js";
import { ATTRIBUTES } from "./attributes.js";
import { ATTRIBUTES_LAYOUT, attributeColumns, attributeWord } from "./attributes-dataset.js";

/** The column of an attribute in a table of persons. Its name says which lists of codes it has. */
export const personAttribute = (name: string): string => `${ATTRIBUTES_LAYOUT}-${name}`;

/** What a table of persons has besides, so that persons can be counted by their attributes. */
export const personAttributeColumns = (): readonly ColumnSpec[] =>
  attributeColumns().map((column) => ({ ...column, name: personAttribute(column.name) }));

/**
 * A dataset of persons with the codes of their cases: in each row those of the person who stands
 * in it. `records`: by index of the person; of one without a record nothing is known.
 */
export function withAttributes(
  { schema, values, rowMap }: PersonDataset,
  records: readonly HtcdsRecord[],
): PersonDataset {
  const more = personAttributeColumns();
  const columns = more.map((spec, k): readonly [string, Uint32Array] => {
    const words = new Uint32Array(columnWords(rowMap.length, spec));
    rowMap.forEach((index, row) => {
      if (index >= 0) words[row] = attributeWord(ATTRIBUTES[k], records[index]);
    });
    return [`${PERSONS_TABLE}.${spec.name}`, words];
  });
  return {
    schema: {
      ...schema,
      tables: schema.tables.map((table) =>
        table.name === PERSONS_TABLE ? { ...table, columns: [...table.columns, ...more] } : table,
      ),
    },
    values: new Map([...values, ...columns]),
    rowMap,
  };
}
