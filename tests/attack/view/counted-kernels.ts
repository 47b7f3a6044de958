import { fromBase64 } from "@symbolon/base/bytes";
import { KERNELS_BASE64 } from "@symbolon/mpc/generated/kernels-wasm";
import type { Kernels } from "@symbolon/mpc/kernels/kernels";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { instanceOf } from "@symbolon/mpc/kernels/wasm-module";
import binaryen from "binaryen";

/** Kernels that count how often each stretch of straight code is run. */
export interface CountedKernels {
  readonly kernels: Kernels;
  /** The counts of all stretches since the start, in the order of the code. */
  counts(): string;
}

export interface CountedModule {
  readonly stretches: number;
  instance(): CountedKernels;
}

/**
 * The production kernels with a counter at the head of every function, loop and branch, and behind
 * every conditional jump: whatever in them depends on a secret, changes a count. `change` may
 * alter the code before, in the text format.
 */
export function countedModule(change: (text: string) => string = (text) => text): CountedModule {
  const bytes = fromBase64(KERNELS_BASE64);
  if (bytes === undefined) throw new Error("the generated module carries base64");
  const plain = binaryen.readBinary(bytes.slice());
  const { text, stretches } = withCounters(change(plain.emitText()));
  plain.dispose();
  const counted = binaryen.parseText(text);
  counted.setFeatures(binaryen.Features.All);
  if (!counted.validate()) throw new Error("the counted kernels are not valid");
  const module = new WebAssembly.Module(counted.emitBinary().slice());
  counted.dispose();
  const instance = (): CountedKernels => {
    const hits = new Float64Array(stretches);
    const hit = (stretch: number) => {
      hits[stretch] += 1;
    };
    const kernels = wasmKernels(instanceOf(module, { count: { hit } }));
    return { kernels, counts: () => hits.join() };
  };
  return { stretches, instance };
}

const HEAD = /^\s*\((loop( \$\S+)?( \(result .*\))?|then|else)$/;

/** Inserts a call of the counter wherever code may or may not be run. */
function withCounters(text: string): { text: string; stretches: number } {
  const lines: string[] = [];
  let stretches = 0;
  const count = () => lines.push(`(call $hit (i32.const ${stretches++}))`);
  let depth = 0;
  /** At which depth conditional jumps that are being read end. */
  const jumps: number[] = [];
  let isAtStart = false;
  for (const line of text.split("\n")) {
    if (isAtStart && !/^\s*\(local /.test(line)) {
      count();
      isAtStart = false;
    }
    if (/^\s*\(br_if /.test(line)) jumps.push(depth);
    depth += (line.match(/\(/g)?.length ?? 0) - (line.match(/\)/g)?.length ?? 0);
    lines.push(line);
    if (/^ \(func /.test(line)) isAtStart = true;
    if (HEAD.test(line)) count();
    while (jumps.length > 0 && depth === jumps[jumps.length - 1]) {
      jumps.pop();
      count();
    }
    if (lines.length === 1) lines.push('(import "count" "hit" (func $hit (param i32)))');
  }
  return { text: lines.join("\n"), stretches };
}
