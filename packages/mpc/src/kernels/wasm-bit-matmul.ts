import type { Kernels } from "./kernels.js";
import type { Instance } from "./wasm-module.js";

/** Bits of the right factor at a time: 4 MB. */
const RIGHT_BITS = 1 << 25;

export function wasmBitMatmul({ run, scratch }: Instance): Pick<Kernels, "bitMatmul"> {
  return {
    bitMatmul: (a, h, k, m, n) => {
      const out = new Uint32Array((k * n) / 32);
      // Rows of h, and the columns of a that belong to them, a block at a time.
      const rows = Math.max(128, Math.floor(RIGHT_BITS / n / 128) * 128);
      for (let from = 0; from < m; from += rows) {
        const count = Math.min(rows, m - from);
        scratch.reset();
        const left = scratch.room((k * count) / 8);
        for (let b = 0; b < k; b += 1) {
          const start = (b * m + from) / 32;
          scratch.write(left + (b * count) / 8, a.subarray(start, start + count / 32));
        }
        const right = scratch.place(h.subarray((from * n) / 32, ((from + count) * n) / 32));
        const at = scratch.place(out);
        run.bitMatmul(left, right, k, count, n, at);
        scratch.read(at, out);
      }
      return out;
    },
  };
}
