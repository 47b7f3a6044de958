import type { RowError } from "../error.js";
import { type HeadedTable, headTable, type TableRow } from "./headed-table.js";
import type { IntakeLimits } from "./limits.js";
import { BOOKKEEPING, PARENTS } from "./pick-table.js";
import type { RawTable } from "./raw-table.js";
import { VALUES_SEPARATOR } from "./split-columns.js";

/** A part of a form that is filled in several times for one row of the list. */
interface Repeat {
  readonly name: string;
  readonly table: HeadedTable;
  /** What a row of it names its parent by, and what the parent is called by. */
  readonly parentOf: (row: TableRow) => string;
  readonly nameOf: (row: TableRow) => string;
}

const headersOf = ({ rows }: RawTable): readonly string[] => rows[0]?.cells ?? [];

/** JSON names a list within by the path to it: `cases/events` is within `cases`. */
function isWithin(child: string, list: RawTable, all: readonly RawTable[]): boolean {
  const within = all
    .map(({ sheet = "" }) => sheet)
    .filter((sheet) => sheet !== "" && child.startsWith(`${sheet}/`))
    .sort((a, b) => b.length - a.length)[0];
  return (within ?? "") === (list.sheet ?? "");
}

function repeatOf(
  child: RawTable,
  list: HeadedTable,
  raw: RawTable,
  all: readonly RawTable[],
): Omit<Repeat, "table"> | undefined {
  const names = headersOf(child);
  const at = names.findIndex((header) => PARENTS.includes(header));
  const name = child.sheet ?? "";
  const parentOf = ({ cells }: TableRow): string => cells[at] ?? "";
  if (raw.origin?.format === "json") {
    if (!isWithin(name, raw, all)) return undefined;
    return { name, parentOf, nameOf: ({ line }) => String(line) };
  }
  const sheetAt = names.indexOf("_parent_table_name");
  const said = sheetAt < 0 ? undefined : child.rows[1]?.cells[sheetAt];
  if (said !== undefined && said !== (list.sheet ?? said)) return undefined;
  const own = list.headers.indexOf(names[at] === "PARENT_KEY" ? "KEY" : "_index");
  return own < 0 ? undefined : { name, parentOf, nameOf: ({ cells }) => cells[own] };
}

/** How a column of a repeat is called: `event[]/hte_City`. */
const columnOf = (name: string, header: string): string => `${name}[]/${header}`;

/** Whether a column stands in a repeated part of a form: what it says is said several times. */
export const isRepeated = (header: string): boolean => header.includes("[]/");

function joined(list: HeadedTable, repeat: Repeat, limits: IntakeLimits): HeadedTable {
  const { name, table, parentOf, nameOf } = repeat;
  const children = new Map<string, TableRow[]>();
  for (const row of table.rows) {
    children.set(parentOf(row), [...(children.get(parentOf(row)) ?? []), row]);
  }
  const used = table.headers.flatMap((header, k) =>
    header === "" || BOOKKEEPING.test(header) ? [] : [{ header: columnOf(name, header), at: k }],
  );
  const errors: RowError[] = [];
  const rows = list.rows.map((row): TableRow => {
    const own = children.get(nameOf(row)) ?? [];
    const cells = used.map(({ header, at }) => {
      const values = own.map((child) => child.cells[at]);
      const cell = values.some((value) => value !== "") ? values.join(VALUES_SEPARATOR) : "";
      if (cell.length <= limits.cellCharactersMax) return cell;
      const cure = "The repeated answers are too long together; they count as missing.";
      const place = { row: row.line, column: header } as const;
      errors.push({ severity: "cell", ...place, code: "CELL_TOO_LONG", cure });
      return "";
    });
    return { line: row.line, cells: [...row.cells, ...cells] };
  });
  const known = new Set(list.rows.map(nameOf));
  const lost = [...children].filter(([parent]) => !known.has(parent)).flatMap(([, own]) => own);
  const note = `Rows of "${name}" were read with the rows of the list that they belong to`;
  const rest = lost.length === 0 ? "" : `; ${lost.length} belong to none, and were not read`;
  // Lines of another sheet would be taken for those of the list.
  const broken = table.errors.length;
  const faults = broken === 0 ? "" : ` ${broken} of its cells or rows could not be used.`;
  return {
    ...list,
    headers: [...list.headers, ...used.map(({ header }) => header)],
    ...(list.ids !== undefined && { ids: [...list.ids, ...used.map(() => "")] }),
    rows,
    notes: [...list.notes, `${note}${rest}.${faults}`],
    errors: [...list.errors, ...errors],
  };
}

/**
 * A list with the answers of its form's repeated parts, which exports have on sheets of their own:
 * a column for each question, called `event[]/hte_City`, with one value for each time it was
 * answered, in order, empty ones too. Repeats within repeats stay home.
 */
export function joinRepeats(
  list: HeadedTable,
  raw: RawTable,
  all: readonly RawTable[],
  limits: IntakeLimits,
): HeadedTable {
  let whole = list;
  for (const child of all) {
    const isChild = child !== raw && PARENTS.some((name) => headersOf(child).includes(name));
    const link = isChild && child.rows.length > 1 ? repeatOf(child, list, raw, all) : undefined;
    if (link === undefined) continue;
    const table = headTable({ ...child, header: { index: 0 } }, limits);
    whole = joined(whole, { ...link, table }, limits);
  }
  return whole;
}
