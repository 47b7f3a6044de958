import { countLeakage } from "./count-leakage.js";
import type { LeakageModel } from "./leakage-model.js";

/** What `count-each` tells. */
export const countEachLeakage: LeakageModel<"count"> = {
  ...countLeakage,
  asker: {
    ...countLeakage.asker,
    cells: {
      what:
        "for each named list and each cell of the table, how many cases that list has, with " +
        "noise that nobody knows. The asker sees the noised number, or, below ten, that it is " +
        "not shown",
      epsilon: "1/1",
    },
  },
  assumptions: [
    ...countLeakage.assumptions,
    "It is told of each organisation by name. Noise hides a case, not how much one has.",
  ],
};
