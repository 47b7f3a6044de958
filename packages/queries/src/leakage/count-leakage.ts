import { type LeakageModel, MANIFESTS, OF_EVERY_RUN, PROVIDERS } from "./leakage-model.js";

/** What `count` tells. */
export const countLeakage: LeakageModel<"count"> = {
  of: "count",
  asker: {
    cells: {
      what:
        "for each cell of the table, how many cases all named lists have together, and how many " +
        "each: both with noise that nobody knows. The asker sees the noised sum, if the noised " +
        "counts say that enough cases of enough organisations are in it; else that it is not shown",
      epsilon: "1/1",
    },
    manifests: MANIFESTS,
  },
  nodes: OF_EVERY_RUN,
  providers: PROVIDERS,
  assumptions: [
    "No two of the three nodes work together.",
    "What is protected is one case on one list. Who has cases on three lists, or three cases on " +
      "one, is protected three times less.",
    "A list is what its organisation says. Invented cases change the table.",
    "What is true of everybody is not hidden: only who is in it.",
  ],
  repetition: {
    quantities: [{ of: "epsilon", what: "ε for each case of any named list", perRun: "1/1" }],
    sameLists:
      "Each run draws new noise. Who asks the same a hundred times learns the figures ten times " +
      "as exactly, and has spent a hundred times the ε. Your offer says how many runs there are.",
    changedLists:
      "The same: each run spends its ε anew of each case of each list that it names. A case that " +
      "is on the old and on the new state of a list is told of twice.",
    severalAskers:
      "Askers who put their tables together have spent the ε of all of them. Each node adds up " +
      "what all askers have spent of a list and stops at its budget, but begins anew in each " +
      "epoch: keep the number of runs small.",
  },
};
