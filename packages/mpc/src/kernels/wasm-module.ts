import { assert } from "@symbolon/base/assert";
import { fromBase64 } from "@symbolon/base/bytes";
import { KERNELS_BASE64 } from "../generated/kernels-wasm.js";
import { Scratch } from "./wasm-memory.js";

type Kernel = (...addressesAndCounts: number[]) => void;

/** What assembly/index.ts exports; arguments as described there. */
export type Exports = Readonly<
  Record<
    | ("dotLocal16" | "dotLocal32" | "dotLocal64")
    | ("matmul16" | "matmul32" | "mulLocal16" | "mulLocal32" | "mulLocal64" | "andLocal")
    | ("bitPlanes16" | "bitPlanes32" | "bitPlanes64" | "wordsFromPlanes" | "bitGrid" | "bitFold")
    | "bitMatmul"
    | ("gfMul" | "gfScale" | "gfInner" | "gfCross" | "gfHalves" | "gfFold" | "gfTensor")
    | ("grMul" | "grScale" | "grInner" | "grCross" | "grHalves" | "grFold")
    | ("gr64Mul" | "gr64Scale" | "gr64Inner" | "gr64Cross" | "gr64Halves" | "gr64Fold")
    | ("wordsGrid32" | "wordsGrid64" | "wordsWeigh32" | "wordsWeigh64" | "matmul64")
    | "splitWords",
    Kernel
  >
>;

/** One instance with its memory. Instances share nothing: one for each thread. */
export interface Instance {
  readonly run: Exports;
  readonly scratch: Scratch;
}

let compiled: WebAssembly.Module | undefined;

/** A new instance, synchronously; the module is compiled once. */
export function instantiate(): Instance {
  if (compiled === undefined) {
    const bytes = fromBase64(KERNELS_BASE64);
    assert(bytes !== undefined, "the generated module carries base64");
    compiled = new WebAssembly.Module(bytes.slice());
  }
  return instanceOf(compiled);
}

/** An instance of another build of the same kernels; tests count what it does. */
export function instanceOf(
  module: WebAssembly.Module,
  imports: WebAssembly.Imports = {},
): Instance {
  const { exports } = new WebAssembly.Instance(module, imports);
  const { memory, heapBase, ...run } = exports as unknown as {
    readonly memory: WebAssembly.Memory;
    readonly heapBase: () => number;
  } & Exports;
  return { run, scratch: new Scratch(memory, heapBase()) };
}
