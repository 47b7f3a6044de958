/** First address free for the caller's vectors: all below is the kernels' own scratch memory. */
export function heapBase(): usize {
  return (__heap_base + 63) & ~63;
}
