import { assert } from "@symbolon/base/assert";
import type { PartyIndex } from "@symbolon/base/id";

/** A vector over Z_2^16, Z_2^32, Z_2^64, or packed bits. */
export type RingVector = Uint16Array | Uint32Array | BigUint64Array;

/**
 * What P_i holds of a shared vector x = x_0 + x_1 + x_2 (XOR for bits): own = x_i, next = x_{i+1}.
 * Never prints its content.
 */
export class Shares<V extends RingVector = Uint32Array> {
  readonly own: V;
  readonly next: V;
  constructor(own: V, next: V) {
    assert(own.length === next.length, "both parts of a share have one length");
    this.own = own;
    this.next = next;
  }
  get length(): number {
    return this.own.length;
  }
  /** The same linear function of both parts. */
  map<W extends RingVector>(f: (part: V) => W): Shares<W> {
    return new Shares(f(this.own), f(this.next));
  }
  toJSON(): string {
    return `Shares(${this.own.length})`;
  }
  toString(): string {
    return this.toJSON();
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toJSON();
  }
}

/** Packed bits: 128 a group, low bit first. The number of bits is known to whoever uses them. */
export type Bits = Shares<Uint32Array>;

/** A shared value that has passed every check it depends on: only such a value may be opened. */
export class Verified<T> {
  readonly value: T;
  /** Only `verify/` makes one. */
  constructor(value: T, witness: symbol) {
    assert(witness === VERIFIED, "only a check makes a value verified");
    this.value = value;
  }
}
/** Held by `verify/checked.ts`; nothing else may import it (the tidy test looks). */
export const VERIFIED = Symbol("verified");

/** Whether P_self holds component `component` as its own or its next part. */
export function holds(self: PartyIndex, component: PartyIndex): "own" | "next" | "no" {
  if (self === component) return "own";
  return (self + 1) % 3 === component ? "next" : "no";
}
