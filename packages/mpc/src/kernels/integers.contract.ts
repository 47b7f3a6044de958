import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Kernels } from "./kernels.js";
import { bit, forLengths, lengths, seeds, words16, words32, words64 } from "./samples.contract.js";

type Vector = Uint16Array | Uint32Array | BigUint64Array;

/** Element k as an integer. */
const at = (vector: Vector, k: number): bigint => BigInt(vector[k]);
const modulo = (value: bigint, bits: number): bigint => BigInt.asUintN(bits, value);

export function integersContract(kernels: Kernels): void {
  matmulContract(kernels);
  localContract(kernels);
  planesContract(kernels);
}

function matmulContract(kernels: Kernels): void {
  const shapes = fc.record({
    n: fc.integer({ min: 1, max: 9 }),
    m: fc.integer({ min: 1, max: 9 }),
    eighths: fc.integer({ min: 1, max: 5 }),
  });

  function expectProduct(c: Vector, start: Vector, a: Vector, b: Vector, n: number, m: number) {
    const d = a.length / n;
    const width = 8 * c.BYTES_PER_ELEMENT;
    for (let j = 0; j < m; j += 1) {
      for (let i = 0; i < n; i += 1) {
        let sum = at(start, j * n + i);
        for (let t = 0; t < d; t += 1) sum += at(a, i * d + t) * at(b, j * d + t);
        expect(at(c, j * n + i)).toBe(modulo(sum, width));
      }
    }
  }

  describe("matmul", () => {
    it("has the inner products of rows, row index of A contiguous, mod 2^16, 2^32, 2^64", () => {
      const property = fc.property(seeds, shapes, (seed, { n, m, eighths }) => {
        const d = 8 * eighths;
        const [a, b] = [words16(seed, n * d), words16(seed + 1, m * d)];
        expectProduct(kernels.matmul16(a, b, n, m, d), new Uint16Array(n * m), a, b, n, m);
        const [aa, bb] = [words32(seed, n * d), words32(seed + 1, m * d)];
        expectProduct(kernels.matmul32(aa, bb, n, m, d), new Uint32Array(n * m), aa, bb, n, m);
        const [a64, b64] = [words64(seed, n * d), words64(seed + 1, m * d)];
        expectProduct(
          kernels.matmul64(a64, b64, n, m, d),
          new BigUint64Array(n * m),
          a64,
          b64,
          n,
          m,
        );
      });
      fc.assert(property, { numRuns: 40 });
    });

    it("adds to `out` if it is given, and answers it", () => {
      const [a, b, start] = [words16(1, 5 * 16), words16(2, 3 * 16), words16(3, 15)];
      const out = start.slice();
      expect(kernels.matmul16(a, b, 5, 3, 16, out)).toBe(out);
      expectProduct(out, start, a, b, 5, 3);
      const [aa, bb, first] = [words32(1, 5 * 16), words32(2, 3 * 16), words32(3, 15)];
      const sums = first.slice();
      expect(kernels.matmul32(aa, bb, 5, 3, 16, sums)).toBe(sums);
      expectProduct(sums, first, aa, bb, 5, 3);
    });

    it("refuses shapes that do not fit", () => {
      const square = new Uint16Array(64);
      expect(() => kernels.matmul16(square, square, 16, 16, 4)).toThrow("multiple of 8");
      expect(() => kernels.matmul16(square, square, 8, 4, 8)).toThrow("inner dimension");
      expect(() => kernels.matmul16(square, square, 8, 8, 8, new Uint16Array(8))).toThrow("m by n");
      expect(() => kernels.matmul16(square, square, 0, 8, 8)).toThrow("positive");
    });
  });
}

function localContract(kernels: Kernels): void {
  function expectLocal(z: Vector, [x0, x1, y0, y1, alpha]: readonly Vector[]) {
    expect(z.length).toBe(x0.length);
    for (let k = 0; k < z.length; k += 1) {
      const first = at(x0, k) * (at(y0, k) + at(y1, k));
      const sum = first + at(x1, k) * at(y0, k) + at(alpha, k);
      expect(at(z, k)).toBe(modulo(sum, 8 * z.BYTES_PER_ELEMENT));
    }
  }
  const five = <V>(make: (seed: number, length: number) => V, seed: number, length: number) =>
    [0, 1, 2, 3, 4].map((k) => make(seed + k, length)) as [V, V, V, V, V];

  describe("local products", () => {
    it("are x0·(y0+y1) + x1·y0 + alpha, mod 2^16, 2^32 and 2^64", () => {
      forLengths(lengths, (seed, length) => {
        const v16 = five(words16, seed, length);
        expectLocal(kernels.mulLocal16(...v16), v16);
        const v32 = five(words32, seed, length);
        expectLocal(kernels.mulLocal32(...v32), v32);
        const v64 = five(words64, seed, length);
        expectLocal(kernels.mulLocal64(...v64), v64);
      });
    });

    it("add up along rows", () => {
      const shapes = fc.record({
        rows: fc.integer({ min: 1, max: 9 }),
        width: fc.integer({ min: 1, max: 37 }),
      });
      const property = fc.property(seeds, shapes, (seed, { rows, width }) => {
        const check = <V extends Vector>(
          make: (s: number, length: number) => V,
          dot: (x0: V, x1: V, y0: V, y1: V, alpha: V, width: number) => V,
        ) => {
          const [x0, x1, y0, y1] = [0, 1, 2, 3].map((k) => make(seed + k, rows * width));
          const alpha = make(seed + 4, rows);
          const z = dot(x0, x1, y0, y1, alpha, width);
          expect(z.length).toBe(rows);
          for (let row = 0; row < rows; row += 1) {
            let sum = at(alpha, row);
            for (let k = row * width; k < (row + 1) * width; k += 1) {
              sum += at(x0, k) * (at(y0, k) + at(y1, k)) + at(x1, k) * at(y0, k);
            }
            expect(at(z, row)).toBe(modulo(sum, 8 * z.BYTES_PER_ELEMENT));
          }
        };
        check(words16, kernels.dotLocal16);
        check(words32, kernels.dotLocal32);
        check(words64, kernels.dotLocal64);
      });
      fc.assert(property, { numRuns: 30 });
    });

    it("are the same over bits", () => {
      forLengths(fc.integer({ min: 0, max: 20 }), (seed, quads) => {
        const [x0, x1, y0, y1, alpha] = five(words32, seed, 4 * quads);
        const z = kernels.andLocal(x0, x1, y0, y1, alpha);
        expect(z.length).toBe(4 * quads);
        for (let k = 0; k < 128 * quads; k += 1) {
          const sum = bit(x0, k) * (bit(y0, k) + bit(y1, k)) + bit(x1, k) * bit(y0, k);
          expect(bit(z, k)).toBe((sum + bit(alpha, k)) % 2);
        }
      });
    });

    it("add up to the product over three parties", () => {
      const [x, y] = [[1, 2, 3].map((k) => words16(k, 99)), [4, 5, 6].map((k) => words16(k, 99))];
      const zero = new Uint16Array(99);
      const parts = [0, 1, 2].map((i) => {
        const next = (i + 1) % 3;
        return kernels.mulLocal16(x[i], x[next], y[i], y[next], zero);
      });
      const sum = (v: Uint16Array[]) => v[0].map((value, k) => value + v[1][k] + v[2][k]);
      const [xs, ys] = [sum(x), sum(y)];
      expect(sum(parts)).toEqual(xs.map((value, k) => Math.imul(value, ys[k])));
    });

    it("refuse vectors of different lengths", () => {
      const [short, long] = [new Uint32Array(4), new Uint32Array(8)];
      expect(() => kernels.mulLocal32(long, long, long, long, short)).toThrow("one length");
      expect(() => kernels.andLocal(long, long, short, long, long)).toThrow("one length");
    });
  });
}

function planesContract(kernels: Kernels): void {
  function expectPlanes(out: Uint32Array, x: Vector, planes: number) {
    const words = 4 * Math.ceil(x.length / 128);
    expect(out.length).toBe(planes * words);
    for (let p = 0; p < planes; p += 1) {
      const plane = out.subarray(p * words, (p + 1) * words);
      for (let k = 0; k < 32 * words; k += 1) {
        const expected = k < x.length ? Number((at(x, k) >> BigInt(p)) & 1n) : 0;
        if (bit(plane, k) !== expected) expect.fail(`bit ${k} of plane ${p} of ${x.length}`);
      }
    }
  }

  describe("bit planes", () => {
    it("hold bit p of every element, and zeros behind", () => {
      const property = fc.property(seeds, lengths, fc.nat(63), (seed, length, k) => {
        const [p16, p32, p64] = [1 + (k % 16), 1 + (k % 32), 1 + k];
        expectPlanes(kernels.bitPlanes16(words16(seed, length), p16), words16(seed, length), p16);
        expectPlanes(kernels.bitPlanes32(words32(seed, length), p32), words32(seed, length), p32);
        expectPlanes(kernels.bitPlanes64(words64(seed, length), p64), words64(seed, length), p64);
      });
      fc.assert(property, { numRuns: 50 });
    });

    it("turn back into words", () => {
      const property = fc.property(
        seeds,
        lengths,
        fc.integer({ min: 1, max: 32 }),
        (seed, k, p) => {
          const x = words32(seed, k);
          const back = kernels.wordsFromPlanes(kernels.bitPlanes32(x, p), p);
          const expected = new Uint32Array(128 * Math.ceil(k / 128));
          expected.set(x.map((word) => (p === 32 ? word : word & (2 ** p - 1))));
          expect(back).toEqual(expected);
        },
      );
      fc.assert(property, { numRuns: 50 });
      const long = words32(7, 3 * 32_768 + 128);
      expect(kernels.wordsFromPlanes(kernels.bitPlanes32(long, 32), 32)).toEqual(long);
    });

    it("refuse more planes than bits", () => {
      expect(() => kernels.wordsFromPlanes(new Uint32Array(132), 33)).toThrow("no more planes");
      expect(() => kernels.wordsFromPlanes(new Uint32Array(6), 1)).toThrow("multiple of 128");
      expect(() => kernels.bitPlanes16(new Uint16Array(3), 17)).toThrow("no more planes");
      expect(() => kernels.bitPlanes64(new BigUint64Array(3), 0)).toThrow("positive");
    });
  });
}
