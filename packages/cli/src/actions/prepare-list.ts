import type { ColumnValues, DatasetSchema } from "@symbolon/base/dataset";
import { withAttributes } from "@symbolon/case-data/attributes/person-attributes";
import { missCurve } from "@symbolon/case-data/calibrate/miss";
import { nullTail } from "@symbolon/case-data/calibrate/null-tail";
import { toDataset } from "@symbolon/case-data/encode/dataset";
import { encodePersons } from "@symbolon/case-data/encode/encode";
import { type LinkageLayout, THRESHOLD_BITS_MAX } from "@symbolon/case-data/encode/layout";
import { listStats } from "@symbolon/case-data/encode/stats";
import { fieldValues } from "@symbolon/case-data/encode/values";
import type { HtcdsRecord } from "@symbolon/case-data/htcds/record";
import type { Person } from "@symbolon/case-data/person";
import { seededWords, wordsFrom } from "@symbolon/case-data/random";
import type { Calibration } from "@symbolon/governance/statement";

/** A list as columns, still in the clear, with what is published about it. */
export interface PreparedList {
  readonly schema: DatasetSchema;
  readonly values: ColumnValues;
  /** Line of the source file for each row; 0 for padding. */
  readonly lines: readonly number[];
  readonly calibration: Calibration;
}

/** Thresholds are multiples of a quarter bit; the curve has a point at each. */
const POINTS_PER_BIT = 4;

/**
 * Encodes persons, in an order that `random` makes unpredictable, and measures on the list itself
 * how likely a second record of one of its people is to be missed. `records`: of each person the
 * case whose codes go with her, if persons are to be counted by them. Such a list is not measured:
 * no name is picked from it, and a question that picks names is refused without.
 */
export function prepareList(
  persons: readonly Person[],
  layout: LinkageLayout,
  random: (size: number) => Uint8Array,
  records?: readonly HtcdsRecord[],
): PreparedList {
  const stats = listStats(persons);
  const encoded = toDataset(persons, layout, wordsFrom(random), stats);
  const { schema, values, rowMap } = records ? withAttributes(encoded, records) : encoded;
  const lines = rowMap.map((index) => (index < 0 ? 0 : persons[index].row));
  const presence = presenceOf(persons, layout);
  const unmeasured = { thresholds: [], missLow: [], missExpected: [], missHigh: [], presence };
  if (records !== undefined) return { schema, values, lines, calibration: unmeasured };
  const thresholds = curveThresholds(layout);
  // The same list gives the same curve, so that asking twice tells nobody more than once.
  const tail = nullTail(encodePersons(persons, layout, stats), layout, { words: seededWords(2) });
  const { miss } = missCurve(persons, layout, stats, { words: seededWords(1), thresholds, tail });
  const calibration = {
    thresholds,
    missLow: miss.map(({ low }) => low),
    missExpected: miss.map(({ low, expected }) => Math.max(low, expected)),
    missHigh: miss.map(({ low, expected, high }) => Math.max(low, expected, high)),
    presence,
  };
  return { schema, values, lines, calibration };
}

function curveThresholds({ unitsPerBit }: LinkageLayout): number[] {
  const steps = THRESHOLD_BITS_MAX * POINTS_PER_BIT;
  const units = Array.from({ length: steps + 1 }, (_, step) =>
    Math.max(1, Math.round((step * unitsPerBit) / POINTS_PER_BIT)),
  );
  return [...new Set(units)];
}

/** How often each field is filled in, to the nearest five per cent. */
function presenceOf(persons: readonly Person[], layout: LinkageLayout): Calibration["presence"] {
  const known = layout.fields.map(() => 0);
  for (const person of persons) {
    fieldValues(person).forEach((value, f) => {
      if (value !== undefined) known[f] += 1;
    });
  }
  return layout.fields.map(({ name }, f) => ({
    field: name,
    rate: Math.round((20 * known[f]) / persons.length) / 20,
  }));
}
