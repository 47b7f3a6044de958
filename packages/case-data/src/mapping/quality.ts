import { compareRecords } from "../compare/levels.js";
import { RECORDS } from "../compare/link-rule.js";
import { comparisonRecord } from "../compare/record.js";
import { matchWeight } from "../compare/weigh.js";
import type { FieldName } from "../encode/fields.js";
import { FIELD_NAMES } from "../encode/fields.js";
import { listStats } from "../encode/stats.js";
import { fieldValues, SEPARATOR } from "../encode/values.js";
import { FIELDS } from "../htcds/record.js";
import type { Person } from "../person.js";
import type { MappedRow } from "./apply.js";
import { columnName, type Mapping } from "./mapping.js";
import { type Target, targetOf } from "./target.js";

export interface QualityOptions {
  /** Rows of the other lists together. */
  readonly theirsRows?: number;
  /** Share of the own people who are expected to be on one of them. */
  readonly overlap?: number;
}

/** What is known of one field, over all rows. */
export interface FieldQuality {
  readonly name: string;
  readonly target: Target;
  /** Share of rows of which it is known: filled in, and read. */
  readonly known: number;
  readonly different: number;
  /** First and last year of dates, least and greatest number. */
  readonly range?: readonly [number, number];
}

/** How good a list is for finding people on others, measured before anything is joined. */
export interface Quality {
  readonly rows: number;
  readonly persons: number;
  readonly fields: readonly FieldQuality[];
  /** Rows that say of a person just what an earlier one says. */
  readonly repeats: number;
  /** Pairs of other rows that look like one person twice; at least so many. */
  readonly likelyPairs: number;
  /** People of whom so little is known that they could match nobody, not even themselves. */
  readonly unlinkable: number;
  /** The field that most of these lack. */
  readonly mostlyMissing?: FieldName;
  /** Bits of evidence that a match needs. */
  readonly thresholdBits: number;
  readonly theirsRows: number;
}

const THEIRS_ROWS = 10_000;
const OVERLAP = 0.05;
/** Share of a list that may be a person's second row: the prior of duplicates. */
const DUPLICATES = 0.05;
/** More rows with one value say that it is a default, not a person. */
const BLOCK_MAX = 40;

/** What a record says of a field, as text and as number. */
function recordText({ record, person }: MappedRow, target: Target): string | undefined {
  // Numbers without a country are compared as well, and stand in no record.
  if (targetOf(target).person === "phone") return person?.phones?.join(" ");
  const home = FIELDS.get(target)?.groups[0];
  const group = home === undefined ? undefined : record[home];
  const entry = (Array.isArray(group) ? group[0] : group) as Record<string, unknown> | undefined;
  const value = entry?.[target];
  return value === undefined ? undefined : JSON.stringify(value);
}

function fieldQuality(name: string, target: Target, rows: readonly MappedRow[]): FieldQuality {
  const values = rows.flatMap((row) => recordText(row, target) ?? []);
  const numbers = values.flatMap((text) => {
    const year = /^"(\d{4})-\d\d-\d\d"$/.exec(text)?.[1];
    return year !== undefined || /^-?\d+(\.\d+)?$/.test(text) ? [Number(year ?? text)] : [];
  });
  const quality = {
    ...{ name, target },
    known: rows.length === 0 ? 0 : values.length / rows.length,
    different: new Set(values).size,
  };
  if (numbers.length === 0 || numbers.length < values.length) return quality;
  const least = numbers.reduce((a, b) => Math.min(a, b));
  const greatest = numbers.reduce((a, b) => Math.max(a, b));
  return { ...quality, range: [least, greatest] };
}

/** Measures a list under a mapping: completeness, repeats, and who could match nobody. */
export function qualityOf(
  mapping: Mapping,
  rows: readonly MappedRow[],
  { theirsRows = THEIRS_ROWS, overlap = OVERLAP }: QualityOptions = {},
): Quality {
  const persons = rows.flatMap(({ person }) => (person === undefined ? [] : [person]));
  const stats = listStats(persons);
  const values = persons.map(fieldValues);
  const records = values.map((one) => comparisonRecord(RECORDS, one, stats));
  const bits = (a: number, b: number): number =>
    matchWeight(RECORDS, compareRecords(RECORDS, records[a], records[b]), records[a], records[b]) /
    RECORDS.unitsPerBit;
  const thresholdBits = Math.log2(theirsRows / overlap);
  const weak = values.filter((_, k) => bits(k, k) < thresholdBits);
  const repeated = new Set<number>();
  const seen = new Set<string>();
  for (const [k, one] of values.entries()) {
    const said = JSON.stringify(one.map((value) => value ?? null));
    if (seen.has(said)) repeated.add(k);
    seen.add(said);
  }
  const enough = Math.log2(Math.max(2, persons.length) / 2 / DUPLICATES);
  const pairs = [...nearPairs(persons, repeated)].filter(([a, b]) => bits(a, b) >= enough);
  const missing = mostMissing(weak);
  return {
    ...{ rows: rows.length, persons: persons.length, thresholdBits, theirsRows },
    fields: mapping.columns
      .filter(({ to }) => FIELDS.has(to))
      .map((column) => fieldQuality(columnName(column), column.to, rows)),
    repeats: repeated.size,
    likelyPairs: pairs.length,
    unlinkable: weak.length,
    ...(missing !== undefined && { mostlyMissing: missing }),
  };
}

/** Pairs that share a whole name, a full birth date, a phone, an e-mail or an identifier. */
function* nearPairs(
  persons: readonly Person[],
  without: ReadonlySet<number>,
): Generator<readonly [number, number]> {
  const blocks = new Map<string, number[]>();
  for (const [k, person] of persons.entries()) {
    if (without.has(k)) continue;
    for (const key of blockKeys(person)) blocks.set(key, [...(blocks.get(key) ?? []), k]);
  }
  const seen = new Set<number>();
  for (const block of blocks.values()) {
    if (block.length > BLOCK_MAX) continue;
    for (const [i, a] of block.entries()) {
      for (const b of block.slice(i + 1)) {
        const pair = a * persons.length + b;
        if (!seen.has(pair)) yield [a, b];
        seen.add(pair);
      }
    }
  }
}

function blockKeys(person: Person): string[] {
  const { given, surname, birthDate, phones = [], email, identifier } = person;
  const keys = phones.map((phone) => `phone ${phone}`);
  if (given !== undefined && surname !== undefined) {
    keys.push(`name ${[given.normal, surname.normal].sort().join(SEPARATOR)}`);
  }
  if (birthDate?.day !== undefined) keys.push(`born ${JSON.stringify(birthDate)}`);
  if (email !== undefined) keys.push(`mail ${email}`);
  if (identifier !== undefined) keys.push(`id ${identifier}`);
  return keys;
}

/** Fields that tell people apart, in the order in which they are worth asking for. */
const TELLING: readonly FieldName[] = ["birth-date", "surname", "given", "phone", "identifier"];

function mostMissing(weak: readonly (readonly (string | undefined)[])[]): FieldName | undefined {
  if (weak.length === 0) return undefined;
  const lacking = (field: FieldName): number =>
    weak.filter((values) => values[FIELD_NAMES.indexOf(field)] === undefined).length;
  return TELLING.find((field) => lacking(field) * 2 >= weak.length);
}
