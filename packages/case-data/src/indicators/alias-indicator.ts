import { skeletonView, vowelView } from "../encode/views.js";
import { isMissing, latin } from "../normalise/text.js";
import { transliterate } from "../normalise/transliterate.js";
import type { Readings } from "./reading.js";

/** What many are called; by themselves they name nobody. */
const COMMON: ReadonlySet<string> = new Set(
  (
    "madame madam mama mami mom mother mum papa daddy father uncle aunt aunty auntie tio " +
    "tia brother sister bro sis boss bossman chief captain manager driver pimp trafficker " +
    "agent recruiter coyote friend boyfriend girlfriend husband wife lady man woman the a " +
    "mr mrs ms miss sir don dona big little old young fat black white unknown unnamed " +
    "nickname alias no name john jane doe fulano"
  ).split(" "),
);
const LETTERS_MIN = 3;
const FORM_MIN = 5;

/** A coarser view of each word, in any order, if it still says enough. */
function formOf(words: readonly string[], view: (word: string) => string): string | undefined {
  const views = words.map(view).sort();
  return views.join("").length >= FORM_MIN ? views.join(" ") : undefined;
}

/**
 * Aliases, in Latin letters and lower case. Exact: the words in their order. Near: what they sound
 * like, vowels as two kinds; or their consonants alone, since some scripts write no others; in any
 * order, five signs at least. "Boss" or "Aunt" alone name nobody; "Boss Vito" does. An alias is
 * weak evidence, and a class of its own.
 */
export function readAliasIndicator(cell: string): Readings {
  if (isMissing(cell)) return "generic";
  const words = latin(transliterate(cell))
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .split(" ")
    .filter((word) => word !== "");
  if (words.length === 0) return "unreadable";
  const own = words.filter((word) => !COMMON.has(word));
  if (own.length === 0) return "generic";
  if (own.join("").length < LETTERS_MIN) return "vague";
  const near = [formOf(own, vowelView), formOf(own, skeletonView)];
  return [{ kind: "alias", exact: words.join(" "), near }];
}
