import { assert } from "@symbolon/base/assert";
import { bytesOf } from "@symbolon/base/bytes";

export type Words = Uint8Array | Uint16Array | Uint32Array | BigUint64Array;

/** Kernels cut their inputs into blocks so that an instance stays below this, in bytes. */
export const MEMORY_MAX = 128 << 20;
const PAGE = 65_536;

/**
 * Scratch memory of one WASM instance: a bump pointer, set back at the start of every kernel call.
 * Addresses stay valid when the memory grows; views do not, and none is handed out.
 */
export class Scratch {
  readonly #memory: WebAssembly.Memory;
  readonly #base: number;
  #top: number;
  #heap: Uint8Array;

  constructor(memory: WebAssembly.Memory, base: number) {
    this.#memory = memory;
    this.#base = base;
    this.#top = base;
    this.#heap = new Uint8Array(memory.buffer);
  }

  /** Forgets all that was placed here. */
  reset(): void {
    this.#top = this.#base;
  }

  /** A place to come back to: what is placed after it is forgotten then. */
  mark(): number {
    return this.#top;
  }

  back(mark: number): void {
    this.#top = mark;
  }

  /** Address of `size` fresh bytes of undefined content, on a cache line. */
  room(size: number): number {
    const at = this.#top;
    this.#top = at + Math.ceil(size / 64) * 64;
    assert(this.#top <= MEMORY_MAX, "a kernel's block fits its memory");
    const missing = this.#top - this.#heap.length;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / PAGE));
      this.#heap = new Uint8Array(this.#memory.buffer);
    }
    return at;
  }

  /** Address of `size` fresh zero bytes. */
  zeros(size: number): number {
    const at = this.room(size);
    this.clear(at, size);
    return at;
  }

  clear(at: number, size: number): void {
    this.#heap.fill(0, at, at + size);
  }

  /** Address of a copy of `words`, with zeros behind it up to a multiple of `align` bytes. */
  place(words: Words, align = 16): number {
    const size = Math.ceil(words.byteLength / align) * align;
    const at = this.room(size);
    this.write(at, words);
    this.clear(at + words.byteLength, size - words.byteLength);
    return at;
  }

  write(at: number, words: Words): void {
    this.#heap.set(bytesOf(words), at);
  }

  /** Fills `words` from address `at`. */
  read(at: number, words: Words): void {
    bytesOf(words).set(this.#heap.subarray(at, at + words.byteLength));
  }
}
