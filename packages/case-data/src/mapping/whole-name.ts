import { isHonorific, isParticle } from "../normalise/name.js";
import type { NameOrder } from "./mapping.js";

export interface NameParts {
  readonly given: string;
  readonly surname: string;
}

const HAN_OR_HANGUL = /^[\p{Script=Han}\p{Script=Hangul}]{2,4}$/u;

/**
 * A whole name in its two parts, as written: at a comma, where the surname stands first; a Chinese
 * or Korean name without a blank, likewise; else in the order that the column says, the surname
 * being one word with the particles before it.
 */
export function nameParts(cell: string, order: NameOrder = "given-first"): NameParts {
  const whole = cell.replace(/\s+/g, " ").trim();
  const comma = whole.search(/[,،、]/);
  if (comma > 0) {
    return { given: whole.slice(comma + 1).trim(), surname: whole.slice(0, comma).trim() };
  }
  if (HAN_OR_HANGUL.test(whole)) {
    const signs = [...whole];
    const head = signs.length === 4 ? 2 : 1;
    return { given: signs.slice(head).join(""), surname: signs.slice(0, head).join("") };
  }
  const words = whole.split(" ").filter((word) => !isHonorific(word));
  if (words.length < 2) return { given: whole, surname: "" };
  const at = order === "surname-first" ? headOf(words) : tailOf(words);
  const [first, last] = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
  return order === "surname-first"
    ? { given: last, surname: first }
    : { given: first, surname: last };
}

/** Words of a surname at the head: particles and one more. */
function headOf(words: readonly string[]): number {
  let at = 0;
  while (at < words.length - 2 && isParticle(words[at])) at += 1;
  return at + 1;
}

/** Where a surname at the end begins. */
function tailOf(words: readonly string[]): number {
  let at = words.length - 1;
  while (at > 1 && isParticle(words[at - 1])) at -= 1;
  return at;
}
