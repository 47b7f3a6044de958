import { wordsOf } from "@symbolon/base/bytes";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { leftJoin } from "@symbolon/mpc/table/join";
import { tableOf } from "@symbolon/mpc/table/table";
import { joinTerms } from "@symbolon/mpc/table/terms";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { CHECK_SECONDS_PER_AND } from "../costs.js";
import { columnBits, defineWork } from "./work.js";

const KEY_WORDS = 2;
/** A key of 64 bits, and on the right side one word besides. */
const RIGHT_WIDTH = KEY_WORDS + 1;

/** Two lists joined by 64-bit keys; about four in ten rows have a partner, some the same one. */
export const join = defineWork({
  name: "join",
  about: "two lists by secret 64-bit keys, with one payload column; opens nothing of either",
  unit: "rows/s",
  options: { rows: 1 << 16 },
  bounds: { rows: [2, 1 << 19] as const },
  operations: ({ rows }) => 2 * rows,
  inputs: ({ rows }) => ({
    left: columnBits(KEY_WORDS * rows, (seed) => keyedRows(seed, rows, KEY_WORDS)),
    right: columnBits(RIGHT_WIDTH * rows, (seed) => keyedRows(seed, rows, RIGHT_WIDTH)),
  }),
  run: async (ctx, { left, right }) => {
    const joined = await leftJoin(ctx, {
      left: tableOf(left, KEY_WORDS),
      right: tableOf(right, RIGHT_WIDTH),
      keyWords: KEY_WORDS,
    });
    return [{ shares: joined.shares, adding: "xor" as const }];
  },
  isRight: ([joined], { left, right }, { rows }) => {
    const payload = new Map<string, number>();
    for (let k = 0; k < rows; k += 1) {
      const [high, low, word] = right.subarray(k * RIGHT_WIDTH, (k + 1) * RIGHT_WIDTH);
      payload.set(`${high} ${low}`, word);
    }
    const expected = (k: number) => payload.get(`${left[2 * k]} ${left[2 * k + 1]}`);
    const isRow = (k: number): boolean =>
      joined[2 * k] === (expected(k) === undefined ? 0 : 1) &&
      joined[2 * k + 1] === (expected(k) ?? 0);
    return joined.length === 2 * rows && Array.from({ length: rows }, (_, k) => k).every(isRow);
  },
  soundnessBits: ({ rows }) => soundnessBits(joinTerms(PRODUCTION, 2 * rows, KEY_WORDS, 1)),
  sketch: ({ rows }) => {
    const all = 2 * rows;
    const [log, width] = [Math.log2(all), 64 + Math.log2(all)];
    const gates = all * ((log + 1) * width + 63 + 3 * 33);
    const levels = log + 2 * Math.log2(Math.max(2, log));
    return {
      check: gates * CHECK_SECONDS_PER_AND,
      // A gate one bit; 8 words a row to shuffle, 5 to go back, and twice 16 bytes for each check.
      bytes: gates / 8 + all * ((4 * (32 + 20)) / 3 + 64),
      rounds: levels * 80,
    };
  },
  goals: ({ rows }) =>
    rows === 1 << 16 ? { in: "seconds" as const, must: 10, aim: 4, references: {} } : undefined,
});

/** Rows whose keys are drawn from twice as many as there are rows; other words are uniform. */
function keyedRows(seed: Uint8Array, rows: number, width: number): Uint32Array {
  const words = wordsOf(nodeCrypto.keystream(seed, 4 * rows * width));
  for (let k = 0; k < rows; k += 1) {
    const key = words[k * width] % (2 * rows);
    // Odd factors, so different keys stay different.
    words[k * width] = Math.imul(key, 0x9e3779b1);
    words[k * width + 1] = Math.imul(key ^ 0x5bd1e995, 0x85ebca6b);
  }
  return words;
}
