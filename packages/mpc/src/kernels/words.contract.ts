import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RING_DEGREE } from "./field.js";
import type { Kernels } from "./kernels.js";
import { elementOf, expectElement, product, sum, zero } from "./ring.contract.js";
import { seeds, words32, words64 } from "./samples.contract.js";

const CHALLENGE = RING_DEGREE / 8;
type Vector = Uint32Array | BigUint64Array;

/** Challenge j as an element. */
const chosen = (w: Uint8Array, j: number): readonly bigint[] =>
  Array.from({ length: RING_DEGREE }, (_, c) =>
    BigInt((w[j * CHALLENGE + (c >> 3)] >> (c & 7)) & 1),
  );

const times = (element: readonly bigint[], factor: bigint) =>
  element.map((value) => value * factor);

const challenges = (seed: number, positions: number): Uint8Array =>
  new Uint8Array(words32(seed, 3 * positions).buffer).subarray(0, positions * CHALLENGE);

/** Rows of words, not always as many as fill the last position. */
const shapes = fc.record({
  variables: fc.integer({ min: 1, max: 4 }),
  width: fc.integer({ min: 1, max: 3 }),
  rows: fc.integer({ min: 1, max: 100 }),
});

/** The kernels of one ring, as if its words were of one kind. */
interface Kind {
  readonly bits: 32 | 64;
  readonly words: (seed: number, length: number) => BigUint64Array;
  readonly grid: Kernels["wordsGrid64"];
  readonly weigh: Kernels["wordsWeigh64"];
  readonly fold: Kernels["wordsFold64"];
}

const kindsOf = (kernels: Kernels): readonly Kind[] => [
  {
    bits: 32,
    words: words32 as unknown as Kind["words"],
    grid: kernels.wordsGrid32 as unknown as Kind["grid"],
    weigh: kernels.wordsWeigh32 as unknown as Kind["weigh"],
    fold: kernels.wordsFold32 as unknown as Kind["fold"],
  },
  {
    bits: 64,
    words: words64,
    grid: kernels.wordsGrid64,
    weigh: kernels.wordsWeigh64,
    fold: kernels.wordsFold64,
  },
];

const at = (x: Vector, k: number): bigint => (k < x.length ? BigInt(x[k]) : 0n);

export function wordsContract(kernels: Kernels): void {
  for (const kind of kindsOf(kernels)) {
    describe(`words in GR(2^${kind.bits}, 80)`, () => {
      gridContract(kind);
      weighContract(kind);
    });
  }
}

function gridContract({ bits, words: vector, grid, fold }: Kind): void {
  it("have weighted products at the points of a grid, ∞ for differences", () => {
    const property = fc.property(seeds, shapes, (seed, { variables, width, rows }) => {
      const slots = 2 ** variables;
      const positions = Math.ceil(rows / slots);
      const [x0, x1, y0, y1] = [0, 1, 2, 3].map((k) => vector(seed + k, rows * width));
      const w = challenges(seed, positions);
      const made = grid(x0, x1, y0, y1, { variables, width }, w);
      expect(made.length).toBe((3 ** variables * RING_DEGREE * bits) / 32);
      const point = fc.sample(fc.nat(3 ** variables - 1), { seed, numRuns: 4 });
      for (const p of point) {
        let expected = zero;
        for (let j = 0; j < positions; j += 1) {
          for (let t = 0; t < width; t += 1) {
            const [a, b, c, d] = [x0, x1, y0, y1].map((x) => {
              const slot = (s: number) => at(x, (j * slots + s) * width + t);
              return atPoint(slot, p, variables);
            });
            expected = sum(expected, times(chosen(w, j), a * (c + d) + b * c));
          }
        }
        expectElement(made, p, expected, bits);
      }
    });
    fc.assert(property, { numRuns: 20 });
  });

  it("refuse shapes that do not fit", () => {
    const x = vector(1, 8);
    const shape = { variables: 2, width: 1 };
    expect(() => grid(x, x, x, x, shape, new Uint8Array(10))).toThrow("every position");
    expect(() => grid(x, x, x, x, { variables: 0, width: 1 }, new Uint8Array(80))).toThrow();
    expect(() => fold(x, { variables: 2, width: 3 }, new Uint32Array(1))).toThrow("whole rows");
  });
}

function weighContract({ bits, words: vector, weigh, fold }: Kind): void {
  it("are weighed and folded", () => {
    const property = fc.property(seeds, shapes, (seed, { variables, width, rows }) => {
      const slots = 2 ** variables;
      const positions = Math.ceil(rows / slots);
      const x = vector(seed, rows * width);
      const w = challenges(seed, positions);
      const weighed = weigh(x, slots * width, w);
      for (let k = 0; k < slots * width; k += 1) {
        let expected = zero;
        for (let j = 0; j < positions; j += 1) {
          expected = sum(expected, times(chosen(w, j), at(x, j * slots * width + k)));
        }
        expectElement(weighed, k, expected, bits);
      }
      const coefs = words32(seed + 1, (slots * RING_DEGREE * bits) / 32);
      const folded = fold(x, { variables, width }, coefs);
      expect(folded.length).toBe((positions * width * RING_DEGREE * bits) / 32);
      const e = fc.sample(fc.nat(positions * width - 1), { seed, numRuns: 3 });
      for (const element of e) {
        const [j, t] = [Math.floor(element / width), element % width];
        let expected = zero;
        for (let s = 0; s < slots; s += 1) {
          const word = at(x, (j * slots + s) * width + t);
          expected = sum(expected, product(elementOf(coefs, s, bits), [word, ...zero.slice(1)]));
        }
        expectElement(folded, element, expected, bits);
      }
    });
    fc.assert(property, { numRuns: 15 });
  });
}

/** f(p) for the multilinear f through the slots; digit 2 takes the coefficient of the variable. */
function atPoint(slot: (s: number) => bigint, point: number, variables: number): bigint {
  let value = 0n;
  for (let s = 0; s < 2 ** variables; s += 1) {
    let factor = 1n;
    for (let b = 0, rest = point; b < variables; b += 1, rest = Math.floor(rest / 3)) {
      const [digit, bit] = [rest % 3, (s >> b) & 1];
      if (digit < 2) factor *= digit === bit ? 1n : 0n;
      else factor *= bit === 1 ? 1n : -1n;
    }
    value += factor * slot(s);
  }
  return value;
}
