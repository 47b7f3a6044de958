import { PRODUCTION } from "@symbolon/mpc/profile";
import { type SortKey, sortTable } from "@symbolon/mpc/table/sort";
import { tableOf } from "@symbolon/mpc/table/table";
import { sortTerms } from "@symbolon/mpc/table/terms";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { CHECK_SECONDS_PER_AND } from "../costs.js";
import { columnBits, defineWork } from "./work.js";

const KEYS: readonly SortKey[] = [{ column: 0 }];
const KEY_BITS = 32;

/** Uniform 32-bit keys, sorted after a verified shuffle. */
export const sort = defineWork({
  name: "sort",
  about: "rows of one secret 32-bit key in their order",
  unit: "rows/s",
  options: { rows: 1 << 16 },
  bounds: { rows: [2, 1 << 20] as const },
  operations: ({ rows }) => rows,
  inputs: ({ rows }) => ({ keys: columnBits(rows) }),
  run: async (ctx, { keys }) => {
    const { table } = await sortTable(ctx, tableOf(keys, 1), KEYS);
    return [{ shares: table.shares, adding: "xor" as const }];
  },
  isRight: ([sorted], { keys }) => {
    const expected = keys.slice().sort();
    return sorted.length === expected.length && expected.every((key, k) => key === sorted[k]);
  },
  soundnessBits: ({ rows }) => soundnessBits(sortTerms(PRODUCTION, rows, 1, KEY_BITS)),
  sketch: ({ rows }) => {
    const [log, width] = [Math.log2(rows), KEY_BITS + Math.log2(rows)];
    const gates = rows * (log + 1) * width;
    const levels = log + 2 * Math.log2(Math.max(2, log));
    return {
      check: gates * CHECK_SECONDS_PER_AND,
      // A gate one bit; a row 5 words from four messages, and twice 16 bytes for the check.
      bytes: gates / 8 + rows * ((4 * 20) / 3 + 32),
      rounds: levels * 80,
    };
  },
  goals: ({ rows }) =>
    rows === 1 << 16
      ? {
          in: "seconds" as const,
          must: 5,
          aim: 2,
          references: { "MP-SPDZ semi-honest": 4.7, "MP-SPDZ malicious": 28 },
        }
      : undefined,
});
