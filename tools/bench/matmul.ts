import { wasmKernels } from "@symbolon/mpc/kernels/wasm";

const kernels = wasmKernels();

/** Products of rows, filled up to the kernel's width. It gives the transpose, so sides change. */
export function matmul(
  a: Uint16Array,
  b: Uint16Array,
  n: number,
  m: number,
  d: number,
): Uint16Array {
  const width = Math.ceil(d / 8) * 8;
  const whole = (words: Uint16Array, rows: number): Uint16Array => {
    const out = new Uint16Array(rows * width);
    for (let row = 0; row < rows; row += 1) {
      out.set(words.subarray(row * d, (row + 1) * d), row * width);
    }
    return out;
  };
  return kernels.matmul16(whole(b, m), whole(a, n), m, n, width);
}
