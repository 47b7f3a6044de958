import {
  type ColumnSpec,
  type ColumnValues,
  columnWords,
  type DatasetSchema,
  paddedRows,
} from "@symbolon/base/dataset";
import type { HtcdsRecord } from "../htcds/record.js";
import { permutation, type RandomWords } from "../random.js";
import { ATTRIBUTES, type Attribute, codeNumbers } from "./attributes.js";

export const ATTRIBUTES_TABLE = "attributes";
/** The attributes and their lists of codes: whoever counts together must have the same. */
export const ATTRIBUTES_LAYOUT = "attributes-1";

/** A word a row of each attribute: a number, or a bit for each code. */
export const attributeColumns = (): readonly ColumnSpec[] =>
  ATTRIBUTES.map(({ name, kind }) => ({
    name,
    kind: kind === "one" ? "code" : "code-set",
    sharing: "boolean",
    width: 32,
  }));

export interface AttributesDataset {
  readonly schema: DatasetSchema;
  /** Keyed `attributes.<column>`. In the clear: only for the provider to split. */
  readonly values: ColumnValues;
  /** Row of the dataset → index in `records`, or −1 for padding. Stays at the provider. */
  readonly rowMap: readonly number[];
  /** By attribute: records that say nothing of it, and those with more codes than count. */
  readonly notes: readonly AttributeNote[];
}

/** What a steward should know of a list before it is sent: counts, no value. */
export interface AttributeNote {
  readonly attribute: string;
  readonly unknown: number;
  readonly cutOff: number;
}

/** The word of a record: the number of its code, or the bits of its codes. Never 0. */
export function attributeWord(attribute: Attribute, record: HtcdsRecord): number {
  const numbers = codeNumbers(attribute, record);
  if (attribute.kind === "one") return numbers[0];
  return numbers.reduce((word, number) => (word | (1 << (number - 1))) >>> 0, 0);
}

/**
 * Records → a dataset ready to be split: padded to the public size with rows that count for
 * nothing (words of 0), in an order that says nothing (`words` must be unpredictable).
 */
export function attributesDataset(
  records: readonly HtcdsRecord[],
  words: RandomWords,
): AttributesDataset {
  const rows = paddedRows(records.length);
  const columns = attributeColumns();
  const order = permutation(rows, words);
  const rowMap = new Array<number>(rows).fill(-1);
  records.forEach((_, index) => {
    rowMap[order[index]] = index;
  });
  const values = columns.map((spec, k) => {
    const column = new Uint32Array(columnWords(rows, spec));
    records.forEach((record, index) => {
      column[order[index]] = attributeWord(ATTRIBUTES[k], record);
    });
    return column;
  });
  return {
    schema: {
      version: 1,
      layout: ATTRIBUTES_LAYOUT,
      tables: [{ name: ATTRIBUTES_TABLE, rows, columns }],
    },
    values: new Map(columns.map(({ name }, k) => [`${ATTRIBUTES_TABLE}.${name}`, values[k]])),
    rowMap,
    notes: attributeNotes(records),
  };
}

/** By attribute: records that say nothing of it, and those with more codes than count. */
export const attributeNotes = (records: readonly HtcdsRecord[]): AttributeNote[] =>
  ATTRIBUTES.map((attribute) => {
    const all = records.map((record) => codeNumbers(attribute, record));
    return {
      attribute: attribute.name,
      unknown: all.filter(([first]) => first === 1).length,
      cutOff: all.filter(({ length }) => length > attribute.most).length,
    };
  });
