import { assert } from "@symbolon/base/assert";

/** An exact non-negative fraction in lowest terms, the denominator positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** numerator / denominator in lowest terms. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  assert(numerator >= 0n && denominator > 0n, "a fraction is not negative");
  const common = gcd(numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
}

/** `3`, `1/2`; anything else, a point included, is `undefined`: a decimal would be rounded. */
export function parseRational(text: string): Rational | undefined {
  const [, numerator, denominator = "1"] = /^(\d{1,18})(?:\/(\d{1,18}))?$/.exec(text) ?? [];
  if (numerator === undefined || BigInt(denominator) === 0n) return undefined;
  return rational(BigInt(numerator), BigInt(denominator));
}

export const formatRational = ({ numerator, denominator }: Rational): string =>
  denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;

export const addRationals = (a: Rational, b: Rational): Rational =>
  rational(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  );

export const multiplyRationals = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator);

/** Whether a ≤ b. */
export const isAtMost = (a: Rational, b: Rational): boolean =>
  a.numerator * b.denominator <= b.numerator * a.denominator;

/** The nearest floating-point number, for texts and for bounds that are rounded outwards later. */
export const toNumber = ({ numerator, denominator }: Rational): number =>
  Number(numerator) / Number(denominator);
