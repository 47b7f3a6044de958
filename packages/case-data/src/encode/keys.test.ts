import { expect, it } from "vitest";
import { below, seededWords } from "../random.js";
import { FIELD_NAMES, type FieldName } from "./fields.js";
import { type KeyField, personKeys } from "./key-layout.js";
import { keyWorth, type RecordKeys } from "./key-score.js";
import { recordKeys } from "./keys.js";

/* Made-up keys agree with no row better than some record that is put together from rows' values. */

const layout = personKeys();
type Values = (string | undefined)[];

const FROM = {
  letters: ["a", "b", "ba", "ab ", "abc", "cab", "x"],
  digits: ["0", "1", "12", "3"],
};

/** A list with few letters and few digits, so that much agrees by accident. */
function listOf(rows: number, seed: number): Values[] {
  const words = seededWords(seed);
  const some = (of: keyof typeof FROM, most: number): string =>
    Array.from({ length: 1 + below(most, words) }, () => FROM[of][below(FROM[of].length, words)])
      .join("")
      .trim();
  const two = (most: number): string => String(1 + below(most, words)).padStart(2, "0");
  const value = (name: FieldName): string => {
    if (name === "birth-date")
      return ["1990", `1991-${two(3)}`, `199${below(2, words)}-${two(3)}-${two(3)}`][
        below(3, words)
      ];
    if (name === "sex" || name === "nationality") return String(1 + below(3, words));
    if (name === "phone") return some("digits", 8);
    if (name === "identifier" || name === "postcode") return some("digits", 4);
    if (name === "email") return `${some("letters", 1)}@${some("letters", 1)}`;
    return some("letters", 5);
  };
  return Array.from({ length: rows }, () =>
    FIELD_NAMES.map((name) => (below(4, words) === 0 ? undefined : value(name))),
  );
}

const keysOf = (values: Values): RecordKeys => ({ rows: 1, words: recordKeys(layout, values) });

const bitAt = ({ words }: RecordKeys, at: number): number => (words[at >>> 5] >>> (at & 31)) & 1;

/** Agreement of two keys, each of a record of its own; −1 if one of them is unknown. */
function depthOf(a: RecordKeys, one: KeyField, b: RecordKeys, other: KeyField): number {
  if (bitAt(a, one.offset) === 0 || bitAt(b, other.offset) === 0) return -1;
  let at = 1;
  for (const [d, bits] of one.parts.entries()) {
    for (let k = at; k < at + bits; k += 1)
      if (bitAt(a, one.offset + k) !== bitAt(b, other.offset + k)) return d;
    at += bits;
  }
  return one.parts.length;
}

/** Each part of each key from some row or from nowhere; known where `known` says. */
function madeUp(rows: readonly RecordKeys[], known: Values, seed: number): RecordKeys {
  const words = seededWords(seed);
  const made = new Uint32Array(layout.bits / 32);
  const put = (at: number, bit: number): void => {
    if (bit === 1) made[at >>> 5] |= 1 << (at & 31);
  };
  for (const { offset, parts, presence } of layout.fields) {
    put(offset, known[presence] === undefined ? 0 : 1);
    let at = offset + 1;
    let row = rows[below(rows.length, words)];
    for (const bits of parts) {
      if (below(3, words) === 0) row = rows[below(rows.length, words)];
      const isRandom = below(6, words) === 0;
      for (let k = at; k < at + bits; k += 1) put(k, isRandom ? below(2, words) : bitAt(row, k));
      at += bits;
    }
  }
  return { rows: 1, words: made };
}

const letters = (text: string): string => {
  const bare = text.replaceAll(" ", "") || text;
  return bare.repeat(Math.ceil(9 / bare.length));
};

/** The three pieces of a value that keys are made from. */
function piecesOf(name: FieldName, value: string): readonly [string, string, string] {
  const isCode = name === "identifier" || name === "postcode";
  const whole = isCode ? value.padStart(4, "0") : letters(value);
  const end = isCode ? 2 : 3;
  return [whole.slice(0, end), whole.slice(end, -end), whole.slice(-end)];
}

/** The record of the argument in docs/protocols/levels.md: by key, the row that agrees most. */
function dominating(made: RecordKeys, list: readonly Values[], known: Values): Values {
  const rows = list.map(keysOf);
  const field = (name: string): KeyField =>
    layout.fields.find((one) => one.name === name) as KeyField;
  const closest = (name: string, others: readonly string[] = [name]): string => {
    let [best, deepest]: [string | undefined, number] = [undefined, -2];
    list.forEach((values, row) => {
      for (const other of others) {
        const value = values[field(other).presence];
        const depth = depthOf(made, field(name), rows[row], field(other));
        if (value !== undefined && depth > deepest) [best, deepest] = [value, depth];
      }
    });
    return best ?? "a";
  };
  return FIELD_NAMES.map((name, f) => {
    if (known[f] === undefined) return undefined;
    const piece = (part: string, place: 0 | 1 | 2): string =>
      piecesOf(name, closest(`${name}-${part}`))[place];
    switch (name) {
      case "given":
      case "surname":
        return closest(name, ["given", "surname"]);
      case "names":
        return "a|a";
      case "birth-date": {
        const year = closest("birth-year").slice(0, 4);
        const month = closest("birth-month").slice(5, 7) || "01";
        return `${year}-${month}-${closest("birth-day").slice(8, 10) || "01"}`;
      }
      case "place":
      case "address":
      case "address-2":
      case "identifier":
        return piece("head", 0) + piece("middle", 1) + piece("tail", 2);
      case "postcode":
        return piece("head", 0) + piece("tail", 1) + piece("tail", 2);
      default:
        return closest(name);
    }
  });
}

it("a record of real values is worth as much to every row as keys that were made up", () => {
  let agreeing = 0;
  let isGreater = false;
  for (let seed = 1; seed <= 150; seed += 1) {
    const list = listOf(25, seed);
    const rows = list.map(keysOf);
    const known = list[seed % list.length];
    const made = madeUp(rows.slice(0, 3), known, seed);
    const real = keysOf(dominating(made, list, known));
    for (const row of rows) {
      const [asMade, asReal] = [made, real].map((keys) => keyWorth(layout, row, 0, keys, 0));
      expect(asReal).toBeGreaterThanOrEqual(asMade);
      if (asMade > 0) agreeing += 1;
      isGreater ||= asReal > asMade;
    }
  }
  expect(agreeing).toBeGreaterThan(200);
  expect(isGreater).toBe(true);
});
