import { assert } from "@symbolon/base/assert";
import type { Bits, RingVector, Shares } from "../sharing/shares.js";

/** Claim: z = x AND y, bit by bit. */
export interface AndClaim {
  readonly x: Bits;
  readonly y: Bits;
  readonly z: Bits;
}

/** Claim: z = x · y, element by element over GF(2^96) (16 bytes an element). */
export interface FieldClaim {
  readonly x: Shares;
  readonly y: Shares;
  readonly z: Shares;
}

/** Claim: z_i = Σ_t x_{i,t} · y_{i,t} mod 2^k for each row i; k is the width of the vectors. */
export interface DotClaim<V extends RingVector = RingVector> {
  readonly x: Shares<V>;
  readonly y: Shares<V>;
  readonly z: Shares<V>;
  /** Elements in one row of x and y. */
  readonly width: number;
}

/**
 * Products that were computed and not yet verified. Claims are keyed by their step's path, so that
 * all parties weigh them in the same order whatever order their tiles finished in.
 */
export class ProductClaims {
  readonly #and = new Map<string, AndClaim>();
  readonly #field = new Map<string, FieldClaim>();
  readonly #dot = new Map<string, DotClaim>();
  /** Checks begun and not yet passed, by name: a product check, a matrix, a shuffle. */
  readonly #owed = new Set<string>();

  and(path: string, claim: AndClaim): void {
    assert(claim.x.length === claim.z.length && claim.y.length === claim.z.length, "AND lengths");
    assert(claim.z.length % 4 === 0, "bits come in groups of 128");
    add(this.#and, path, claim);
  }

  field(path: string, claim: FieldClaim): void {
    assert(claim.x.length === claim.z.length && claim.y.length === claim.z.length, "field lengths");
    add(this.#field, path, claim);
  }

  dot<V extends RingVector>(path: string, claim: DotClaim<V>): void {
    assert(claim.x.length === claim.y.length, "dot lengths");
    assert(claim.x.length === claim.z.length * claim.width, "dot rows");
    add(this.#dot, path, claim as unknown as DotClaim);
  }

  /** A check that must pass before the run may end. */
  owe(check: string): void {
    assert(!this.#owed.has(check), `a check is owed once: ${check}`);
    this.#owed.add(check);
  }

  /** The check has passed. */
  settle(check: string): void {
    assert(this.#owed.delete(check), `only an owed check is settled: ${check}`);
  }

  /** No claim waits for its check, and no check is owed. */
  get isSettled(): boolean {
    return this.hasNone && this.#owed.size === 0;
  }

  /** Nothing was claimed since the last `take`. */
  get hasNone(): boolean {
    return this.#and.size + this.#field.size + this.#dot.size === 0;
  }

  /**
   * Hands over all claims, in the order of their paths, and forgets them. Whoever takes them owes
   * their check first, and takes before the coin is opened that weighs them.
   */
  take(): { and: AndClaim[]; field: FieldClaim[]; dot: DotClaim[] } {
    const taken = { and: sorted(this.#and), field: sorted(this.#field), dot: sorted(this.#dot) };
    this.#and.clear();
    this.#field.clear();
    this.#dot.clear();
    return taken;
  }
}

function add<T extends { readonly z: { readonly length: number } }>(
  claims: Map<string, T>,
  path: string,
  claim: T,
): void {
  assert(!claims.has(path), `one claim a step: ${path}`);
  // Products of empty tables claim nothing; lengths are public.
  if (claim.z.length === 0) return;
  claims.set(path, claim);
}

const sorted = <T>(claims: Map<string, T>): T[] =>
  [...claims].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, claim]) => claim);
