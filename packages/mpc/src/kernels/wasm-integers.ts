import type { DotArguments, Kernels } from "./kernels.js";
import type { Scratch, Words } from "./wasm-memory.js";
import type { Exports, Instance } from "./wasm-module.js";

/** Bytes of each vector at a time in element-wise kernels: six of them stay in the L2 cache. */
const BLOCK = 1 << 16;
/** Rows of either matrix, and elements of a row, in the WASM memory at a time. */
const ROWS = 1024;
const DEPTH = 4096;
/** Rows of the right matrix at a time, mod 2^64. */
const ROWS_64 = 256;
/** Bytes of a row in the WASM memory at a time. */
const DOT_BLOCK = 1 << 22;
/** Elements at a time for bit planes. */
const PLANE_BLOCK = 1 << 15;

type Integers = Pick<
  Kernels,
  | ("dotLocal16" | "dotLocal32" | "dotLocal64")
  | ("matmul64" | "matmul16" | "matmul32" | "mulLocal16" | "mulLocal32" | "mulLocal64" | "andLocal")
  | ("bitPlanes16" | "bitPlanes32" | "bitPlanes64" | "wordsFromPlanes")
>;

export function wasmIntegers({ run, scratch }: Instance): Integers {
  return {
    matmul16: (a, b, n, m, d, out = new Uint16Array(n * m)) =>
      matmul(run.matmul16, scratch, a, b, n, m, d, out),
    matmul32: (a, b, n, m, d, out = new Uint32Array(n * m)) =>
      matmul(run.matmul32, scratch, a, b, n, m, d, out),
    matmul64: (a, b, n, m, d) => matmul64(run, scratch, a, b, n, m, d),
    mulLocal16: (...v) => local(run.mulLocal16, scratch, v, new Uint16Array(v[0].length)),
    mulLocal32: (...v) => local(run.mulLocal32, scratch, v, new Uint32Array(v[0].length)),
    mulLocal64: (...v) => local(run.mulLocal64, scratch, v, new BigUint64Array(v[0].length)),
    dotLocal16: (...v) => dotRows(run.dotLocal16, scratch, v),
    dotLocal32: (...v) => dotRows(run.dotLocal32, scratch, v),
    dotLocal64: (...v) => dotRows(run.dotLocal64, scratch, v),
    andLocal: (...v) => local(run.andLocal, scratch, v, new Uint32Array(v[0].length)),
    bitPlanes16: (x, planes) => bitPlanes(run.bitPlanes16, scratch, x, planes),
    bitPlanes32: (x, planes) => bitPlanes(run.bitPlanes32, scratch, x, planes),
    bitPlanes64: (x, planes) => bitPlanes(run.bitPlanes64, scratch, x, planes),
    wordsFromPlanes: (planes, count) =>
      wordsFromPlanes(run.wordsFromPlanes, scratch, planes, count),
  };
}

/** The same vector type as the argument's, a part of it without a copy. */
function part<Vector extends Words>(vector: Vector, from: number, to: number): Vector {
  return vector.subarray(from, to) as Vector;
}

function local<Vector extends Words>(
  kernel: Exports["andLocal"],
  scratch: Scratch,
  vectors: readonly Vector[],
  out: Vector,
): Vector {
  const step = BLOCK / out.BYTES_PER_ELEMENT;
  for (let from = 0; from < out.length; from += step) {
    scratch.reset();
    const result = part(out, from, from + step);
    const inputs = vectors.map((vector) => scratch.place(part(vector, from, from + step)));
    const size = Math.ceil(result.byteLength / 16) * 16;
    const at = scratch.room(size);
    kernel(...inputs, at, size);
    scratch.read(at, result);
  }
  return out;
}

/** Rows at a time; a row that is longer than the memory takes is added up piece by piece. */
function dotRows<Vector extends Words>(
  kernel: Exports["dotLocal16"],
  scratch: Scratch,
  [x0, x1, y0, y1, alpha, width]: DotArguments<Vector>,
): Vector {
  const out = alpha.slice() as Vector;
  const bytes = out.BYTES_PER_ELEMENT;
  const longest = Math.min(width, DOT_BLOCK / bytes);
  const step = Math.max(1, Math.floor(BLOCK / (longest * bytes)));
  const isWhole = longest === width;
  for (let row = 0; row < out.length; row += step) {
    const rows = Math.min(step, out.length - row);
    for (let t = 0; t < width; t += longest) {
      scratch.reset();
      const [from, length] = [
        row * width + t,
        isWhole ? rows * width : Math.min(longest, width - t),
      ];
      const inputs = [x0, x1, y0, y1].map((v) => scratch.place(part(v, from, from + length), 32));
      const at = scratch.place(part(out, row, row + rows));
      kernel(...inputs, at, rows, isWhole ? width : length);
      scratch.read(at, part(out, row, row + rows));
    }
  }
  return out;
}

/** Tile by tile: tiles of both matrices go in, that of the result is added to and comes back. */
function matmul<Vector extends Uint16Array | Uint32Array>(
  kernel: Exports["matmul16"],
  scratch: Scratch,
  a: Vector,
  b: Vector,
  n: number,
  m: number,
  d: number,
  out: Vector,
): Vector {
  const width = out.BYTES_PER_ELEMENT;
  for (let j = 0; j < m; j += ROWS) {
    const rowsB = Math.min(ROWS, m - j);
    for (let i = 0; i < n; i += ROWS) {
      const rowsA = Math.min(ROWS, n - i);
      const [padA, padB] = [Math.ceil(rowsA / 4) * 4, Math.ceil(rowsB / 2) * 2];
      scratch.reset();
      const c = scratch.room(padA * padB * width);
      const row = (r: number): Vector => part(out, (j + r) * n + i, (j + r) * n + i + rowsA);
      for (let r = 0; r < rowsB; r += 1) scratch.write(c + r * padA * width, row(r));
      const tileA = scratch.room(padA * Math.min(d, DEPTH) * width);
      const tileB = scratch.room(padB * Math.min(d, DEPTH) * width);
      for (let t = 0; t < d; t += DEPTH) {
        const depth = Math.min(DEPTH, d - t);
        writeTile(scratch, tileA, a, d, i, rowsA, padA, t, depth);
        writeTile(scratch, tileB, b, d, j, rowsB, padB, t, depth);
        kernel(tileA, tileB, c, padA, padB, depth);
      }
      for (let r = 0; r < rowsB; r += 1) scratch.read(c + r * padA * width, row(r));
    }
  }
  return out;
}

/** Rows of B at a time, whole rows of A; low and high words apart. */
function matmul64(
  run: Exports,
  scratch: Scratch,
  a: BigUint64Array,
  b: BigUint64Array,
  n: number,
  m: number,
  d: number,
): BigUint64Array {
  const out = new BigUint64Array(n * m);
  const padN = Math.ceil(n / 2) * 2;
  scratch.reset();
  const left = splitWords(run, scratch, a, padN * d);
  const mark = scratch.mark();
  for (let j = 0; j < m; j += ROWS_64) {
    scratch.back(mark);
    const rows = Math.min(ROWS_64, m - j);
    const padM = Math.ceil(rows / 2) * 2;
    const right = splitWords(run, scratch, b.subarray(j * d, (j + rows) * d), padM * d);
    const c = scratch.zeros(8 * padN * padM);
    run.matmul64(left, 4 * padN * d, right, 4 * padM * d, c, padN, padM, d);
    if (padN === n) scratch.read(c, out.subarray(j * n, (j + rows) * n));
    else {
      for (let r = 0; r < rows; r += 1) {
        scratch.read(c + 8 * r * padN, out.subarray((j + r) * n, (j + r + 1) * n));
      }
    }
  }
  return out;
}

/** Address of the low words of x, filled up with zeros, and the high ones behind them. */
function splitWords(run: Exports, scratch: Scratch, x: BigUint64Array, padded: number): number {
  const apart = scratch.room(8 * padded);
  const whole = scratch.room(8 * padded);
  scratch.write(whole, x);
  scratch.clear(whole + x.byteLength, 8 * padded - x.byteLength);
  run.splitWords(whole, padded, apart, apart + 4 * padded);
  return apart;
}

/** Rows `first`… of a matrix with d columns, their elements t…t+depth; zero rows behind. */
function writeTile(
  scratch: Scratch,
  at: number,
  matrix: Uint16Array | Uint32Array,
  d: number,
  first: number,
  rows: number,
  padded: number,
  t: number,
  depth: number,
): void {
  const size = depth * matrix.BYTES_PER_ELEMENT;
  if (depth === d) scratch.write(at, matrix.subarray(first * d, (first + rows) * d));
  else {
    for (let r = 0; r < rows; r += 1) {
      const from = (first + r) * d + t;
      scratch.write(at + r * size, matrix.subarray(from, from + depth));
    }
  }
  scratch.clear(at + rows * size, (padded - rows) * size);
}

function bitPlanes(
  kernel: Exports["bitPlanes16"],
  scratch: Scratch,
  x: Words,
  planes: number,
): Uint32Array {
  const words = 4 * Math.ceil(x.length / 128);
  const out = new Uint32Array(planes * words);
  for (let from = 0; from < x.length; from += PLANE_BLOCK) {
    scratch.reset();
    const length = Math.min(PLANE_BLOCK, x.length - from);
    const padded = Math.ceil(length / 128) * 128;
    const input = scratch.place(part(x, from, from + length), 128 * x.BYTES_PER_ELEMENT);
    const at = scratch.room((planes * padded) / 8);
    kernel(input, padded, planes, at);
    for (let p = 0; p < planes; p += 1) {
      const to = p * words + from / 32;
      scratch.read(at + (p * padded) / 8, out.subarray(to, to + padded / 32));
    }
  }
  return out;
}

function wordsFromPlanes(
  kernel: Exports["wordsFromPlanes"],
  scratch: Scratch,
  planes: Uint32Array,
  count: number,
): Uint32Array {
  const words = planes.length / count;
  const out = new Uint32Array(32 * words);
  for (let from = 0; from < words; from += PLANE_BLOCK / 32) {
    scratch.reset();
    const part = Math.min(PLANE_BLOCK / 32, words - from);
    const input = scratch.room(4 * count * part);
    for (let p = 0; p < count; p += 1) {
      const at = p * words + from;
      scratch.write(input + 4 * p * part, planes.subarray(at, at + part));
    }
    const at = scratch.room(128 * part);
    kernel(input, count, 4 * part, at);
    scratch.read(at, out.subarray(32 * from, 32 * (from + part)));
  }
  return out;
}
