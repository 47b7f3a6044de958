import { PRODUCTION } from "@symbolon/mpc/profile";
import { mul as multiply } from "@symbolon/mpc/protocol/dot";
import { type RingVector, Shares } from "@symbolon/mpc/sharing/shares";
import { verified } from "@symbolon/mpc/verify/checked";
import { dotsError, soundnessBits } from "@symbolon/mpc/verify/soundness";
import { BenchUsage } from "../bench.js";
import { RANDOM_BYTES_PER_SECOND } from "../costs.js";
import { column32, column64, defineWork, type Work } from "./work.js";

/** Products that are computed and checked together. */
const BATCH = 2 ** 20;
/** Nanoseconds a product in the check: grid, folds, and what is left of the extension. */
const CHECK_SECONDS = { 32: 80e-9, 64: 250e-9 } as const;
const LOCAL_PRODUCTS_PER_SECOND = 500e6;

type MulSizes = { readonly count: number; readonly bits: number };

/** Element by element products of shared numbers of 32 or 64 bits, every one checked. */
export const mul: Work = defineWork({
  name: "mul",
  about: "products of shared numbers, --bits 32 or 64",
  unit: "products/s",
  options: { count: 4 * BATCH, bits: 32 },
  bounds: { count: [1, 2 ** 26], bits: [32, 64] },
  operations: ({ count }: MulSizes) => count,
  inputs: ({ count, bits }: MulSizes) => {
    const column = () => (widthOf(bits) === 32 ? column32(count) : column64(count));
    return { x: column(), y: column() };
  },
  run: async (ctx, { x, y }) => {
    const [left, right] = [x, y] as Shares<RingVector>[];
    const parts: Shares<RingVector>[] = [];
    for (let from = 0; from < left.length; from += BATCH) {
      const cut = (shares: Shares<RingVector>) =>
        shares.map((part) => part.subarray(from, from + BATCH) as RingVector);
      const step = ctx.batch(`batch-${from}`);
      const z = await multiply(step, cut(left), cut(right));
      parts.push((await verified(step, z)).value);
      ctx.join(step);
    }
    return [{ shares: together(parts, left), adding: "add" }];
  },
  isRight: ([z], { x, y }) => {
    const product = (k: number): bigint => BigInt(x[k]) * BigInt(y[k]);
    const bits = 8 * z.BYTES_PER_ELEMENT;
    return z.every((value, k) => BigInt(value) === BigInt.asUintN(bits, product(k)));
  },
  soundnessBits: ({ count }) => {
    const error = dotsError(PRODUCTION, { rows: Math.min(count, BATCH), width: 1 });
    return soundnessBits([{ check: "products", count: Math.ceil(count / BATCH), error }]);
  },
  sketch: ({ count, bits }) => ({
    multiply: count / LOCAL_PRODUCTS_PER_SECOND,
    randomness: (count * bits) / 4 / RANDOM_BYTES_PER_SECOND,
    check: count * CHECK_SECONDS[widthOf(bits)],
    bytes: (count * bits) / 8,
    rounds: 25 * Math.ceil(count / BATCH),
  }),
  goals: ({ bits }) =>
    widthOf(bits) === 32
      ? { in: "rate", must: 2e6, aim: 4e6, references: {} }
      : {
          in: "rate",
          must: 1e6,
          aim: 2e6,
          references: { "MP-SPDZ malicious": 2.1e6, "MP-SPDZ semi-honest": 16e6 },
        },
});

function widthOf(bits: number): 32 | 64 {
  if (bits !== 32 && bits !== 64) throw new BenchUsage("BENCH_USAGE", "--bits is 32 or 64");
  return bits;
}

/** Parts end to end, of `like`'s kind. */
function together(
  parts: readonly Shares<RingVector>[],
  like: Shares<RingVector>,
): Shares<RingVector> {
  const whole = (pick: (part: Shares<RingVector>) => RingVector): RingVector => {
    const out = like.own.slice();
    let at = 0;
    for (const part of parts) {
      out.set(pick(part) as never, at);
      at += part.length;
    }
    return out;
  };
  return new Shares(
    whole(({ own }) => own),
    whole(({ next }) => next),
  );
}
