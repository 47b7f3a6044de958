import { assert } from "@symbolon/base/assert";
import type { ColumnKind } from "@symbolon/base/dataset";
import { ATTRIBUTES_TABLE } from "@symbolon/case-data/attributes/attributes-dataset";
import { PERSONS_TABLE } from "@symbolon/case-data/encode/dataset";
import { CASES_TABLE } from "@symbolon/case-data/indicators/cases-dataset";
import type { AnyQuery, Layout } from "../define-query.js";

/** What a query touches of every list, and what it does not. */
export interface FieldsUsed {
  readonly table: string;
  /** What of a case file is turned into numbers. */
  readonly fields: readonly string[];
  /** The columns that a run reads, each of them numbers in three parts. */
  readonly columns: readonly { readonly name: string; readonly what: string }[];
  /** What leaves a provider's computer, and what never does. */
  readonly leaves: string;
  readonly stays: string;
}

const COLUMN: Readonly<Record<ColumnKind, string>> = {
  "linkage-vector": "numbers made of the fields, which say how alike two rows are",
  presence: "which fields a row has",
  "row-bit": "whether a row is somebody or only fills the list up",
  key: "keys that are equal where values are equal",
  record: "codes of the fields, for comparing them one by one",
  code: "a number from a public list of codes",
  "code-set": "marks on a public list of codes",
  integer: "a number",
  parent: "which row of another table it belongs to",
};

const PARTS = "split into three parts, each of them noise by itself, one for each node";

/** Of persons who are counted by the codes of their cases. */
const COUNTED: Pick<FieldsUsed, "leaves" | "stays"> = {
  leaves: `for each person numbers made of these fields, and codes in public lists, ${PARTS}`,
  stays:
    "the file itself; names, dates, places and texts as they are written; every other column, " +
    "such as case numbers and remarks",
};

const TABLE: ReadonlyMap<string, Pick<FieldsUsed, "leaves" | "stays">> = new Map([
  [
    PERSONS_TABLE,
    {
      leaves: `for each person numbers made of these fields, ${PARTS}`,
      stays:
        "the file itself; names, dates and numbers as they are written; every other column, such " +
        "as case numbers and remarks",
    },
  ],
  [
    CASES_TABLE,
    {
      leaves: `for each case up to 16 keys made of its indicators, ${PARTS}`,
      stays:
        "the file itself; phones, plates and names as they are written; every other column; who " +
        "the case is about",
    },
  ],
  [
    ATTRIBUTES_TABLE,
    {
      leaves: `for each case its codes in public lists, ${PARTS}`,
      stays:
        "the file itself; names, dates, places and texts; every other column; which case is whose",
    },
  ],
]);

/** What of every list a query reads. */
export function fieldsUsed({ reads, layout }: Pick<AnyQuery, "reads" | "layout">): FieldsUsed {
  const words = TABLE.get(reads.table);
  assert(words !== undefined, `it is said what leaves for a table ${reads.table}`);
  const columns = reads.columns.map(({ name, kind }) => ({ name, what: COLUMN[kind] }));
  const said = "counted" in layout ? COUNTED : words;
  return { table: reads.table, fields: fieldsOf(layout), columns, ...said };
}

function fieldsOf(layout: Layout): string[] {
  if ("counted" in layout) {
    const counted = layout.counted.attributes.map(({ name }) => `${name} (a code)`);
    return [...layout.fields.map(({ name }) => name), ...counted];
  }
  if ("fields" in layout) return layout.fields.map(({ name }) => name);
  if ("attributes" in layout) return layout.attributes.map(({ name }) => name);
  return [...layout.channels];
}
