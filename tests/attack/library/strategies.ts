import { openingLies } from "./openings.js";
import { productLies } from "./products.js";
import { sessionLies } from "./sessions.js";
import type { Strategy } from "./strategy.js";

/** All strategies, by number. */
export const STRATEGIES: readonly Strategy[] = [
  ...productLies,
  ...openingLies,
  ...sessionLies,
].sort((a, b) => Number.parseInt(a.number, 10) - Number.parseInt(b.number, 10));
