import { type LeakageModel, MANIFESTS, OF_EVERY_RUN, PROVIDERS } from "./leakage-model.js";

/** What `not-on-list` tells. */
export const notOnListLeakage: LeakageModel<"pick"> = {
  of: "pick",
  asker: {
    "remaining-rows": {
      what:
        "which rows of its own match no row of any named list, no row counted twice: 5 of these, " +
        "drawn at random, or none if fewer than 10 to 25 remain. Not how many remain, and of no " +
        "other row anything",
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
      "The same list sent in again under another name is another list, and is answered again: 5 " +
      "more names, drawn anew. In the end the asker knows all of its names that nobody has, and " +
      "so also which ones somebody has. If one row is exchanged, the two answers say more about " +
      "that row than one. Only the number of runs in your offer limits this.",
    severalAskers:
      "Each asker is told about its own list only. Askers who put their answers together know of " +
      "the names in both what both were told.",
  },
};
