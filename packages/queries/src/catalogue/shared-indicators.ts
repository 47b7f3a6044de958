import { ROWS_STEP } from "@symbolon/base/dataset";
import {
  CASES_MAX,
  CASES_TABLE,
  INDICATOR_LAYOUT,
  indicatorColumns,
} from "@symbolon/case-data/indicators/cases-dataset";
import {
  CASE_SLOTS,
  CHANNELS,
  type EvidenceClass,
  type Exactness,
} from "@symbolon/case-data/indicators/kinds";
import type { SharedKeysRule } from "@symbolon/mpc/linkage/shared-keys";
import { z } from "zod";
import { defineQuery } from "../define-query.js";
import { sharedIndicatorsLeakage } from "../leakage/shared-indicators-leakage.js";
import type { SharedKeysPlan } from "../plan/plan.js";

/** Cases of one organisation, and of all, that may carry a key before it connects nothing. */
const OWN_MAX = 12;
const ALL_MAX = 40;
/** Counts are 0, 1, 2, and 3 or more. */
const COUNT_BITS = 2;
const COUNT_MOST = 2 ** COUNT_BITS - 1;
/** With one other list a count would say who it is. */
const OTHERS_MIN = 2;

const rule: SharedKeysRule = {
  slots: CASE_SLOTS,
  channels: CHANNELS.length,
  ownMax: OWN_MAX,
  allMax: ALL_MAX,
  countBits: COUNT_BITS,
};

/**
 * Which of our cases share an indicator with cases of other organisations, and of how many.
 *
 *     SELECT a.row, a.channel, LEAST(COUNT(DISTINCT b.organisation), 3)
 *     FROM ours AS a JOIN theirs AS b USING (key) WHERE key NOT IN crowds
 *     GROUP BY a.row, a.channel
 *
 * An asker may plant values that it wants to know about; what bounds that is how many cases and
 * slots a dataset has, how often it is offered, and that a count does not say who.
 */
export const sharedIndicators = defineQuery({
  name: "shared-indicators",
  version: 1,
  question: "With how many other organisations does each of our cases share an indicator?",
  sql: `SELECT a.row, a.channel, LEAST(COUNT(DISTINCT b.organisation), 3)
        FROM ours AS a JOIN theirs AS b USING (key) WHERE key NOT IN crowds
        GROUP BY a.row, a.channel`,
  params: z.strictObject({ countMost: z.literal(COUNT_MOST) }),
  paramsText: { countMost: "the greatest count, which stands for as many or more; always 3" },
  constants: {
    indicatorsOfCase: CASE_SLOTS / 2,
    keysOfCase: CASE_SLOTS,
    casesMax: CASES_MAX,
    crowdOfOne: OWN_MAX,
    crowdOfAll: ALL_MAX,
  },
  layout: {
    id: INDICATOR_LAYOUT,
    slots: CASE_SLOTS,
    channels: CHANNELS.map(({ evidence, how }) => `${evidence} ${how}`),
  },
  reads: { table: CASES_TABLE, columns: indicatorColumns() },
  lists: { othersMin: OTHERS_MIN, rowsMax: CASES_MAX },
  reveals: [
    {
      to: "asker",
      what:
        "of each of its own cases, for six kinds of evidence (contact, document, plate, address, " +
        "alias, advert) and for the same and for a near value: how many of the other named " +
        "organisations have a case with it, 0, 1, 2, or 3 and more; not which, nor in how many " +
        "cases; so also whether others have a value that it planted in a case of its own",
    },
    {
      to: "computing parties",
      what:
        `the number of cases of each list, rounded up to a multiple of ${ROWS_STEP}; that the ` +
        "run ended",
    },
    { to: "providers", what: "that the run took place, when and on whose behalf" },
  ],
  noise: {
    mechanism: "none",
    because:
      "the answer is about the asker's own cases, counts organisations up to three, leaves out " +
      "values that many cases have, and is given once for a committed list of bounded size",
  },
  leakage: sharedIndicatorsLeakage,
  plan: (): SharedKeysPlan => ({ op: "shared-keys", of: "theirs", rule }),
  picks: false,
});

/** What one of our cases shares: of one kind of evidence, with how many other organisations. */
export interface SharedEvidence {
  readonly evidence: EvidenceClass;
  readonly how: Exactness;
  /** 3 stands for three or more. */
  readonly organisations: number;
}

/** A case that shares something. */
export interface SharedCase {
  readonly row: number;
  readonly shared: readonly SharedEvidence[];
}

/** Reads the words of an answer, one a row; of cases that share nothing there is nothing. */
export function readSharedIndicators(words: Uint32Array): SharedCase[] {
  return [...words].flatMap((word, row) => {
    const shared = CHANNELS.flatMap(({ evidence, how }, c) => {
      const organisations = (word >>> (c * COUNT_BITS)) & COUNT_MOST;
      return organisations === 0 ? [] : [{ evidence, how, organisations }];
    });
    return shared.length === 0 ? [] : [{ row, shared }];
  });
}
