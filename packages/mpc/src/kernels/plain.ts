import { checked } from "./checked.js";
import type { Kernels } from "./kernels.js";
import { plainBitMatmul } from "./plain-bit-matmul.js";
import { plainBits } from "./plain-bits.js";
import { plainField } from "./plain-field.js";
import { plainIntegers } from "./plain-integers.js";
import { plainRing } from "./plain-ring.js";
import { plainWords } from "./plain-words.js";

/** The kernels as their definitions say, for reference and for machines without WASM SIMD. */
export function plainKernels(): Kernels {
  return checked({
    name: "plain",
    ...plainIntegers,
    ...plainField,
    ...plainBits,
    ...plainBitMatmul,
    ...plainRing,
    ...plainWords,
  });
}
