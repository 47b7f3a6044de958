import { PARTIES_PER_CORE, TLS_SECONDS_PER_BYTE } from "./costs.js";
import type { PartyReport } from "./report.js";
import type { LinkShape } from "./shaping-transport.js";
import type { Goals, Sizes, Sketch, Work } from "./works/work.js";

/** One line of a bench's `--json`. */
export interface BenchResult {
  readonly bench: string;
  readonly rate: number;
  readonly unit: string;
  readonly seconds: number;
  readonly rounds: number;
  readonly bytesPerParty: number;
  readonly peakRssMb: number;
  readonly security: "malicious" | "none";
  readonly soundnessBits: number;
  readonly [more: string]: unknown;
}

/** What a bench says that runs in the clear, in this process alone. */
export const inTheClear = (bench: string, rate: number, seconds: number): BenchResult => ({
  bench,
  rate,
  unit: "pairs/s, in the clear",
  seconds,
  rounds: 0,
  bytesPerParty: 0,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
  security: "none",
  soundnessBits: 0,
});

/** What three parties measured, beside what was predicted and what was asked for. */
export function resultOf(
  work: Work,
  sizes: Sizes,
  link: LinkShape | undefined,
  reports: readonly PartyReport[],
): BenchResult {
  const slowest = reports.reduce((a, b) => (a.seconds > b.seconds ? a : b));
  const bytes = Math.max(
    ...reports.map(({ bytesSent }) => bytesSent.reduce((sum, to) => sum + to, 0)),
  );
  const operations = work.operations(sizes);
  const rate = operations / slowest.seconds;
  const predicted = predict(work.sketch(sizes), operations, link);
  return {
    bench: work.name,
    rate,
    unit: work.unit,
    seconds: slowest.seconds,
    rounds: slowest.rounds,
    bytesPerParty: bytes,
    peakRssMb: Math.max(...reports.map(({ peakRssMb }) => peakRssMb)),
    security: "malicious",
    soundnessBits: work.soundnessBits(sizes),
    ...asTyped(work, sizes),
    ...work.notes?.(sizes),
    ...(link ? { latencyMs: link.latencyMs, mbit: link.bytesPerSecond / 125_000 } : {}),
    bytesPerOperation: bytes / operations,
    andGates: slowest.andGates,
    messages: slowest.messages,
    shareOfTime: shares(slowest),
    idle: slowest.idle,
    cpuSecondsPerParty: reports.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / 3,
    ...predicted,
    ratioToBound: rate / predicted.sketch.rate,
    ...compared(work.goals(sizes), rate, slowest.seconds),
  };
}

/** Sizes, and words where the option is one. */
export const asTyped = ({ choices }: Work, sizes: Sizes): Record<string, number | string> =>
  Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => [name, choices?.[name]?.[size] ?? size]),
  );

/** Where the wall time goes; network is waiting, TLS and framing: what nobody booked. */
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
 * The bounds that the sketch sets: the cores (three parties share two, and TLS needs them too), the
 * rate of the links, and rounds that wait for one another. The largest part is the bound that is
 * hit.
 */
function predict({ bytes, rounds, ...work }: Sketch, operations: number, link?: LinkShape) {
  const core = { ...work, network: bytes * TLS_SECONDS_PER_BYTE };
  const cores = PARTIES_PER_CORE * Object.values(core).reduce((sum, part) => sum + part, 0);
  const latency = link ? (rounds * link.latencyMs) / 1000 : 0;
  const bandwidth = link ? bytes / link.bytesPerSecond : 0;
  const seconds = Math.max(cores, latency, bandwidth);
  const parts: [string, number][] = [
    ...Object.entries(core).map(([name, part]): [string, number] => [name, part]),
    ["latency", latency > cores ? latency : 0],
    ["bandwidth", bandwidth > cores ? bandwidth : 0],
  ];
  const [boundHit] = parts.reduce((a, b) => (a[1] >= b[1] ? a : b));
  const slowLink = link ? { latency, bandwidth } : {};
  return {
    sketch: { ...core, ...slowLink, seconds, rate: operations / seconds },
    boundHit,
  };
}

/** Ratios above one are better than what is compared with. */
function compared(goals: Goals | undefined, rate: number, seconds: number) {
  if (goals === undefined) return {};
  const ratio = (to: number): number => (goals.in === "rate" ? rate / to : to / seconds);
  return {
    must: goals.must,
    aim: goals.aim,
    meetsMust: ratio(goals.must) >= 1,
    meetsAim: ratio(goals.aim) >= 1,
    ratioTo: Object.fromEntries(
      Object.entries(goals.references).map(([name, reference]) => [name, ratio(reference)]),
    ),
  };
}

/** For people: one figure a line, nested ones indented. */
export function readable(result: Readonly<Record<string, unknown>>, indent = ""): string {
  return Object.entries(result)
    .map(([name, value]) => {
      if (typeof value === "object" && value !== null) {
        return `${indent}${name}\n${readable(value as Record<string, unknown>, `${indent}  `)}`;
      }
      const shown =
        typeof value === "number" && !Number.isInteger(value)
          ? value.toPrecision(4)
          : String(value);
      return `${indent}${name.padEnd(28 - indent.length)} ${shown}`;
    })
    .join("\n");
}
