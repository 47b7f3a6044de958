import { ROWS_STEP } from "@symbolon/base/dataset";
import { PERSONS_TABLE, personColumns } from "@symbolon/case-data/encode/dataset";
import { CANDIDATES, looksFor, personKeys } from "@symbolon/case-data/encode/key-layout";
import { personLayout, THRESHOLD_BITS_MAX } from "@symbolon/case-data/encode/layout";
import { z } from "zod";
import { defineQuery } from "../define-query.js";
import { notOnListLeakage } from "../leakage/not-on-list-leakage.js";
import { ours, samePerson } from "../plan/plan.js";

const PICK = 5;
/** An answer needs PICK + MARGIN_MIN + U rows, U uniform on 0 .. 2^MARGIN_BITS − 1. */
const MARGIN_MIN = 5;
const MARGIN_BITS = 4;
/** Bits of the score from which on a row is of somebody whom the asker has asked about before. */
const ASKED_BITS = 12;
/** No answer if more than one in so many rows have been asked about before. */
const ASKED_ONE_IN = 4;

const layout = personLayout();
const keys = personKeys();
const READ: readonly string[] = ["content", "present", "real", keys.id];
const thresholdMax = THRESHOLD_BITS_MAX * layout.unitsPerBit;

const params = z
  .strictObject({
    pick: z.literal(PICK),
    threshold: z.int().min(1).max(thresholdMax),
    dedupThreshold: z.int().min(1).max(thresholdMax),
    overlap: z.number().min(0).max(0.999),
  })
  // Otherwise a list of near copies of one person, each of them a match of her record elsewhere but
  // none of another copy, would turn "no answer" into the news that she is on a list.
  .refine(({ threshold, dedupThreshold }) => dedupThreshold <= threshold, {
    path: ["dedupThreshold"],
    message: "may not be above the threshold, or copies of one row would pass as several persons",
  });

export type NotOnListParams = z.infer<typeof params>;

/**
 * The 2021 proof of concept: a police unit picks names from its own list that no NGO holds.
 *
 *     SELECT * FROM ours AS a
 *     WHERE NOT EXISTS (SELECT 1 FROM theirs AS b WHERE same_person(a, b))
 *       AND NOT EXISTS (SELECT 1 FROM ours AS b WHERE b.row < a.row AND same_person(a, b))
 *       AND NOT EXISTS (SELECT 1 FROM asked AS b WHERE same_person(a, b))
 *     ORDER BY random() LIMIT 5
 *
 * A wrongly picked name is a person on an NGO's list, so `same_person` leans to "known": the
 * threshold is far below the one that separates matches from non-matches best.
 *
 * `asked` are the asker's earlier lists, which the nodes remember as shares. Whom it has asked
 * about is not drawn again, and a list with many such people gets no answer: otherwise answers
 * about one name in list after list would add up. Both lists are the asker's own, so this tells
 * it nothing. Two records of one organisation are compared by the score alone, at a
 * threshold that it cannot choose (docs/decisions/0022-names-once-asked.md).
 */
export const notOnList = defineQuery({
  name: "not-on-list",
  version: 4,
  question: "Which five of our own cases are known to nobody else?",
  sql: `SELECT * FROM ours AS a
        WHERE NOT EXISTS (SELECT 1 FROM theirs AS b WHERE same_person(a, b, :threshold))
          AND NOT EXISTS (SELECT 1 FROM ours AS b
                          WHERE b.row < a.row AND same_person(a, b, :dedup_threshold))
          AND NOT EXISTS (SELECT 1 FROM asked AS b WHERE same_person(a, b, 12 bits))
          AND 4 * (SELECT count(*) FROM ours AS a
                   WHERE EXISTS (SELECT 1 FROM asked AS b WHERE same_person(a, b, 12 bits)))
              <= (SELECT count(*) FROM ours)
        ORDER BY random() LIMIT 5`,
  params,
  paramsText: {
    pick: "rows in an answer; always 5",
    threshold:
      "score units from which on a case counts as known; the lower, the safer for the lists",
    dedupThreshold:
      "score units from which on two rows of the asker count as one person; at most the threshold",
    overlap: "the share of the asker's list that it expects to be known to others",
  },
  constants: {
    pick: PICK,
    marginMin: MARGIN_MIN,
    marginBits: MARGIN_BITS,
    askedBits: ASKED_BITS,
    askedOneIn: ASKED_ONE_IN,
    candidates: 2 ** CANDIDATES.rankBits - 1,
    candidatesOfRows: CANDIDATES.ofRows,
    looks:
      "score of threshold − 5 bits, at least 1, milder by what the keys say of each field; then " +
      "keys worth half a bit + threshold / 2, rounded up to half bits",
  },
  layout,
  reads: {
    table: PERSONS_TABLE,
    columns: personColumns(layout).filter(({ name }) => READ.includes(name)),
  },
  keys,
  reveals: [
    {
      to: "asker",
      what:
        "5 of its own rows that match no row of any named list and nobody whom it has asked " +
        "these lists about before in the same epoch, or no answer; no answer if fewer than 10 " +
        "to 25 such rows remain, the number drawn where nobody sees it, or if more than one in " +
        `${ASKED_ONE_IN} of its rows are of people whom it has asked about before`,
    },
    {
      to: "computing parties",
      what:
        `the number of rows of each list, rounded up to a multiple of ${ROWS_STEP}; the fields ` +
        "of the layout; whether each list passed its validity check; how many lists of the asker " +
        "they remember from before, and their rows; that the run ended, not how",
    },
    { to: "providers", what: "that the run took place, when and on whose behalf" },
  ],
  noise: {
    mechanism: "none",
    because:
      "the answer consists of the asker's own rows, is capped, drawn at random, given once for a " +
      "committed list and a name in an epoch, and withheld when few rows remain",
  },
  leakage: notOnListLeakage,
  plan: ({ threshold, dedupThreshold }: NotOnListParams) => {
    const { score, worth, constants } = looksFor(keys, layout, threshold);
    const confirm = {
      keys,
      constants,
      threshold: worth,
      rankBits: CANDIDATES.rankBits,
      groupColumns: CANDIDATES.ofRows,
    };
    return (
      ours()
        .except("theirs", samePerson(score, confirm))
        // By the score alone: whoever makes up keys could make copies of a row look different.
        .distinct(samePerson(dedupThreshold))
        .unasked(samePerson(ASKED_BITS * layout.unitsPerBit), ASKED_ONE_IN)
        .pick({ pick: PICK, marginMin: MARGIN_MIN, marginBits: MARGIN_BITS })
    );
  },
  picks: true,
});
