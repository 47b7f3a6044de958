import { describe, expect, it } from "vitest";
import { PRODUCTION } from "../profile.js";
import type { SoundnessTerm } from "../verify/soundness.js";
import { firstRowTerms, groupTerms, joinTerms, shuffleTerms, sortTerms } from "./terms.js";

/** −log2 of all that may be missed. */
const bits = (terms: readonly SoundnessTerm[]): number =>
  -Math.log2(terms.reduce((sum, { count, error }) => sum + count * error, 0));

describe("soundness of table protocols", () => {
  it("follows from the sizes", () => {
    expect(bits(shuffleTerms(PRODUCTION, 1 << 20, 5))).toBeGreaterThan(74);
    expect(bits(shuffleTerms(PRODUCTION, 1 << 20, 5))).toBeLessThan(75);
    expect(bits(sortTerms(PRODUCTION, 1 << 20, 1, 32))).toBeGreaterThan(64);
    expect(bits(joinTerms(PRODUCTION, 1 << 20, 2, 1))).toBeGreaterThan(64);
    expect(bits(joinTerms(PRODUCTION, 1 << 20, 2, 1))).toBeLessThan(
      bits(sortTerms(PRODUCTION, 1 << 20, 4, 64)),
    );
  });

  it("counts what grouping adds to sorting", () => {
    const sorting = bits(sortTerms(PRODUCTION, 1 << 16, 3, 64));
    const counting = bits(groupTerms(PRODUCTION, 1 << 16, 3, 2, false));
    expect(counting).toBeLessThan(sorting);
    expect(bits(groupTerms(PRODUCTION, 1 << 16, 3, 2, true))).toBeLessThanOrEqual(counting);
    expect(counting).toBeGreaterThan(64);
    expect(bits(firstRowTerms(PRODUCTION, 1 << 20, 4, 64))).toBeGreaterThan(80);
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
