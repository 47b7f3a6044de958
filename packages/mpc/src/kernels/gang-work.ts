import type { Kernels } from "./kernels.js";

/** Kernels that a gang of threads shares; each block of such a call is a call by itself. */
export const KINDS = ["matmul16", "bitGrid", "bitFold"] as const;
export type Kind = (typeof KINDS)[number];

/** Words at the start of the shared memory that the threads agree by. */
export const CONTROL = {
  /** Goes up by one for each call. */
  ticket: 0,
  /** Threads that may be at a block. */
  busy: 1,
  /** The next block that nobody has; `CLOSED` while a call is laid down or taken up. */
  next: 2,
  count: 3,
  kind: 4,
  /** A thread broke off in a block: a bug. */
  failed: 15,
  /** What the kind needs to know, up to four numbers. */
  sizes: 5,
} as const;

export const CLOSED = 1 << 30;
export const CONTROL_BYTES = 64;

/** Views over the shared memory for one call. Blocks lie one after the other. */
export class GangCall {
  readonly control: Int32Array;
  readonly #memory: SharedArrayBuffer;

  constructor(memory: SharedArrayBuffer) {
    this.#memory = memory;
    this.control = new Int32Array(memory, 0, CONTROL_BYTES / 4);
  }

  size(k: number): number {
    return this.control[CONTROL.sizes + k];
  }

  words(at: number, length: number): Uint32Array {
    return new Uint32Array(this.#memory, at, length);
  }

  halves(at: number, length: number): Uint16Array {
    return new Uint16Array(this.#memory, at, length);
  }

  /** Takes blocks until none is left. */
  work(kernels: Kernels): void {
    for (;;) {
      const block = Atomics.add(this.control, CONTROL.next, 1);
      if (block >= Atomics.load(this.control, CONTROL.count)) return;
      this.#block(kernels, KINDS[this.control[CONTROL.kind]], block);
    }
  }

  #block(kernels: Kernels, kind: Kind, block: number): void {
    if (kind === "matmul16") this.#matmul(kernels, block);
    else if (kind === "bitGrid") this.#grid(kernels, block);
    else this.#fold(kernels, block);
  }

  /** [A | B | C] */
  #matmul(kernels: Kernels, block: number): void {
    const [n, step, m, d] = [0, 1, 2, 3].map((k) => this.size(k));
    const from = block * step;
    const rows = Math.min(step, m - from);
    const a = this.halves(CONTROL_BYTES, n * d);
    const b = this.halves(CONTROL_BYTES + 2 * (n * d + from * d), rows * d);
    const c = this.halves(CONTROL_BYTES + 2 * (n * d + m * d + from * n), rows * n);
    kernels.matmul16(a, b, n, rows, d, c);
  }

  /** For each block [x0 x1 y0 y1 z0 z1 w]; behind all of them the sums of each block. */
  #grid(kernels: Kernels, block: number): void {
    const [variables, length, blocks] = [0, 1, 2].map((k) => this.size(k));
    const slots = 2 ** variables;
    const each = 6 * length + (length / slots) * 128;
    const at = CONTROL_BYTES + 4 * each * block;
    const [x0, x1, y0, y1, z0, z1] = [0, 1, 2, 3, 4, 5].map((k) =>
      this.words(at + 4 * k * length, length),
    );
    const w = this.words(at + 24 * length, (length / slots) * 128);
    const made = kernels.bitGrid({ x0, x1, y0, y1, z0, z1 }, variables, w);
    this.words(CONTROL_BYTES + 4 * (each * blocks + made.length * block), made.length).set(made);
  }

  /** [coefs | x of each block | out of each block] */
  #fold(kernels: Kernels, block: number): void {
    const [slots, length, blocks] = [0, 1, 2].map((k) => this.size(k));
    const coefs = this.words(CONTROL_BYTES, 4 * slots);
    const at = CONTROL_BYTES + 16 * slots;
    const x = this.words(at + 4 * length * block, length);
    const made = kernels.bitFold(x, slots, coefs);
    this.words(at + 4 * (length * blocks + made.length * block), made.length).set(made);
  }
}
