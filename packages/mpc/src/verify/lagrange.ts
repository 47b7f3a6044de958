import type { Extension } from "./extension.js";

/**
 * Lagrange's basis on the points 0..count−1 of an extension's exceptional set:
 *
 *     L_s(r) = Π_{t≠s} (r − α_t) / (α_s − α_t)
 *
 * Differences of points are units, so every denominator has an inverse.
 */
export class Lagrange {
  readonly count: number;
  readonly #extension: Extension;
  readonly #inverseDenominators: Uint32Array[];

  constructor(extension: Extension, count: number) {
    this.count = count;
    this.#extension = extension;
    this.#inverseDenominators = Array.from({ length: count }, (_, s) => {
      let product = extension.one();
      for (let t = 0; t < count; t += 1) {
        if (t === s) continue;
        const difference = extension.subtract(extension.point(s), extension.point(t));
        product = extension.mul(product, difference);
      }
      return extension.inverse(product);
    });
  }

  /** L_0(r) … L_{count−1}(r), one after the other. */
  at(r: Uint32Array): Uint32Array {
    const { words } = this.#extension;
    const out = new Uint32Array(this.count * words);
    const differences = Array.from({ length: this.count }, (_, t) =>
      this.#extension.subtract(r, this.#extension.point(t)),
    );
    const after: Uint32Array[] = [];
    let product = this.#extension.one();
    for (let s = this.count - 1; s >= 0; s -= 1) {
      after[s] = product;
      product = this.#extension.mul(product, differences[s]);
    }
    let before = this.#extension.one();
    for (let s = 0; s < this.count; s += 1) {
      const numerator = this.#extension.mul(before, after[s]);
      out.set(this.#extension.mul(numerator, this.#inverseDenominators[s]), s * words);
      before = this.#extension.mul(before, differences[s]);
    }
    return out;
  }
}

/**
 * For a product of two polynomials of degree < slots: `basis(e)` = values of the slots' basis at
 * point e ≥ slots, and `all` = the basis on the 2·slots − 1 points that fix the product.
 */
export interface FoldBasis {
  readonly slots: Lagrange;
  readonly all: Lagrange;
  readonly beyond: readonly Uint32Array[];
}

const cache = new WeakMap<object, Map<string, FoldBasis>>();

/** The constants of a fold; computed once per kernels object. */
export function foldBasis(owner: object, extension: Extension, slots: number): FoldBasis {
  const known = cache.get(owner) ?? new Map<string, FoldBasis>();
  cache.set(owner, known);
  const key = `${extension.words}/${slots}`;
  const found = known.get(key);
  if (found) return found;
  const first = new Lagrange(extension, slots);
  const basis: FoldBasis = {
    slots: first,
    all: new Lagrange(extension, 2 * slots - 1),
    beyond: Array.from({ length: slots - 1 }, (_, k) => first.at(extension.point(slots + k))),
  };
  known.set(key, basis);
  return basis;
}
