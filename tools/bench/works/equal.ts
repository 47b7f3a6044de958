import { equalGates, equal as equalPlanes } from "@symbolon/mpc/circuit/equal";
import { planesOfRows } from "@symbolon/mpc/circuit/planes";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { verified } from "@symbolon/mpc/verify/checked";
import { gatesError, soundnessBits } from "@symbolon/mpc/verify/soundness";
import { ANDS_PER_SECOND, CHECK_SECONDS_PER_AND, RANDOM_BYTES_PER_SECOND } from "../costs.js";
import { columnBits, defineWork, type Work } from "./work.js";

/** Bits and words of a key. */
const BITS = 64;
const WIDTH = 2;

type EqualSizes = { readonly count: number };

const gatesOf = (count: number): number => Math.ceil(count / 128) * 128 * equalGates(BITS);

/** XOR-shared keys of 64 bits, row-major, compared pair by pair; every gate checked. */
export const equal: Work = defineWork({
  name: "equal",
  about: "equality of XOR-shared keys of 64 bits",
  unit: "comparisons/s",
  options: { count: 2 ** 20 },
  bounds: { count: [1, 2 ** 21] },
  operations: ({ count }: EqualSizes) => count,
  inputs: ({ count }: EqualSizes) => ({
    a: columnBits(WIDTH * count, (seed) => keys(seed, count)),
    b: columnBits(WIDTH * count, (seed) => keys(seed, count)),
  }),
  run: async (ctx, { a, b }) => {
    const same = await equalPlanes(ctx, planesOfRows(ctx, a, WIDTH), planesOfRows(ctx, b, WIDTH));
    return [{ shares: (await verified(ctx, same)).value, adding: "xor" }];
  },
  isRight: ([same], { a, b }, { count }) =>
    Array.from({ length: count }, (_, k) => k).every((k) => {
      const isEqual = a[2 * k] === b[2 * k] && a[2 * k + 1] === b[2 * k + 1];
      return ((Number(same[k >> 5]) >>> (k & 31)) & 1) === (isEqual ? 1 : 0);
    }),
  soundnessBits: ({ count }) =>
    soundnessBits([{ check: "gates", count: 1, error: gatesError(PRODUCTION, gatesOf(count)) }]),
  sketch: ({ count }) => ({
    boolean: gatesOf(count) / ANDS_PER_SECOND,
    randomness: gatesOf(count) / 4 / RANDOM_BYTES_PER_SECOND,
    check: gatesOf(count) * CHECK_SECONDS_PER_AND,
    bytes: gatesOf(count) / 8,
    rounds: 6 + 25,
  }),
  goals: () => ({
    in: "rate",
    must: 0.4e6,
    aim: 1.2e6,
    references: { "MP-SPDZ malicious": 40_000, "MP-SPDZ semi-honest": 1.0e6 },
  }),
});

/** Keys of which row k of both lists agree in all bits but perhaps one, and a quarter in all. */
function keys(seed: Uint8Array, count: number): Uint32Array {
  const bytes = nodeCrypto.keystream(seed, count);
  const out = new Uint32Array(WIDTH * count);
  for (let k = 0; k < out.length; k += 1) out[k] = Math.imul(k + 1, 2_654_435_761);
  bytes.forEach((byte, row) => {
    if (byte < 128) out[2 * row + ((byte >> 5) & 1)] ^= 1 << (byte & 31);
  });
  return out;
}
