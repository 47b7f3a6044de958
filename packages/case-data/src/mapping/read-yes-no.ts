import { plainText } from "../normalise/text.js";

const YES = "yes y true 1 x si s oui o ja j sim da checked selected ndiyo evet tak naam";
const NO = "no n false 0 non nee nein nao ne unchecked hapana hayir nie";
const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...YES.split(" ").map((word) => [word, true] as const),
  ...NO.split(" ").map((word) => [word, false] as const),
]);

/** A yes or no in the frequent languages, a tick or a number; `undefined` if it is neither. */
export function readYesNo(cell: string): boolean | undefined {
  const bare = cell.trim();
  if (/^[✓✔☑]$/u.test(bare)) return true;
  if (/^[✗✘☐]$/u.test(bare)) return false;
  return WORDS.get(plainText(bare).replace(/^(\d) 0$/, "$1"));
}
