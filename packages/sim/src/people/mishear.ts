import type { Dice } from "./dice.js";

/** What is easily taken for one another on the telephone: the same in every language here. */
const CONFUSED: readonly (readonly [string, string])[] = [
  ["b", "p"],
  ["d", "t"],
  ["g", "k"],
  ["v", "f"],
  ["z", "s"],
  ["m", "n"],
  ["i", "e"],
  ["o", "u"],
  ["ph", "f"],
  ["th", "t"],
  ["sh", "s"],
  ["ch", "sh"],
  ["kh", "h"],
  ["ei", "ai"],
  ["ou", "u"],
  ["ee", "i"],
];

/**
 * A name as somebody writes it who heard it: one sound for another, or one of two letters. A name
 * in which nothing sounds like anything else, or in another script, stays as it is.
 */
export function mishear(dice: Dice, name: string): string {
  const found: string[] = [];
  const lower = name.toLowerCase();
  for (const pair of CONFUSED) {
    for (const [from, to] of [pair, [pair[1], pair[0]] as const]) {
      const at = lower.indexOf(from);
      if (at >= 0) found.push(replaced(name, at, from.length, to));
    }
  }
  const double = /(\p{L})\1/iu.exec(name);
  if (double) found.push(name.slice(0, double.index) + name.slice(double.index + 1));
  return found.length === 0 ? name : dice.pick(found);
}

/** With a capital where there was one. */
function replaced(name: string, at: number, length: number, by: string): string {
  const isCapital = at === 0 && name[0] !== name[0].toLowerCase();
  const sound = isCapital ? by[0].toUpperCase() + by.slice(1) : by;
  return name.slice(0, at) + sound + name.slice(at + length);
}
