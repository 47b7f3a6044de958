import { bytesOf } from "@symbolon/base/bytes";
import { PARTIES } from "@symbolon/base/id";
import { Context } from "@symbolon/mpc/context";
import { passOn } from "@symbolon/mpc/protocol/reshare";
import type { RingVector } from "@symbolon/mpc/sharing/shares";
import { seededCrypto } from "@symbolon/sim/world/seeded-crypto";
import { describe, expect, it } from "vitest";
import { type Honest, honestRun } from "./judged-run.js";
import { comparison, validity } from "./pieces/linkage.js";
import type { Piece } from "./pieces/piece.js";
import { pieceCalled } from "./pieces/pieces.js";
import { Dealer } from "./trio.js";
import {
  difference,
  histogram,
  outline,
  stuckBits,
  UNEVENNESS_MAX,
  unevenness,
  viewOf,
} from "./views.js";

/** Half of the runs on one and the same input, half on random ones; fresh randomness in all. */
const RUNS = 100;
/** Of 50 fair bits, fewer than 3 alike with probability 2·10^-12. */
const ALIKE_MIN = 3;

function randomised(run: number): <V extends RingVector>(value: V) => V {
  let dealt = 0;
  return (value) => {
    dealt += 1;
    const random = value.slice() as typeof value;
    bytesOf(random).set(seededCrypto(`oblivious/${run}/${dealt}`).random(random.byteLength));
    return random;
  };
}

/** Fixed and random runs of one piece. */
async function record(piece: Piece, vary: (run: number) => Dealer) {
  const fixed: Honest[] = [];
  const random: Honest[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const seed = `oblivious/${run}`;
    const isFixed = run % 2 === 0;
    const dealer = isFixed ? new Dealer(seed) : vary(run);
    (isFixed ? fixed : random).push(await honestRun(piece, undefined, seed, dealer));
  }
  return { fixed, random };
}

/** Small values at random, for lists that a provider could or could not send. */
const lowContent = (run: number): Dealer => {
  let dealt = 0;
  const random = seededCrypto(`oblivious/${run}/content`).random(8);
  return new Dealer(`oblivious/${run}`, 2, (value) => {
    dealt += 1;
    if (dealt > 1) return value;
    const other = value.slice() as typeof value;
    if (other instanceof Uint32Array) {
      for (let k = 0; k < other.length; k += 1) other[k] = random[k % 8] % 16;
    }
    return other;
  });
};

describe("what a run looks like does not depend on what it is about", () => {
  const anyValue = (run: number) => new Dealer(`oblivious/${run}`, 2, randomised(run));
  const cases: readonly [Piece, (run: number) => Dealer][] = [
    [comparison(128, 3, "all"), anyValue],
    [pieceCalled("pick"), anyValue],
    [validity(1), lowContent],
  ];
  it.each(cases)("$name", { timeout: 300_000 }, async (piece, vary) => {
    const { fixed, random } = await record(piece, vary);
    const outlines = new Set([...fixed, ...random].map(outline));
    expect(outlines.size).toBe(1);
    expect(new Set(random.map(({ output }) => output)).size).toBeGreaterThan(1);
    for (const party of PARTIES) {
      const views = [fixed, random].map((runs) => runs.map((run) => viewOf(run, party)));
      const [some, others] = views.map(histogram);
      expect(unevenness(some)).toBeLessThan(UNEVENNESS_MAX);
      expect(unevenness(others)).toBeLessThan(UNEVENNESS_MAX);
      expect(difference(some, others)).toBeLessThan(UNEVENNESS_MAX);
      expect(views.map((view) => stuckBits(view, ALIKE_MIN))).toEqual([0, 0]);
    }
  });
});

describe("the instruments", () => {
  /** Sends something that depends on both of its shares, without a mask. */
  const leaky: Piece = {
    name: "leaky",
    covers: [],
    prepare: (dealer) => {
      const x = dealer.share(new Uint32Array(64), "xor");
      return async (options, self) => {
        const ctx = Context.start(options);
        const { own, next } = x[self];
        const product = own.map((word, k) => word & next[k]);
        const sent = await passOn(ctx.narrow("and"), product);
        return { shares: sent, adding: "xor", rounds: ctx.metrics.rounds };
      };
    },
  };

  it("notice a share that is sent without a mask", async () => {
    const { fixed } = await record(leaky, (run) => new Dealer(`oblivious/${run}`));
    expect(unevenness(histogram(fixed.map((run) => viewOf(run, 1))))).toBeGreaterThan(
      UNEVENNESS_MAX,
    );
  });

  it("notice constant bits and different samples", () => {
    const views = Array.from({ length: 50 }, (_, k) => Uint8Array.of(k * 37, 5));
    expect(stuckBits(views, ALIKE_MIN)).toBeGreaterThanOrEqual(8);
    const flat = new Float64Array(256).fill(100);
    const bent = flat.map((count, k) => (k < 128 ? count - 30 : count + 30));
    expect(difference(flat, flat)).toBe(0);
    expect(difference(flat, bent)).toBeGreaterThan(UNEVENNESS_MAX);
  });
});
