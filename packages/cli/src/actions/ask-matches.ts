import { type ListMatches, readMatches } from "@symbolon/queries/catalogue/matches";
import type { MatchesOptions } from "../commands/ask.js";
import { count, percent } from "../format.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { type Asked, askQuestion, ownRow, showCost } from "./ask-question.js";
import { readList } from "./list.js";

/** Asks which of our people each of their lists holds as well, and shows it to us alone. */
export function askMatches(options: MatchesOptions, session: Session): Promise<void> {
  return askQuestion(options, session, {
    name: "matches",
    read: readList,
    paramsFor: () => ({ overlap: options.overlap }),
    show: (asked) => showAnswer(asked, options, session.output),
  });
}

/** A list's answer by lines of our own file. */
function linesOf({ matches, estimate, thresholdBits }: ListMatches, asked: Asked) {
  const rows = matches.map(({ row, ...match }) => ({ ...ownRow(row, asked), ...match }));
  return { matches: rows.sort((a, b) => b.bits - a.bits), estimate, thresholdBits };
}

function showAnswer(asked: Asked, { theirs }: MatchesOptions, output: Output): void {
  const { answer, params, receipt } = asked;
  const rows = theirs.map((list) => list.rows);
  const found = readMatches(answer.words, receipt.lines.length, rows, {
    overlap: params["overlap"],
  });
  const lists = found.map((list, k) => ({ dataset: theirs[k].dataset, ...linesOf(list, asked) }));
  for (const { dataset, matches, estimate, thresholdBits } of lists) {
    const about = (people: number): string => count(Math.round(people));
    output.line(`${dataset} holds ${count(matches.length)} of our people.`);
    output.line(
      `  Estimated from noised counts: ${about(estimate.expected)} ` +
        `(${about(estimate.low)} to ${about(estimate.high)}). ` +
        `A pair counts from ${thresholdBits.toFixed(1)} bits on.`,
    );
    for (const { line, cells, bits, band, probability } of matches) {
      const range = `${percent(probability.low)} to ${percent(probability.high)}`;
      output.line(`  row ${line}: ${cells.join("  ")}`);
      output.line(`    ${band}: ${bits} bits, ${percent(probability.expected)} (${range})`);
    }
  }
  const { soundnessBits, rounds, bytesPerLink } = showCost(answer, output);
  output.result({ run: answer.run, params, lists, soundnessBits, rounds, bytesPerLink });
}
