import type { Dice } from "./dice.js";

const NEAR: Readonly<Record<string, string>> = {
  a: "sq",
  b: "vn",
  c: "xv",
  d: "sf",
  e: "wr",
  f: "dg",
  g: "fh",
  h: "gj",
  i: "uoy",
  j: "hk",
  k: "jl",
  l: "k",
  m: "n",
  n: "mb",
  o: "ip",
  p: "o",
  q: "wa",
  r: "et",
  s: "ad",
  t: "ry",
  u: "yi",
  v: "cb",
  w: "qe",
  x: "zc",
  y: "tui",
  z: "xs",
};

/**
 * One slip of pen or keyboard: a letter left out, doubled, swapped with its neighbour, or one
 * struck beside it (in other scripts: doubled). Names of fewer than three letters stay as they are.
 */
export function misspell(dice: Dice, name: string): string {
  const letters = [...name];
  if (letters.length < 3) return name;
  const at = dice.between(1, letters.length - 2);
  switch (dice.between(0, 3)) {
    case 0:
      letters.splice(at, 1);
      break;
    case 1:
      letters.splice(at, 0, letters[at]);
      break;
    case 2:
      [letters[at], letters[at + 1]] = [letters[at + 1], letters[at]];
      break;
    default: {
      const near = NEAR[letters[at].toLowerCase()];
      if (near === undefined) letters.splice(at, 0, letters[at]);
      else letters[at] = dice.pick([...near]);
    }
  }
  return letters.join("");
}
