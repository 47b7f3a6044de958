import { editsInFull } from "@symbolon/sim/people/edits";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance } from "./edit-distance.js";

describe("editDistance", () => {
  it.each([
    ["amina", "amina", 0],
    ["amina", "anima", 2],
    ["amina", "aminah", 1],
    ["amnia", "amina", 1],
    ["", "ab", 2],
    ["ca", "abc", 3],
  ])("%s and %s: %i", (a, b, edits) => {
    expect(editDistance(a, b, 2)).toBe(edits);
  });

  it("is that of the whole table as far as it counts", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 9 });
    fc.assert(
      fc.property(text, text, fc.nat(3), (a, b, most) => {
        expect(editDistance(a, b, most)).toBe(Math.min(editsInFull(a, b), most + 1));
      }),
      { numRuns: 2000 },
    );
  });
});
