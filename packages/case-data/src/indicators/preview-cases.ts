import {
  type CaseIndicators,
  type IndicatorNote,
  SlotMaker,
  type SlotOptions,
} from "./case-slots.js";
import { CASES_MAX, tooManyCases } from "./cases-dataset.js";
import { INDICATOR_KINDS, type IndicatorKind } from "./kinds.js";
import { readIndicator } from "./read-indicator.js";

/** What of one kind of indicator would leave. Counts. */
export interface KindCount {
  readonly kind: IndicatorKind;
  /** Cases that have one that can be used. */
  readonly cases: number;
  /** Values that are found where they are the same; and where they are nearly so. */
  readonly exact: number;
  readonly near: number;
  /** Values that connect nothing: unreadable, too vague, or a placeholder. */
  readonly unused: number;
}

export interface CasesPreview {
  readonly kinds: readonly KindCount[];
  /** Cases of which nothing would leave. */
  readonly empty: number;
  readonly notes: readonly IndicatorNote[];
}

/**
 * What a dataset of these cases would hold, in counts, and what it would leave out and why. Throws
 * TOO_MANY_ROWS as `casesDataset` does.
 */
export function previewCases(
  cases: readonly CaseIndicators[],
  options: SlotOptions = {},
): CasesPreview {
  if (cases.length > CASES_MAX) throw tooManyCases(cases.length);
  const maker = new SlotMaker(options);
  const made = cases.map((one) => maker.slots(one));
  const kinds = INDICATOR_KINDS.map((kind): KindCount => {
    const counts = { exact: 0, near: 0, unused: 0, cases: 0 };
    for (const { indicators } of cases) {
      const before = counts.exact + counts.near;
      for (const one of indicators.filter((it) => it.kind === kind)) {
        const readings = readIndicator(kind, one.text, options);
        if (typeof readings === "string") counts.unused += 1;
        else {
          counts.exact += readings.filter(({ exact }) => exact !== undefined).length;
          counts.near += readings.filter(({ near }) => near.some((it) => it !== undefined)).length;
        }
      }
      if (counts.exact + counts.near > before) counts.cases += 1;
    }
    return { kind, ...counts };
  });
  return {
    kinds: kinds.filter(({ cases: some, unused }) => some + unused > 0),
    empty: made.filter(({ slots }) => slots.length === 0).length,
    notes: made.flatMap(({ notes }) => notes),
  };
}
