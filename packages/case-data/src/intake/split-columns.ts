import { canonicalField } from "../htcds/canonical-field.js";
import type { HeadedTable, TableRow } from "./headed-table.js";
import { fieldOfHeader } from "./header.js";

/** What separates several values in one cell that was put together here. */
export const VALUES_SEPARATOR = " ||| ";

const YES = /^(1|1\.0|true|yes)$/i;
const NO = /^(0|0\.0|false|no|)$/i;

/** Columns `question/answer` that a form made of one question with several answers. */
interface Flags {
  readonly question: string;
  readonly columns: { readonly index: number; readonly answer: string }[];
}

function flagsOf(
  headers: readonly string[],
  rows: readonly TableRow[],
  ids: readonly string[] | undefined,
): Flags[] {
  const byQuestion = new Map<string, Flags>();
  const isNamed = (name: string): boolean =>
    fieldOfHeader(name) !== undefined || canonicalField(name).kind === "field";
  /** By its header, or by what stands above the header. */
  const isKnown = ({ question, columns }: Flags): boolean => {
    const id = ids?.[columns[0].index] ?? "";
    return isNamed(question) || (id.includes("/") && isNamed(id.slice(0, id.lastIndexOf("/"))));
  };
  for (const [index, header] of headers.entries()) {
    const cut = header.lastIndexOf("/");
    if (cut <= 0 || cut === header.length - 1) continue;
    const [question, answer] = [header.slice(0, cut), header.slice(cut + 1)];
    const flags = byQuestion.get(question) ?? { question, columns: [] };
    flags.columns.push({ index, answer });
    byQuestion.set(question, flags);
  }
  return [...byQuestion.values()].filter(
    (flags) =>
      isKnown(flags) &&
      flags.columns.every(({ index }) =>
        rows.every(({ cells }) => YES.test(cells[index]) || NO.test(cells[index])),
      ),
  );
}

/**
 * Puts the answers of a question back into one cell where an export has a column of 0 and 1 for
 * each: `vic_MethodsOfControl/DebtBondage`. Where the export has both, the one with all answers
 * stays. Questions that mean nothing to us stay as they are.
 */
export function joinFlags(
  headers: readonly string[],
  rows: readonly TableRow[],
  ids: readonly string[] | undefined,
): Pick<HeadedTable, "headers" | "ids" | "rows"> {
  const all = headers.some((header) => header.includes("/")) ? flagsOf(headers, rows, ids) : [];
  const plain = ids === undefined ? {} : { ids: headers.map((_, k) => ids[k] ?? "") };
  if (all.length === 0) return { headers, rows, ...plain };
  const gone = new Set(all.flatMap(({ columns }) => columns.map(({ index }) => index)));
  const added = all.filter(({ question }) => !headers.includes(question));
  const kept = headers.map((_, k) => k).filter((k) => !gone.has(k));
  const joined = (cells: readonly string[], { columns }: Flags): string =>
    columns
      .filter(({ index }) => YES.test(cells[index]))
      .map(({ answer }) => answer)
      .join(VALUES_SEPARATOR);
  return {
    headers: [...kept.map((k) => headers[k]), ...added.map(({ question }) => question)],
    rows: rows.map(({ line, cells }) => ({
      line,
      cells: [...kept.map((k) => cells[k]), ...added.map((flags) => joined(cells, flags))],
    })),
    ...(ids !== undefined && {
      ids: [...kept.map((k) => ids[k] ?? ""), ...added.map((flags) => questionId(flags, ids))],
    }),
  };
}

/** What stands above the columns of a question, without its answers. */
function questionId({ columns }: Flags, ids: readonly string[]): string {
  const id = ids[columns[0].index] ?? "";
  return id.slice(0, Math.max(0, id.lastIndexOf("/")));
}
