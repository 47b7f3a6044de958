import { type LeakageModel, MANIFESTS, OF_EVERY_RUN, PROVIDERS } from "./leakage-model.js";

/** What `not-on-list` tells. */
export const notOnListLeakage: LeakageModel<"pick"> = {
  of: "pick",
  asker: {
    "remaining-rows": {
      what:
        "which rows of its own match no row of any named list, no row counted twice and none of " +
        "people whom it has asked about before: 5 of these, drawn at random, or none if fewer " +
        "than 10 to 25 remain or too much of its list was asked about before, which it can tell " +
        "from its own lists. Not how many remain, and of no other row anything",
    },
    manifests: MANIFESTS,
  },
  nodes: {
    ...OF_EVERY_RUN,
    "input-check": { what: "of each list, whether all its records are within bounds" },
    "asked-before": {
      what:
        "how many lists the asker has asked about in this epoch that they remember, and how many " +
        "rows these have, rounded up to a multiple of 256; not who is on them, nor how many again",
    },
  },
  providers: PROVIDERS,
  assumptions: [
    "No two of the three nodes work together.",
    "What counts as the same person is decided by an agreed score; a person who is written very " +
      "differently can be missed, and is then taken for unknown.",
    "The asker's list is a true list. An asker that fills it with variants of one person learns " +
      "from the answer, or from its absence, something about her.",
  ],
  repetition: {
    quantities: [
      {
        of: "count",
        what: "names of its own list that nobody else has, told to the asker",
        perRun: "5",
      },
    ],
    sameLists: "A list that was sent in once is answered once. A second request for it is refused.",
    changedLists:
      "The nodes remember, as shares, the lists that an asker asks about in an epoch. Whom it " +
      "has asked your list about already is not drawn again, and if more than one in four rows " +
      "of a list are such people, there is no answer. So the same list under another name, or " +
      "with few rows exchanged, gets none. A name that is written very differently passes for " +
      "another, and a new epoch begins anew: over epochs only the number of runs in your offer " +
      "limits what adds up about one name.",
    severalAskers:
      "Each asker is told about its own list only, and only its own lists are remembered against " +
      "it. Askers who put their answers together know of the names in both what both were told.",
  },
};
