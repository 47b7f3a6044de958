import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { assert } from "@symbolon/base/assert";
import { CLOSED, CONTROL, CONTROL_BYTES, GangCall, KINDS, type Kind } from "./gang-work.js";
import type { BitClaims, Kernels } from "./kernels.js";
import { wasmKernels } from "./wasm.js";

/** Shared memory of a gang, in bytes. */
const MEMORY = 48 << 20;
/** Blocks of bits that are handed over at once. */
const BATCH = 24;
/** Multiply-adds below which a product is not worth handing over. */
const PRODUCT_MIN = 1 << 23;
const PRODUCT_ROWS = 64;

/** Threads that take part once they are `ready`; before that, calls are done without them. */
export interface Gang extends Kernels {
  readonly ready: Promise<unknown>;
  close(): Promise<void>;
}

/**
 * The kernels in WASM on several threads of one process. Only calls that take milliseconds are
 * shared, block by block, by whoever is free: nobody waits for a thread that has not begun. Results
 * are those of one thread, word for word. The threads end with the process or by `close`.
 */
export function gangKernels(
  threads: number,
  code: URL = new URL("./gang-thread-node.js", import.meta.url),
): Gang {
  const kernels = wasmKernels();
  const memory = new SharedArrayBuffer(MEMORY);
  const call = new GangCall(memory);
  call.control[CONTROL.next] = CLOSED;
  const workers = Array.from({ length: threads - 1 }, () => {
    const worker = new Worker(code, { workerData: memory });
    worker.unref();
    return worker;
  });
  const run = (kind: Kind, count: number, sizes: readonly number[]): void => {
    const { control } = call;
    control[CONTROL.kind] = KINDS.indexOf(kind);
    sizes.forEach((size, k) => {
      control[CONTROL.sizes + k] = size;
    });
    Atomics.store(control, CONTROL.count, count);
    Atomics.store(control, CONTROL.next, 0);
    Atomics.add(control, CONTROL.ticket, 1);
    Atomics.notify(control, CONTROL.ticket);
    call.work(kernels);
    Atomics.store(control, CONTROL.next, CLOSED);
    for (;;) {
      const busy = Atomics.load(control, CONTROL.busy);
      if (busy === 0) break;
      Atomics.wait(control, CONTROL.busy, busy);
    }
    assert(Atomics.load(control, CONTROL.failed) === 0, "every thread finishes its blocks");
  };
  return {
    ...kernels,
    ready: Promise.all(workers.map((worker) => once(worker, "message"))),
    matmul16: (a, b, n, m, d, out = new Uint16Array(n * m)) => {
      const size = 2 * (n * d + m * d + n * m);
      if (n * m * d < PRODUCT_MIN || (n * d) % 2 === 1 || CONTROL_BYTES + size > MEMORY)
        return kernels.matmul16(a, b, n, m, d, out);
      const [atB, atC] = [CONTROL_BYTES + 2 * n * d, CONTROL_BYTES + 2 * (n + m) * d];
      call.halves(CONTROL_BYTES, n * d).set(a);
      call.halves(atB, m * d).set(b);
      const c = call.halves(atC, n * m);
      c.set(out);
      run("matmul16", Math.ceil(m / PRODUCT_ROWS), [n, PRODUCT_ROWS, m, d]);
      out.set(c);
      return out;
    },
    bitGrids: (blocks, variables) => grids(kernels, call, run, blocks, variables),
    bitFolds: (blocks, slots, coefs, take) => folds(kernels, call, run, blocks, slots, coefs, take),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

type Run = (kind: Kind, count: number, sizes: readonly number[]) => void;

function grids(
  kernels: Kernels,
  call: GangCall,
  run: Run,
  blocks: Iterable<{ claims: BitClaims; w: Uint32Array }>,
  variables: number,
): Uint32Array {
  const slots = 2 ** variables;
  const sum = new Uint32Array(4 * (3 ** variables + slots));
  const add = (made: Uint32Array): void => {
    for (let k = 0; k < sum.length; k += 1) sum[k] ^= made[k];
  };
  let length = 0;
  let count = 0;
  const flush = (): void => {
    if (count === 0) return;
    const each = 6 * length + (length / slots) * 128;
    run("bitGrid", count, [variables, length, count]);
    for (let k = 0; k < count; k += 1) {
      add(call.words(CONTROL_BYTES + 4 * (each * count + sum.length * k), sum.length));
    }
    count = 0;
  };
  for (const { claims, w } of blocks) {
    const { x0, x1, y0, y1, z0, z1 } = claims;
    if (length === 0) length = x0.length;
    if (x0.length !== length) {
      flush();
      add(kernels.bitGrid(claims, variables, w));
      continue;
    }
    const at = CONTROL_BYTES + 4 * (6 * length + w.length) * count;
    [x0, x1, y0, y1, z0, z1, w].forEach((part, k) => {
      call.words(at + 4 * k * length, part.length).set(part);
    });
    count += 1;
    if (count === BATCH) flush();
  }
  flush();
  return sum;
}

function folds(
  kernels: Kernels,
  call: GangCall,
  run: Run,
  blocks: Iterable<Uint32Array>,
  slots: number,
  coefs: Uint32Array,
  take: (made: Uint32Array, block: number) => void,
): void {
  const head = CONTROL_BYTES + 16 * slots;
  let [length, count, done] = [0, 0, 0];
  const flush = (): void => {
    if (count === 0) return;
    run("bitFold", count, [slots, length, count]);
    const size = (length / slots) * 128;
    // The blocks lie as if there were a whole batch.
    for (let k = 0; k < count; k += 1) {
      take(call.words(head + 4 * (length * count + size * k), size).slice(), done + k);
    }
    done += count;
    count = 0;
  };
  for (const x of blocks) {
    if (length === 0) {
      length = x.length;
      call.words(CONTROL_BYTES, coefs.length).set(coefs);
    }
    if (x.length !== length) {
      flush();
      take(kernels.bitFold(x, slots, coefs), done);
      done += 1;
      continue;
    }
    // What another call left there is gone: coefficients are laid down for each batch.
    if (count === 0) call.words(CONTROL_BYTES, coefs.length).set(coefs);
    call.words(head + 4 * length * count, length).set(x);
    count += 1;
    if (count === BATCH) flush();
  }
  flush();
}
