import { type LeakageModel, MANIFESTS, OF_EVERY_RUN, PROVIDERS } from "./leakage-model.js";

const weightCounts = {
  what:
    "of each two named lists, how many pairs that are each other's best weigh so many bits, with " +
    "noise that nobody knows",
  epsilon: "1/2",
};

/** What `overlap` tells. */
export const overlapLeakage: LeakageModel<"overlap"> = {
  of: "overlap",
  asker: {
    sets: {
      what:
        "how many different persons all named lists know together, and for each set of lists how " +
        "many persons are on these and no others, with noise that nobody knows. The asker sees " +
        "the noised numbers, or, below ten, that one is not shown",
      epsilon: "1/2",
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
    "What is protected is one record on one list. Who is on three lists is protected three times " +
      "less.",
    "The noise covers a record that leaves all links between others as they are: it makes a " +
      "person, comes to one, or, on three lists, comes between two. One that takes another's " +
      "place in a link can move more figures; so can, on four lists or more, one that comes " +
      "between several records.",
    "Rare values say more than frequent ones. How rare a value is, a list's owner works out from " +
      "its list. The noise covers a row, not what it did to these numbers.",
    "A list is what its organisation says. Invented people change the figures.",
  ],
  repetition: {
    quantities: [{ of: "epsilon", what: "ε for each record of any named list", perRun: "1/1" }],
    sameLists:
      "Each run draws new noise. Who asks the same a hundred times learns the figures ten times " +
      "as exactly, and has spent a hundred times the ε. Your offer says how many runs there are.",
    changedLists:
      "Each run spends its ε anew of each record of each list that it names. Two answers about " +
      "lists that differ by many people tell about how many of them others know.",
    severalAskers:
      "Askers who put their figures together have spent the ε of all of them. Each node adds up " +
      "what all askers have spent of a list and stops at its budget, but begins anew in each " +
      "epoch: keep the number of runs small.",
  },
};
