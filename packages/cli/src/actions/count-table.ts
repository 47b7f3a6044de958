import { ATTRIBUTES } from "@symbolon/case-data/attributes/attributes";
import type { CountTable, Figure } from "@symbolon/queries/catalogue/count-question";
import { count } from "../format.js";

/** Columns of the longest bar. */
export const BAR_MAX = 40;
/** What stands in a table for a cell that is not shown. */
const HIDDEN = "·";

export const rangeOf = ({ interval }: Figure): string =>
  `${count(interval.low)} to ${count(interval.high)}`;

/**
 * A table for a terminal, of cases or of persons: bars by one attribute, figures by two; only what
 * has something.
 */
export function countLines(table: CountTable, ofPersons: boolean): string[] {
  const { cells, columns, deviation } = table;
  const all = cells.flat();
  const hidden = all.filter((figure) => figure === undefined).length;
  if (hidden === all.length) {
    return [
      `No cell may be shown: each has too few ${ofPersons ? "persons" : "cases"}, too few ` +
        "organisations, or one that outweighs the others.",
    ];
  }
  return [
    ...(columns === 0 ? bars(table) : figures(table)),
    "",
    `Each figure is off by noise of a standard deviation of ${deviation.toFixed(1)}; the exact ` +
      "number lies in the range for 95 of 100 cells.",
    `${count(hidden)} of ${count(all.length)} cells are not shown. ` +
      (ofPersons
        ? "Figures are of persons, each counted once. A link that was missed makes two of one; " +
          "who has two codes is in two cells."
        : "Figures and sums of them are of cases: a person on two lists is in it twice."),
  ];
}

function bars({ rows, cells }: CountTable): string[] {
  const shown = cells.flatMap(([figure], r) =>
    figure === undefined ? [] : [{ figure, label: ATTRIBUTES[rows - 1].codes[r].label }],
  );
  const width = Math.max(...shown.map(({ label }) => label.length));
  const most = Math.max(...shown.map(({ figure }) => figure.noised));
  return shown.map(({ figure, label }) => {
    const bar = "█".repeat(Math.max(1, Math.round((figure.noised / most) * BAR_MAX)));
    return `${label.padEnd(width)}  ${bar} ${count(figure.noised)} (${rangeOf(figure)})`;
  });
}

function figures({ rows, columns, cells }: CountTable): string[] {
  const used = cells[0].map((_, c) => c).filter((c) => cells.some((line) => line[c] !== undefined));
  const heads = used.map((c) => ATTRIBUTES[columns - 1].codes[c].code);
  const lines = cells.flatMap((line, r) =>
    line.some((figure) => figure !== undefined)
      ? [
          [
            ATTRIBUTES[rows - 1].codes[r].label,
            ...used.map((c) => {
              const figure = line[c];
              return figure === undefined ? HIDDEN : `${count(figure.noised)} (${rangeOf(figure)})`;
            }),
          ],
        ]
      : [],
  );
  const table = [["", ...heads], ...lines];
  const widths = table[0].map((_, k) => Math.max(...table.map((line) => line[k].length)));
  return table.map((line) =>
    line.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join("  "),
  );
}
