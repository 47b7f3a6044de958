import type { ShownRule } from "@symbolon/mpc/table/shown-cells";
import type { Laplace } from "@symbolon/release/laplace";
import { PERSONS_MIN } from "@symbolon/release/minimum-cell";
import { rational } from "@symbolon/release/rational";
import type { OverlapPlan } from "./plan.js";

/**
 * A record more or less makes a person of its own (her set, and all persons), or moves one from a
 * set to a larger one: two cells by one each, as long as all other records stay together as they
 * are (docs/overlap.md).
 */
const SENSITIVITY = 2n;

/** The noise of each figure. */
export const overlapNoise = ({ table }: OverlapPlan): Laplace => ({
  epsilon: rational(BigInt(table.numerator), BigInt(table.denominator)),
  sensitivity: SENSITIVITY,
});

/** What is shown: cells of enough persons, by noised counts. */
export const overlapRule = (plan: OverlapPlan): ShownRule => ({
  noise: overlapNoise(plan),
  persons: PERSONS_MIN,
});
