import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstCodes, tableSensitivity } from "./contribution.js";
import { laplaceTail } from "./laplace.js";
import { isShown, minimumCell } from "./minimum-cell.js";
import { rational } from "./rational.js";

const noise = { epsilon: rational(1n, 2n), sensitivity: 1n };

describe("the minimum cell", () => {
  const rule = minimumCell(4, noise);
  const from = rule.organisations?.visibleFrom ?? 0;

  it("asks for ten persons, three organisations, and none with more than four fifths", () => {
    expect(isShown(rule, 9, [from, from, from, 0])).toBe(false);
    expect(isShown(rule, 3 * from, [from, from, from, 0])).toBe(true);
    expect(isShown(rule, 3 * from, [from, from, from - 1, 0])).toBe(false);
    expect(isShown(rule, 100, [80, from, from, 0])).toBe(true);
    expect(isShown(rule, 100, [81, from, from, 0])).toBe(false);
  });

  it("is seldom passed for noise alone", () => {
    for (const lists of [3, 4, 7, 15]) {
      const { organisations } = minimumCell(lists, noise);
      const chance = laplaceTail(noise, organisations?.visibleFrom ?? 0);
      expect((lists - 2) * chance).toBeLessThanOrEqual(0.05);
    }
    expect(() => minimumCell(2, noise)).toThrow("two organisations");
    expect(minimumCell(1, noise)).toEqual({ persons: 10 });
  });
});

describe("a person's contribution", () => {
  it("moves a table by the product of the bounds and no more", () => {
    const codes = fc.array(fc.nat(9), { maxLength: 12 });
    const bound = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(codes, codes, bound, bound, (a, b, mostA, mostB) => {
        const left = firstCodes(a, { most: mostA });
        const right = firstCodes(b, { most: mostB });
        const cells = new Set(left.flatMap((x) => right.map((y) => `${x} ${y}`)));
        const bounds = [{ most: mostA }, { most: mostB }];
        expect(BigInt(cells.size)).toBeLessThanOrEqual(tableSensitivity(bounds));
      }),
    );
  });
});
