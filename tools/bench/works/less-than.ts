import { wordsOf } from "@symbolon/base/bytes";
import {
  arithmeticLessThan,
  arithmeticLessThanGates,
} from "@symbolon/mpc/circuit/arithmetic-less-than";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { verified } from "@symbolon/mpc/verify/checked";
import { gatesError, soundnessBits } from "@symbolon/mpc/verify/soundness";
import { ANDS_PER_SECOND, CHECK_SECONDS_PER_AND, RANDOM_BYTES_PER_SECOND } from "../costs.js";
import { column64, defineWork, type Work } from "./work.js";

/** Values of 32 bits leave room for the sign of a difference. */
const BITS = 33;

type LessThanSizes = { readonly count: number };

const gatesOf = (count: number): number =>
  Math.ceil(count / 128) * 128 * arithmeticLessThanGates(BITS);

/** Shared numbers of 32 bits, held in Z_2^64, compared pair by pair; every gate checked. */
export const lessThan: Work = defineWork({
  name: "less-than",
  about: "x < y for numbers of 32 bits held in more",
  unit: "comparisons/s",
  options: { count: 2 ** 20 },
  bounds: { count: [1, 2 ** 21] },
  operations: ({ count }: LessThanSizes) => count,
  inputs: ({ count }: LessThanSizes) => ({
    x: column64(count, (seed) => numbers(seed, count)),
    y: column64(count, (seed) => numbers(seed, count)),
  }),
  run: async (ctx, { x, y }) => {
    const less = await arithmeticLessThan(ctx, x, y, BITS);
    return [{ shares: (await verified(ctx, less)).value, adding: "xor" }];
  },
  isRight: ([less], { x, y }) =>
    x.every((value, k) => ((Number(less[k >> 5]) >>> (k & 31)) & 1) === (value < y[k] ? 1 : 0)),
  soundnessBits: ({ count }) =>
    soundnessBits([{ check: "gates", count: 1, error: gatesError(PRODUCTION, gatesOf(count)) }]),
  sketch: ({ count }) => ({
    boolean: gatesOf(count) / ANDS_PER_SECOND,
    randomness: gatesOf(count) / 4 / RANDOM_BYTES_PER_SECOND,
    check: gatesOf(count) * CHECK_SECONDS_PER_AND,
    bytes: gatesOf(count) / 8,
    rounds: BITS + 25,
  }),
  goals: () => ({
    in: "rate",
    must: 0.4e6,
    aim: 1.2e6,
    references: { "MP-SPDZ malicious": 76_000, "MP-SPDZ semi-honest": 1.7e6 },
  }),
});

/** Uniform numbers of 32 bits, every eighth pair of neighbours close to one another. */
function numbers(seed: Uint8Array, count: number): BigUint64Array {
  const words = wordsOf(nodeCrypto.keystream(seed, 4 * count));
  const out = new BigUint64Array(count);
  const low = new Uint32Array(out.buffer);
  for (let k = 0; k < count; k += 1) low[2 * k] = k % 8 === 0 ? words[k] & 3 : words[k];
  return out;
}
