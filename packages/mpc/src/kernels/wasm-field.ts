import { FIELD_WORDS } from "./field.js";
import type { Kernels } from "./kernels.js";
import type { Scratch } from "./wasm-memory.js";
import type { Exports, Instance } from "./wasm-module.js";

/** Words of a vector at a time: 256 KB. */
const BLOCK = 1 << 16;
/** log2 of the tensor's part that is made at once; the rest are multiples of that part. */
const TENSOR_BLOCK = 14;

type Field = Pick<
  Kernels,
  "gfMul" | "gfScale" | "gfInner" | "gfCross" | "gfHalves" | "gfFold" | "gfTensor"
>;

export function wasmField(instance: Instance): Field {
  const { run, scratch } = instance;
  const field: Field = {
    gfMul: (a, b, out = new Uint32Array(a.length)) => {
      for (let from = 0; from < a.length; from += BLOCK) {
        scratch.reset();
        const part = out.subarray(from, from + BLOCK);
        const x = scratch.place(a.subarray(from, from + BLOCK));
        const y = scratch.place(b.subarray(from, from + BLOCK));
        const at = scratch.room(part.byteLength);
        run.gfMul(x, y, at, part.length / FIELD_WORDS);
        scratch.read(at, part);
      }
      return out;
    },
    gfScale: (a, c) => byOne(run.gfScale, scratch, a, c),
    gfFold: (a, r, out = new Uint32Array(a.length / 2)) => {
      const half = a.length / 2;
      for (let from = 0; from < half; from += BLOCK) {
        scratch.reset();
        const to = Math.min(from + BLOCK, half);
        const factor = scratch.place(r);
        const low = scratch.place(a.subarray(from, to));
        const high = scratch.place(a.subarray(half + from, half + to));
        run.gfFold(low, high, factor, low, (to - from) / FIELD_WORDS);
        scratch.read(low, out.subarray(from, to));
      }
      return out;
    },
    gfInner: (a, b, count) =>
      total(run.gfInner, scratch, [
        a.subarray(0, count * FIELD_WORDS),
        b.subarray(0, count * FIELD_WORDS),
      ]),
    gfCross: (...vectors) => total(run.gfCross, scratch, vectors),
    gfHalves: (...vectors) => {
      const sum = new Uint32Array(2 * FIELD_WORDS);
      const part = new Uint32Array(2 * FIELD_WORDS);
      const half = vectors[0].length / 2;
      for (let from = 0; from < half; from += BLOCK) {
        scratch.reset();
        const to = Math.min(from + BLOCK, half);
        const [x0, x1, y0, y1] = vectors.map((vector) => {
          const low = scratch.room(8 * (to - from));
          scratch.write(low, vector.subarray(from, to));
          scratch.write(low + 4 * (to - from), vector.subarray(half + from, half + to));
          return low;
        });
        const at = scratch.room(part.byteLength);
        run.gfHalves(x0, x1, y0, y1, at, (to - from) / FIELD_WORDS);
        scratch.read(at, part);
        for (let k = 0; k < sum.length; k += 1) sum[k] ^= part[k];
      }
      return sum;
    },
    gfTensor: (taus) => tensor(field, instance, taus),
  };
  return field;
}

/** out = kernel(a, c) with one element c. */
function byOne(
  kernel: Exports["gfScale"],
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
    kernel(x, factor, at, part.length / FIELD_WORDS);
    scratch.read(at, part);
  }
  return out;
}

/** The sum of the kernel's result over all blocks. */
function total(
  kernel: Exports["gfInner"],
  scratch: Scratch,
  vectors: readonly Uint32Array[],
): Uint32Array {
  const sum = new Uint32Array(FIELD_WORDS);
  const part = new Uint32Array(FIELD_WORDS);
  for (let from = 0; from < vectors[0].length; from += BLOCK) {
    scratch.reset();
    const blocks = vectors.map((vector) => vector.subarray(from, from + BLOCK));
    const inputs = blocks.map((block) => scratch.place(block));
    const at = scratch.room(16);
    kernel(...inputs, at, blocks[0].length / FIELD_WORDS);
    scratch.read(at, part);
    for (let k = 0; k < FIELD_WORDS; k += 1) sum[k] ^= part[k];
  }
  return sum;
}

/** The low τ give one block; every further block is that one times a product of high τ. */
function tensor(field: Field, { run, scratch }: Instance, taus: Uint32Array): Uint32Array {
  const low = taus.subarray(0, TENSOR_BLOCK * FIELD_WORDS);
  const count = low.length / FIELD_WORDS;
  const block = FIELD_WORDS << count;
  const out = new Uint32Array(2 ** (taus.length / FIELD_WORDS) * FIELD_WORDS);
  scratch.reset();
  const at = scratch.room(4 * block);
  run.gfTensor(scratch.place(low), count, at);
  scratch.read(at, out.subarray(0, block));
  if (block === out.length) return out;

  const first = out.slice(0, block);
  const factors = field.gfTensor(taus.subarray(low.length));
  for (let k = 1; k * block < out.length; k += 1) {
    const factor = factors.subarray(k * FIELD_WORDS, (k + 1) * FIELD_WORDS);
    out.set(field.gfScale(first, factor), k * block);
  }
  return out;
}
