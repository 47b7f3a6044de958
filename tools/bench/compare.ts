import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { addUp } from "@symbolon/mpc/ring/vector";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { component, type PartyReport } from "./party.js";
import type { BenchResult } from "./result.js";
import { runThree, type ThreeReports } from "./three.js";

/** Published or measured elsewhere, same task: pairs a second. */
const REFERENCES = { "MP-SPDZ malicious": 16_000, "MP-SPDZ semi-honest": 300_000 };

const pad = (count: number, step: number): number => Math.ceil(count / step) * step;

/** All pairs of two lists of `rows` records of `dims` elements: dot product, sign, OR; checked. */
export async function benchCompare(rows: number, dims: number): Promise<BenchResult> {
  const sizes = { rows: pad(rows, 256), width: pad(dims, 8), threshold: 12_000 };
  const three = await runThree(sizes);
  const isRight = agreesWithClear(three, sizes);
  if (!isRight) throw new Error("the result of the three parties differs from the clear");
  const slowest = three.reports.reduce((a, b) => (a.seconds > b.seconds ? a : b));
  const layout = { id: "bench", dims: sizes.width, unitsPerBit: 1, fields: [] };
  const bytes = three.reports.map(({ bytesSent }) => bytesSent.reduce((a, b) => a + b, 0));
  const rate = (rows * rows) / slowest.seconds;
  return {
    bench: "compare",
    rate,
    unit: "pairs/s",
    seconds: slowest.seconds,
    rounds: slowest.rounds,
    bytesPerParty: Math.max(...bytes),
    peakRssMb: Math.max(...three.reports.map(({ peakRssMb }) => peakRssMb)),
    security: "malicious",
    soundnessBits: soundnessBits({
      layout,
      ours: sizes.rows,
      theirs: [sizes.rows],
      profile: PRODUCTION,
    }),
    rows,
    dims: sizes.width,
    bytesPerPairAndParty: Math.max(...bytes) / (rows * rows),
    andGates: slowest.andGates,
    shareOfTime: shares(slowest),
    cpuSecondsPerParty: slowest.cpuSeconds,
    sketch: sketch(sizes.rows, sizes.width),
    ratioTo: Object.fromEntries(
      Object.entries(REFERENCES).map(([name, reference]) => [name, rate / reference]),
    ),
  };
}

/** Where the wall time goes; network is waiting and TLS, the rest is counted. */
function shares({ milliseconds, seconds }: PartyReport): Record<string, number> {
  const counted = Object.entries(milliseconds).filter(([name]) => name !== "other");
  const sum = counted.reduce((total, [, ms]) => total + ms, 0);
  const whole = seconds * 1000;
  return Object.fromEntries([
    ...counted.map(([name, ms]) => [name, ms / whole]),
    ["network and waiting", (whole - sum) / whole],
  ]);
}

/**
 * What the design's figures predict for one party's core: 14 G multiply-adds a second with the
 * inner dimension doubled, 5 ns a gate in the check, 2.7 ns a byte sent or received through TLS;
 * three parties share two cores.
 */
function sketch(rows: number, width: number): Record<string, number> {
  const pairs = rows * rows;
  const multiply = (pairs * 2 * width) / 14e9;
  const check = pairs * 30 * 5e-9;
  const network = pairs * (2 + 30 / 8) * 2.7e-9;
  const seconds = 1.5 * (multiply + check + network);
  return { multiply, check, network, seconds, rate: pairs / seconds };
}

/** Opens the flags and compares a sample of rows with the product in the clear. */
function agreesWithClear(
  { reports, seeds }: ThreeReports,
  { rows, width, threshold }: Sizes,
): boolean {
  const sample = Math.min(rows, 128);
  const whole = (side: 0 | 1): Uint16Array => {
    const [a, b, c] = seeds.map((seed) => component(seed, side, rows * width));
    return addUp("add", a, b, c);
  };
  const [ours, theirs] = [whole(0).subarray(0, sample * width), whole(1)];
  const none = addUp("xor", reports[0].flags.own, reports[1].flags.own, reports[2].flags.own);
  const scores = wasmKernels().matmul16(ours, theirs, sample, rows, width);
  const expected = new Array<boolean>(sample).fill(true);
  scores.forEach((score, k) => {
    const difference = ((score - threshold) << 16) >> 16;
    if (difference >= 0) expected[k % sample] = false;
  });
  return expected.every((flag, i) => flag === (((none[i >> 5] >>> (i & 31)) & 1) === 1));
}

interface Sizes {
  readonly rows: number;
  readonly width: number;
  readonly threshold: number;
}
