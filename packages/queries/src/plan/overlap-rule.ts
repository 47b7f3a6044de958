import type { ShownRule } from "@symbolon/mpc/table/shown-cells";
import type { Laplace } from "@symbolon/release/laplace";
import { PERSONS_MIN } from "@symbolon/release/minimum-cell";
import { rational } from "@symbolon/release/rational";
import type { OverlapPlan } from "./plan.js";

/**
 * By how much a record more or less moves all figures together, as long as it leaves all links
 * between other records as they are. Of two lists it makes a person of its own (her set, and all
 * persons), or moves one from a set to a larger one: 2. Of three it may also part two records: 4
 * (`persons-changed.test.ts`); docs/decisions/0030-noise-of-overlap.md says what of more.
 */
export const overlapSensitivity = (lists: number): bigint => (lists === 2 ? 2n : 4n);

/** The noise of each figure of so many lists. */
export const overlapNoise = ({ table }: OverlapPlan, lists: number): Laplace => ({
  epsilon: rational(BigInt(table.numerator), BigInt(table.denominator)),
  sensitivity: overlapSensitivity(lists),
});

/** What is shown: cells of enough persons, by noised counts. */
export const overlapRule = (plan: OverlapPlan, lists: number): ShownRule => ({
  noise: overlapNoise(plan, lists),
  persons: PERSONS_MIN,
});
