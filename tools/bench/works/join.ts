import { wordsOf } from "@symbolon/base/bytes";
import { PRINCE_GATES } from "@symbolon/mpc/circuit/prince";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { leftJoin } from "@symbolon/mpc/table/join";
import { tableOf } from "@symbolon/mpc/table/table";
import { tagLeftJoin } from "@symbolon/mpc/table/tag-join";
import { joinTerms, tagTerms } from "@symbolon/mpc/table/terms";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { CHECK_SECONDS_PER_AND } from "../costs.js";
import { columnBits, defineWork, type Sketch } from "./work.js";

const KEY_WORDS = 2;
/** A key of 64 bits, and on the right side one word besides. */
const RIGHT_WIDTH = KEY_WORDS + 1;
/** A word that tells whether there is a partner, the left row, the right payload. */
const TAGGED_WIDTH = 1 + KEY_WORDS + 1;

/** By tags, which show how often keys occur, and join all partners; or by sorting, silent. */
const WAYS = ["tags", "sort"] as const;
const wayOf = (way: number): (typeof WAYS)[number] => WAYS[way];

/** Two lists joined by 64-bit keys; about four in ten rows have a partner, some the same one. */
export const join = defineWork({
  name: "join",
  about: "two lists by secret 64-bit keys, with one payload column; by tags or by sorting",
  unit: "rows/s",
  options: { rows: 1 << 16, way: WAYS.indexOf("tags") },
  bounds: { rows: [2, 1 << 20] as const },
  choices: { way: WAYS },
  operations: ({ rows }) => 2 * rows,
  inputs: ({ rows }) => ({
    left: columnBits(KEY_WORDS * rows, (seed) => keyedRows(seed, rows, KEY_WORDS)),
    right: columnBits(RIGHT_WIDTH * rows, (seed) => keyedRows(seed, rows, RIGHT_WIDTH)),
  }),
  run: async (ctx, { left, right }, { way }) => {
    const sides = {
      left: tableOf(left, KEY_WORDS),
      right: tableOf(right, RIGHT_WIDTH),
    };
    const joined = await (wayOf(way) === "tags"
      ? tagLeftJoin(ctx, { ...sides, keyWords: KEY_WORDS })
      : leftJoin(ctx, { ...sides, keyBits: 32 * KEY_WORDS }));
    return [{ shares: joined.shares, adding: "xor" as const }];
  },
  isRight: ([joined], { left, right }, { way }) =>
    wayOf(way) === "tags"
      ? hasEveryPair(joined as Uint32Array, left, right)
      : hasLastPartners(joined as Uint32Array, left, right),
  soundnessBits: ({ rows, way }) =>
    soundnessBits(
      wayOf(way) === "tags"
        ? tagTerms(PRODUCTION, [
            { rows, width: KEY_WORDS },
            { rows, width: RIGHT_WIDTH },
          ])
        : joinTerms(PRODUCTION, 2 * rows, 32 * KEY_WORDS, 1),
    ),
  sketch: ({ rows, way }) => (wayOf(way) === "tags" ? tagSketch(2 * rows) : sortSketch(2 * rows)),
  notes: ({ way }) =>
    wayOf(way) === "tags"
      ? { leaks: "multiplicities", partners: "all" }
      : { leaks: "nothing", partners: "the last" },
  goals: ({ rows }) =>
    rows === 1 << 16 ? { in: "seconds" as const, must: 10, aim: 4, references: {} } : undefined,
});

/** A gate one bit; on average 5.5 words a row to shuffle, from four messages of three parties. */
const tagSketch = (rows: number): Sketch => ({
  check: rows * PRINCE_GATES * CHECK_SECONDS_PER_AND,
  bytes: rows * (PRINCE_GATES / 8 + 12 + (4 * 22) / 3 + 32),
  rounds: 160,
});

function sortSketch(rows: number): Sketch {
  const [log, width] = [Math.log2(rows), 64 + Math.log2(rows)];
  const gates = rows * ((log + 1) * width + 63 + 3 * 33);
  const levels = log + 2 * Math.log2(Math.max(2, log));
  return {
    check: gates * CHECK_SECONDS_PER_AND,
    // A gate one bit; 8 words a row to shuffle, 5 to go back, and twice 16 bytes for each check.
    bytes: gates / 8 + rows * ((4 * (32 + 20)) / 3 + 64),
    rounds: levels * 80,
  };
}

/** Rows whose keys are drawn from twice as many as there are rows; other words are uniform. */
function keyedRows(seed: Uint8Array, rows: number, width: number): Uint32Array {
  const words = wordsOf(nodeCrypto.keystream(seed, 4 * rows * width));
  for (let k = 0; k < rows; k += 1) {
    const key = words[k * width] % (2 * rows);
    // Odd factors, so different keys stay different.
    words[k * width] = Math.imul(key, 0x9e3779b1);
    words[k * width + 1] = Math.imul(key ^ 0x5bd1e995, 0x85ebca6b);
  }
  return words;
}

/** Payloads of the right side by key, in the order of its rows. */
function payloads(right: Uint32Array): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (let at = 0; at < right.length; at += RIGHT_WIDTH) {
    const key = `${right[at]} ${right[at + 1]}`;
    found.set(key, [...(found.get(key) ?? []), right[at + 2]]);
  }
  return found;
}

/** A row for each left row, in its order: 1 and the payload of the last partner, or zeros. */
function hasLastPartners(joined: Uint32Array, left: Uint32Array, right: Uint32Array): boolean {
  const partners = payloads(right);
  return (
    joined.length === left.length &&
    Array.from({ length: left.length / KEY_WORDS }, (_, k) => k).every((k) => {
      const payload = partners.get(`${left[2 * k]} ${left[2 * k + 1]}`)?.at(-1);
      const isFound = joined[2 * k] === (payload === undefined ? 0 : 1);
      return isFound && joined[2 * k + 1] === (payload ?? 0);
    })
  );
}

/** A row for each pair, and for each left row without a partner; in whatever order. */
function hasEveryPair(joined: Uint32Array, left: Uint32Array, right: Uint32Array): boolean {
  const partners = payloads(right);
  const expected = Array.from({ length: left.length / KEY_WORDS }, (_, k) => {
    const key = `${left[2 * k]} ${left[2 * k + 1]}`;
    return partners.get(key)?.map((payload) => `1 ${key} ${payload}`) ?? [`0 ${key} 0`];
  }).flat();
  const made = Array.from({ length: joined.length / TAGGED_WIDTH }, (_, k) =>
    joined.subarray(k * TAGGED_WIDTH, (k + 1) * TAGGED_WIDTH).join(" "),
  );
  const [a, b] = [expected.sort(), made.sort()];
  return a.length === b.length && a.every((row, k) => row === b[k]);
}
