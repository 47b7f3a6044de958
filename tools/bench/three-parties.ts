import { PARTIES } from "@symbolon/base/id";
import { addUp } from "@symbolon/mpc/ring/vector";
import type { RingVector } from "@symbolon/mpc/sharing/shares";
import { SOUNDNESS_BITS_MIN } from "@symbolon/mpc/verify/soundness";
import { type Bench, numbers, words } from "./bench.js";
import { inTheClear } from "./deal.js";
import type { PartyReport } from "./report.js";
import { asTyped, type BenchResult, resultOf } from "./result.js";
import type { LinkShape } from "./shaping-transport.js";
import { runThree } from "./three.js";
import type { Sizes, Work } from "./works/work.js";

const SIZE_BOUNDS = [1, 2 ** 24] as const;
const BYTES_PER_SECOND_AND_MBIT = 125_000;
const TELL_EVERY_MS = 5000;

/** The bench of one work: every combination of sizes asked for, compared with the clear. */
export function threeParties(work: Work): Bench {
  const sizeNames = Object.keys(work.options);
  const defaults = asTyped(work, work.options);
  const link = work.link ?? { latencyMs: 0, mbit: 0 };
  return {
    name: work.name,
    about: work.about,
    options: {
      ...Object.fromEntries(sizeNames.map((name) => [name, String(defaults[name])])),
      "latency-ms": String(link.latencyMs),
      mbit: String(link.mbit),
      repeat: "1",
    },
    async *run(values) {
      const lists = sizeNames.map((name) => {
        const choices = work.choices?.[name];
        if (choices) return words(name, values[name], choices);
        return numbers(name, values[name], work.bounds?.[name] ?? SIZE_BOUNDS);
      });
      const shape = linkOf(values);
      const [repeat] = numbers("repeat", values["repeat"], [1, 100]);
      for (const sizes of combinations(sizeNames, lists))
        for (let k = 0; k < repeat; k += 1) yield await once(work, sizes, shape);
    },
  };
}

function linkOf(values: Readonly<Record<string, string>>): LinkShape | undefined {
  const [latencyMs] = numbers("latency-ms", values["latency-ms"], [0, 1000], true);
  const [mbit] = numbers("mbit", values["mbit"], [0, 100_000], true);
  if (latencyMs === 0 && mbit === 0) return undefined;
  const bytesPerSecond = mbit === 0 ? Number.POSITIVE_INFINITY : mbit * BYTES_PER_SECOND_AND_MBIT;
  return { latencyMs, bytesPerSecond };
}

/** All sizes that the lists allow, the first option changing slowest. */
function combinations(names: readonly string[], lists: readonly number[][]): Sizes[] {
  return names.reduce<Sizes[]>(
    (all, name, k) => all.flatMap((sizes) => lists[k].map((size) => ({ ...sizes, [name]: size }))),
    [{}],
  );
}

async function once(work: Work, sizes: Sizes, link: LinkShape | undefined): Promise<BenchResult> {
  const bits = work.soundnessBits(sizes);
  if (!(bits >= SOUNDNESS_BITS_MIN)) throw new Error(`a soundness of 2^-${bits.toFixed(1)}`);
  const task = { work: work.name, sizes, link };
  const { reports, seeds } = await withProgress(work, sizes, (tell) => runThree(task, tell));
  const clear = inTheClear(seeds, work.inputs(sizes));
  if (!work.isRight(openAll(reports), clear, sizes))
    throw new Error(`${work.name}: the result of the three parties differs from the clear`);
  return resultOf(work, sizes, link, reports);
}

/** Puts the results together, after checking that the two copies of each component agree. */
function openAll(reports: readonly PartyReport[]): RingVector[] {
  return reports[0].results.map(({ adding }, k) => {
    const [a, b, c] = PARTIES.map((party) => {
      const { own } = reports[party].results[k];
      const copy = reports[(party + 2) % 3].results[k].next;
      if (own.length !== copy.length || !own.every((value, at) => value === copy[at]))
        throw new Error(`the copies of component ${party} differ`);
      return own;
    });
    return addUp(adding, a, b, c);
  });
}

/** A line on standard error every few seconds, so that a long bench is seen to live. */
async function withProgress<T>(
  work: Work,
  sizes: Sizes,
  run: (tell: (done: number) => void) => Promise<T>,
): Promise<T> {
  const start = performance.now();
  let part = "";
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - start) / 1000);
    const shown = Object.entries(asTyped(work, sizes)).map(([size, value]) => `${size} ${value}`);
    process.stderr.write(`${work.name}, ${shown.join(", ")}: ${seconds} s${part}\n`);
  }, TELL_EVERY_MS);
  try {
    return await run((done) => {
      part = `, ${Math.floor(100 * done)} %`;
    });
  } finally {
    clearInterval(timer);
  }
}
