import { parseArgs } from "node:util";
import { targetOf } from "../byte-flips.js";
import { Matrix } from "../library/matrix.js";
import { STRATEGIES } from "../library/strategies.js";
import { tryStrategy } from "../library/strategy.js";
import { PIECES } from "../pieces/pieces.js";

/*
 * Every strategy of the library in every protocol, as each of the three parties, and the table of
 * what came of it: `npm run attack -- strategies`.
 */

const { values } = parseArgs({
  options: {
    places: { type: "string", default: "8" },
    only: { type: "string", default: "" },
  },
});
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const matrix = new Matrix();
const pieces = PIECES.filter(({ name }) => name.includes(values.only));
for (const [done, piece] of pieces.entries()) {
  const target = await targetOf(piece);
  for (const strategy of STRATEGIES) {
    const cell = await tryStrategy(strategy, target, Number(values.places));
    for (const accepted of cell.accepted) say(`ACCEPTED: ${piece.name}: ${accepted}`);
    matrix.add(piece.name, strategy, cell);
  }
  say(`${done + 1} of ${pieces.length} protocols: ${piece.name}; ${matrix.summary()}`);
}
say(matrix.toString(STRATEGIES));
say(matrix.reasons(STRATEGIES));
say(matrix.summary());
process.exitCode = matrix.accepted.length === 0 ? 0 : 1;
