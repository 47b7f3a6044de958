import { bitMatmulContract } from "./bit-matmul.contract.js";
import { bitsContract } from "./bits.contract.js";
import { fieldContract } from "./field.contract.js";
import { integersContract } from "./integers.contract.js";
import type { Kernels } from "./kernels.js";
import { ringContract } from "./ring.contract.js";
import { wordsContract } from "./words.contract.js";

/** What every implementation of the kernels passes: each kernel is its definition. */
export function kernelsContract(kernels: Kernels): void {
  integersContract(kernels);
  fieldContract(kernels);
  bitsContract(kernels);
  bitMatmulContract(kernels);
  ringContract(kernels);
  wordsContract(kernels);
}
