import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { KINDS, MANNERS } from "../byte-flips.js";
import { FlipRecord } from "./flip-record.js";
import { FlipTable } from "./flip-table.js";
import { allUnits, nameOf, type Unit } from "./flip-units.js";
import type { UnitResult } from "./flip-worker.js";

/*
 * The long form of the byte flips: `npm run attack -- flips`. Goes on where the last run of the
 * same code ended, protocol by protocol; ends with a table and, if anything was wrong, with code 1.
 */

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "3600" },
    workers: { type: "string", default: "2" },
    only: { type: "string", default: "" },
    kinds: { type: "string", default: KINDS.join() },
    manners: { type: "string", default: [...MANNERS].reverse().join() },
    "every-byte": { type: "boolean", default: false },
  },
});
function namesIn<T extends string>(option: string, text: string, all: readonly T[]): T[] {
  return text.split(",").map((name) => {
    const found = all.find((one) => one === name);
    if (found === undefined) throw new Error(`--${option} has ${name}; known: ${all.join()}`);
    return found;
  });
}

const started = performance.now();
const seconds = (): number => (performance.now() - started) / 1000;
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const record = new FlipRecord();
const table = new FlipTable();
const units = await allUnits({
  only: values.only.split(","),
  kinds: namesIn("kinds", values.kinds, KINDS),
  manners: namesIn("manners", values.manners, MANNERS),
  everyByte: values["every-byte"],
});
const waiting: Unit[] = [];
for (const unit of units) {
  const known = record.done.get(nameOf(unit));
  if (known) table.add(unit, known);
  else waiting.push(unit);
}
say(`${units.length} units, of which ${units.length - waiting.length} are done (${record.path})`);

let finished = 0;
let fresh = 0;
let told = 0;

function book(unit: Unit, result: UnitResult): void {
  record.add(nameOf(unit), result);
  table.add(unit, result);
  finished += 1;
  fresh += result.flips;
  for (const failure of result.failures) say(`WRONG: ${unit.piece}: ${failure}`);
  if (seconds() - told < 30) return;
  told = seconds();
  const left = ((waiting.length + 1) * seconds()) / finished;
  const rate = (fresh / seconds()).toFixed(0);
  const place = `${unit.piece}, ${unit.world}, ${unit.kind}, ${unit.manner}`;
  say(`${table.flips} flips, ${rate} a second, ${table.failures.length} wrong; at ${place}`);
  say(`about ${(left / 60).toFixed(0)} minutes left to do all`);
}

function work(): Promise<void> {
  const worker = new Worker(new URL("flip-worker.js", import.meta.url));
  return new Promise((resolve, reject) => {
    let unit: Unit | undefined;
    const next = (): void => {
      unit = seconds() < Number(values.seconds) ? waiting.shift() : undefined;
      if (unit) worker.postMessage(unit);
      else void worker.terminate().then(() => resolve());
    };
    worker.on("error", reject);
    worker.on("message", (result: UnitResult) => {
      if (unit) book(unit, result);
      next();
    });
    next();
  });
}

await Promise.all(Array.from({ length: Number(values.workers) }, work));
say(table.toString());
for (const failure of table.failures) say(`WRONG: ${failure}`);
say(
  `${table.flips} flips in all, ${table.failures.length} wrong; ${waiting.length} units not done`,
);
process.exitCode = table.failures.length === 0 ? 0 : 1;
