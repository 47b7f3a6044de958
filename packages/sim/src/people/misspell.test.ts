import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Dice } from "./dice.js";
import { misspell } from "./misspell.js";

describe("misspell", () => {
  it("changes length by at most one letter and leaves short names alone", () => {
    const property = fc.property(fc.string({ unit: "grapheme" }), fc.nat(), (name, seed) => {
      const slip = misspell(new Dice(seed), name);
      const [before, after] = [[...name].length, [...slip].length];
      if (before < 3) expect(slip).toBe(name);
      expect(Math.abs(before - after)).toBeLessThanOrEqual(1);
    });
    fc.assert(property);
  });
});

describe("Dice", () => {
  it("stays within its bounds and reaches both", () => {
    const dice = new Dice(1);
    const rolls = Array.from({ length: 600 }, () => dice.between(1, 6));
    expect(new Set(rolls)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  it("draws by weight and keeps every item when it shuffles", () => {
    const dice = new Dice(2);
    const items = [
      { name: "rare", weight: 1 },
      { name: "common", weight: 9 },
    ];
    const draws = Array.from({ length: 2000 }, () => dice.weighted(items).name);
    const rare = draws.filter((name) => name === "rare").length;
    expect(rare).toBeGreaterThan(120);
    expect(rare).toBeLessThan(290);
    expect(dice.shuffled([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4]);
  });
});
