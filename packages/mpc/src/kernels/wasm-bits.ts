import { FIELD_WORDS } from "./field.js";
import type { Kernels } from "./kernels.js";
import type { Scratch } from "./wasm-memory.js";
import type { Instance } from "./wasm-module.js";

/** Words of a slot at a time: 2^14 bits, whose weights are 256 KB. */
const BLOCK = 512;
/** Words of all slots of a vector at a time: six vectors of them stay in cache. */
const GRID_WORDS = 1 << 13;
/** Bytes of an element. */
const ELEMENT = 4 * FIELD_WORDS;

type Bits = Pick<Kernels, "bitGrid" | "bitFold">;

export function wasmBits({ run, scratch }: Instance): Bits {
  return {
    bitGrid: ({ x0, x1, y0, y1, z0, z1 }, variables, w) => {
      const slots = 2 ** variables;
      const rows = 3 ** variables + slots;
      const out = new Uint32Array(rows * FIELD_WORDS);
      eachBlock(x0.length / slots, Math.max(4, GRID_WORDS / slots), (from, words) => {
        scratch.reset();
        const inputs = [x0, x1, y0, y1, z0, z1].map((x) =>
          placeSlots(scratch, x, slots, from, words),
        );
        const weights = scratch.place(weightsOf(w, from, words));
        const room = scratch.room(5 * rows * ELEMENT + 4 * slots);
        const at = scratch.place(out);
        run.bitGrid(...inputs, variables, stride(words), 4 * words, weights, room, at);
        scratch.read(at, out);
      });
      return out;
    },
    bitFold: (x, slots, coefs) => {
      const out = new Uint32Array((x.length / slots) * 32 * FIELD_WORDS);
      eachBlock(x.length / slots, BLOCK, (from, words) => {
        scratch.reset();
        const padded = Math.ceil(slots / 16) * 16;
        const input = placeSlots(scratch, x, slots, from, words, padded);
        const factors = scratch.place(coefs, 16 * ELEMENT);
        const at = scratch.zeros(32 * words * ELEMENT);
        run.bitFold(input, padded, stride(words), 4 * words, factors, at);
        scratch.read(at, weightsOf(out, from, words));
      });
      return out;
    },
  };
}

function eachBlock(
  words: number,
  size: number,
  block: (from: number, words: number) => void,
): void {
  for (let from = 0; from < words; from += size) block(from, Math.min(size, words - from));
}

/** Bytes from slot to slot: a cache line more than needed, so that slots spread over the cache. */
const stride = (words: number): number => 4 * words + 64;

/** The elements that belong to bits 32·from … of every slot. */
const weightsOf = (w: Uint32Array, from: number, words: number): Uint32Array =>
  w.subarray(32 * from * FIELD_WORDS, 32 * (from + words) * FIELD_WORDS);

/** Words from … of every slot, `stride` apart; zero slots behind. */
function placeSlots(
  scratch: Scratch,
  x: Uint32Array,
  slots: number,
  from: number,
  words: number,
  padded = slots,
): number {
  const length = x.length / slots;
  const at = scratch.room(padded * stride(words));
  for (let s = 0; s < slots; s += 1) {
    const start = s * length + from;
    scratch.write(at + s * stride(words), x.subarray(start, start + words));
  }
  scratch.clear(at + slots * stride(words), (padded - slots) * stride(words));
  return at;
}
