import type { PartyIndex } from "@symbolon/base/id";
import { Classifier } from "./classifier.js";
import { recordView } from "./record-view.js";
import { rankOf } from "./relations.js";
import { countsOf, type Samples, samplesOf, stack } from "./samples.js";
import { chanceOf, contrast } from "./statistics.js";
import { type ViewSubject, watched } from "./subjects.js";

/** What a curious party could make of its view, and how likely that is by chance. */
export interface ViewVerdict {
  readonly samples: number;
  readonly bytes: number;
  /** The largest statistic of a byte, fixed against random inputs, and its chance (Bonferroni). */
  readonly statistic: number;
  readonly chance: number;
  /** Of the classifier on samples that it was not trained on; 3σ about one half. */
  readonly accuracy: number;
  readonly tolerance: number;
  /** XORs of what is seen that are known on fixed inputs and not on random ones. */
  readonly relations: number;
}

export interface ViewSize {
  readonly rows: number;
  /** Runs of each kind for training and as many for the test. */
  readonly runs: number;
}

async function take(
  subject: ViewSubject,
  kind: "fixed" | "random",
  seed: string,
  watcher: PartyIndex,
  { rows, runs }: ViewSize,
): Promise<Samples> {
  const samples: Samples[] = [];
  for (let run = 0; run < runs; run += 1) {
    const name = `view/${seed}/${kind}/${run}`;
    const view = await recordView(watched(subject, kind, name, rows), name, watcher);
    samples.push(samplesOf(view, rows, subject.layout));
  }
  return stack(samples);
}

/** Fixed against random inputs, as one party sees them. */
export async function judgeView(
  subject: ViewSubject,
  watcher: PartyIndex,
  size: ViewSize,
  seed = "1",
): Promise<ViewVerdict> {
  const sample = (kind: "fixed" | "random", half: string) =>
    take(subject, kind, `${subject.name}/${seed}/${half}`, watcher, size);
  const [fixed, random] = [await sample("fixed", "train"), await sample("random", "train")];
  const model = Classifier.train(fixed, random);
  const [fixedTest, randomTest] = [await sample("fixed", "test"), await sample("random", "test")];
  const [a, b] = [countsOf(fixed), countsOf(random)];
  let [statistic, least] = [0, 1];
  a.forEach((counts, at) => {
    const found = contrast(counts, b[at]);
    statistic = Math.max(statistic, found.statistic);
    least = Math.min(least, chanceOf(found.statistic, found.freedom));
  });
  const tested = fixedTest.rows + randomTest.rows;
  return {
    samples: fixed.rows + random.rows + tested,
    bytes: fixed.width,
    statistic,
    chance: Math.min(1, least * fixed.width),
    accuracy: model.accuracy(fixedTest, randomTest),
    tolerance: 1.5 / Math.sqrt(tested),
    relations: Math.max(...[0, 7, 31].map((bit) => rankOf(random, bit) - rankOf(fixed, bit))),
  };
}

/** Corrected chances below this are no chance. */
const CHANCE_MIN = 1e-4;

const isSuspect = ({ chance, accuracy, tolerance, relations }: ViewVerdict): boolean =>
  chance < CHANCE_MIN || accuracy > 0.5 + tolerance || relations > 0;

/** Whether a view tells something. What looks so once must do so again with other randomness. */
export async function leaks(
  subject: ViewSubject,
  watcher: PartyIndex,
  size: ViewSize,
): Promise<boolean> {
  for (const seed of ["1", "2"]) {
    const verdict = await judgeView(subject, watcher, size, seed);
    process.stdout.write(`${line(subject.name, watcher, verdict)}\n`);
    if (!isSuspect(verdict)) return false;
  }
  return true;
}

const line = (name: string, watcher: PartyIndex, verdict: ViewVerdict): string =>
  [
    `${name.padEnd(22)} P${watcher}: N ${verdict.samples} of ${verdict.bytes} bytes,`,
    `chi-square at most ${verdict.statistic.toFixed(0)}, p ${verdict.chance.toPrecision(2)};`,
    `classifier ${verdict.accuracy.toFixed(4)} (0.5 ± ${verdict.tolerance.toFixed(4)}),`,
    `${verdict.relations} relations`,
  ].join(" ");
