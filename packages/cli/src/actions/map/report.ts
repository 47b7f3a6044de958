import type { RowError } from "@symbolon/case-data/error";
import { leavingOf } from "@symbolon/case-data/mapping/leaving";
import type { Mapping } from "@symbolon/case-data/mapping/mapping";
import { qualityOf } from "@symbolon/case-data/mapping/quality";
import { targetOf } from "@symbolon/case-data/mapping/target";
import { groupProblems, type ProblemGroup, type Trial } from "@symbolon/case-data/mapping/trial";
import { count, plural } from "../../format.js";
import { wrap } from "./choose.js";

const GROUPS_SHOWN = 10;
const CURE_WIDTH = 80;
const percent = (share: number): string => `${Math.round(share * 100)} %`.padStart(5);
const pad = (text: string, width: number): string =>
  [...text].slice(0, width).join("").padEnd(width);
const list = (names: readonly string[]): string => names.map((it) => `"${it}"`).join(", ");

function groupLine({ column, value, cure, count: rows, lines }: ProblemGroup): string[] {
  const where =
    column === undefined ? "" : `"${column}"${value === undefined ? "" : ` = ${value}`}`;
  const more = rows > lines.length ? ", …" : "";
  const at = `line${rows === 1 ? "" : "s"} ${lines.join(", ")}${more}`;
  return [
    `  ${plural(rows, "row").padEnd(10)} ${where ? `${where}  ` : ""}(${at})`,
    ...wrap(cure, CURE_WIDTH).map((text) => `             ${text}`),
  ];
}

/** Rows that are broken in the file itself: no mapping can read them. */
export function brokenLines(errors: readonly RowError[]): string[] {
  const groups = groupProblems([{ problems: errors }]);
  return ["", "  Broken in the file itself:", ...groups.flatMap(groupLine)];
}

/** What comes of the file under the mapping. */
export function trialLines({ rows, persons, leftOut, groups }: Trial): string[] {
  const head = [
    "",
    "WHAT COMES OF IT (nothing is sent)",
    `  ${plural(rows.length, "row")}: ${count(persons)} can be compared with other lists, ` +
      `${count(leftOut)} cannot be used.`,
  ];
  if (groups.length === 0) return [...head, "  Every cell could be read."];
  const more = groups.length - GROUPS_SHOWN;
  return [
    ...head,
    "  What could not be read:",
    ...groups.slice(0, GROUPS_SHOWN).flatMap(groupLine),
    ...(more > 0
      ? [`  … and ${count(more)} more kinds of problem, all in the file of rejects.`]
      : []),
  ];
}

/** What leaves this computer, and what stays. */
export function leavingLines(mapping: Mapping, { rows }: Trial): string[] {
  const { linkage, traces, counts, stays } = leavingOf(mapping, rows);
  const counted = counts.map(({ target }) => targetOf(target).label).join(", ");
  return [
    "",
    "WHAT LEAVES THIS COMPUTER, AND WHAT STAYS",
    "  To find the same person on other lists, split into parts that are noise by themselves:",
    ...linkage.map(
      ({ field, columns, filled }) =>
        `    ${field.padEnd(14)} known of ${percent(filled)} of people   from ${list(columns)}`,
    ),
    ...(linkage.length === 0 ? ["    nothing: nobody could be found by these columns"] : []),
    ...(traces.length === 0
      ? []
      : ["  To find cases that share a trace, likewise, if you submit them for that:"]),
    ...traces.map(
      ({ column, target, cases }) =>
        `    ${targetOf(target).label.padEnd(24)} in ${plural(cases, "case")}   from "${column}"`,
    ),
    `  Stays here: ${stays.length === 0 ? "no column" : list(stays)}.`,
    ...(counted === ""
      ? []
      : [`  Could be counted one day, if you agree then; not sent today: ${counted}.`]),
  ];
}

const COLUMNS_SHOWN_MAX = 30;

/** How good the list is for finding people on others. */
export function qualityLines(mapping: Mapping, { rows }: Trial): string[] {
  const quality = qualityOf(mapping, rows);
  const { persons, unlinkable, mostlyMissing, theirsRows, repeats, likelyPairs } = quality;
  if (persons === 0) return [];
  const table = quality.fields
    .slice(0, COLUMNS_SHOWN_MAX)
    .map(({ name, known, different, range }) => {
      const bounds = range === undefined ? "" : `${range[0]} to ${range[1]}`;
      return `  ${pad(name, 30)} ${percent(known)}  ${count(different).padStart(9)}  ${bounds}`;
    });
  const lack = mostlyMissing === undefined ? "" : ` Mostly missing: ${mostlyMissing}.`;
  return [
    "",
    "HOW GOOD THE LIST IS",
    `  ${pad("column", 30)} known  different  from … to`,
    ...table,
    `  Rows that repeat an earlier one (such a person counts once): ${count(repeats)}.`,
    `  Pairs of other rows that look like one person twice: at least ${count(likelyPairs)}.`,
    `  People who could match nobody, as too little is known of them: ${count(unlinkable)} of ` +
      `${count(persons)} (on lists of ${count(theirsRows)} people).${lack}`,
  ];
}
