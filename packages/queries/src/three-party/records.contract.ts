import { comparisonRecord, type Values } from "@symbolon/case-data/compare/record";
import { personRecords } from "@symbolon/case-data/compare/record-layout";
import { FIELD_NAMES, type FieldName } from "@symbolon/case-data/encode/fields";
import { listStats } from "@symbolon/case-data/encode/stats";

export const layout = personRecords();
const stats = listStats([]);

/** A number below a bound, always the same for the same seed. */
function dice(seed: number): (bound: number) => number {
  let state = Math.imul(seed + 1, 2654435761) >>> 0;
  return (bound) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    return (state >>> 8) % bound;
  };
}

type Roll = (bound: number) => number;
const oneOf = (roll: Roll, ...values: string[]): string => values[roll(values.length)];
const text = (roll: Roll, signs: string, most: number): string =>
  Array.from({ length: 1 + roll(most) }, () => signs[roll(signs.length)]).join("");

const VALUES: Readonly<Record<FieldName, (roll: Roll) => string>> = {
  given: (roll) =>
    oneOf(roll, "amina", "maria jose", "li", "katherine", "kathlene", text(roll, "abm", 6)),
  surname: (roll) =>
    oneOf(roll, "amina", "muhammad", "le", "katherine", "kathlene", text(roll, "abm", 15)),
  names: () => "amina|amina",
  "birth-date": (roll) => {
    const date = `19${roll(2)}1-0${1 + roll(2)}-0${1 + roll(2)}`;
    return date.slice(0, [4, 7, 10, 10, 10, 10][roll(6)]);
  },
  sex: (roll) => String(1 + roll(3)),
  nationality: (roll) => oneOf(roll, "4", "566", "4|566", "288|400|566|804"),
  place: (roll) => oneOf(roll, "winston hills", "hills", "winston hill", text(roll, "ab ", 20)),
  region: (roll) => oneOf(roll, "nsw", "vic"),
  postcode: (roll) => oneOf(roll, "1234", "1243", "1234AB"),
  "street-number": (roll) => oneOf(roll, "12", "12A", "7"),
  address: (roll) => oneOf(roll, "hill road", "hill street", text(roll, "ab1", 9)),
  "address-2": (roll) => oneOf(roll, "farm", "farms", "mill house", "old mill"),
  identifier: (roll) => oneOf(roll, "A1234567", "A1243567", "A12345678901234"),
  phone: (roll) => oneOf(roll, "+311", "+312", "+311|+312", "+310|+313|+312"),
  email: (roll) => oneOf(roll, "rob@a.b", "rob@c.d", "robert@a.b", "zo@a.b"),
};

/** A letter put in, left out or doubled, or two exchanged. */
function spoilt(roll: Roll, value: string): string {
  const at = roll(value.length);
  const left = value.slice(0, at);
  const right = value.slice(at);
  switch (roll(4)) {
    case 0:
      return `${left}a${right}`;
    case 1:
      return left + right.slice(1) || "a";
    case 2:
      return left + right.slice(1, 2) + right.slice(0, 1) + right.slice(2);
    default:
      return value;
  }
}

const TEXTS: readonly FieldName[] = ["given", "surname", "place", "address", "identifier"];

/** Two people who have something to do with each other, more or less. */
function pair(roll: Roll): readonly [Values, Values] {
  const a = FIELD_NAMES.map((name) => (roll(6) === 0 ? undefined : VALUES[name](roll)));
  const b = FIELD_NAMES.map((name, f) => {
    const kind = roll(6);
    const value = a[f];
    if (kind === 0) return undefined;
    if (kind < 3 || value === undefined) return VALUES[name](roll);
    return TEXTS.includes(name) && kind === 3 ? spoilt(roll, value) : value;
  });
  if (roll(5) === 0) [b[0], b[1]] = [a[1], a[0]];
  return [a, b];
}

/** Pairs of records: of people, or with hashes, digits and rarities that mean nothing. */
export function recordPairs(seed: number, rows: number): readonly [Uint32Array[], Uint32Array[]] {
  const roll = dice(seed);
  const sides: [Uint32Array[], Uint32Array[]] = [[], []];
  for (let row = 0; row < rows; row += 1) {
    const made = pair(roll).map((values) => comparisonRecord(layout, values, stats));
    if (roll(3) === 0) meddle(roll, made);
    sides[0].push(made[0]);
    sides[1].push(made[1]);
  }
  return sides;
}

/** Copies a stretch of bits of the first record, or flips some that are no letters. */
function meddle(roll: Roll, [a, b]: readonly Uint32Array[]): void {
  for (const { offset, parts } of layout.fields) {
    if (parts.kind === "code" || roll(2) === 0) continue;
    const size = parts.kind === "date" ? 34 : parts.kind === "values" ? 20 : parts.whole;
    for (let k = 0; k < Math.min(size, 20); k += 1) {
      const [word, bit] = [(offset + 1 + k) >>> 5, 1 << ((offset + 1 + k) & 31)];
      if (roll(2) === 0) b[word] = (b[word] & ~bit) | (a[word] & bit);
      else if (roll(4) === 0) a[word] ^= bit;
    }
  }
}

export const flat = (side: readonly Uint32Array[]): Uint32Array =>
  Uint32Array.from(side.flatMap((record) => [...record]));
