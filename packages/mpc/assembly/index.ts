// Entry of the WASM module. Every export takes raw addresses of 16-byte aligned scratch memory;
// lengths and paddings are the caller's duty (src/kernels/wasm.ts), shapes are checked there.
export { heapBase } from "./memory";
export { matmul16, matmul32, matmul64, splitWords } from "./matmul";
export { mulLocal16, mulLocal32, mulLocal64, andLocal } from "./local";
export { dotLocal16, dotLocal32, dotLocal64 } from "./local";
export { bitPlanes16, bitPlanes32, bitPlanes64, wordsFromPlanes } from "./planes";
export { gfMul, gfScale, gfFold, gfTensor } from "./field";
export { gfInner, gfCross, gfHalves } from "./field-inner";
export { bitGrid, bitFold } from "./bits";
export { bitMatmul } from "./bit-matmul";
export { grMul, grInner, grCross, grFold, grHalves, grScale } from "./ring";
export { gr64Mul, gr64Inner, gr64Cross, gr64Fold, gr64Halves, gr64Scale } from "./ring";
export { wordsGrid32, wordsGrid64, wordsWeigh32, wordsWeigh64 } from "./ring";
