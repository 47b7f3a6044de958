import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { polynomial } from "./field.contract.js";
import type { BitClaims, Kernels } from "./kernels.js";
import { bit, fieldVector, seeds, words32 } from "./samples.contract.js";

const shapes = fc.record({
  slots: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(16, 17, 32)),
  quads: fc.integer({ min: 0, max: 3 }),
});

function forShapes(check: (seed: number, slots: number, quads: number) => void, runs: number) {
  const property = fc.property(seeds, shapes, (seed, { slots, quads }) =>
    check(seed, slots, quads),
  );
  fc.assert(property, { numRuns: runs });
}

const grids = fc.record({
  variables: fc.integer({ min: 1, max: 4 }),
  quads: fc.integer({ min: 0, max: 2 }),
});

function forGrids(check: (seed: number, variables: number, quads: number) => void, runs: number) {
  const property = fc.property(seeds, grids, (seed, { variables, quads }) =>
    check(seed, variables, quads),
  );
  fc.assert(property, { numRuns: runs });
}

/** The slots whose sum the point stands for: digit 2 in base 3 takes both 0 and 1. */
const slotsBelow = (point: number, variables: number): number[] =>
  Array.from({ length: 2 ** variables }, (_, s) => s).filter((s) =>
    Array.from({ length: variables }, (_, b) => b).every((b) => {
      const digit = Math.floor(point / 3 ** b) % 3;
      return digit === 2 || digit === ((s >> b) & 1);
    }),
  );

/** Claims of `length` words each. */
export function claimsOf(seed: number, length: number): BitClaims {
  const [x0, x1, y0, y1, z0, z1] = [0, 1, 2, 3, 4, 5].map((k) => words32(seed + k, length));
  return { x0, x1, y0, y1, z0, z1 };
}

export function bitsContract(kernels: Kernels): void {
  describe("bits weighted by field elements", () => {
    it("bitGrid weighs the products at every point and the claims at the slots", () => {
      forGrids((seed, variables, quads) => {
        const slots = 2 ** variables;
        const length = 128 * quads;
        const claims = claimsOf(seed, 4 * slots * quads);
        const w = fieldVector(seed + 6, length);
        const out = kernels.bitGrid(claims, variables, w);
        expect(out.length).toBe(4 * (3 ** variables + slots));
        const weighed = (bitAt: (j: number) => number): bigint => {
          let sum = 0n;
          for (let j = 0; j < length; j += 1) if (bitAt(j) === 1) sum ^= polynomial(w, j);
          return sum;
        };
        for (let point = 0; point < 3 ** variables; point += 1) {
          const below = slotsBelow(point, variables);
          const at = (x: Uint32Array, j: number): number =>
            below.reduce((sum, s) => sum ^ bit(x, s * length + j), 0);
          const { x0, x1, y0, y1, z0 } = claims;
          const expected = weighed((j) =>
            below.length === 1
              ? at(z0, j)
              : (at(x0, j) & (at(y0, j) ^ at(y1, j))) ^ (at(x1, j) & at(y0, j)),
          );
          expect(polynomial(out, point)).toBe(expected);
        }
        for (let s = 0; s < slots; s += 1) {
          const expected = weighed((j) => bit(claims.z1, s * length + j));
          expect(polynomial(out, 3 ** variables + s)).toBe(expected);
        }
      }, 12);
    });

    it("bitFold sums the coefficients of the slots whose bit is set", () => {
      forShapes((seed, slots, quads) => {
        const [x, coefs] = [words32(seed, 4 * slots * quads), fieldVector(seed + 1, slots)];
        const out = kernels.bitFold(x, slots, coefs);
        expect(out.length).toBe(4 * 128 * quads);
        for (let j = 0; j < 128 * quads; j += 1) {
          let sum = 0n;
          for (let s = 0; s < slots; s += 1) {
            if (bit(x, s * 128 * quads + j) === 1) sum ^= polynomial(coefs, s);
          }
          expect(polynomial(out, j)).toBe(sum);
        }
      }, 30);
    });

    it("agree with each other: Σ_j w_j·bitFold(z)_j = Σ_s coef_s·(claim of slot s)", () => {
      const claims = claimsOf(1, 16 * 12);
      const [w, coefs] = [fieldVector(7, 384), fieldVector(8, 16)];
      const folded = kernels.gfInner(w, kernels.bitFold(claims.z1, 16, coefs), 384);
      const atSlots = kernels.bitGrid(claims, 4, w).slice(4 * 81);
      expect(folded).toEqual(kernels.gfInner(coefs, atSlots, 16));
    });

    it("refuse slots of uneven length and missing weights", () => {
      const [x, w] = [new Uint32Array(8), new Uint32Array(512)];
      const claims = claimsOf(1, 8);
      expect(() => kernels.bitGrid(claims, 2, w)).toThrow("128 bits");
      expect(() => kernels.bitGrid(claims, 1, w.slice(4))).toThrow("weight");
      expect(() => kernels.bitGrid(claims, 0, w)).toThrow("positive");
      expect(() => kernels.bitGrid({ ...claims, z1: new Uint32Array(4) }, 1, w)).toThrow("length");
      expect(() => kernels.bitFold(x, 2, new Uint32Array(4))).toThrow("8 words");
      expect(() => kernels.bitFold(x, 0, new Uint32Array(0))).toThrow("positive");
    });
  });
}
