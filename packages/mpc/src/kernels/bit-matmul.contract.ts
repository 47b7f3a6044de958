import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { polynomial } from "./field.contract.js";
import type { Kernels } from "./kernels.js";
import { bit, fieldVector, seeds, words32 } from "./samples.contract.js";

const sizes = fc.record({
  k: fc.integer({ min: 1, max: 20 }),
  m: fc.integer({ min: 1, max: 3 }),
  n: fc.constantFrom(1, 2, 7, 8, 9, 17),
});

export function bitMatmulContract(kernels: Kernels): void {
  describe("products of matrices of bits", () => {
    it("bitMatmul multiplies over GF(2)", () => {
      const property = fc.property(seeds, sizes, (seed, { k, m, n }) => {
        const [a, h] = [words32(seed, 4 * k * m), words32(seed + 1, 128 * m * 4 * n)];
        const out = kernels.bitMatmul(a, h, k, 128 * m, 128 * n);
        expect(out.length).toBe(4 * k * n);
        for (let b = 0; b < k; b += 1) {
          for (let i = 0; i < 128 * n; i += 37) {
            let sum = 0;
            for (let j = 0; j < 128 * m; j += 1) {
              sum ^= bit(a, b * 128 * m + j) & bit(h, j * 128 * n + i);
            }
            expect(bit(out, b * 128 * n + i)).toBe(sum);
          }
        }
      });
      fc.assert(property, { numRuns: 20 });
    });

    it("a product of many rows is the sum of its blocks", () => {
      const [m, n] = [4096 + 384, 8192];
      const [a, h] = [words32(3, (3 * m) / 32), words32(4, (m * n) / 32)];
      const out = kernels.bitMatmul(a, h, 3, m, n);
      const columnsOf = (from: number, to: number): Uint32Array =>
        Uint32Array.from({ length: (3 * (to - from)) / 32 }, (_, k) => {
          const width = (to - from) / 32;
          return a[Math.floor(k / width) * (m / 32) + from / 32 + (k % width)];
        });
      const parts = [
        kernels.bitMatmul(columnsOf(0, 128), h.subarray(0, (128 * n) / 32), 3, 128, n),
        kernels.bitMatmul(columnsOf(128, m), h.subarray((128 * n) / 32), 3, m - 128, n),
      ];
      expect(out).toEqual(parts[0].map((word, k) => (word ^ parts[1][k]) >>> 0));
    });

    it("with elements of GF(2^96) as rows it adds up those whose bit is set", () => {
      const [z, w] = [words32(5, 12 * 3), fieldVector(6, 384)];
      const out = kernels.bitMatmul(z, w, 3, 384, 128);
      for (let s = 0; s < 3; s += 1) {
        let sum = 0n;
        for (let j = 0; j < 384; j += 1) if (bit(z, 384 * s + j) === 1) sum ^= polynomial(w, j);
        expect(polynomial(out, s)).toBe(sum);
      }
    });

    it("refuses matrices that are not whole", () => {
      const x = new Uint32Array(8);
      expect(() => kernels.bitMatmul(x, x, 1, 64, 128)).toThrow("128");
      expect(() => kernels.bitMatmul(x, x, 2, 128, 256)).toThrow("whole rows");
    });
  });
}
