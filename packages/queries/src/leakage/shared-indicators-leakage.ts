import { CASES_MAX } from "@symbolon/case-data/indicators/cases-dataset";
import { CHANNELS } from "@symbolon/case-data/indicators/kinds";
import { type LeakageModel, MANIFESTS, OF_EVERY_RUN, PROVIDERS } from "./leakage-model.js";

/** What `shared-indicators` tells. */
export const sharedIndicatorsLeakage: LeakageModel<"shared-keys"> = {
  of: "shared-keys",
  asker: {
    holders: {
      what:
        "for each case of its own, for six kinds of evidence, for the same and for a near " +
        "value: how many of the other named organisations have a case with it: 0, 1, 2, or 3 " +
        "and more. Values that very many cases have count for nobody",
    },
    manifests: MANIFESTS,
  },
  nodes: OF_EVERY_RUN,
  providers: PROVIDERS,
  assumptions: [
    "No two of the three nodes work together.",
    "The counts have no noise. The asker is meant to know them.",
    "The asker's cases are true cases. It can write a phone number that it wants to know about " +
      "into a case of its own, up to 4,096 cases of 8 values, with a changed program 12.",
    "At least two other organisations are asked, and do not tell the asker their own part.",
  ],
  repetition: {
    quantities: [
      {
        of: "count",
        what:
          "phones, plates … of its own choice that the asker can ask about, with a changed " +
          `program: ${CHANNELS.length} for each of ${CASES_MAX} cases`,
        perRun: String(CASES_MAX * CHANNELS.length),
      },
    ],
    sameLists:
      "A list that was sent in once is answered once. An answer has no chance in it: the same " +
      "lists would get the same answer again.",
    changedLists:
      "Asked about other organisations, the difference of two answers says who has the value: " +
      "asked of three and then of two of them, a count that falls by one names the third. Each " +
      "new list of cases can ask about other values. Only the number of runs in your offer " +
      "limits this.",
    severalAskers:
      "Organisations that tell each other their answers can take their own part away from a " +
      "count. If all but one of those who were asked do so, they know what the last one has.",
  },
};
