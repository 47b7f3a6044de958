import { csvCell } from "@symbolon/case-data/intake/csv-cell";
import type { Figure } from "@symbolon/queries/catalogue/count-question";
import { type PersonsFound, readOverlap } from "@symbolon/queries/catalogue/overlap";
import type { OverlapOptions } from "../commands/ask.js";
import { writeNew } from "../files.js";
import { count } from "../format.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { type Asked, askQuestion, type OwnList, showCost } from "./ask-question.js";
import { BAR_MAX, rangeOf } from "./count-table.js";

const NO_LIST: OwnList = { source: "", table: { rows: [] } };

/** Asks how many different persons all lists know together, and shows it to us alone. */
export function askOverlap(options: OverlapOptions, session: Session): Promise<void> {
  return askQuestion({ ...options, list: "" }, session, {
    name: "overlap",
    read: () => NO_LIST,
    paramsFor: () => ({ overlap: options.overlap }),
    show: (asked) => showAnswer(asked, options, session.output),
  });
}

function showAnswer(asked: Asked<OwnList>, options: OverlapOptions, output: Output): void {
  const { answer, params, receipt } = asked;
  const rows = [receipt.lines.length, ...options.theirs.map((list) => list.rows)];
  const names = [receipt.dataset, ...options.theirs.map(({ dataset }) => dataset)];
  const found = readOverlap(answer.words, rows, { overlap: params["overlap"] });
  for (const line of overlapLines(found, names)) output.line(line);
  const sets = found.sets.map(({ lists, figure }) => ({
    lists: lists.map((list) => names[list]),
    ...jsonOf(figure),
  }));
  if (options.csv !== undefined) {
    writeNew(options.csv, csvOf(found, names));
    output.line(`The whole table is in ${options.csv}.`);
  }
  const { soundnessBits, rounds, bytesPerLink } = showCost(answer, output);
  const persons = jsonOf(found.persons);
  const pairs = found.pairs.map(({ a, b, ...pair }) => ({ lists: [names[a], names[b]], ...pair }));
  const cost = { soundnessBits, rounds, bytesPerLink };
  output.result({ run: answer.run, params, persons, sets, pairs, ...cost });
}

const jsonOf = (figure: Figure | undefined) =>
  figure === undefined
    ? { shown: false as const }
    : { shown: true as const, noised: figure.noised, ...figure.interval };

/** All persons, then each set of lists that may be shown as a bar. */
function overlapLines({ persons, sets, deviation }: PersonsFound, names: readonly string[]) {
  if (persons === undefined) return ["Too few persons to say anything."];
  const shown = sets.flatMap(({ lists, figure }) =>
    figure === undefined ? [] : [{ figure, label: labelOf(lists, names) }],
  );
  const width = Math.max(...shown.map(({ label }) => label.length));
  const most = Math.max(...shown.map(({ figure }) => figure.noised));
  const bars = shown.map(({ figure, label }) => {
    const bar = "█".repeat(Math.max(1, Math.round((figure.noised / most) * BAR_MAX)));
    return `${label.padEnd(width)}  ${bar} ${count(figure.noised)} (${rangeOf(figure)})`;
  });
  return [
    `About ${count(persons.noised)} different persons (${rangeOf(persons)}).`,
    "",
    ...bars,
    "",
    `Each figure is off by noise of a standard deviation of ${deviation.toFixed(1)}; the exact ` +
      "number lies in the range for 95 of 100 figures.",
    `${count(sets.length - shown.length)} of ${count(sets.length)} sets of lists are not shown: ` +
      "fewer than ten persons, by the noised count. A link that was missed makes two of one.",
  ];
}

function labelOf(lists: readonly number[], names: readonly string[]): string {
  const all = lists.map((list) => names[list]).join(" + ");
  return lists.length === 1 ? `${all} alone` : all;
}

function csvOf({ persons, sets }: PersonsFound, names: readonly string[]): string {
  const cells = (figure: Figure | undefined): string[] =>
    figure === undefined
      ? ["", "", "", "no"]
      : [...[figure.noised, figure.interval.low, figure.interval.high].map(String), "yes"];
  const lines = sets.map(({ lists, figure }) => [
    ...names.map((_, list) => (lists.includes(list) ? "1" : "0")),
    ...cells(figure),
  ]);
  const all = [...names.map(() => ""), ...cells(persons)];
  return [[...names, "about", "from", "to", "shown"], ...lines, all]
    .map((line) => `${line.map(csvCell).join(",")}\r\n`)
    .join("");
}
