import { readSharedIndicators } from "@symbolon/queries/catalogue/shared-indicators";
import type { AskOptions } from "../commands/ask.js";
import { plural } from "../format.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { type Asked, askQuestion, ownRow, showCost } from "./ask-question.js";
import { type OpenedCases, openCases } from "./cases.js";

/** Asks with how many other organisations our cases share indicators, and shows it to us alone. */
export function askSharedIndicators(options: AskOptions, session: Session): Promise<void> {
  return askQuestion(options, session, {
    name: "shared-indicators",
    read: openCases,
    paramsFor: () => ({ countMost: 3 }),
    show: (asked) => showAnswer(asked, session.output),
  });
}

/** 3 stands for three or more. */
const organisationsText = (organisations: number): string =>
  organisations === 3
    ? "three or more other organisations"
    : `${plural(organisations, "other organisation")}`;

function showAnswer(asked: Asked<OpenedCases>, output: Output): void {
  const { answer } = asked;
  const cases = readSharedIndicators(answer.words)
    .map(({ row, shared }) => ({ ...ownRow(row, asked), shared }))
    .sort((a, b) => a.line - b.line);
  if (cases.length === 0) output.line("None of our cases shares an indicator with theirs.");
  for (const { line, cells, shared } of cases) {
    output.line(`row ${line}: ${cells.join("  ")}`);
    for (const { evidence, how, organisations } of shared) {
      const what = how === "exact" ? "the same" : "nearly the same";
      output.line(`  ${evidence}: ${what} at ${organisationsText(organisations)}`);
    }
  }
  const { soundnessBits, rounds, bytesPerLink } = showCost(answer, output);
  output.result({ run: answer.run, cases, soundnessBits, rounds, bytesPerLink });
}
