import { assert } from "@symbolon/base/assert";

/**
 * How many codes of an attribute a person may count for: 1 where there is one, the public bound
 * where there are several, such as means of control.
 */
export interface Bounded {
  readonly most: number;
}

/** The first `most` codes in the order of the public list; what is above the bound is cut off. */
export const firstCodes = (codes: readonly number[], { most }: Bounded): number[] =>
  [...new Set(codes)].sort((a, b) => a - b).slice(0, most);

/**
 * Cells of a table by these attributes in which one person can count: the L1 sensitivity of the
 * whole table, since each of them moves by one. The product, as a person counts for every
 * combination of its codes.
 */
export function tableSensitivity(attributes: readonly Bounded[]): bigint {
  assert(
    attributes.length > 0 && attributes.every(({ most }) => Number.isInteger(most) && most >= 1),
    "attributes with a bound",
  );
  return attributes.reduce((product, { most }) => product * BigInt(most), 1n);
}
