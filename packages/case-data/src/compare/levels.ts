import { editDistance } from "./edit-distance.js";
import { type ShownParts, shownParts } from "./record.js";
import type { RecordLayout, RecordParts } from "./record-layout.js";

/** Level of a comparison of which one side does not know the field: says nothing. */
export const UNKNOWN = -1;

/** Of fewer letters two edits leave too little. */
export const EDITED_LETTERS_MIN = 4;
/** So few consonants are the same in many names, or one edit apart. */
export const SAME_SOUNDS_MIN = 2;
export const NEAR_SOUNDS_MIN = 3;

/**
 * How two records agree, field by field: one level for each field of the layout (`COMPARISONS` says
 * what they mean), `UNKNOWN` where a side does not know it. What nodes compute on shares, in the
 * clear, of texts that have zeros only behind their letters.
 */
export function compareRecords(layout: RecordLayout, a: Uint32Array, b: Uint32Array): Int8Array {
  const shown = layout.fields.map((field) => [shownParts(field, a), shownParts(field, b)] as const);
  const levels = Int8Array.from(shown, ([x, y], f) =>
    x.isKnown && y.isKnown ? levelOf(layout.fields[f].parts.kind, x, y) : UNKNOWN,
  );
  const [given, surname] = layout.swap.fields;
  if (levels[given] < CLOSE && levels[surname] < CLOSE) {
    const crosswise = [
      [shown[given][0], shown[surname][1]],
      [shown[surname][0], shown[given][1]],
    ];
    const isSwapped = crosswise.every(
      ([x, y]) => x.isKnown && y.isKnown && nameLevel(x, y) >= CLOSE,
    );
    if (isSwapped) levels[given] = levels[surname] = layout.swap.level;
  }
  return levels;
}

function levelOf(kind: RecordParts["kind"], x: ShownParts, y: ShownParts): number {
  switch (kind) {
    case "name":
      return nameLevel(x, y);
    case "text":
      return textLevel(x, y);
    case "code":
      if (isSame(x, y)) return 2;
      return editDistance(x.letters, y.letters, 1) <= 1 ? 1 : 0;
    case "email":
      if (isSame(x, y)) return 3;
      if (x.local === y.local && sameNumbers(x.letters, y.letters)) return 2;
      return editDistance(x.letters, y.letters, 2) <= 2 ? 1 : 0;
    case "date":
      return dateLevel(x, y);
    default:
      return haveCommon(x.values, y.values) ? 1 : 0;
  }
}

/** A hash stands for the whole text; its letters must be the same too, or it could be made up. */
const isSame = (x: ShownParts, y: ShownParts): boolean =>
  x.whole === y.whole && sameNumbers(x.letters, y.letters);

const sameNumbers = (x: readonly number[], y: readonly number[]): boolean =>
  x.length === y.length && x.every((value, k) => value === y[k]);

/** Levels of names: different, sounds near, alike, close, same. */
const [NAMES_DIFFER, SOUND_NEAR, ALIKE, CLOSE, SAME_NAME] = [0, 1, 2, 3, 4];

function nameLevel(x: ShownParts, y: ShownParts): number {
  if (isSame(x, y)) return SAME_NAME;
  const edits = editDistance(x.letters, y.letters, 2);
  if (edits <= 1) return CLOSE;
  const letters = Math.min(x.letters.length, y.letters.length);
  const sounds = Math.min(x.sounds.length, y.sounds.length);
  const sounded = editDistance(x.sounds, y.sounds, 1);
  if (edits === 2 && letters >= EDITED_LETTERS_MIN) return ALIKE;
  if (sounded === 0 && sounds >= SAME_SOUNDS_MIN) return ALIKE;
  if (haveCommon(x.words, y.words)) return ALIKE;
  return sounded <= 1 && sounds >= NEAR_SOUNDS_MIN ? SOUND_NEAR : NAMES_DIFFER;
}

function textLevel(x: ShownParts, y: ShownParts): number {
  if (isSame(x, y)) return 3;
  const edits = editDistance(x.letters, y.letters, 2);
  if (edits <= 1) return 2;
  return edits === 2 || haveCommon(x.words, y.words) ? 1 : 0;
}

const haveCommon = (x: readonly number[], y: readonly number[]): boolean =>
  x.some((value) => value !== 0 && y.includes(value));

/** Levels of dates, as in `COMPARISONS`: the last two where a side does not know day or month. */
const [DATES_DIFFER, SAME_YEAR, TWO_PARTS, ONE_SLIP, SAME_DATE, YEAR_ONLY, MONTH_ONLY] = [
  0, 1, 2, 3, 4, 5, 6,
];

function dateLevel(x: ShownParts, y: ShownParts): number {
  const part = (from: number, to: number): boolean =>
    x.digits.slice(from, to).join() === y.digits.slice(from, to).join();
  const [year, month, day] = [part(0, 4), part(4, 6), part(6, 8)];
  const months = x.hasMonth && y.hasMonth;
  if (!(months && x.hasDay && y.hasDay)) {
    if (!year) return DATES_DIFFER;
    return months && month ? MONTH_ONLY : YEAR_ONLY;
  }
  const same = [year, month, day].filter(Boolean).length;
  if (same === 3) return SAME_DATE;
  if (year && isExchanged(x.digits, y.digits)) return ONE_SLIP;
  if (isOneSlip(x.digits, y.digits)) return ONE_SLIP;
  if (same === 2) return TWO_PARTS;
  return year ? SAME_YEAR : DATES_DIFFER;
}

/** Month and day stand in each other's place. */
const isExchanged = (x: readonly number[], y: readonly number[]): boolean =>
  [4, 5, 6, 7].every((k) => x[k] === y[k < 6 ? k + 2 : k - 2]);

/** One digit differs, or two neighbours are exchanged. */
function isOneSlip(x: readonly number[], y: readonly number[]): boolean {
  const differing = x.flatMap((digit, k) => (digit === y[k] ? [] : [k]));
  const [first, second] = differing;
  if (differing.length === 1) return true;
  return (
    differing.length === 2 &&
    second === first + 1 &&
    x[first] === y[second] &&
    x[second] === y[first]
  );
}
