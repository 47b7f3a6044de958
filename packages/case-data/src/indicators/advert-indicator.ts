import { hash32 } from "../encode/hash.js";
import { plainText } from "../normalise/text.js";
import type { Readings } from "./reading.js";

/** A fingerprint that another program made: letters and digits, no blanks. */
const READY = /^[0-9a-zA-Z:+/=_-]{12,128}$/;
const TEXT_MAX = 20_000;
/** Fewer words are a phrase that many write. */
const WORDS_MIN = 8;
/** Words of a piece, and pieces of a text below which it has no near form. */
const PIECE = 3;
const PIECES_MIN = 8;
/** Near forms, and least hashes in each. */
const BANDS = 3;
const BAND_ROWS = 4;

/**
 * Adverts, by their text, or by a fingerprint that was made elsewhere (it meets itself only).
 * Exact: all words and numbers. Near: min-hashes of pieces of three words without numbers
 * [Broder 1997], four to a form, three forms: texts that share nine in ten pieces have a form in
 * common with 96 %, seven in ten 56 %, three in ten 2 %; unrelated ones share hardly a piece.
 */
export function readAdvertIndicator(cell: string): Readings {
  const text = cell.trim();
  if (READY.test(text)) {
    if (/^(.)\1*$/.test(text)) return "generic";
    return [{ kind: "advert", exact: `ready ${text.toLowerCase()}`, near: [] }];
  }
  const words = plainText(text.slice(0, TEXT_MAX))
    .split(" ")
    .filter((word) => word !== "");
  if (words.length === 0) return "unreadable";
  if (words.length < WORDS_MIN) return "vague";
  return [{ kind: "advert", exact: words.join(" "), near: bands(pieces(words)) }];
}

function pieces(words: readonly string[]): string[] {
  const plain = words.filter((word) => !/\d/.test(word));
  const all = plain.slice(PIECE - 1).map((_, k) => plain.slice(k, k + PIECE).join(" "));
  return [...new Set(all)];
}

function bands(all: readonly string[]): (string | undefined)[] {
  return Array.from({ length: BANDS }, (_, band) => {
    if (all.length < PIECES_MIN) return undefined;
    const least = Array.from({ length: BAND_ROWS }, (_, row) => {
      const seed = 1 + band * BAND_ROWS + row;
      return all.reduce((min, piece) => Math.min(min, hash32(piece, seed)), 0xffffffff);
    });
    return least.join(" ");
  });
}
