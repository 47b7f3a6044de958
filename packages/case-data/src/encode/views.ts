/**
 * Coarser views of a name in Latin letters, in which spellings and transliterations of one name
 * meet: Mohammed, Muhammad and (from Arabic script, which writes no vowels) mhmd.
 */

/** Letters and pairs of letters that stand for about the same sound. Order matters. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/sch|tsch|ch|sh|zh|tj/g, "s"],
  [/ph/g, "f"],
  [/th|dh/g, "t"],
  [/kh|gh|ck|q|x/g, "k"],
  [/h(?=[bcdfgjklmnpqrstvwxz])/g, ""],
  [/c(?=[eiy])/g, "s"],
  [/c/g, "k"],
  [/z/g, "s"],
  [/w/g, "v"],
  [/j|y(?=[aeiou])/g, "i"],
];

function soundForm(token: string): string {
  let form = token;
  for (const [pattern, letter] of SOUNDS) form = form.replace(pattern, letter);
  return form;
}

const undouble = (text: string): string => text.replace(/(.)\1+/g, "$1");

/** Similar consonants and vowels made one, double letters single: "mohammed" → "mahamad". */
export function vowelView(token: string): string {
  return undouble(
    soundForm(token)
      .replace(/[aeou]+/g, "a")
      .replace(/[iy]+/g, "i"),
  );
}

/** Consonants only: "mohammed" and "mhmd" → "mhmd". The first letter stays if it is a vowel. */
export function skeletonView(token: string): string {
  const bare = token
    .replace(/ph/g, "f")
    .replace(/[ckq]h?/g, "k")
    .replace(/z/g, "s");
  const consonants = bare.replace(/[aeiouyw'`]/g, "");
  return undouble(consonants === "" ? bare.slice(0, 1) : consonants);
}
