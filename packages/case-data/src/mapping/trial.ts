import type { RowError } from "../error.js";
import type { RawTable } from "../intake/raw-table.js";
import { isMissing } from "../normalise/text.js";
import { type ApplyOptions, applyMapping, type CellProblem, type MappedRow } from "./apply.js";
import { locateAll } from "./locate.js";
import { columnName, type Mapping } from "./mapping.js";
import { mask } from "./mask.js";
import type { Target } from "./target.js";

/** How one column fared. Counts of rows. */
export interface ColumnCounts {
  readonly name: string;
  readonly target: Target;
  readonly filled: number;
  /** Cells of which something could not be read. */
  readonly unread: number;
}

/** All that is wrong in one way: one bad code is one group, however many rows have it. */
export interface ProblemGroup {
  readonly code: RowError["code"];
  readonly severity: "cell" | "row";
  readonly column?: string;
  /** The value, masked unless the caller asked for it as it is. */
  readonly value?: string;
  readonly cure: string;
  readonly count: number;
  /** Lines of the first rows. */
  readonly lines: readonly number[];
}

/** What a mapping would make of a table; nothing is written or sent. */
export interface Trial {
  readonly rows: readonly MappedRow[];
  /** Rows by which somebody can be found. */
  readonly persons: number;
  /** Rows that are left out. */
  readonly leftOut: number;
  readonly columns: readonly ColumnCounts[];
  /** Most frequent first; rows that are left out before cells. */
  readonly groups: readonly ProblemGroup[];
}

const LINES_SHOWN = 5;

/** Groups problems by column, kind and value. */
export function groupProblems(
  rows: readonly Pick<MappedRow, "problems">[],
  { unmask = false }: { readonly unmask?: boolean } = {},
): ProblemGroup[] {
  const groups = new Map<string, { first: CellProblem; lines: number[]; count: number }>();
  for (const { problems } of rows) {
    for (const problem of problems) {
      const { code, column = "", text = "" } = problem;
      // Only of codes the value itself is the problem; dates and numbers are wrong one by one.
      const value = code === "CODE_UNKNOWN" ? text : "";
      const key = JSON.stringify([code, column, value]);
      const group = groups.get(key) ?? { first: problem, lines: [], count: 0 };
      group.count += 1;
      if (group.lines.length < LINES_SHOWN) group.lines.push(problem.row);
      groups.set(key, group);
    }
  }
  const order = ({ severity }: ProblemGroup): number => (severity === "row" ? 0 : 1);
  return [...groups.values()]
    .map(({ first, lines, count }): ProblemGroup => {
      const { code, severity, column, cure, text } = first;
      const shown = code === "CODE_UNKNOWN" && text !== undefined;
      return {
        ...{ code, severity, cure, count, lines },
        ...(column !== undefined && { column }),
        ...(shown && { value: unmask ? text : mask(text) }),
      };
    })
    .sort((a, b) => order(a) - order(b) || b.count - a.count);
}

/** Applies a mapping to a table to see what comes of it. Throws as `applyMapping` does. */
export function tryMapping(
  table: RawTable,
  mapping: Mapping,
  options: ApplyOptions & { readonly unmask?: boolean },
): Trial {
  const rows = applyMapping(table, mapping, options);
  const { at } = locateAll(table, mapping);
  const columns = mapping.columns.map((column, k): ColumnCounts => {
    const name = columnName(column);
    const filled = rows.filter(({ row }) => !isMissing(row.cells[at[k]] ?? "")).length;
    const unread = rows.filter(({ problems }) =>
      problems.some((problem) => problem.column === name),
    ).length;
    return { name, target: column.to, filled, unread };
  });
  const isOut = ({ problems }: MappedRow) => problems.some(({ severity }) => severity === "row");
  return {
    rows,
    persons: rows.filter(({ person }) => person !== undefined).length,
    leftOut: rows.filter(isOut).length,
    columns,
    groups: groupProblems(rows, options),
  };
}
