import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { polynomial } from "./field.contract.js";
import type { Kernels } from "./kernels.js";
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

export function bitsContract(kernels: Kernels): void {
  describe("bits weighted by field elements", () => {
    it("bitCross weighs the local products of every slot with every slot", () => {
      forShapes((seed, slots, quads) => {
        const [x0, x1, y0, y1] = [0, 1, 2, 3].map((k) => words32(seed + k, 4 * slots * quads));
        const w = fieldVector(seed + 4, 128 * quads);
        const c = kernels.bitCross(x0, x1, y0, y1, slots, w);
        expect(c.length).toBe(4 * slots * slots);
        for (let s = 0; s < slots; s += 1) {
          for (let t = 0; t < slots; t += 1) {
            let sum = 0n;
            for (let j = 0; j < 128 * quads; j += 1) {
              const [i, k] = [s * 128 * quads + j, t * 128 * quads + j];
              const z = (bit(x0, i) & (bit(y0, k) ^ bit(y1, k))) ^ (bit(x1, i) & bit(y0, k));
              if (z === 1) sum ^= polynomial(w, j);
            }
            expect(polynomial(c, s * slots + t)).toBe(sum);
          }
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

    it("bitWeigh sums the weights of the bits that are set, slot by slot", () => {
      forShapes((seed, slots, quads) => {
        const [z, w] = [words32(seed, 4 * slots * quads), fieldVector(seed + 1, 128 * quads)];
        const out = kernels.bitWeigh(z, slots, w);
        expect(out.length).toBe(4 * slots);
        for (let s = 0; s < slots; s += 1) {
          let sum = 0n;
          for (let j = 0; j < 128 * quads; j += 1) {
            if (bit(z, s * 128 * quads + j) === 1) sum ^= polynomial(w, j);
          }
          expect(polynomial(out, s)).toBe(sum);
        }
      }, 30);
    });

    it("agree with each other: Σ_j w_j·bitFold(z)_j = Σ_s coef_s·bitWeigh(z)_s", () => {
      const [z, w, coefs] = [words32(1, 16 * 12), fieldVector(2, 384), fieldVector(3, 16)];
      const folded = kernels.gfInner(w, kernels.bitFold(z, 16, coefs), 384);
      expect(folded).toEqual(kernels.gfInner(coefs, kernels.bitWeigh(z, 16, w), 16));
    });

    it("refuse slots of uneven length and missing weights", () => {
      const [x, w] = [new Uint32Array(8), new Uint32Array(512)];
      expect(() => kernels.bitCross(x, x, x, x, 3, w)).toThrow("128 bits");
      expect(() => kernels.bitWeigh(x, 1, w)).toThrow("weight");
      expect(() => kernels.bitFold(x, 2, new Uint32Array(4))).toThrow("8 words");
      expect(() => kernels.bitFold(x, 0, new Uint32Array(0))).toThrow("positive");
    });
  });
}
