import { ATTRIBUTES, type AttributeCode } from "@symbolon/case-data/attributes/attributes";
import {
  ATTRIBUTES_LAYOUT,
  ATTRIBUTES_TABLE,
  attributeColumns,
} from "@symbolon/case-data/attributes/attributes-dataset";
import { CELLS_MAX } from "@symbolon/mpc/table/cross-tab";
import { SHOWN_BIT } from "@symbolon/mpc/table/shown-cells";
import {
  countInterval,
  type Interval,
  type Laplace,
  laplaceDeviation,
} from "@symbolon/release/laplace";
import { z } from "zod";
import { figureNoise } from "../plan/count-rule.js";
import type { CountPlan, TablePlan } from "../plan/plan.js";

/* What the questions about counts have in common: parameters, attributes, how answers are read. */

/** Rows of one list. */
export const ROWS_MAX = 2 ** 20;
/** Conditions of one question. */
export const WHERE_MAX = 3;

const number = (most: number) => z.number().int().min(0).max(most);
const attribute = number(ATTRIBUTES.length);
const code = number(Math.max(...ATTRIBUTES.map(({ codes }) => codes.length)));

/** Parameters by which any question about counts says what its table is. */
export const tableShape = z.strictObject({
  rows: attribute.min(1),
  columns: attribute,
  where1: attribute,
  is1: code,
  where2: attribute,
  is2: code,
  where3: attribute,
  is3: code,
});

export type CountParams = z.infer<typeof tableShape>;

/** No codes for a number that is no attribute's. */
const codesOf = (one: number): readonly AttributeCode[] => ATTRIBUTES[one - 1]?.codes ?? [];

/** The conditions that parameters name, in order. */
function conditionsOf(params: CountParams): { attribute: number; code: number }[] {
  const { where1, is1, where2, is2, where3, is3 } = params;
  const all = [
    { attribute: where1, code: is1 },
    { attribute: where2, code: is2 },
    { attribute: where3, code: is3 },
  ];
  return all.filter((one) => one.attribute !== 0 || one.code !== 0);
}

/** Only tables of two attributes that there are, of a size that there is room for. */
export const tableParams = <Shape extends z.ZodType<CountParams>>(shape: Shape) =>
  shape
    .refine(({ rows, columns }) => rows !== columns, {
      path: ["columns"],
      message: "is another attribute than rows",
    })
    .refine(
      ({ rows, columns }) =>
        codesOf(rows).length * Math.max(1, codesOf(columns).length) <= CELLS_MAX,
      { path: ["columns"], message: `makes a table of more than ${CELLS_MAX} cells` },
    )
    .refine(
      (given) =>
        conditionsOf(given).every(
          (one) => one.attribute >= 1 && one.code >= 1 && one.code <= codesOf(one.attribute).length,
        ),
      { path: ["where1"], message: "names an attribute and a code of its list, or neither" },
    );

/** The table that parameters name; `nameOf`: an attribute's column in the table that is read. */
export function tablePlan(
  given: CountParams,
  nameOf: (attribute: string) => string = (name) => name,
): TablePlan {
  const columnOf = (one: number) => {
    const { name, kind, most, codes } = ATTRIBUTES[one - 1];
    return { name: nameOf(name), kind, most, codes: codes.length };
  };
  return {
    rows: columnOf(given.rows),
    ...(given.columns === 0 ? {} : { columns: columnOf(given.columns) }),
    where: conditionsOf(given).map((one) => ({ column: columnOf(one.attribute), code: one.code })),
  };
}

export const countPlan = (given: CountParams, of: CountPlan["of"]): CountPlan => ({
  ...{ op: "count", of },
  ...tablePlan(given),
});

/** What the parameters of a table mean. */
export const tableParamsText = {
  rows: "number of the attribute by which rows of the table are made, from 1",
  columns: "number of the attribute by which columns are made, or 0 for a table by one",
  where1: "number of an attribute that must have the code is1, or 0; likewise where2, where3",
  is1: "number of the code in the list of where1, from 1, or 0; likewise is2, is3",
} as const;

/** The attributes and their codes, as a query declares them. */
export const attributeLayout = {
  id: ATTRIBUTES_LAYOUT,
  attributes: ATTRIBUTES.map(({ name, kind, most, codes }) => ({
    ...{ name, kind, most },
    codes: codes.map((one) => one.code).join(" "),
  })),
};

/** What all questions about counts of cases declare alike. */
export const countDeclaration = {
  params: tableParams(tableShape),
  paramsText: tableParamsText,
  layout: attributeLayout,
  reads: { table: ATTRIBUTES_TABLE, columns: attributeColumns() },
  picks: false,
  repeats: true,
} as const;

/** A cell of a table that may be shown. */
export interface Figure {
  readonly noised: number;
  /** Holds the exact number in 95 of 100 cells. */
  readonly interval: Interval;
}

/** What the asker learns. */
export interface CountTable {
  /** Numbers of the attributes, from 1; columns 0 for a table by one. */
  readonly rows: number;
  readonly columns: number;
  /** Row by row; of what is not shown `undefined`. */
  readonly cells: readonly (readonly (Figure | undefined)[])[];
  /** Standard deviation of each figure's noise. */
  readonly deviation: number;
}

/** Reads the words of an answer, one a cell: one table, or one for each list. */
export const readCounts = (
  words: Uint32Array,
  given: CountParams,
  of: CountPlan["of"],
): CountTable[] => readTables(words, given, figureNoise(countPlan(given, of)));

/** Tables of one shape, whose figures have that noise. */
export function readTables(words: Uint32Array, given: CountParams, noise: Laplace): CountTable[] {
  const plan = tablePlan(given);
  const width = plan.columns?.codes ?? 1;
  const size = plan.rows.codes * width;
  const figure = (word: number): Figure | undefined => {
    if (word >>> SHOWN_BIT === 0) return undefined;
    const noised = word & (2 ** SHOWN_BIT - 1);
    return { noised, interval: countInterval(noise, noised) };
  };
  return Array.from({ length: words.length / size }, (_, table) => ({
    rows: given.rows,
    columns: given.columns,
    cells: Array.from({ length: plan.rows.codes }, (_, r) =>
      Array.from({ length: width }, (_, c) => figure(words[table * size + r * width + c])),
    ),
    deviation: laplaceDeviation(noise),
  }));
}
