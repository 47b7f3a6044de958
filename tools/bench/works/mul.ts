import { PRODUCTION } from "@symbolon/mpc/profile";
import { mul as multiply } from "@symbolon/mpc/protocol/dot";
import type { RingVector, Shares } from "@symbolon/mpc/sharing/shares";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { dotsError, soundnessBits } from "@symbolon/mpc/verify/soundness";
import { BenchUsage } from "../bench.js";
import { RANDOM_BYTES_PER_SECOND } from "../costs.js";
import { column32, column64, defineWork, type Work } from "./work.js";

/** Products that are computed and checked together. */
const BATCH = 2 ** 20;
/** Batches that are under way at once. */
const IN_FLIGHT = 2;
/** Nanoseconds a product in the check: grid, folds, and what is left of the extension. */
const CHECK_SECONDS = { 32: 80e-9, 64: 250e-9 } as const;
const LOCAL_PRODUCTS_PER_SECOND = 500e6;

type MulSizes = { readonly count: number; readonly bits: number };

/** Element by element products of shared numbers of 32 or 64 bits, every one checked. */
export const mul: Work = defineWork({
  name: "mul",
  about: "products of shared numbers, --bits 32 or 64",
  unit: "products/s",
  options: { count: 16 * BATCH, bits: 32 },
  bounds: { count: [1, 2 ** 26], bits: [32, 64] },
  operations: ({ count }: MulSizes) => count,
  inputs: ({ count, bits }: MulSizes) => {
    const column = () => (widthOf(bits) === 32 ? column32(count) : column64(count));
    return { x: column(), y: column() };
  },
  run: async (ctx, { x, y }) => {
    const [left, right] = [x, y] as Shares<RingVector>[];
    const batch = async (from: number): Promise<void> => {
      const cut = (shares: Shares<RingVector>) =>
        shares.map((part) => part.subarray(from, from + BATCH) as RingVector);
      const step = ctx.batch(`batch-${from}`);
      const z = await multiply(step, cut(left), cut(right));
      await verifyProducts(step);
      // In the place of a factor that is not needed again: no fresh memory for the results.
      left.own.set(z.own as never, from);
      left.next.set(z.next as never, from);
      ctx.join(step);
    };
    const starts = Array.from({ length: Math.ceil(left.length / BATCH) }, (_, k) => k * BATCH);
    // While one batch waits for messages, the other one computes.
    const inTurn = async (first: number): Promise<void> => {
      for (let k = first; k < starts.length; k += IN_FLIGHT) await batch(starts[k]);
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, (_, first) => inTurn(first)));
    return [{ shares: left, adding: "add" }];
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
