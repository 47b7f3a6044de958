import { type LeakageModel, MANIFESTS, OF_EVERY_RUN, PROVIDERS } from "./leakage-model.js";

const weightCounts = {
  what:
    "for each named list, how many pairs that are each other's best weigh so many bits, with " +
    "noise that nobody knows",
  epsilon: "1/1",
};

/** What `matches` tells. */
export const matchesLeakage: LeakageModel<"matches"> = {
  of: "matches",
  asker: {
    "linked-rows": {
      what:
        "for each row of its own and each named list, whether that list has the same person, " +
        "and how many bits speak for it. Not which row of theirs it is, nor what stands in it",
    },
    "weight-counts": weightCounts,
    manifests: MANIFESTS,
  },
  nodes: {
    ...OF_EVERY_RUN,
    "input-check": { what: "of each list, whether all its records are within bounds" },
    "weight-counts": weightCounts,
  },
  providers: PROVIDERS,
  assumptions: [
    "No two of the three nodes work together.",
    "What the asker is told of its rows has no noise. It is meant to know: offer a list only to " +
      "somebody whom you would tell each of these matches.",
    "The noise of the counts covers a row that is the best of no more than one row of the other " +
      "list. A row that is like several others can move more of them.",
    "Rare values say more than frequent ones. How rare a value is, a list's owner works out " +
      "from its list. The noise covers a row, not what it did to these numbers.",
    "Lists with more than 2^30 pairs are not compared row by row: what stands near in the order " +
      "of a key is. An asker that fills such a place with rows of its own sees by a match that " +
      "falls out whether the list has more rows with that key.",
    "The asker's list is a true list. An asker can put people into it whom it only looks for.",
  ],
  repetition: {
    quantities: [
      { of: "epsilon", what: "ε of the counts, for each row of a named list", perRun: "1/1" },
    ],
    sameLists:
      "A list that was sent in once is answered once, so the noise of its counts cannot be " +
      "averaged away. A second request for it is refused.",
    changedLists:
      "The same list sent in again under another name is another list, and is answered again: " +
      "its matches are the same, its counts have new noise, and their ε adds up. A list with " +
      "other people in it tells whether these are known. Only the number of runs in your " +
      "offer limits this.",
    severalAskers:
      "Askers who put their answers together know of each person on both their lists what both " +
      "were told, and the ε of both adds up.",
  },
};
