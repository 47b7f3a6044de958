// The kernels' own scratch memory: fixed addresses below the static base that the build sets
// (--memoryBase 262144), so that they become immediate offsets of loads. Kernels of different files
// never run at once and may share a place.

/** Tables or buckets, up to 12 * 256 entries of 16 bytes. */
// @ts-ignore: decorator
@inline
export const TABLES: usize = 0x10000;

/** Multiples of one field element by every polynomial of degree < 4. */
// @ts-ignore: decorator
@inline
export const NIBBLES: usize = 0x20000;

/** A product over GF(2^96) before reduction: three overlapping words, at X^0, X^32 and X^64. */
// @ts-ignore: decorator
@inline
export const WIDE: usize = 0x20400;

/** A sum of two elements of GF(2^96). */
// @ts-ignore: decorator
@inline
export const SUM: usize = 0x20440;

/** 16 x 16 bytes, twice. */
// @ts-ignore: decorator
@inline
export const COLUMNS: usize = 0x20800;

/** Scratch memory of the ring kernels, see there. */
// @ts-ignore: decorator
@inline
export const RING: usize = 0x21000;

/** First address free for the caller's vectors. */
export function heapBase(): usize {
  return (__heap_base + 63) & ~63;
}
