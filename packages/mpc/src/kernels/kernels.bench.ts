import { FIELD_WORDS, RING_DEGREE } from "./field.js";
import type { Kernels } from "./kernels.js";

/** How fast one kernel is on one thread: `rate` units a second, copies in and out included. */
export interface KernelRate {
  readonly name: string;
  readonly rate: number;
  readonly unit: string;
}

interface Case {
  readonly name: string;
  readonly unit: string;
  /** Units that one call does. */
  readonly work: number;
  readonly call: () => unknown;
}

/** Each case runs at least so long, in milliseconds, after one call to warm up. */
const TIME_MIN = 200;

/** Measures every kernel. `now` is a clock in milliseconds. */
export function benchKernels(kernels: Kernels, now: () => number): KernelRate[] {
  const cases = [
    ...integerCases(kernels),
    ...fieldCases(kernels),
    ...bitCases(kernels, 5),
    ...bitCases(kernels, 6),
    ...bitCases(kernels, 7),
    ...ringCases(kernels),
  ];
  return cases.map(({ name, unit, work, call }) => ({
    name,
    unit,
    rate: (work * 1000) / timeOf(call, now),
  }));
}

/** Milliseconds that a call takes: the fastest of three series. */
function timeOf(call: () => unknown, now: () => number): number {
  call();
  let best = Number.POSITIVE_INFINITY;
  for (let series = 0; series < 3; series += 1) {
    const start = now();
    let calls = 0;
    while (now() - start < TIME_MIN / 3) {
      call();
      calls += 1;
    }
    best = Math.min(best, (now() - start) / calls);
  }
  return best;
}

/** Words without a pattern, from a linear congruential generator. */
function words(length: number): Uint32Array {
  let state = length;
  return Uint32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state ^ (state >>> 15)) >>> 0;
  });
}

const field = (count: number): Uint32Array =>
  words(FIELD_WORDS * count).map((word, k) => (k % FIELD_WORDS === 3 ? 0 : word));

function integerCases(k: Kernels): Case[] {
  const [n, m, d, length] = [512, 512, 1024, 1 << 20];
  const [a16, b16] = [new Uint16Array(words((n * d) / 2).buffer), new Uint16Array(m * d).fill(7)];
  const [a32, b32] = [words(n * d), words(m * d)];
  const x32 = words(length);
  const x16 = new Uint16Array(x32.buffer);
  const x64 = new BigUint64Array(x32.buffer);
  const products = n * m * d;
  return [
    make("matmul16", "MAC/s", products, () => k.matmul16(a16, b16, n, m, d)),
    make("matmul32", "MAC/s", products, () => k.matmul32(a32, b32, n, m, d)),
    make("mulLocal16", "products/s", x16.length, () => k.mulLocal16(x16, x16, x16, x16, x16)),
    make("mulLocal32", "products/s", x32.length, () => k.mulLocal32(x32, x32, x32, x32, x32)),
    make("mulLocal64", "products/s", x64.length, () => k.mulLocal64(x64, x64, x64, x64, x64)),
    make("andLocal", "AND/s", 32 * x32.length, () => k.andLocal(x32, x32, x32, x32, x32)),
    make("bitPlanes16", "bits/s", 16 * x16.length, () => k.bitPlanes16(x16, 16)),
    make("bitPlanes32", "bits/s", 32 * x32.length, () => k.bitPlanes32(x32, 32)),
    make("bitPlanes64", "bits/s", 64 * x64.length, () => k.bitPlanes64(x64, 64)),
  ];
}

function make(name: string, unit: string, work: number, call: () => unknown): Case {
  return { name, unit, work, call };
}

function fieldCases(k: Kernels): Case[] {
  const count = 1 << 16;
  const [a, b, c] = [field(count), field(count), field(1)];
  const taus = field(16);
  const short = a.subarray(0, 256 * FIELD_WORDS);
  return [
    make("gfMul", "elements/s", count, () => k.gfMul(a, b)),
    make("gfScale", "elements/s", count, () => k.gfScale(a, c)),
    make("gfInner", "elements/s", count, () => k.gfInner(a, b, count)),
    make("gfInner of 256", "elements/s", 256, () => k.gfInner(short, short, 256)),
    make("gfHalves", "elements/s", count, () => k.gfHalves(a, b, a, b)),
    make("gfCross", "elements/s", count, () => k.gfCross(a, b, a, b)),
    make("gfFold", "results/s", count / 2, () => k.gfFold(a, c)),
    make("gfTensor", "results/s", count, () => k.gfTensor(taus)),
  ];
}

function bitCases(k: Kernels, variables: number): Case[] {
  const [bits, slots] = [1 << 16, 2 ** variables];
  const vector = () => words((slots * bits) / 32);
  const claims = {
    x0: vector(),
    x1: vector(),
    y0: vector(),
    y1: vector(),
    z0: vector(),
    z1: vector(),
  };
  const [w, coefs] = [field(bits), field(slots)];
  const of = (name: string) => `${name} of ${slots} slots`;
  return [
    make(of("bitGrid"), "AND/s", slots * bits, () => k.bitGrid(claims, variables, w)),
    make(of("bitFold"), "bits/s", slots * bits, () => k.bitFold(claims.x0, slots, coefs)),
  ];
}

function ringCases(k: Kernels): Case[] {
  const count = 1 << 10;
  const [a, b] = [words(2 * count * RING_DEGREE), words(2 * count * RING_DEGREE)];
  const [narrow, right] = [a.subarray(0, a.length / 2), b.subarray(0, a.length / 2)];
  const r = words(RING_DEGREE).map((word) => word & 1);
  const wideR = Uint32Array.from({ length: 2 * RING_DEGREE }, (_, k) => (k % 2 ? 0 : r[k / 2]));
  return [
    make("grMul", "elements/s", count, () => k.grMul(narrow, right)),
    make("grInner", "elements/s", count, () => k.grInner(narrow, right)),
    make("grCross", "elements/s", count, () => k.grCross(narrow, right, narrow, right)),
    make("grHalves", "elements/s", count, () => k.grHalves(narrow, right, narrow, right)),
    make("grFold", "results/s", count / 2, () => k.grFold(narrow, r)),
    make("gr64Mul", "elements/s", count, () => k.gr64Mul(a, b)),
    make("gr64Cross", "elements/s", count, () => k.gr64Cross(a, b, a, b)),
    make("gr64Halves", "elements/s", count, () => k.gr64Halves(a, b, a, b)),
    make("gr64Fold", "results/s", count / 2, () => k.gr64Fold(a, wideR)),
    ...[5, 6, 7].flatMap((variables) => wordCases(k, variables)),
  ];
}

function wordCases(k: Kernels, variables: number): Case[] {
  const shape = { variables, width: 1 };
  const positions = 800;
  const slots = 2 ** variables;
  const length = positions * slots;
  const x = words(length);
  const wide = new BigUint64Array(words(2 * length).buffer);
  const w = new Uint8Array(words(positions * 10).buffer).subarray(0, positions * 10);
  const coefs = words(slots * RING_DEGREE * 2);
  const of = (name: string) => `${name} of ${variables} variables`;
  return [
    make(of("wordsGrid32"), "words/s", length, () => k.wordsGrid32(x, x, x, x, shape, w)),
    make(of("wordsGrid64"), "words/s", length, () =>
      k.wordsGrid64(wide, wide, wide, wide, shape, w),
    ),
    make(of("wordsWeigh32"), "words/s", length, () => k.wordsWeigh32(x, slots, w)),
    make(of("wordsWeigh64"), "words/s", length, () => k.wordsWeigh64(wide, slots, w)),
    make(of("wordsFold32"), "words/s", length, () =>
      k.wordsFold32(x, shape, coefs.subarray(0, coefs.length / 2)),
    ),
    make(of("wordsFold64"), "words/s", length, () => k.wordsFold64(wide, shape, coefs)),
  ];
}
