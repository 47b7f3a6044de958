import type { Context } from "../context.js";
import type { GridShape, Kernels } from "../kernels/kernels.js";
import { Shares } from "../sharing/shares.js";
import type { DotClaim } from "./claims.js";
import type { Extension } from "./extension.js";
import type { FirstFold } from "./fold.js";
import { offGrid } from "./grid.js";

/** Vectors that the rings GR(2^32, 80) and GR(2^64, 80) are built on. */
type Words = Uint32Array | BigUint64Array;

/**
 * Claims as they are checked: those over Z_2^32 and Z_2^64 as they are, and a claim over Z_2^16 as
 * one over Z_2^32. For any integers x, y, z: z = x·y mod 2^16 if and only if
 *
 *     2^16·z = (2^16·x)·y mod 2^32,
 *
 * and 2^16·x mod 2^32 depends on x mod 2^16 only. So the shares of x and z move up by 16 bits, and
 * those of y stand as they are, for some number that is y mod 2^16. Exact: an error e ≠ 0 mod 2^16
 * is an error 2^16·e ≠ 0 mod 2^32.
 */
export function byRing(claims: readonly DotClaim[]): {
  readonly narrow: DotClaim<Uint32Array>[];
  readonly wide: DotClaim<BigUint64Array>[];
} {
  const narrow: DotClaim<Uint32Array>[] = [];
  const wide: DotClaim<BigUint64Array>[] = [];
  for (const claim of claims) {
    if (claim.z.own instanceof BigUint64Array) wide.push(claim as DotClaim<BigUint64Array>);
    else if (claim.z.own instanceof Uint32Array) narrow.push(claim as DotClaim<Uint32Array>);
    else narrow.push(lifted(claim as DotClaim<Uint16Array>));
  }
  return { narrow, wide };
}

function lifted({ x, y, z, width }: DotClaim<Uint16Array>): DotClaim<Uint32Array> {
  const up = (part: Uint16Array): Uint32Array => Uint32Array.from(part, (value) => value << 16);
  const same = (part: Uint16Array): Uint32Array => Uint32Array.from(part);
  return { x: x.map(up), y: y.map(same), z: z.map(up), width };
}

/**
 * Variables of the first fold of these claims: each more halves what is left for the extension, and
 * makes three values of each that is sent (measured: worth it from about 6^v elements on). Rows are
 * what is folded, so there are not more than their number has bits.
 */
export function dotVariables(
  claims: readonly { readonly rows: number; readonly width: number }[],
  most: number,
): number {
  const elements = claims.reduce((sum, { rows, width }) => sum + rows * width, 0);
  const longest = Math.max(...claims.map(({ rows }) => rows));
  let variables = 1;
  while (variables < most && 7 * 6 ** variables <= elements && 2 ** variables < longest) {
    variables += 1;
  }
  return variables;
}

/** Positions of a slot: each has a weight of its own. */
export const positionsOf = (rows: number, variables: number): number =>
  Math.ceil(rows / 2 ** variables);

/**
 * The first fold of row-by-row inner products over Z_2^32 or Z_2^64: row i = j·2^v + s is position
 * j of slot s. Challenges have coefficients 0 and 1, so weighing is adding up.
 */
export function dotFold<V extends Words>(
  ctx: Context,
  extension: Extension,
  claim: DotClaim<V>,
  variables: number,
  challenges: Uint8Array,
): FirstFold {
  const { x, y, z, width } = claim;
  const { grid, weigh, fold } = kernelsOf<V>(ctx.kernels, z.own);
  const shape = { variables, width };
  const slots = (part: V): Uint32Array => weigh(part, 2 ** variables, challenges);
  return {
    values: () => {
      const points = grid(x.own, x.next, y.own, y.next, shape, challenges);
      const claims = new Shares(slots(z.own), slots(z.next));
      return { claims, beyond: offGrid(extension.words, variables, points).beyond };
    },
    fold: (basis) => {
      const weights = repeatEach(extension.challenges(challenges), extension.words, width);
      const folded = (part: V): Uint32Array => fold(part, shape, basis);
      return {
        a: x.map((part) => extension.mulInto(folded(part), weights)),
        b: y.map(folded),
      };
    },
  };
}

interface WordKernels<V> {
  readonly grid: (x0: V, x1: V, y0: V, y1: V, shape: GridShape, w: Uint8Array) => Uint32Array;
  readonly weigh: (z: V, size: number, w: Uint8Array) => Uint32Array;
  readonly fold: (x: V, shape: GridShape, coefs: Uint32Array) => Uint32Array;
}

function kernelsOf<V extends Words>(kernels: Kernels, like: V): WordKernels<V> {
  const wide: WordKernels<BigUint64Array> = {
    grid: kernels.wordsGrid64,
    weigh: kernels.wordsWeigh64,
    fold: kernels.wordsFold64,
  };
  const narrow: WordKernels<Uint32Array> = {
    grid: kernels.wordsGrid32,
    weigh: kernels.wordsWeigh32,
    fold: kernels.wordsFold32,
  };
  return (like instanceof BigUint64Array ? wide : narrow) as unknown as WordKernels<V>;
}

/** Each element `times` times in a row. */
function repeatEach(elements: Uint32Array, words: number, times: number): Uint32Array {
  if (times === 1) return elements;
  const out = new Uint32Array(elements.length * times);
  for (let k = 0; k < elements.length; k += words) {
    const element = elements.subarray(k, k + words);
    for (let t = 0; t < times; t += 1) out.set(element, k * times + t * words);
  }
  return out;
}
