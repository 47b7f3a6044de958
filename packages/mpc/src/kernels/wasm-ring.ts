import { RING_DEGREE } from "./field.js";
import type { Kernels } from "./kernels.js";
import type { Scratch } from "./wasm-memory.js";
import type { Exports, Instance } from "./wasm-module.js";

/** Elements at a time: 320 KB. */
const ELEMENTS = 1024;
const BLOCK = ELEMENTS * RING_DEGREE;

type Ring = Pick<Kernels, "grMul" | "grScale" | "grInner" | "grCross" | "grFold" | "grFoldWords">;

export function wasmRing({ run, scratch }: Instance): Ring {
  return {
    grMul: (a, b) => {
      const out = new Uint32Array(a.length);
      for (let from = 0; from < a.length; from += BLOCK) {
        scratch.reset();
        const part = out.subarray(from, from + BLOCK);
        const x = scratch.place(a.subarray(from, from + BLOCK));
        const y = scratch.place(b.subarray(from, from + BLOCK));
        const at = scratch.room(part.byteLength);
        run.grMul(x, y, at, part.length / RING_DEGREE);
        scratch.read(at, part);
      }
      return out;
    },
    grScale: (a, c) => byOne(run.grScale, scratch, a, c),
    grFold: (a, r) => fold(run.grFold, scratch, a, r),
    grInner: (...vectors) => total(run.grInner, scratch, vectors),
    grCross: (...vectors) => total(run.grCross, scratch, vectors),
    grFoldWords: (x, slots, coefs) => foldWords(run.grFoldWords, scratch, x, slots, coefs),
  };
}

/** The lower half of a and r times what the upper half is more. */
function fold(
  kernel: Exports["grFold"],
  scratch: Scratch,
  a: Uint32Array,
  r: Uint32Array,
): Uint32Array {
  const half = a.length / 2;
  const out = new Uint32Array(half);
  for (let from = 0; from < half; from += BLOCK) {
    scratch.reset();
    const to = Math.min(from + BLOCK, half);
    const factor = scratch.place(r);
    const low = scratch.place(a.subarray(from, to));
    const high = scratch.place(a.subarray(half + from, half + to));
    const at = scratch.room(4 * (to - from));
    kernel(low, high, factor, at, (to - from) / RING_DEGREE);
    scratch.read(at, out.subarray(from, to));
  }
  return out;
}

/** out = kernel(a, c) with one element c. */
function byOne(
  kernel: Exports["grScale"],
  scratch: Scratch,
  a: Uint32Array,
  c: Uint32Array,
): Uint32Array {
  const out = new Uint32Array(a.length);
  for (let from = 0; from < out.length; from += BLOCK) {
    scratch.reset();
    const part = out.subarray(from, from + BLOCK);
    const factor = scratch.place(c);
    const x = scratch.place(a.subarray(from, from + BLOCK));
    const at = scratch.room(part.byteLength);
    kernel(x, factor, at, part.length / RING_DEGREE);
    scratch.read(at, part);
  }
  return out;
}

/** The sum of the kernel's result over all blocks. */
function total(
  kernel: Exports["grInner"],
  scratch: Scratch,
  vectors: readonly Uint32Array[],
): Uint32Array {
  const sum = new Uint32Array(RING_DEGREE);
  const part = new Uint32Array(RING_DEGREE);
  for (let from = 0; from < vectors[0].length; from += BLOCK) {
    scratch.reset();
    const blocks = vectors.map((vector) => vector.subarray(from, from + BLOCK));
    const inputs = blocks.map((block) => scratch.place(block));
    const at = scratch.room(part.byteLength);
    kernel(...inputs, at, blocks[0].length / RING_DEGREE);
    scratch.read(at, part);
    for (let k = 0; k < RING_DEGREE; k += 1) sum[k] += part[k];
  }
  return sum;
}

function foldWords(
  kernel: Exports["grFoldWords"],
  scratch: Scratch,
  x: Uint32Array,
  slots: number,
  coefs: Uint32Array,
): Uint32Array {
  const length = x.length / slots;
  const out = new Uint32Array(length * RING_DEGREE);
  for (let from = 0; from < length; from += ELEMENTS) {
    scratch.reset();
    const count = Math.min(ELEMENTS, length - from);
    const size = Math.ceil(count / 4) * 16;
    const input = scratch.zeros(slots * size);
    for (let s = 0; s < slots; s += 1) {
      const start = s * length + from;
      scratch.write(input + s * size, x.subarray(start, start + count));
    }
    const factors = scratch.place(coefs);
    const at = scratch.room(4 * RING_DEGREE * (size / 4));
    kernel(input, slots, size, size, factors, at);
    scratch.read(at, out.subarray(from * RING_DEGREE, (from + count) * RING_DEGREE));
  }
  return out;
}
