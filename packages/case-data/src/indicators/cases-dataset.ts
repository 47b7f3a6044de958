import {
  type ColumnSpec,
  type ColumnValues,
  columnWords,
  type DatasetSchema,
  paddedRows,
} from "@symbolon/base/dataset";
import { CaseDataError } from "../error.js";
import { permutation, type RandomWords } from "../random.js";
import {
  type CaseIndicators,
  type IndicatorNote,
  SlotMaker,
  type SlotOptions,
} from "./case-slots.js";
import { CASE_SLOTS, SLOT_CODE_BITS, SLOT_KEY_BITS } from "./kinds.js";

export const CASES_TABLE = "cases";
/** The rules by which values become keys: whoever compares must follow the same. */
export const INDICATOR_LAYOUT = "indicators-1";
/** Cases of one dataset: what an organisation may ask about in one run. */
export const CASES_MAX = 4_096;

/** Columns of a table of cases: which kind of key stands in each slot, and the key. */
export const indicatorColumns = (): readonly ColumnSpec[] => [
  { name: "slot-codes", kind: "record", sharing: "boolean", width: CASE_SLOTS * SLOT_CODE_BITS },
  { name: "slot-keys", kind: "key", sharing: "boolean", width: CASE_SLOTS * SLOT_KEY_BITS },
];

export interface CasesDataset {
  readonly schema: DatasetSchema;
  /** Keyed `cases.<column>`. In the clear: only for the provider to split. */
  readonly values: ColumnValues;
  /** Row of the dataset → index in `cases`, or −1 for padding. Stays at the provider. */
  readonly rowMap: readonly number[];
  readonly notes: readonly IndicatorNote[];
}

export const tooManyCases = (cases: number): CaseDataError =>
  new CaseDataError(
    "TOO_MANY_ROWS",
    `${cases} cases; one dataset of indicators holds ${CASES_MAX} at most`,
    { cases, casesMax: CASES_MAX },
    "Leave out old cases, or ask in several runs.",
  );

/**
 * Cases → a dataset ready to be split: padded with cases without indicators to the public size, in
 * an order that says nothing (`words` must be unpredictable). Throws TOO_MANY_ROWS.
 */
export function casesDataset(
  cases: readonly CaseIndicators[],
  words: RandomWords,
  options: SlotOptions = {},
): CasesDataset {
  if (cases.length > CASES_MAX) throw tooManyCases(cases.length);
  const rows = paddedRows(cases.length);
  const columns = indicatorColumns();
  const [codes, keys] = columns.map((spec) => new Uint32Array(columnWords(rows, spec)));
  const order = permutation(rows, words);
  const rowMap = new Array<number>(rows).fill(-1);
  const maker = new SlotMaker(options);
  const notes = cases.flatMap((one, index) => {
    const row = order[index];
    rowMap[row] = index;
    const made = maker.slots(one);
    made.slots.forEach(({ code, key }, slot) => {
      const at = row * CASE_SLOTS + slot;
      codes[at >>> 3] |= code << (SLOT_CODE_BITS * (at & 7));
      keys.set(key, 2 * at);
    });
    return made.notes;
  });
  return {
    schema: {
      version: 1,
      layout: INDICATOR_LAYOUT,
      tables: [{ name: CASES_TABLE, rows, columns }],
    },
    values: new Map([
      [`${CASES_TABLE}.slot-codes`, codes],
      [`${CASES_TABLE}.slot-keys`, keys],
    ]),
    rowMap,
    notes,
  };
}
