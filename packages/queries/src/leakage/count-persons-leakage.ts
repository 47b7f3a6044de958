import { type LeakageModel, MANIFESTS, OF_EVERY_RUN, PROVIDERS } from "./leakage-model.js";

/** What `count-persons` tells. */
export const countPersonsLeakage: LeakageModel<"count-persons"> = {
  of: "count-persons",
  asker: {
    cells: {
      what:
        "for each cell of the table, how many different persons all named lists know together, " +
        "and how many records each list has in it: both with noise that nobody knows. The asker " +
        "sees the noised number of persons, if the noised counts say that enough persons and " +
        "enough organisations are in it; else that it is not shown",
      epsilon: "1/1",
    },
    manifests: MANIFESTS,
  },
  nodes: {
    ...OF_EVERY_RUN,
    "input-check": { what: "of each list, whether all its records are within bounds" },
  },
  providers: PROVIDERS,
  assumptions: [
    "No two of the three nodes work together.",
    "What is protected is one record on one list: that it is there changes four persons at most. " +
      "On three lists every record does that leaves the links of other records as they are.",
    "A record that takes another's place in a link, or is near to several, can change more. So " +
      "can any record, on four lists or more, that comes between records linked with each other " +
      "and not with it. One that changes eight persons has ε = 1.75.",
    "A person whose records are all put together right is one person: all that is told of her is " +
      "within ε = 3/16 for the figures, and 1/4 for each of her records.",
    "Rare values say more than frequent ones. How rare a value is, a list's owner works out from " +
      "its list. The noise covers a row, not what it did to these numbers.",
    "A list is what its organisation says. Invented people change the table, and a record that " +
      "is like somebody's lends her its codes.",
    "What is true of everybody is not hidden: only who is in it.",
  ],
  repetition: {
    quantities: [{ of: "epsilon", what: "ε for each record of any named list", perRun: "1/1" }],
    sameLists:
      "Each run draws new noise. Who asks the same a hundred times learns the figures ten times " +
      "as exactly, and has spent a hundred times the ε. Your offer says how many runs there are.",
    changedLists:
      "Each run spends its ε anew of each record of each list that it names. A person who is on " +
      "the old and on the new state of a list is told of twice.",
    severalAskers:
      "Askers who put their tables together have spent the ε of all of them. Each node adds up " +
      "what all askers have spent of a list and stops at its budget, but begins anew in each " +
      "epoch: keep the number of runs small.",
  },
};
