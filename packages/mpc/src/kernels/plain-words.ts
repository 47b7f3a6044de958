import { RING_DEGREE } from "./field.js";
import type { GridArguments, GridShape, Kernels } from "./kernels.js";
import { type Element, elementsOf, vector, zero } from "./plain-ring.js";

const CHALLENGE = RING_DEGREE / 8;

type Words = Pick<
  Kernels,
  "wordsGrid32" | "wordsGrid64" | "wordsWeigh32" | "wordsWeigh64" | "wordsFold32" | "wordsFold64"
>;
type Vector = Uint32Array | BigUint64Array;

/** Words weighted by challenges or by elements, one after the other. */
export const plainWords: Words = {
  wordsGrid32: (...claim) => grid(claim, 1),
  wordsGrid64: (...claim) => grid(claim, 2),
  wordsWeigh32: (z, size, w) => weigh(z, size, w, 1),
  wordsWeigh64: (z, size, w) => weigh(z, size, w, 2),
  wordsFold32: (x, shape, coefs) => fold(x, shape, coefs, 1),
  wordsFold64: (x, shape, coefs) => fold(x, shape, coefs, 2),
};

/** Element k of x, zero behind its end. */
const at = (x: Vector, k: number): bigint => (k < x.length ? BigInt(x[k]) : 0n);

function grid<V extends Vector>(
  [x0, x1, y0, y1, shape, w]: GridArguments<V>,
  words: 1 | 2,
): Uint32Array {
  const sums = Array.from({ length: 3 ** shape.variables }, zero);
  for (let j = 0; j < w.length / CHALLENGE; j += 1) {
    for (let t = 0; t < shape.width; t += 1) {
      const [a, b, c, d] = [x0, x1, y0, y1].map((x) => onGrid(x, j, t, shape));
      sums.forEach((sum, p) => {
        addChosen(sum, w, j, a[p] * (c[p] + d[p]) + b[p] * c[p]);
      });
    }
  }
  return vector(sums, words);
}

/** Values of position j, word t at all points: digit b of the point is variable b. */
function onGrid(x: Vector, j: number, t: number, { variables, width }: GridShape): bigint[] {
  const slots = 2 ** variables;
  const slot = (s: number): bigint => at(x, (j * slots + s) * width + t);
  const value = (point: number, s: number, variable: number): bigint => {
    if (variable === variables) return slot(s);
    const rest = Math.floor(point / 3);
    const one = s + 2 ** variable;
    if (point % 3 === 0) return value(rest, s, variable + 1);
    if (point % 3 === 1) return value(rest, one, variable + 1);
    return value(rest, one, variable + 1) - value(rest, s, variable + 1);
  };
  return Array.from({ length: 3 ** variables }, (_, point) => value(point, 0, 0));
}

/** sum += w_j times a number. */
function addChosen(sum: Element, w: Uint8Array, j: number, factor: bigint): void {
  for (let c = 0; c < RING_DEGREE; c += 1) {
    if ((w[j * CHALLENGE + (c >> 3)] >> (c & 7)) & 1) sum[c] += factor;
  }
}

function weigh(z: Vector, size: number, w: Uint8Array, words: 1 | 2): Uint32Array {
  const sums = Array.from({ length: size }, zero);
  for (let j = 0; j < w.length / CHALLENGE; j += 1) {
    sums.forEach((sum, k) => {
      addChosen(sum, w, j, at(z, j * size + k));
    });
  }
  return vector(sums, words);
}

function fold(
  x: Vector,
  { variables, width }: GridShape,
  coefs: Uint32Array,
  words: 1 | 2,
): Uint32Array {
  const slots = 2 ** variables;
  const factors = elementsOf(coefs, words);
  const out = Array.from({ length: Math.ceil(x.length / (slots * width)) * width }, (_, e) => {
    const sum = zero();
    const [j, t] = [Math.floor(e / width), e % width];
    factors.forEach((factor, s) => {
      const word = at(x, (j * slots + s) * width + t);
      for (let c = 0; c < RING_DEGREE; c += 1) sum[c] += factor[c] * word;
    });
    return sum;
  });
  return vector(out, words);
}
