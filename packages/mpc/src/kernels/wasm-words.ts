import { bytesOf, wordsOf } from "@symbolon/base/bytes";
import { vectorLike, zerosLike } from "../ring/vector.js";
import { RING_DEGREE } from "./field.js";
import type { GridArguments, GridShape, Kernels } from "./kernels.js";
import type { Scratch } from "./wasm-memory.js";
import type { Exports, Instance } from "./wasm-module.js";

/** Rows of points that are weighed at a time, for their challenges of ten bytes. */
const BATCH = 40;
const CHALLENGE = RING_DEGREE / 8;
/** Bytes of a line: rows are filled up to a multiple. */
const LINE = 64;

type Words = Pick<
  Kernels,
  "wordsGrid32" | "wordsGrid64" | "wordsWeigh32" | "wordsWeigh64" | "wordsFold32" | "wordsFold64"
>;
type Products = Pick<Kernels, "matmul32" | "matmul64">;
type Vector = Uint32Array | BigUint64Array;

export function wasmWords({ run, scratch }: Instance, products: Products): Words {
  const { matmul32, matmul64 } = products;
  return {
    wordsGrid32: (...claim) => grid(run.wordsGrid32, run.wordsWeigh32, scratch, claim),
    wordsGrid64: (...claim) => grid(run.wordsGrid64, run.wordsWeigh64, scratch, claim),
    wordsWeigh32: (z, size, w) => weigh(run.wordsWeigh32, scratch, z, size, w),
    wordsWeigh64: (z, size, w) => weigh(run.wordsWeigh64, scratch, z, size, w),
    wordsFold32: (x, shape, coefs) => fold(matmul32, x, shape, coefs),
    wordsFold64: (x, shape, coefs) => fold(matmul64, x, shape, coefs),
  };
}

const lines = (size: number): number => Math.ceil(size / LINE) * LINE;

/** `length` elements of `vector` from `from` on, with zeros for those that it has not. */
function placed(
  scratch: Scratch,
  vector: Vector | Uint8Array,
  from: number,
  length: number,
): number {
  const size = length * vector.BYTES_PER_ELEMENT;
  const part = vector.subarray(from, from + length);
  const at = scratch.room(size);
  scratch.write(at, part);
  scratch.clear(at + part.byteLength, size - part.byteLength);
  return at;
}

/** The sums that `wordsWeigh` keeps by lines, as elements in the order of the columns. */
function elementsOf(sums: Uint32Array, columns: number, wordBytes: number): Uint32Array {
  const [perWord, perLine] = [wordBytes / 4, LINE / wordBytes];
  const words = RING_DEGREE * perWord;
  const out = new Uint32Array(columns * words);
  for (let column = 0; column < columns; column += 1) {
    const line = Math.floor(column / perLine) * RING_DEGREE * (LINE / 4);
    const from = line + (column % perLine) * perWord;
    for (let c = 0; c < RING_DEGREE; c += 1) {
      for (let k = 0; k < perWord; k += 1) {
        out[column * words + c * perWord + k] = sums[from + c * (LINE / 4) + k];
      }
    }
  }
  return out;
}

function grid<V extends Vector>(
  points: Exports["wordsGrid32"],
  weigh: Exports["wordsWeigh32"],
  scratch: Scratch,
  [x0, x1, y0, y1, { variables, width }, w]: GridArguments<V>,
): Uint32Array {
  const bytes = x0.BYTES_PER_ELEMENT;
  const [slots, pairs] = [2 ** variables, 3 ** (variables - 1)];
  const row = lines(3 * pairs * bytes);
  const sums = new Uint32Array((RING_DEGREE * row) / 4);
  const positions = w.length / CHALLENGE;
  const position = slots * width;
  scratch.reset();
  const total = scratch.zeros(sums.byteLength);
  const mark = scratch.mark();
  for (let from = 0; from < positions; from += BATCH) {
    scratch.back(mark);
    const challenges = placed(scratch, w, from * CHALLENGE, BATCH * CHALLENGE);
    const count = Math.ceil(Math.min(BATCH, positions - from) / 4) * 4;
    const [a, b, c, d] = [x0, x1, y0, y1].map((vector) =>
      placed(scratch, vector, from * position, count * position),
    );
    const out = scratch.room(BATCH * row);
    // Expanded vectors and their products; a line more, since rows are longer than the points.
    const room = scratch.room(4 * 32 * pairs + (row / bytes) * 16);
    points(a, b, c, d, slots, pairs, width, count, room, out, row);
    weigh(challenges, out, row, 1, total);
  }
  scratch.read(total, sums);
  return elementsOf(sums, 3 * pairs, bytes);
}

function weigh(
  kernel: Exports["wordsWeigh32"],
  scratch: Scratch,
  z: Vector,
  size: number,
  w: Uint8Array,
): Uint32Array {
  const row = lines(size * z.BYTES_PER_ELEMENT);
  const isWhole = row === size * z.BYTES_PER_ELEMENT;
  const sums = new Uint32Array((RING_DEGREE * row) / 4);
  const positions = w.length / CHALLENGE;
  scratch.reset();
  const total = scratch.zeros(sums.byteLength);
  const mark = scratch.mark();
  for (let from = 0; from < positions; from += BATCH) {
    scratch.back(mark);
    const challenges = placed(scratch, w, from * CHALLENGE, BATCH * CHALLENGE);
    const rows = isWhole
      ? placed(scratch, z, from * size, BATCH * size)
      : scratch.zeros(BATCH * row);
    for (let j = 0; !isWhole && j < BATCH; j += 1) {
      const start = (from + j) * size;
      scratch.write(rows + j * row, z.subarray(start, start + size));
    }
    kernel(challenges, rows, row, 1, total);
  }
  scratch.read(total, sums);
  return elementsOf(sums, size, z.BYTES_PER_ELEMENT);
}

/**
 * The fold is a matrix product: rows of words by columns of coefficients. Words of a position that
 * is wider than one stand apart by slots, and are brought together first.
 */
function fold<V extends Vector>(
  matmul: (a: V, b: V, n: number, m: number, d: number) => V,
  x: V,
  { variables, width }: GridShape,
  coefs: Uint32Array,
): Uint32Array {
  const slots = 2 ** variables;
  const depth = Math.max(8, slots);
  const elements = Math.ceil(x.length / (slots * width)) * width;
  const factors = zerosLike(x, RING_DEGREE * depth);
  const own = vectorLike(x, bytesOf(coefs));
  for (let s = 0; s < slots; s += 1) {
    for (let c = 0; c < RING_DEGREE; c += 1) factors[c * depth + s] = own[s * RING_DEGREE + c];
  }
  const isSimple = width === 1 && depth === slots && x.length === elements * slots;
  const rows = isSimple ? x : gathered(x, slots, width, depth, elements);
  return wordsOf(bytesOf(matmul(factors, rows, RING_DEGREE, elements, depth)));
}

/** Row e = j·width + t has word t of position j in all slots. */
function gathered<V extends Vector>(
  x: V,
  slots: number,
  width: number,
  depth: number,
  elements: number,
): V {
  const out = zerosLike(x, elements * depth);
  const position = slots * width;
  for (let from = 0, j = 0; from < x.length; from += position, j += 1) {
    const last = Math.min(from + position, x.length);
    for (let at = from, s = 0; at < last; at += width, s += 1) {
      for (let t = 0; t < width; t += 1) out[(j * width + t) * depth + s] = x[at + t];
    }
  }
  return out;
}
