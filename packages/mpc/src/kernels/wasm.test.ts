import { describe, expect, it } from "vitest";
import { claimsOf } from "./bits.contract.js";
import { kernelsContract } from "./kernels.contract.js";
import { plainKernels } from "./plain.js";
import { fieldVector, ringVector, words16, words32, words64 } from "./samples.contract.js";
import { wasmKernels } from "./wasm.js";

const plain = plainKernels();
const wasm = wasmKernels();

describe("wasm kernels", () => kernelsContract(wasm));

/** Sizes beyond one block of WASM memory, where the contract's sizes do not reach. */
describe("wasm kernels agree with the plain ones beyond a block", () => {
  it("in matrix products with many rows, columns and terms", () => {
    for (const [n, m, d] of [
      [1027, 5, 24],
      [3, 1029, 16],
      [5, 3, 4096 + 24],
      [131, 67, 264],
    ]) {
      const [a, b, c] = [words16(1, n * d), words16(2, m * d), words16(3, n * m)];
      expect(wasm.matmul16(a, b, n, m, d, c.slice())).toEqual(plain.matmul16(a, b, n, m, d, c));
      const [aa, bb, cc] = [words32(1, n * d), words32(2, m * d), words32(3, n * m)];
      expect(wasm.matmul32(aa, bb, n, m, d, cc.slice())).toEqual(
        plain.matmul32(aa, bb, n, m, d, cc),
      );
    }
  });

  it("in local products and bit planes", () => {
    const x = words16(1, 70_003);
    expect(wasm.mulLocal16(x, x, x, x, x)).toEqual(plain.mulLocal16(x, x, x, x, x));
    const y = words32(1, 20_001);
    expect(wasm.mulLocal32(y, y, y, y, y)).toEqual(plain.mulLocal32(y, y, y, y, y));
    const z = words64(1, 9_001);
    expect(wasm.mulLocal64(z, z, z, z, z)).toEqual(plain.mulLocal64(z, z, z, z, z));
    const bits = words32(1, 20_004);
    expect(wasm.andLocal(bits, bits, bits, bits, bits)).toEqual(
      plain.andLocal(bits, bits, bits, bits, bits),
    );
    expect(wasm.bitPlanes16(x, 13)).toEqual(plain.bitPlanes16(x, 13));
    expect(wasm.bitPlanes32(words32(2, 40_001), 32)).toEqual(
      plain.bitPlanes32(words32(2, 40_001), 32),
    );
    expect(wasm.bitPlanes64(words64(2, 40_001), 64)).toEqual(
      plain.bitPlanes64(words64(2, 40_001), 64),
    );
  });

  it("in a row longer than a block", () => {
    const length = (1 << 20) + 3;
    const [x, y] = [words32(1, 2 * length), words32(2, 2 * length)];
    const alpha = words32(3, 2);
    const z = wasm.dotLocal32(x, y, y, x, alpha, length);
    expect(z).toEqual(plain.dotLocal32(x, y, y, x, alpha, length));
  });

  it("in vectors over GF(2^96)", () => {
    const [a, b, c] = [fieldVector(1, 16_400), fieldVector(2, 16_400), fieldVector(3, 1)];
    const even = fieldVector(4, 32_800);
    expect(wasm.gfMul(a, b)).toEqual(plain.gfMul(a, b));
    expect(wasm.gfScale(a, c)).toEqual(plain.gfScale(a, c));
    expect(wasm.gfFold(even, c)).toEqual(plain.gfFold(even, c));
    expect(wasm.gfInner(a, b, 16_399)).toEqual(plain.gfInner(a, b, 16_399));
    expect(wasm.gfCross(a, b, b, a)).toEqual(plain.gfCross(a, b, b, a));
    const odd = fieldVector(5, 32_800);
    expect(wasm.gfHalves(even, odd, odd, even)).toEqual(plain.gfHalves(even, odd, odd, even));
    expect(wasm.gfTensor(a.subarray(0, 4 * 16))).toEqual(plain.gfTensor(a.subarray(0, 4 * 16)));
  });

  it("in weighted bits", () => {
    const words = 512 + 4 * 3;
    const claims = claimsOf(1, 16 * words);
    const w = fieldVector(7, 32 * words);
    const coefs = fieldVector(6, 16);
    expect(wasm.bitGrid(claims, 4, w)).toEqual(plain.bitGrid(claims, 4, w));
    expect(wasm.bitFold(claims.x0, 16, coefs)).toEqual(plain.bitFold(claims.x0, 16, coefs));
    const short = claimsOf(1, 4 * 128);
    expect(wasm.bitGrid(short, 7, w.slice(0, 512))).toEqual(
      plain.bitGrid(short, 7, w.slice(0, 512)),
    );
  });

  it("in vectors over GR(2^32, 80) and GR(2^64, 80)", () => {
    const [a, b, c] = [ringVector(1, 259), ringVector(2, 259), ringVector(3, 1)];
    const r = c.map((word) => word & 1);
    const pairs = ringVector(4, 518);
    expect(wasm.grMul(a, b)).toEqual(plain.grMul(a, b));
    expect(wasm.grFold(pairs, r)).toEqual(plain.grFold(pairs, r));
    expect(wasm.grInner(a, b)).toEqual(plain.grInner(a, b));
    expect(wasm.grCross(a, b, b, a)).toEqual(plain.grCross(a, b, b, a));
    const even = pairs.subarray(0, 160 * 259);
    expect(wasm.grHalves(even, even, even, even)).toEqual(plain.grHalves(even, even, even, even));
    const wide = pairs.subarray(0, 160 * 259);
    const wideR = Uint32Array.from({ length: 160 }, (_, k) => (k % 2 === 0 ? r[k / 2] : 0));
    expect(wasm.gr64Mul(wide, wide)).toEqual(plain.gr64Mul(wide, wide));
    expect(wasm.gr64Fold(pairs.subarray(0, 160 * 258), wideR)).toEqual(
      plain.gr64Fold(pairs.subarray(0, 160 * 258), wideR),
    );
    expect(wasm.gr64Cross(wide, wide, wide, wide)).toEqual(plain.gr64Cross(wide, wide, wide, wide));
  });

  it("in sums of words", () => {
    const shape = { variables: 3, width: 1 };
    const w = new Uint8Array(words32(9, 300).buffer).subarray(0, 1_030);
    const [x0, x1, y0, y1] = [1, 2, 3, 4].map((seed) => words32(seed, 823));
    const [a0, a1, b0, b1] = [1, 2, 3, 4].map((seed) => words64(seed, 823));
    expect(wasm.wordsGrid32(x0, x1, y0, y1, shape, w)).toEqual(
      plain.wordsGrid32(x0, x1, y0, y1, shape, w),
    );
    expect(wasm.wordsGrid64(a0, a1, b0, b1, shape, w)).toEqual(
      plain.wordsGrid64(a0, a1, b0, b1, shape, w),
    );
    expect(wasm.wordsWeigh32(x0, 8, w)).toEqual(plain.wordsWeigh32(x0, 8, w));
    expect(wasm.wordsWeigh64(a0, 8, w)).toEqual(plain.wordsWeigh64(a0, 8, w));
    const coefs = ringVector(5, 16);
    expect(wasm.wordsFold32(x0, shape, coefs.subarray(640))).toEqual(
      plain.wordsFold32(x0, shape, coefs.subarray(640)),
    );
    expect(wasm.wordsFold64(a0, shape, coefs)).toEqual(plain.wordsFold64(a0, shape, coefs));
  });

  it("and does not change its arguments", () => {
    const [a, r] = [fieldVector(1, 10), fieldVector(2, 1)];
    const [before, beforeR] = [a.slice(), r.slice()];
    wasm.gfFold(a, r);
    wasm.gfCross(a, a, a, a);
    expect([a, r]).toEqual([before, beforeR]);
  });
});
