import type { PartyIndex } from "@symbolon/base/id";
import { assessList } from "@symbolon/case-data/calibrate/assess";
import type { Person } from "@symbolon/case-data/person";
import { seededWords } from "@symbolon/case-data/random";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { pickFlagged } from "@symbolon/mpc/table/pick";
import { keepRows } from "@symbolon/queries/backend";
import { notOnList } from "@symbolon/queries/catalogue/not-on-list";
import { type KeyedClearList, PlaintextBackend } from "@symbolon/queries/plaintext/backend";
import { clearListOf, type WholeClearList } from "@symbolon/queries/plaintext/clear-list";
import { clearDraw } from "@symbolon/queries/plaintext/draw";
import { ThreePartyBackend } from "@symbolon/queries/three-party/backend";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { World } from "@symbolon/sim/world/world";
import { type Bench, BenchUsage, numbers } from "./bench.js";
import { COLUMNS, type ColumnsName, type Known, readFebrl4, splitFebrl4 } from "./febrl.js";
import type { BenchResult } from "./result.js";

const { layout } = notOnList;
const OVERLAP = 0.9;

const encode = (known: readonly Known[], seed: number): WholeClearList =>
  clearListOf(
    known.map(({ person }): Person => person),
    layout,
    seededWords(seed),
  );

function oracleFor(seed: number): PlaintextBackend {
  const [a, b, c] = ([0, 1, 2] as const).map((party) => selectionSeeds(seed, party).own);
  return new PlaintextBackend(layout, wasmKernels(), clearDraw(nodeCrypto, [a, b, c]));
}

/** The linkage decisions of three parties on shares, opened: only a bench may do this. */
async function decideOnShares(
  seed: number,
  plan: ReturnType<typeof notOnList.plan>,
  lists: { ours: KeyedClearList; theirs: readonly KeyedClearList[] },
): Promise<boolean[]> {
  const world = new World(seed, { profile: PRODUCTION });
  const deal = (list: KeyedClearList) => ({
    content: world.share(list.content, "add"),
    present: world.share(list.present, "add"),
    real: world.share(list.real, "xor"),
    keys: world.share(list.keys, "xor"),
  });
  const [ours, theirs] = [deal(lists.ours), lists.theirs.map(deal)];
  const of = (dealt: ReturnType<typeof deal>, rows: number, self: PartyIndex) => ({
    rows,
    content: dealt.content[self],
    present: dealt.present[self],
    real: dealt.real[self],
    keys: dealt.keys[self],
  });
  const flags = await world.each(async (ctx, self) => {
    const backend = new ThreePartyBackend(ctx, layout, selectionSeeds(seed, self));
    const kept = await keepRows(backend, plan.from, {
      ours: of(ours, lists.ours.rows, self),
      theirs: theirs.map((dealt, k) => of(dealt, lists.theirs[k].rows, self)),
    });
    ctx.assertAllVerified();
    return kept;
  });
  const words = world.combine(flags, "xor");
  return Array.from(
    { length: lists.ours.rows },
    (_, k) => ((words[k >> 5] >>> (k & 31)) & 1) === 1,
  );
}

/** The draw of three parties on shared flags. */
async function drawOnShares(
  seed: number,
  plan: ReturnType<typeof notOnList.plan>,
  flags: readonly boolean[],
): Promise<number[]> {
  const packed = new Uint32Array(Math.ceil(flags.length / 128) * 4);
  flags.forEach((flag, k) => {
    if (flag) packed[k >> 5] |= 1 << (k & 31);
  });
  const world = new World(`draw-${seed}`, { profile: PRODUCTION });
  const shares = world.share(packed, "xor");
  const answers = await world.each((ctx, self) =>
    pickFlagged(ctx, shares[self], flags.length, plan.rule, selectionSeeds(seed, self)),
  );
  return [...world.combine(answers, "xor")];
}

/** `five-names` on the command line; skipped where there is no benchmark data. */
export const fiveNames: Bench = {
  name: "five-names",
  about: "the proof of concept on FEBRL4; the first --secure seeds are linked on shares",
  options: { seeds: "20", secure: "1", columns: "ten" },
  async *run({ seeds, secure, columns }) {
    const folder = process.env["SYMBOLON_BENCH_DATA"];
    if (folder === undefined) {
      process.stderr.write("skipped: SYMBOLON_BENCH_DATA names no folder of benchmark data\n");
      return;
    }
    const isColumns = (text: string): text is ColumnsName => Object.hasOwn(COLUMNS, text);
    if (!isColumns(columns))
      throw new BenchUsage("BENCH_USAGE", `--columns is ${Object.keys(COLUMNS).join(", ")}`);
    yield await benchFiveNames({
      folder,
      seeds: numbers("seeds", seeds, [1, 10_000])[0],
      secure: numbers("secure", secure, [0, 10_000])[0],
      columns,
    });
  },
};

interface FiveNamesOptions {
  readonly folder: string;
  readonly seeds: number;
  /** Of the seeds, how many are also linked on shares; the rest by the oracle alone. */
  readonly secure: number;
  readonly columns: ColumnsName;
}

/**
 * The proof of concept on FEBRL4: five names for each seed, drawn on shares, against the truth;
 * linkage on shares against the oracle, bit for bit; measured against printed risk.
 */
async function benchFiveNames(options: FiveNamesOptions): Promise<BenchResult> {
  const a = readFebrl4(options.folder, "a", options.columns);
  const b = readFebrl4(options.folder, "b", options.columns);
  const persons = a.map(({ person }) => person);
  const { threshold, risk, falseKnown } = assessList(persons, layout, {
    words: seededWords(7),
    theirsRows: 4608,
    overlap: OVERLAP,
  });
  const params = { pick: 5, threshold, dedupThreshold: threshold, overlap: OVERLAP } as const;
  const plan = notOnList.plan(params);
  const ours = encode(a, 1);
  const total = {
    picked: 0,
    right: 0,
    candidates: 0,
    wrong: 0,
    differing: 0,
    pairs: 0,
    seconds: 0,
  };
  for (let seed = 1; seed <= options.seeds; seed += 1) {
    const { removed, thirds } = splitFebrl4(a, b, seed);
    const theirs = thirds.map((third, k) => encode(third, 100 * seed + k));
    const oracle = oracleFor(seed);
    const kept = await keepRows(oracle, plan.from, { ours, theirs });
    const isRight = (row: number): boolean => removed.has(a[ours.rowMap[row]].entity);
    if (seed <= options.secure) {
      const start = performance.now();
      const onShares = await decideOnShares(seed, plan, { ours, theirs });
      total.seconds += (performance.now() - start) / 1000;
      total.pairs += oracle.pairs;
      total.differing += onShares.filter((flag, k) => flag !== kept[k]).length;
    }
    const [answered, ...rows] = await drawOnShares(seed, plan, kept);
    if (answered === 1) {
      total.picked += rows.length;
      total.right += rows.filter(isRight).length;
    }
    const candidates = kept.flatMap((flag, row) => (flag ? [row] : []));
    total.candidates += candidates.length;
    total.wrong += candidates.filter((row) => !isRight(row)).length;
    process.stderr.write(
      `seed ${seed}: ${candidates.length} candidates, ${total.right} of ${total.picked} right\n`,
    );
  }
  return resultOf(options, total, { threshold, risk, falseKnown });
}

function resultOf(
  { seeds, secure, columns }: FiveNamesOptions,
  total: Record<
    "picked" | "right" | "candidates" | "wrong" | "differing" | "pairs" | "seconds",
    number
  >,
  assessed: {
    threshold: number;
    risk: { low: number; expected: number; high: number };
    falseKnown: number;
  },
): BenchResult {
  const measuredRisk = total.wrong / total.candidates;
  const { risk } = assessed;
  return {
    bench: "five-names",
    rate: total.seconds === 0 ? 0 : total.pairs / total.seconds,
    unit: "pairs/s, three parties in one process",
    seconds: total.seconds,
    rounds: 0,
    bytesPerParty: 0,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
    security: "malicious",
    soundnessBits: 0,
    columns,
    seeds,
    linkedOnShares: secure,
    picked: total.picked,
    right: total.right,
    decisionsDiffering: total.differing,
    candidatesPerSeed: total.candidates / seeds,
    measuredRisk,
    printedRisk: risk,
    isHonest: measuredRisk >= risk.low && measuredRisk <= risk.high,
    threshold: assessed.threshold,
    falseKnown: assessed.falseKnown,
  };
}
