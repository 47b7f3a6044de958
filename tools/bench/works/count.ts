import { PRODUCTION } from "@symbolon/mpc/profile";
import { laplaceGates } from "@symbolon/mpc/protocol/discrete-laplace";
import { laplaceDigits } from "@symbolon/mpc/protocol/laplace-digits";
import { Shares } from "@symbolon/mpc/sharing/shares";
import { type CrossTabRule, crossTab, crossTabTerms } from "@symbolon/mpc/table/cross-tab";
import { SHOWN_BIT } from "@symbolon/mpc/table/shown-cells";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { CHECK_SECONDS_PER_AND } from "../costs.js";
import { columnBits, defineWork } from "./work.js";

const NOISE = { epsilon: { numerator: 1n, denominator: 2n }, sensitivity: 1n };
/** Scale 2: noise beyond this comes once in 10^13. */
const NOISE_MOST = 60;

type Sizes = { readonly rows: number; readonly codes: number; readonly lists: number };

const ruleOf = ({ codes }: Sizes): CrossTabRule => ({
  rows: { name: "a", kind: "one", codes, most: 1 },
  columns: { name: "b", kind: "one", codes, most: 1 },
  where: [],
  shown: {
    noise: NOISE,
    persons: 10,
    lists: {
      ...{ noise: NOISE, count: 3, visibleFrom: 6 },
      shareMost: { numerator: 4, denominator: 5 },
    },
  },
});

/** Rows of each list, as even as may be. */
const sizesOf = ({ rows, lists }: Sizes): number[] =>
  Array.from(
    { length: lists },
    (_, l) => Math.floor(((l + 1) * rows) / lists) - Math.floor((l * rows) / lists),
  );

const gatesOf = (sizes: Sizes): number => {
  const { rows, codes, lists } = sizes;
  const noise = (1 + lists) * codes * codes * laplaceGates(laplaceDigits(NOISE));
  return rows * (2 * codes * codes + 4 * codes) + noise;
};

/** Codes 1 … codes, in turn over both columns, so that all cells are of one size. */
const codesOf = (rows: number, codes: number, turn: number) => () =>
  Uint32Array.from({ length: rows }, (_, k) => 1 + (Math.floor(k / turn) % codes));

/** A noised table by two attributes over several lists, with the least cell. */
export const count = defineWork({
  name: "count",
  about: "a noised table by two attributes, over rows of several lists",
  unit: "rows/s",
  options: { rows: 100_000, codes: 20, lists: 3 },
  bounds: { codes: [2, 60] as const, lists: [3, 16] as const },
  operations: ({ rows }) => rows,
  inputs: ({ rows, codes }) => ({
    a: columnBits(rows, codesOf(rows, codes, 1)),
    b: columnBits(rows, codesOf(rows, codes, codes)),
  }),
  run: async (ctx, { a, b }, sizes) => {
    let from = 0;
    const lists = sizesOf(sizes).map((rows) => {
      const cut = ({ own, next }: Shares): Shares =>
        new Shares(own.slice(from, from + rows), next.slice(from, from + rows));
      const list = {
        rows,
        columns: new Map([
          ["a", cut(a)],
          ["b", cut(b)],
        ]),
      };
      from += rows;
      return list;
    });
    // Of a run that is not resumed: any seeds that pairs of parties share.
    const seeds = ctx.narrow("seeds").random(32);
    const shares = await crossTab(ctx, lists, ruleOf(sizes), seeds);
    return [{ shares, adding: "xor" as const }];
  },
  isRight: ([words], { a, b }, { codes, rows, lists }) => {
    const exact = new Array<number>(codes * codes).fill(0);
    a.forEach((code, k) => {
      exact[(code - 1) * codes + b[k] - 1] += 1;
    });
    // Each list has as many of every cell, so many that noise hides none.
    const isLarge = rows / (codes * codes * lists) > NOISE_MOST + 10;
    return exact.every((number, cell) => {
      const word = Number(words[cell]);
      if (word >>> SHOWN_BIT === 0) return !isLarge;
      return Math.abs((word & (2 ** SHOWN_BIT - 1)) - number) <= NOISE_MOST;
    });
  },
  soundnessBits: (sizes) => soundnessBits(crossTabTerms(PRODUCTION, ruleOf(sizes), sizesOf(sizes))),
  sketch: (sizes) => ({
    check: gatesOf(sizes) * CHECK_SECONDS_PER_AND,
    bytes: gatesOf(sizes) / 8,
    // For each list a tree over groups of rows, one over lanes, and the checks; noise and rule.
    rounds: sizes.lists * 250 + 200,
  }),
  goals: ({ rows, codes }) =>
    rows === 100_000 && codes === 20
      ? { in: "seconds" as const, must: 30, aim: 10, references: {} }
      : undefined,
});
