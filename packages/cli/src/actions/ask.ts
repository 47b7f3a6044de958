import { chooseThreshold, nullTail } from "@symbolon/case-data/calibrate/null-tail";
import { encodePersons } from "@symbolon/case-data/encode/encode";
import { listStats } from "@symbolon/case-data/encode/stats";
import { seededWords } from "@symbolon/case-data/random";
import type { RunParams } from "@symbolon/governance/statement";
import type { NotOnListOptions } from "../commands/ask.js";
import { percent } from "../format.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { type Asked, askQuestion, ownRow, showCost } from "./ask-question.js";
import { type ReadList, readList } from "./list.js";
import { findQuery, layoutOf } from "./query.js";

const NAME = "not-on-list";

/** Asks which five of our people are on none of their lists, and shows them to us alone. */
export function askNotOnList(options: NotOnListOptions, session: Session): Promise<void> {
  const { output } = session;
  return askQuestion(options, session, {
    name: NAME,
    read: readList,
    paramsFor: (list) => paramsFor(list, options, output),
    show: (asked) => showAnswer(asked, output),
  });
}

/** Thresholds from our own list alone, unless they are given. */
function paramsFor(list: ReadList, options: NotOnListOptions, output: Output): RunParams {
  const layout = layoutOf(findQuery(NAME));
  const { persons } = list;
  const theirsRows = options.theirs.reduce((sum, { rows }) => sum + rows, 0);
  const stats = listStats(persons);
  const encoded = encodePersons(persons, layout, stats);
  const tail = nullTail(encoded, layout, { words: seededWords(1) });
  const chosen = chooseThreshold(tail, { theirsRows });
  const threshold = options.threshold ?? chosen.threshold;
  output.line(
    `A pair counts as one person from ${(threshold / layout.unitsPerBit).toFixed(2)} bits on; ` +
      `about ${percent(chosen.falseKnown)} of our unknown people will be taken for known.`,
  );
  return {
    pick: 5,
    threshold,
    // Two records of one person on our own list differ no less than ours and theirs do.
    dedupThreshold: options.dedupThreshold ?? threshold,
    overlap: options.overlap,
  };
}

function showAnswer(asked: Asked, output: Output): void {
  const { answer, params } = asked;
  const [found, ...rows] = answer.words;
  const picked = found === 1 ? rows.map((row) => ownRow(row, asked)) : [];
  const { risk } = answer;
  if (picked.length === 0) {
    output.line("No answer: too few of our people are known to nobody else, or too many of them");
    output.line("were asked about before in this epoch. Then ask about new people.");
  } else {
    output.line("Known to none of the other lists:");
    for (const { line, cells } of picked) output.line(`  row ${line}: ${cells.join("  ")}`);
    if (risk !== undefined) {
      const range = `${percent(risk.low)} to ${percent(risk.high)}`;
      output.line(`Chance that one of these is on a list after all: ${percent(risk.expected)}`);
      output.line(`  (${range} by how the lists may have been kept)`);
    }
  }
  const { soundnessBits, rounds, bytesPerLink } = showCost(answer, output);
  output.result({ run: answer.run, params, picked, risk, soundnessBits, rounds, bytesPerLink });
}
