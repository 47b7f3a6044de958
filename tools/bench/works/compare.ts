import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { compareTerms, noneMatch } from "@symbolon/mpc/linkage/compare";
import { PRODUCTION } from "@symbolon/mpc/profile";
import type { RingVector } from "@symbolon/mpc/sharing/shares";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { CHECK_SECONDS_PER_AND, MULTIPLY_ADDS_PER_SECOND } from "../costs.js";
import { column16, defineWork, type Work } from "./work.js";

/** Rows of ours that are recomputed in the clear, against all of theirs. */
const SAMPLE_ROWS = 128;

type CompareSizes = { readonly rows: number; readonly dims: number };

/** Components of the lists lie in −SMALL … SMALL. */
const SMALL = 3;

const pad = (count: number, step: number): number => Math.ceil(count / step) * step;
const padded = ({ rows, dims }: CompareSizes) => ({ rows: pad(rows, 256), width: pad(dims, 8) });

/** All pairs of two lists: dot product, sign, OR along the row; every product checked. */
export const compareWork: Omit<
  Work<CompareSizes, ReturnType<typeof inputs>>,
  "name" | "about" | "goals"
> = {
  unit: "pairs/s",
  options: { rows: 5000, dims: 512 },
  bounds: { rows: [1, 100_000], dims: [1, 100_000] },
  operations: ({ rows }) => rows * rows,
  inputs,
  run: async (ctx, { ours, theirs }, sizes) => {
    const { rows, width } = padded(sizes);
    const side = (shares: typeof ours) => ({ rows, width, shares });
    const flags = await noneMatch(ctx, side(ours), side(theirs), thresholdOf(sizes));
    return [{ shares: flags, adding: "xor" }];
  },
  isRight: ([flags], { ours, theirs }, sizes) => agreesWithClear(flags, ours, theirs, sizes),
  soundnessBits: (sizes) => {
    const { rows } = padded(sizes);
    return soundnessBits(compareTerms(PRODUCTION, rows, rows));
  },
  sketch: (sizes) => {
    const { rows, width } = padded(sizes);
    const pairs = rows * rows;
    const { tileRows, tileColumns, tilesPerBand } = PRODUCTION;
    const bands = Math.ceil(rows / tileRows) * Math.ceil(rows / (tileColumns * tilesPerBand));
    return {
      // The inner dimension is doubled: x_i·(y_i + y_{i+1}) + x_{i+1}·y_i.
      multiply: (pairs * 2 * width) / MULTIPLY_ADDS_PER_SECOND,
      check: pairs * 30 * CHECK_SECONDS_PER_AND,
      bytes: pairs * (2 + 30 / 8),
      rounds: 42 * bands,
    };
  },
};

export const compare: Work = defineWork({
  ...compareWork,
  name: "compare",
  about: "all pairs of two lists: dot product, sign, OR",
  goals: () => ({
    in: "rate",
    must: 0.8e6,
    aim: 2.5e6,
    references: { "MP-SPDZ malicious": 16_000, "MP-SPDZ semi-honest": 300_000 },
  }),
});

function inputs(sizes: CompareSizes) {
  const { rows, width } = padded(sizes);
  const list = () => column16(rows * width, (seed) => small(seed, rows * width));
  return { ours: list(), theirs: list() };
}

const small = (seed: Uint8Array, elements: number): Uint16Array =>
  Uint16Array.from(
    nodeCrypto.keystream(seed, elements),
    (byte) => (byte % (2 * SMALL + 1)) - SMALL,
  );

/** The score that about half of our rows reach with some row of theirs, so that both bits occur. */
function thresholdOf(sizes: CompareSizes): number {
  const { rows, width } = padded(sizes);
  const variance = (SMALL * (SMALL + 1)) / 3;
  const tail = 2 * Math.log(rows / Math.LN2);
  const deviations = Math.sqrt(tail) - Math.log(2 * Math.PI * tail) / (2 * Math.sqrt(tail));
  return Math.round(variance * Math.sqrt(width) * deviations);
}

/** Compares a sample of rows with the product in the clear. */
function agreesWithClear(
  flags: RingVector,
  ours: Uint16Array,
  theirs: Uint16Array,
  sizes: CompareSizes,
): boolean {
  const { rows, width } = padded(sizes);
  const sample = Math.min(rows, SAMPLE_ROWS);
  const scores = wasmKernels().matmul16(
    ours.subarray(0, sample * width),
    theirs,
    sample,
    rows,
    width,
  );
  const threshold = thresholdOf(sizes);
  const expected = new Array<boolean>(sample).fill(true);
  scores.forEach((score, k) => {
    const difference = ((score - threshold) << 16) >> 16;
    if (difference >= 0) expected[k % sample] = false;
  });
  const bit = (i: number): boolean => ((Number(flags[i >> 5]) >>> (i & 31)) & 1) === 1;
  return flags.length === rows / 32 && expected.every((flag, i) => flag === bit(i));
}
