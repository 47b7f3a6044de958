import { checked } from "./checked.js";
import type { Kernels } from "./kernels.js";
import { wasmBitMatmul } from "./wasm-bit-matmul.js";
import { wasmBits } from "./wasm-bits.js";
import { wasmField } from "./wasm-field.js";
import { wasmIntegers } from "./wasm-integers.js";
import { type Instance, instantiate } from "./wasm-module.js";
import { wasmRing } from "./wasm-ring.js";
import { wasmWords } from "./wasm-words.js";

/**
 * The kernels in WASM with 128-bit SIMD, in Node and in browsers. Every call makes an instance with
 * its own memory (at most 128 MB), for one thread. The memory keeps remains of earlier inputs.
 */
export function wasmKernels(instance: Instance = instantiate()): Kernels {
  const integers = wasmIntegers(instance);
  return checked({
    name: "wasm",
    ...integers,
    ...wasmField(instance),
    ...wasmBits(instance),
    ...wasmBitMatmul(instance),
    ...wasmRing(instance),
    ...wasmWords(instance, integers),
  });
}
