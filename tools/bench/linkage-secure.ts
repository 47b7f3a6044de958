import type { PartyIndex } from "@symbolon/base/id";
import { linkable, linkLists } from "@symbolon/case-data/compare/link";
import { seededWords } from "@symbolon/case-data/random";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { matches, readMatches } from "@symbolon/queries/catalogue/matches";
import { PlaintextBackend } from "@symbolon/queries/plaintext/backend";
import { clearListOf, type WholeClearList } from "@symbolon/queries/plaintext/clear-list";
import { clearDraw } from "@symbolon/queries/plaintext/draw";
import { ThreePartyBackend } from "@symbolon/queries/three-party/backend";
import { planTerms } from "@symbolon/queries/three-party/plan-terms";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { World } from "@symbolon/sim/world/world";
import type { TrueRecord } from "./linkage-sets.js";
import { matmul } from "./matmul.js";
import type { BenchResult } from "./result.js";

const { layout } = matches;
const SEED = 1;

const encode = (records: readonly TrueRecord[], seed: number): WholeClearList =>
  clearListOf(
    records.map(({ person }) => person),
    layout,
    seededWords(seed),
  );

/** The query's answer by three parties in this process, opened: only a bench may do this. */
async function answerOnShares(
  ours: WholeClearList,
  theirs: WholeClearList,
  plan: ReturnType<typeof matches.plan>,
) {
  const world = new World(SEED, { profile: PRODUCTION });
  const dealt = [ours, theirs].map(({ content, present, real, records }) => ({
    content: world.share(content, "add"),
    present: world.share(present, "add"),
    real: world.share(real, "xor"),
    records: world.share(records, "xor"),
  }));
  const of = (k: 0 | 1, self: PartyIndex) => ({
    rows: [ours, theirs][k].rows,
    content: dealt[k].content[self],
    present: dealt[k].present[self],
    real: dealt[k].real[self],
    records: dealt[k].records[self],
  });
  let [rounds, bytes] = [0, 0];
  const answers = await world.each(async (ctx, self) => {
    const backend = new ThreePartyBackend(ctx, layout, selectionSeeds(SEED, self));
    const answer = await backend.matches(of(0, self), [of(1, self)], plan);
    ctx.assertAllVerified();
    rounds = ctx.metrics.rounds;
    bytes = ctx.bytesSent.reduce((sum, to) => sum + to, 0);
    return answer;
  });
  return { words: Uint32Array.from(world.combine(answers, "xor")), rounds, bytes };
}

/**
 * A public set through both stages as `matches` asks them, three malicious-secure parties in this
 * process: is every row's match and weight what the oracle in the clear finds, and how good is it
 * by row? The same threshold as `linkLists` finds follows from counts that are noised here.
 */
export async function linkOnShares(
  set: string,
  a: readonly TrueRecord[],
  b: readonly TrueRecord[],
): Promise<BenchResult> {
  const start = performance.now();
  const [ours, theirs] = [encode(a, 1), encode(b, 2)];
  const params = { overlap: 0.999 };
  const plan = matches.plan(params);
  const { words, rounds, bytes } = await answerOnShares(ours, theirs, plan);
  const seconds = (performance.now() - start) / 1000;
  const opened = Int32Array.from(words.subarray(0, words.length - ours.rows));
  const seeds = ([0, 1, 2] as const).map((party) => selectionSeeds(SEED, party).own);
  const draw = clearDraw(nodeCrypto, seeds as [Uint8Array, Uint8Array, Uint8Array]);
  const oracle = new PlaintextBackend(layout, wasmKernels(), { ...draw, noised: () => opened });
  const clear = await oracle.matches(ours, [theirs], plan);
  const [{ matches: found, thresholdBits }] = readMatches(words, ours.rows, [theirs.rows], params);
  const there = new Set(b.map(({ entity }) => entity));
  const right = found.filter(({ row }) => there.has(a[ours.rowMap[row]].entity)).length;
  const held = a.filter(({ entity }) => there.has(entity)).length;
  const [left, other] = [a, b].map((list) =>
    linkable(
      list.map(({ person }) => person),
      layout,
    ),
  );
  const expected = linkLists(left, other, { layout, matmul });
  return {
    bench: "linkage",
    rate: (a.length * b.length) / seconds,
    unit: "pairs/s, three parties in one process",
    seconds,
    rounds,
    bytesPerParty: bytes,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
    security: "malicious",
    soundnessBits: soundnessBits(
      planTerms(PRODUCTION, plan, layout, { ours: ours.rows, theirs: [theirs.rows] }),
    ),
    set: `${set}, on shares`,
    isOracle: words.length === clear.length && words.every((word, k) => word === clear[k]),
    rowsMatched: found.length,
    rowsMatchedInTheClear: new Set(expected.links.map(({ a: row }) => row)).size,
    f1: (2 * right) / (found.length + held),
    precision: right / found.length,
    recall: right / held,
    thresholdBits,
  };
}
