import { assert } from "@symbolon/base/assert";
import { FIELD_NAMES, type FieldName } from "../encode/fields.js";
import { SEPARATOR } from "../encode/values.js";
import { type ComparableText, comparableText, TEXT_LETTERS } from "./comparable.js";
import { editDistance } from "./edit-distance.js";
import { COMPARISONS, type ComparisonName } from "./models.js";

/** Level of a comparison of which one side does not know the field: says nothing. */
export const UNKNOWN = -1;

/** Short words are shared by many names: they do not make two names alike. */
const WORD_LETTERS_MIN = { name: 3, text: 4 } as const;
/** Of fewer letters two edits, of fewer consonants one, leave too little. */
const LETTERS_MIN = 4;
const CONSONANTS_MIN = 3;

/** Field values in the order of `FIELD_NAMES`; `undefined` where a field is unknown. */
export type Values = readonly (string | undefined)[];

/** Compares records, remembering the parts of texts that it has seen. */
export class Comparer {
  readonly #texts = new Map<string, ComparableText>();

  /** One level for each of `COMPARISONS`, `UNKNOWN` where a side does not know the field. */
  compare(a: Values, b: Values): Int8Array {
    assert(a.length === FIELD_NAMES.length && b.length === a.length, "one value or none a field");
    const levels = Int8Array.from(COMPARISONS, ({ name, of }) => {
      const [left, right] = [a[AT[of]], b[AT[of]]];
      return left === undefined || right === undefined ? UNKNOWN : this.#level(name, left, right);
    });
    if (this.#isSwapped(a, b, levels)) levels[GIVEN] = levels[SURNAME] = SWAPPED;
    return levels;
  }

  #level(name: ComparisonName, a: string, b: string): number {
    switch (name) {
      case "given":
      case "surname":
        return nameLevel(this.#text(a), this.#text(b));
      case "birth-date":
        return dateLevel(a, b);
      case "place":
      case "address":
      case "address-2":
        return textLevel(this.#text(a), this.#text(b));
      case "postcode":
      case "street-number":
      case "identifier":
        return codeLevel(a, b);
      case "nationality":
      case "phone":
        return sharesValue(a, b) ? 1 : 0;
      case "email":
        return emailLevel(a, b);
      default:
        return a === b ? 1 : 0;
    }
  }

  #text(value: string): ComparableText {
    let text = this.#texts.get(value);
    if (text === undefined) this.#texts.set(value, (text = comparableText(value)));
    return text;
  }

  /** Both names stand in the other's field, with one edit each at most. */
  #isSwapped(a: Values, b: Values, levels: Int8Array): boolean {
    if (levels[GIVEN] >= CLOSE || levels[SURNAME] >= CLOSE) return false;
    const [given, surname] = [AT.given, AT.surname];
    return [
      [a[given], b[surname]],
      [a[surname], b[given]],
    ].every(
      ([left, right]) =>
        left !== undefined &&
        right !== undefined &&
        nameLevel(this.#text(left), this.#text(right)) >= CLOSE,
    );
  }
}

const AT = Object.fromEntries(FIELD_NAMES.map((name, f) => [name, f])) as Record<FieldName, number>;
const GIVEN = COMPARISONS.findIndex(({ name }) => name === "given");
const SURNAME = COMPARISONS.findIndex(({ name }) => name === "surname");

/** Levels of names, as in `COMPARISONS`. */
const [NAMES_DIFFER, SOUND_NEAR, ALIKE, CLOSE, SAME_NAME, SWAPPED] = [0, 1, 2, 3, 4, 5];

function sharesWord(a: ComparableText, b: ComparableText, lettersMin: number): boolean {
  if (a.words.length === 1 && b.words.length === 1) return false;
  return a.words.some((word) => word.length >= lettersMin && b.words.includes(word));
}

function nameLevel(a: ComparableText, b: ComparableText): number {
  if (a.whole === b.whole) return SAME_NAME;
  const edits = editDistance(a.letters, b.letters, 2);
  if (edits <= 1) return CLOSE;
  const letters = Math.min(a.letters.length, b.letters.length);
  const consonants = Math.min(a.consonants.length, b.consonants.length);
  if (edits === 2 && letters >= LETTERS_MIN) return ALIKE;
  if (a.consonants === b.consonants && consonants > 1) return ALIKE;
  if (sharesWord(a, b, WORD_LETTERS_MIN.name)) return ALIKE;
  const isNear = editDistance(a.consonants, b.consonants, 1) <= 1;
  return consonants >= CONSONANTS_MIN && isNear ? SOUND_NEAR : NAMES_DIFFER;
}

function textLevel(a: ComparableText, b: ComparableText): number {
  if (a.whole === b.whole) return 3;
  const edits = editDistance(a.letters, b.letters, 2);
  if (edits <= 1) return 2;
  return edits === 2 || sharesWord(a, b, WORD_LETTERS_MIN.text) ? 1 : 0;
}

function codeLevel(a: string, b: string): number {
  if (a === b) return 2;
  const [left, right] = [a, b].map((code) => code.slice(0, TEXT_LETTERS));
  return editDistance(left, right, 1) <= 1 ? 1 : 0;
}

function emailLevel(a: string, b: string): number {
  if (a === b) return 3;
  const [left, right] = [a, b].map((email) => email.slice(0, email.lastIndexOf("@")));
  if (left === right) return 2;
  const parts = [left, right].map((part) => part.slice(0, TEXT_LETTERS));
  return editDistance(parts[0], parts[1], 2) <= 2 ? 1 : 0;
}

/** Whether two fields of several values have one in common. */
function sharesValue(a: string, b: string): boolean {
  const values = new Set(a.split(SEPARATOR));
  return b.split(SEPARATOR).some((value) => values.has(value));
}

/** Levels of dates, as in `COMPARISONS`: the last two where a side does not know day or month. */
const [DATES_DIFFER, SAME_YEAR, TWO_PARTS, ONE_SLIP, SAME_DATE, YEAR_ONLY, MONTH_ONLY] = [
  0, 1, 2, 3, 4, 5, 6,
];

function dateLevel(a: string, b: string): number {
  const [x, y] = [a.split("-"), b.split("-")];
  const isSame = (part: number): boolean => x[part] === y[part];
  const known = Math.min(x.length, y.length);
  if (known === 1) return isSame(0) ? YEAR_ONLY : DATES_DIFFER;
  if (known === 2) {
    if (!isSame(0)) return DATES_DIFFER;
    return isSame(1) ? MONTH_ONLY : YEAR_ONLY;
  }
  const same = [0, 1, 2].filter(isSame).length;
  if (same === 3) return SAME_DATE;
  if (isSame(0) && x[1] === y[2] && x[2] === y[1]) return ONE_SLIP;
  if (isOneSlip(x.join(""), y.join(""))) return ONE_SLIP;
  if (same === 2) return TWO_PARTS;
  return isSame(0) ? SAME_YEAR : DATES_DIFFER;
}

/** One digit differs, or two neighbours are exchanged: texts of one length. */
function isOneSlip(a: string, b: string): boolean {
  const differing = [...a].flatMap((digit, k) => (digit === b[k] ? [] : [k]));
  const [first, last] = [differing[0], differing[differing.length - 1]];
  if (differing.length === 1) return true;
  return (
    differing.length === 2 && last === first + 1 && a[first] === b[last] && a[last] === b[first]
  );
}
