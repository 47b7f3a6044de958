/**
 * An assertion states what only a bug could break; it stays on in production.
 * Anything an outsider can cause (bad input, a lying party, a lost peer) is a `KnownError` instead.
 */
export function assert(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new AssertionError(claim);
}

/** A broken invariant: a bug of ours, never a caller's mistake. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
  constructor(claim: string) {
    super(`broken invariant: ${claim}`);
  }
}
