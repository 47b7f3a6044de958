import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIELD_NAMES, type FieldName } from "../encode/fields.js";
import { listStats } from "../encode/stats.js";
import { readName } from "../normalise/name.js";
import { compareRecords, UNKNOWN } from "./levels.js";
import { COMPARISONS, type ComparisonName } from "./models.js";
import { comparisonRecord, type Values } from "./record.js";
import { personRecords } from "./record-layout.js";

type Known = Partial<Record<FieldName, string>>;

const valuesOf = (known: Known): Values => FIELD_NAMES.map((name) => known[name]);
const layout = personRecords();
const stats = listStats([]);
const compare = (a: Values, b: Values): Int8Array =>
  compareRecords(layout, comparisonRecord(layout, a, stats), comparisonRecord(layout, b, stats));
const latin = (name: string): string => readName(name)?.normal ?? "";

/** The name of the level that a comparison finds. */
function levelOf(name: ComparisonName, a: Known, b: Known): string {
  const at = COMPARISONS.findIndex((one) => one.name === name);
  const level = compare(valuesOf(a), valuesOf(b))[at];
  return level === UNKNOWN ? "unknown" : COMPARISONS[at].levels[level].name;
}

describe("levels", () => {
  it.each([
    ["amina", "amina", "same"],
    ["amina", "aminah", "one edit apart"],
    ["amina", "amnia", "one edit apart"],
    ["abigail", "abbigial", "two edits, the same consonants, or a word in common"],
    ["yusuf", "yosef", "two edits, the same consonants, or a word in common"],
    ["maria jose", "maria", "two edits, the same consonants, or a word in common"],
    ["katherine", "kathlene", "consonants one edit apart"],
    ["siobhan", "sobhana", "two edits, the same consonants, or a word in common"],
    ["mahmoud", "muhammad", "two edits, the same consonants, or a word in common"],
    ["li", "wu", "different"],
    ["min su", "minsu", "one edit apart"],
    ["kim", "lim", "two edits, the same consonants, or a word in common"],
    ["li", "lu", "different"],
    ["amina", "oksana", "different"],
  ])("names: %s and %s", (a, b, level) => {
    expect(levelOf("surname", { surname: a }, { surname: b })).toBe(level);
  });

  it.each([
    ["محمد", "Muhammad"],
    ["Наталья", "Natalya"],
    ["Γιώργος", "Giorgos"],
    ["فاطمة", "Fatima"],
  ])("meet across scripts: %s and %s", (a, b) => {
    expect(levelOf("given", { given: latin(a) }, { given: latin(b) })).not.toBe("different");
  });

  it("are not those of two values that a made-up record puts together", () => {
    const values = (name: string): Values => valuesOf({ surname: name, email: `${name}@a.b` });
    const [hash, letters] = ["mohammed", "amina"].map((name) =>
      comparisonRecord(layout, values(name), stats),
    );
    const [surname, email] = ["surname", "email"].map((name) =>
      layout.fields.findIndex((field) => field.name === name),
    );
    const madeUp = letters.slice();
    for (const f of [surname, email]) {
      const { offset, parts } = layout.fields[f];
      const size = parts.kind === "email" ? parts.whole + parts.local : 24;
      for (let at = offset + 1; at <= offset + size; at += 1) {
        const bit = 1 << (at & 31);
        madeUp[at >>> 5] = (madeUp[at >>> 5] & ~bit) | (hash[at >>> 5] & bit);
      }
    }
    const levels = compareRecords(layout, madeUp, hash);
    expect(levels[surname]).toBe(0);
    expect(levels[email]).toBe(0);
  });

  it("see names in each other's field, and only whole names", () => {
    const swapped = { given: "bello", surname: "amina" };
    const one = { given: "amina", surname: "bello" };
    expect(levelOf("given", one, swapped)).toBe("in each other's field");
    expect(levelOf("surname", one, swapped)).toBe("in each other's field");
    expect(levelOf("given", one, { given: "bello", surname: "oksana" })).toBe("different");
    expect(levelOf("given", one, one)).toBe("same");
  });

  it.each([
    ["1990-05-17", "1990-05-17", "same"],
    ["1990-05-07", "1990-07-05", "day and month exchanged, or one slip"],
    ["1990-05-17", "1990-05-71", "day and month exchanged, or one slip"],
    ["1990-05-17", "1980-05-17", "day and month exchanged, or one slip"],
    ["1990-05-17", "1990-05-28", "two parts same"],
    ["1990-05-17", "1990-11-28", "year same"],
    ["1990-05-17", "1975-11-02", "different"],
    ["1990-05-17", "1990", "year same, no more is known"],
    ["1990", "1991", "different"],
    ["1990-05", "1990-05-17", "year and month same, no more is known"],
    ["1990-05", "1990-06-17", "year same, no more is known"],
    ["1990-05", "1989-05-17", "different"],
  ])("dates: %s and %s", (a, b, level) => {
    expect(levelOf("birth-date", { "birth-date": a }, { "birth-date": b })).toBe(level);
    expect(levelOf("birth-date", { "birth-date": b }, { "birth-date": a })).toBe(level);
  });

  it.each<[ComparisonName, string, string, string]>([
    ["identifier", "A1234567", "A1234567", "same"],
    ["identifier", "A1234567", "A1243567", "one edit apart"],
    ["identifier", "A1234567", "B7654321", "different"],
    ["place", "winston hills", "winston hill", "one edit apart"],
    ["place", "winston hills", "hills", "two edits, or a word in common"],
    ["place", "winston hills", "richlands", "different"],
    ["address", "stanley street", "hill street", "different"],
    ["address", "old stanley street", "stanley road", "two edits, or a word in common"],
    ["address", "grote markt straat", "kleine straat", "different"],
    ["place", "stanley street", "hill street", "two edits, or a word in common"],
    ["phone", "+31612345678|+4912", "+31612345678", "same"],
    ["nationality", "566|288", "288", "same"],
    ["nationality", "566", "288", "different"],
    ["email", "robert@smith.net", "robert@home.net", "before the @ same"],
    ["email", "robert@smith.net", "roberta@home.net", "before the @ two edits apart"],
    ["email", "robert@smith.net", "zoe@smith.net", "different"],
    ["sex", "1", "2", "different"],
  ])("%s: %s and %s", (name, a, b, level) => {
    expect(levelOf(name, { [name]: a }, { [name]: b })).toBe(level);
  });

  const text = fc.option(fc.string({ unit: fc.constantFrom("a", "b", "m", " "), maxLength: 6 }), {
    nil: undefined,
  });
  const record = fc.record({ given: text, surname: text, place: text }).map((known) => {
    const entries = Object.entries(known).filter(([, value]) => value?.trim());
    return valuesOf(Object.fromEntries(entries) as Known);
  });

  it("do not depend on which record comes first, and are unknown where a side is", () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        const levels = compare(a, b);
        expect(compare(b, a)).toEqual(levels);
        COMPARISONS.forEach(({ of }, c) => {
          const f = FIELD_NAMES.indexOf(of);
          expect(levels[c] === UNKNOWN).toBe(a[f] === undefined || b[f] === undefined);
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe("models", () => {
  it.each(COMPARISONS)("$name: probabilities are some, and sum to at most one", ({ levels }) => {
    for (const { m, u } of levels) {
      expect(m).toBeGreaterThan(0);
      expect(u).toBeGreaterThan(0);
    }
    // Levels for dates of which less is known are apart: they are shares of those dates.
    const whole = levels.filter(({ name }) => !name.endsWith("no more is known"));
    for (const side of ["m", "u"] as const) {
      const sum = whole.reduce((total, level) => total + level[side], 0);
      expect(Math.abs(sum - 1)).toBeLessThan(0.005);
    }
  });
});
