/** A letter for each script: what somebody sees is how a value is written, not what it says. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Latin}/u, "a"],
  [/\p{Script=Cyrillic}/u, "я"],
  [/\p{Script=Greek}/u, "α"],
  [/\p{Script=Arabic}/u, "ع"],
  [/\p{Script=Hebrew}/u, "א"],
  [/\p{Script=Han}/u, "字"],
  [/\p{Script=Hangul}/u, "가"],
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, "あ"],
  [/\p{Script=Thai}/u, "ก"],
  [/\p{Script=Lao}/u, "ກ"],
  [/\p{Script=Khmer}/u, "ក"],
  [/\p{Script=Myanmar}/u, "က"],
  [/\p{Script=Devanagari}/u, "क"],
  [/\p{Script=Bengali}/u, "ক"],
  [/\p{Script=Ethiopic}/u, "ሀ"],
  [/\p{Script=Armenian}/u, "ա"],
  [/\p{Script=Georgian}/u, "ა"],
];
const OTHER = "·";
const SHOWN_MAX = 24;

function maskSign(sign: string): string {
  if (/\p{N}/u.test(sign)) return "9";
  if (/\p{Cc}|\p{Cf}|\p{Co}|\p{Cs}/u.test(sign)) return OTHER;
  if (!/\p{L}|\p{M}/u.test(sign)) return /\p{So}/u.test(sign) ? OTHER : sign;
  const letter = SCRIPTS.find(([script]) => script.test(sign))?.[1] ?? OTHER;
  return /\p{Lu}|\p{Lt}/u.test(sign) ? letter.toUpperCase() : letter;
}

/**
 * A value as others may see it on a screen: letters become a or A or one letter of their script,
 * digits 9, signs and length stay; at most 24 signs.
 */
export function mask(value: string): string {
  const signs = [...value.normalize("NFC").trim()];
  const shown = signs.slice(0, SHOWN_MAX).map(maskSign).join("");
  return signs.length > SHOWN_MAX ? `${shown}…` : shown;
}
