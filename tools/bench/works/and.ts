import { PRODUCTION } from "@symbolon/mpc/profile";
import { and as andBits, xorBits } from "@symbolon/mpc/protocol/and";
import type { Bits } from "@symbolon/mpc/sharing/shares";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { gatesError, soundnessBits } from "@symbolon/mpc/verify/soundness";
import { ANDS_PER_SECOND, CHECK_SECONDS_PER_AND, RANDOM_BYTES_PER_SECOND } from "../costs.js";
import { columnBits, defineWork, type Work } from "./work.js";

/** Gates that are verified together, and in how many layers they depend on each other. */
const BATCH = 1 << 25;
const LAYERS = 8;
/** Bits of one layer of a batch. */
const LAYER_BITS = BATCH / LAYERS;

type AndSizes = { readonly count: number };

const batchesOf = ({ count }: AndSizes): number => Math.ceil(count / BATCH);

/** AND gates in long vectors, some layers deep, checked in batches of 2^25. */
export const and: Work = defineWork({
  name: "and",
  about: "AND gates in vectors, eight layers deep, checked in batches of 2^25",
  unit: "AND/s",
  options: { count: 2 ** 27 },
  bounds: { count: [1, 2 ** 32] },
  operations: (sizes: AndSizes) => batchesOf(sizes) * BATCH,
  inputs: () => ({
    x: columnBits(LAYER_BITS / 32),
    y: columnBits(LAYER_BITS / 32),
    start: columnBits(LAYER_BITS / 32),
  }),
  run: async (ctx, { x, y, start }, sizes) => {
    // Every layer takes the last one's result, with x and y in turn: no gate can be left out.
    let z: Bits = start;
    for (let index = 0; index < batchesOf(sizes); index += 1) {
      const step = ctx.batch(`batch-${index}`);
      for (let depth = 0; depth < LAYERS; depth += 1) {
        const [left, right] = depth % 2 === 0 ? [x, y] : [y, x];
        z = await andBits(step.narrow(`layer-${depth}`), xorBits(z, left), right);
      }
      await verifyProducts(step);
      ctx.join(step);
    }
    return [{ shares: z, adding: "xor" }];
  },
  isRight: ([result], { x, y, start }, sizes) => {
    const z = result as Uint32Array;
    return z.every((word, k) => {
      let expected = start[k];
      for (let depth = 0; depth < batchesOf(sizes) * LAYERS; depth += 1) {
        expected = depth % 2 === 0 ? (expected ^ x[k]) & y[k] : (expected ^ y[k]) & x[k];
      }
      return word === expected >>> 0;
    });
  },
  soundnessBits: (sizes) => {
    const error = gatesError(PRODUCTION, BATCH);
    return soundnessBits([{ check: "gates of a batch", count: batchesOf(sizes), error }]);
  },
  sketch: (sizes) => {
    const gates = batchesOf(sizes) * BATCH;
    return {
      boolean: gates / ANDS_PER_SECOND,
      randomness: gates / 4 / RANDOM_BYTES_PER_SECOND,
      check: gates * CHECK_SECONDS_PER_AND,
      bytes: gates / 8,
      rounds: batchesOf(sizes) * (LAYERS + 22),
    };
  },
  goals: () => ({
    in: "rate",
    must: 30e6,
    aim: 100e6,
    references: { "MP-SPDZ malicious": 8.3e6, "MP-SPDZ semi-honest": 770e6 },
  }),
});
