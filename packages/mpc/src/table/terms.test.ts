import { describe, expect, it } from "vitest";
import { PRODUCTION } from "../profile.js";
import type { SoundnessTerm } from "../verify/soundness.js";
import { findOrder, questionsMax } from "./order.js";
import { TAGGED_ROWS } from "./tag.js";
import {
  firstRowTerms,
  groupTerms,
  innerJoinTerms,
  joinTerms,
  shuffleTerms,
  sortTerms,
  tagSemiJoinTerms,
  tagTerms,
} from "./terms.js";

/** −log2 of all that may be missed. */
const bits = (terms: readonly SoundnessTerm[]): number =>
  -Math.log2(terms.reduce((sum, { count, error }) => sum + count * error, 0));

describe("soundness of table protocols", () => {
  it("follows from the sizes", () => {
    expect(bits(shuffleTerms(PRODUCTION, 1 << 20, 5))).toBeGreaterThan(74);
    expect(bits(shuffleTerms(PRODUCTION, 1 << 20, 5))).toBeLessThan(75);
    expect(bits(sortTerms(PRODUCTION, 1 << 20, 1, 32))).toBeGreaterThan(64);
    expect(bits(joinTerms(PRODUCTION, 1 << 20, 64, 1))).toBeGreaterThan(64);
    expect(bits(joinTerms(PRODUCTION, 1 << 20, 64, 1))).toBeLessThan(
      bits(sortTerms(PRODUCTION, 1 << 20, 4, 64)),
    );
  });

  it("counts what grouping adds to sorting", () => {
    const sorting = bits(sortTerms(PRODUCTION, 1 << 16, 3, 64));
    const counting = bits(groupTerms(PRODUCTION, 1 << 16, 3, 64, false));
    expect(counting).toBeLessThan(sorting);
    expect(bits(groupTerms(PRODUCTION, 1 << 16, 3, 64, true))).toBeLessThanOrEqual(counting);
    expect(counting).toBeGreaterThan(64);
    expect(bits(firstRowTerms(PRODUCTION, 1 << 20, 4, 64))).toBeGreaterThan(80);
  });

  it("counts the gates that keep or blank the left side of an inner join", () => {
    const left = joinTerms(PRODUCTION, 1 << 10, 32, 1);
    const inner = innerJoinTerms(PRODUCTION, 1 << 9, 1 << 9, 3, 32, 1);
    expect(inner.length).toBe(left.length + 1);
    const sum = (terms: readonly SoundnessTerm[]): number =>
      terms.reduce((total, { count, error }) => total + count * error, 0);
    expect(sum(inner)).toBeGreaterThan(sum(left));
  });

  it("counts tables, bands of gates and the way back of joins by tags", () => {
    const table = { rows: 1 << 16, width: 3 };
    const both = tagTerms(PRODUCTION, [table, table]);
    expect(bits(both)).toBeGreaterThan(70);
    expect(bits(both)).toBeLessThan(bits(tagTerms(PRODUCTION, [table])));
    const gates = (rows: number, hasFlags = false) =>
      tagTerms(PRODUCTION, [{ rows, width: 3 }], hasFlags).find(
        ({ check }) => check === "gates of tags",
      );
    expect(gates(TAGGED_ROWS)?.count).toBe(1);
    expect(gates(TAGGED_ROWS + 1)?.count).toBe(2);
    expect(gates(1 << 16, true)?.error).toBeGreaterThan(gates(1 << 16)?.error ?? 1);
    const semi = tagSemiJoinTerms(PRODUCTION, 1 << 16, 1 << 16, 3);
    expect(bits(semi)).toBeLessThan(bits(both));
    expect(tagSemiJoinTerms(PRODUCTION, 8, 8, 2, true).length).toBe(semi.length);
  });

  it("counts no fewer questions than a level of a sort asks", async () => {
    for (const rows of [2, 5, 2_000, 6_000, 12_000, 30_000]) {
      // A fixed order without pattern: multiples of an odd number mod 2^32 differ.
      const key = (row: number): number => Math.imul(row + 1, 0x9e3779b1) >>> 0;
      const asked: number[] = [];
      await findOrder(rows, (left, right) => {
        asked.push(left.length);
        const out = new Uint32Array(Math.ceil(left.length / 128) * 4);
        left.forEach((row, k) => {
          if (key(row) < key(right[k])) out[k >>> 5] |= 1 << (k & 31);
        });
        return Promise.resolve(out);
      });
      expect(Math.max(...asked)).toBeLessThanOrEqual(questionsMax(rows));
      expect(asked.length).toBeLessThanOrEqual(rows);
    }
  });

  it("grows weaker with rows, columns and key bits", () => {
    const least = bits(sortTerms(PRODUCTION, 1 << 10, 1, 32));
    expect(bits(sortTerms(PRODUCTION, 1 << 14, 1, 32))).toBeLessThan(least);
    expect(bits(sortTerms(PRODUCTION, 1 << 10, 9, 32))).toBeLessThan(least);
    expect(bits(sortTerms(PRODUCTION, 1 << 10, 1, 64))).toBeLessThanOrEqual(least);
    expect(bits(shuffleTerms(PRODUCTION, 1 << 10, 7))).toBeLessThan(
      bits(shuffleTerms(PRODUCTION, 1 << 10, 3)),
    );
  });
});
