import { bandOf } from "@symbolon/case-data/compare/band";
import { matchProbability } from "@symbolon/case-data/compare/estimate";
import { compareRecords } from "@symbolon/case-data/compare/levels";
import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { comparisonRecord } from "@symbolon/case-data/compare/record";
import { waterfall } from "@symbolon/case-data/compare/waterfall";
import { rarities } from "@symbolon/case-data/compare/weigh";
import { listStats } from "@symbolon/case-data/encode/stats";
import { fieldValues } from "@symbolon/case-data/encode/values";
import type { CompareOptions } from "../commands/provider.js";
import { CliError } from "../error.js";
import { percent } from "../format.js";
import type { Session } from "../program.js";
import { type ReadList, readList } from "./list.js";

/** Widest bar of the chart, and bits of one of its signs. */
const BAR_MAX = 24;

/**
 * Shows why two records of files on this computer are taken for one person or not: the match weight
 * field by field. Sends nothing, needs no network, prints no value.
 */
export async function providerCompare(
  path: string,
  rows: readonly [ours: number, theirs: number],
  options: CompareOptions,
  { output }: Session,
): Promise<void> {
  const ours = await readList(path, options);
  const theirs = options.with === undefined ? ours : await readList(options.with, options);
  const [a, b] = [recordOf(ours, rows[0]), recordOf(theirs, rows[1])];
  const levels = compareRecords(RECORDS, a, b);
  const steps = waterfall(RECORDS, levels, rarities(RECORDS, levels, a, b));
  const bits = steps.at(-1)?.sum ?? 0;
  for (const step of steps) {
    const sign = step.bits < 0 ? "-" : "+";
    const bar = sign.repeat(Math.min(BAR_MAX, Math.round(Math.abs(step.bits))));
    const rare = step.rareBits === 0 ? "" : step.rareBits > 0 ? ", rare" : ", frequent";
    const said = `${signed(step.bits)}  ${bar}`;
    output.line(`${step.field.padEnd(14)} ${said.padEnd(28)} ${step.level}${rare}`);
  }
  const pairs = ours.persons.length * theirs.persons.length;
  const lambda = (options.overlap * Math.min(ours.persons.length, theirs.persons.length)) / pairs;
  const probability = matchProbability(bits, Math.min(lambda, 0.5));
  output.line(
    `${"together".padEnd(14)} ${signed(bits)}  ${bandText(probability)}, if ` +
      `${percent(options.overlap)} of the smaller list are on the other one`,
  );
  output.result({ rows, bits, probability, steps });
}

const signed = (bits: number): string => `${bits < 0 ? "" : "+"}${bits.toFixed(2)}`.padStart(7);

const bandText = (probability: number): string =>
  probability < 0.5
    ? `not one person (${percent(probability)})`
    : `${bandOf(probability)} (${percent(probability)})`;

function recordOf({ persons, source }: ReadList, row: number): Uint32Array {
  const person = persons.find((one) => one.row === row);
  if (person === undefined) {
    throw new CliError(
      "FILE_INVALID",
      `row ${row} of ${source} holds nobody who can be compared`,
      {},
      "give row numbers as the file shows them; the first one after the headings is 2",
    );
  }
  return comparisonRecord(RECORDS, fieldValues(person), listStats(persons));
}
