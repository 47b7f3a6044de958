import {
  type ColumnKind,
  type ColumnSpec,
  columnWords,
  type DatasetSchema,
  ROWS_STEP,
  type TableSpec,
} from "@symbolon/base/dataset";
import { type Check, distinct, identifier, integer, list, oneOf, record, where } from "./check.js";
import { type Hash, hashOf } from "./hash.js";

/** Limits of a dataset that any node may rely on. */
export const TABLES_MAX = 16;
export const COLUMNS_MAX = 64;
export const ROWS_MAX = 4_194_304;
export const WIDTH_MAX = 4_096;
/** Words of one column: 4 GiB. */
export const COLUMN_WORDS_MAX = 2 ** 30;

/** How a column of each kind is shared, and the widths it may have. */
const KINDS: Readonly<Record<ColumnKind, readonly [ColumnSpec["sharing"], number, number]>> = {
  "linkage-vector": ["arithmetic", 8, WIDTH_MAX],
  presence: ["arithmetic", 1, 64],
  "row-bit": ["boolean", 1, 1],
  code: ["arithmetic", 1, 1],
  "code-set": ["boolean", 1, WIDTH_MAX],
  integer: ["arithmetic", 1, 1],
  key: ["boolean", 32, 1024],
  record: ["boolean", 32, WIDTH_MAX],
  parent: ["arithmetic", 1, 1],
};

const sharings = oneOf("arithmetic", "boolean");

/** Codes and integers may be shared either way; all other kinds have one way. */
const eitherWay = new Set<ColumnKind>(["code", "integer", "parent"]);

function kindFits(column: ColumnSpec): boolean {
  const [sharing, min, max] = KINDS[column.kind];
  if (eitherWay.has(column.kind) && column.sharing === "boolean") return column.width <= 32;
  return column.sharing === sharing && column.width >= min && column.width <= max;
}

const column: Check<ColumnSpec> = where(
  record<ColumnSpec>({
    name: identifier,
    kind: oneOf(...(Object.keys(KINDS) as ColumnKind[])),
    sharing: sharings,
    width: integer(1, WIDTH_MAX),
  }),
  kindFits,
  "have the sharing and the width of its kind",
);

const table: Check<TableSpec> = where(
  where(
    record<TableSpec>({
      name: identifier,
      rows: where(
        integer(ROWS_STEP, ROWS_MAX),
        (rows) => rows % ROWS_STEP === 0,
        `be a multiple of ${ROWS_STEP}`,
      ),
      columns: list(column, 1, COLUMNS_MAX),
    }),
    ({ columns }) => distinct(columns.map(({ name }) => name)),
    "have columns of different names",
  ),
  ({ rows, columns }) => columns.every((spec) => columnWords(rows, spec) <= COLUMN_WORDS_MAX),
  "have columns of at most 4 GiB",
);

/** A dataset's shape, checked against the limits that all nodes share. */
export const schema: Check<DatasetSchema> = where(
  record<DatasetSchema>({
    version: oneOf(1),
    layout: identifier,
    tables: list(table, 1, TABLES_MAX),
  }),
  ({ tables }) => distinct(tables.map(({ name }) => name)),
  "have tables of different names",
);

/** The name of a shape, bound into everything that is sealed. */
export const schemaHashOf = (shape: DatasetSchema): Promise<Hash> => hashOf(shape);
