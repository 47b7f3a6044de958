import { describe, expect, it } from "vitest";
import { FIELD_EXPONENTS, isFieldVector, RING_EXPONENTS } from "./field.js";

/** A polynomial over GF(2): bit i is the coefficient of X^i. */
const polynomial = (exponents: readonly number[]): bigint =>
  exponents.reduce((sum, exponent) => sum | (1n << BigInt(exponent)), 0n);

const degree = (f: bigint): number => f.toString(2).length - 1;

function remainder(a: bigint, f: bigint): bigint {
  let rest = a;
  while (rest !== 0n && degree(rest) >= degree(f)) rest ^= f << BigInt(degree(rest) - degree(f));
  return rest;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, remainder(a, b));
}

/** Squaring over GF(2) spreads the coefficients. */
const square = (a: bigint): bigint => BigInt(`0b${[...a.toString(2)].join("0")}`);

/** X^(2^k) mod f */
function powerOfX(k: number, f: bigint): bigint {
  let power = 2n;
  for (let step = 0; step < k; step += 1) power = remainder(square(power), f);
  return power;
}

/** Rabin's test: f of degree n divides X^(2^n) − X, and has no factor in X^(2^(n/p)) − X. */
function isIrreducible(f: bigint, primes: readonly number[]): boolean {
  const n = degree(f);
  return (
    powerOfX(n, f) === 2n && primes.every((prime) => gcd(f, powerOfX(n / prime, f) ^ 2n) === 1n)
  );
}

describe("the moduli", () => {
  it("are irreducible mod 2", () => {
    expect(isIrreducible(polynomial(FIELD_EXPONENTS), [2, 3])).toBe(true);
    expect(isIrreducible(polynomial(RING_EXPONENTS), [2, 5])).toBe(true);
  });

  it("would not pass the test if they had factors", () => {
    expect(isIrreducible(polynomial([96, 10, 9, 6]), [2, 3])).toBe(false);
    expect(isIrreducible(polynomial([96, 10, 9, 5, 0]), [2, 3])).toBe(false);
    expect(isIrreducible(polynomial([80, 9, 4, 3, 0]), [2, 5])).toBe(false);
    expect(isIrreducible(polynomial([4, 2, 0]), [2])).toBe(false); // (X^2 + X + 1)^2
  });
});

describe("isFieldVector", () => {
  it("takes whole elements whose top words are zero", () => {
    expect(isFieldVector(Uint32Array.of(1, 2, 3, 0, 4, 5, 6, 0))).toBe(true);
    expect(isFieldVector(new Uint32Array(0))).toBe(true);
    expect(isFieldVector(Uint32Array.of(1, 2, 3, 0, 4, 5, 6, 1))).toBe(false);
    expect(isFieldVector(Uint32Array.of(1, 2, 3))).toBe(false);
  });
});
