import { describe, expect, it } from "vitest";
import {
  base64,
  base64Max,
  type Check,
  hash,
  identifier,
  instant,
  integer,
  list,
  number,
  numbers,
  oneOf,
  orNull,
  paramName,
  pem,
  prose,
  record,
  set,
  tagged,
  text,
  triple,
  where,
} from "./check.js";

const PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
const some = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
const fields = (count: number) => Object.fromEntries(some(count).map((k) => [`f${k}`, k]));

/** What each check takes, and what it refuses. */
const CASES: readonly (readonly [string, Check<unknown>, unknown[], unknown[]])[] = [
  ["a record", record({ a: integer(0, 9) }), [{ a: 1 }], [{}, { a: 1, b: 2 }, null, [1], "a"]],
  ["a list", list(integer(0, 9), 1, 2), [[1], [1, 2]], [[], [1, 2, 3], [10], {}, "12"]],
  ["a set", set(text(9), 1, 3), [["a", "b"]], [["a", "a"], []]],
  [
    "three",
    triple(integer(0, 9)),
    [[1, 2, 3]],
    [
      [1, 2],
      [1, 2, 3, 4],
    ],
  ],
  ["one of some", oneOf<string | number>("a", 2), ["a", 2], ["b", "2", 3, null]],
  ["one or nothing", orNull(integer(0, 9)), [null, 3], [10, undefined]],
  [
    "a tagged record",
    tagged("kind", { a: record({ kind: oneOf("a"), x: integer(0, 9) }) }),
    [{ kind: "a", x: 1 }],
    [{ kind: "constructor", x: 1 }, { x: 1 }, { kind: "a" }, null, 5],
  ],
  ["text", text(5), ["abc", "نجمة"], ["", "abcdef", "a\nb", "a\u0000", 5]],
  ["prose", prose(9), ["a\nb"], ["", "a\tb", "1234567890", null]],
  ["a certificate", pem, [PEM], [PEM + PEM, "", `${PEM}x`, 5]],
  ["an identifier", identifier, ["a.b-c_1"], ["", ".a", "A", "a/b", "a".repeat(65), 5]],
  ["a hash", hash, ["0f".repeat(32)], ["0F".repeat(32), "0f".repeat(31), 5]],
  ["some bytes", base64(2), ["AAA="], ["AAAA", "AAB=", "AAA", "", 5]],
  ["bytes up to a size", base64Max(3), ["AAAA", "AA=="], ["", "AAAAAAAA", "A", 5]],
  ["a whole number", integer(1, 3), [1, 3], [0, 4, 1.5, "1", Number.NaN]],
  ["a number", number(0, 1), [0, 0.5, 1], [-0.1, 1.1, "0", Number.NaN]],
  ["a parameter", paramName, ["overlap", "where1"], ["", "Overlap", "over lap", "a".repeat(33), 5]],
  ["numbers", numbers(2), [fields(2)], [{}, fields(3), { "a b": 1 }, { a: "1" }, [], null]],
  ["a moment", instant, ["2026-02-28T08:00:00Z"], ["2026-02-29T08:00:00Z", "2026", 5]],
  ["a condition", where(integer(0, 9), (n) => n % 2 === 0, "be even"), [2], [3, 10]],
];

describe("checks", () => {
  it.each(CASES)("take %s and nothing else, and name the place", (_, check, good, bad) => {
    for (const value of good) expect(check(value, "$.x")).toEqual(value);
    for (const value of bad)
      expect(() => check(value, "$.x"), JSON.stringify(value)).toThrow(/\$\.x/);
  });
});
