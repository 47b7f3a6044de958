import { skeletonView } from "../encode/views.js";

/**
 * What a comparison sees of a text: parts of fixed size, so that all texts look alike to whoever
 * compares them without seeing them.
 */
export interface ComparableText {
  /** The whole normalised text. */
  readonly whole: string;
  /** Its first `TEXT_LETTERS` letters, without blanks. */
  readonly letters: string;
  /** Its first words, at most `TEXT_WORDS`. */
  readonly words: readonly string[];
  /** The first `TEXT_CONSONANTS` of its consonants, by sound: Mohammed, Muhammad, mhmd. */
  readonly consonants: string;
}

export const TEXT_LETTERS = 12;
export const TEXT_WORDS = 4;
export const TEXT_CONSONANTS = 8;

/** The comparable parts of a normalised text (`normalise/`). */
export function comparableText(whole: string): ComparableText {
  const words = whole.split(" ").filter((word) => word !== "");
  return {
    whole,
    letters: words.join("").slice(0, TEXT_LETTERS),
    words: words.slice(0, TEXT_WORDS),
    consonants: words.map(skeletonView).join("").slice(0, TEXT_CONSONANTS),
  };
}

/** Names of fewer letters are repeated until they have this many at least, and six. */
const SHORT_NAME = 4;
const REPEATED_NAME = 6;

/**
 * The letters of a name as edits are counted on them. One edit in few letters makes another name,
 * Li and Lu, Kim and Lim: short names are written several times over, so that one edit becomes
 * several.
 */
export const nameLetters = (letters: string): string =>
  letters === "" || letters.length >= SHORT_NAME
    ? letters
    : letters.repeat(Math.ceil(REPEATED_NAME / letters.length));
