import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldVector, ringVector, seeds } from "../kernels/samples.contract.js";
import { wasmKernels } from "../kernels/wasm.js";
import { type Extension, fieldExtension, ringExtension } from "./extension.js";
import { beyondSize, gridBasis, gridVectors, offGrid, onGrid, slotBasis } from "./grid.js";
import { foldPlan } from "./inner-product.js";

const kernels = wasmKernels();
const RINGS: readonly [string, Extension, (seed: number, count: number) => Uint32Array][] = [
  ["GF(2^96)", fieldExtension(kernels), fieldVector],
  ["GR(2^32, 80)", ringExtension(kernels), ringVector],
];

describe.each(RINGS)("the grid over %s", (_, extension, random) => {
  const { words } = extension;
  const each = (x: Uint32Array): Uint32Array[] =>
    Array.from({ length: x.length / words }, (_, s) => x.subarray(s * words, (s + 1) * words));
  const joined = (parts: readonly Uint32Array[]): Uint32Array =>
    Uint32Array.from(parts.flatMap((part) => [...part]));

  it("fixes a product of multilinear polynomials: Σ ℓ_p(r)·G(p) = f(r)·g(r)", () => {
    const property = fc.property(seeds, fc.integer({ min: 1, max: 4 }), (seed, variables) => {
      const [f, g] = [random(seed, 2 ** variables), random(seed + 1, 2 ** variables)];
      const r = random(seed + 2, variables);
      const [fs, gs] = [f, g].map((x) => gridVectors(each(x), extension.subtract));
      const values = joined(fs.map((value, point) => extension.mul(value, gs[point])));
      const basis = slotBasis(extension, r);
      const expected = extension.mul(extension.inner(f, basis), extension.inner(g, basis));
      expect(extension.inner(values, gridBasis(extension, r))).toEqual(expected);

      const { slots, beyond } = offGrid(words, variables, values);
      expect(slots).toEqual(extension.mul(f, g));
      expect(beyond.length).toBe(beyondSize(variables) * words);
      expect(onGrid(words, variables, slots, beyond)).toEqual(values);
    });
    fc.assert(property, { numRuns: 20 });
  });

  it("agrees with folding one variable after the other, the last one first", () => {
    const bytes = Uint8Array.from({ length: extension.challengeBytes(3) }, (_, k) => 37 * k + 5);
    const [f, r] = [random(1, 8), extension.challenges(bytes)];
    let rest: Uint32Array = f.slice();
    for (const challenge of each(r).reverse()) rest = extension.fold(rest, challenge);
    expect(rest.slice(0, words)).toEqual(extension.inner(f, slotBasis(extension, r)));
  });
});

describe("the plan of folds", () => {
  it("brings every length down to one element", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 26 }), (length) => {
        const left = foldPlan(length).reduce((n, v) => Math.ceil(n / 2 ** v), length);
        expect(left).toBe(1);
      }),
    );
  });
});
