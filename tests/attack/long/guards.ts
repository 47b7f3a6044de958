import { parseArgs } from "node:util";
import { ROOT, removalLine, removeEach } from "../removal/check-removal.js";
import { exemptionOf, mutantsOf } from "../removal/mutants.js";
import { GuardRecord } from "./guard-record.js";

/*
 * Takes every guard away, one at a time, and asks which test notices: `npm run attack -- guards`.
 * `--list` only names them. Goes on where the last run of the same code ended.
 */

const { values } = parseArgs({
  options: {
    list: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    seconds: { type: "string", default: "7200" },
    workers: { type: "string", default: "2" },
  },
});
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const parts = values.only.split(",");
const found = mutantsOf(ROOT).filter(({ file }) => parts.some((part) => file.includes(part)));
const exempt = found.filter((mutant) => exemptionOf(mutant) !== undefined);
const mutants = found.filter((mutant) => exemptionOf(mutant) === undefined);
for (const mutant of exempt) {
  say(`left: ${mutant.file}:${mutant.line} ${mutant.what}: ${exemptionOf(mutant)}`);
}
if (values.list) {
  for (const { file, line, what } of mutants) say(`${file}:${line} ${what}`);
} else await remove();
say(`${mutants.length} guards; ${exempt.length} more are left in place for the reasons above`);

async function remove(): Promise<void> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  let done = 0;
  const { red, removals } = await removeEach(
    mutants,
    Number(values.workers),
    (removal) => {
      done += 1;
      const left = (seconds() / done) * (mutants.length - done);
      say(`${done}/${mutants.length} ${removalLine(removal)} (${(left / 60).toFixed(0)} min left)`);
    },
    () => seconds() < Number(values.seconds),
    new GuardRecord(mutants),
  );
  const unnoticed = removals.filter(({ noticedBy }) => noticedBy === undefined);
  for (const name of red) say(`RED BEFORE ANYTHING WAS TAKEN AWAY: ${name}`);
  for (const removal of unnoticed) say(removalLine(removal));
  say(`${removals.length - unnoticed.length} of ${removals.length} removals noticed`);
  process.exitCode = unnoticed.length + red.length === 0 ? 0 : 1;
}
