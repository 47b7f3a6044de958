import { type LinkageLayout, normalThreshold } from "../encode/layout.js";
import { personRecords, type RecordLayout } from "./record-layout.js";

/** What the second stage compares. */
export const RECORDS: RecordLayout = personRecords();

/** By so many bits the first stage asks for less than a pair must have in the end. */
const FIRST_STAGE_BITS = 8;

/** How pairs of two lists are weighed on shares; public, from public sizes. */
export interface LinkRule {
  readonly records: RecordLayout;
  /** Score of the first stage from which on a pair is a candidate, in score units. */
  readonly score: number;
  /** A row has room for 2^rankBits − 1 candidates of a group of columns; of more, none counts. */
  readonly rankBits: number;
  readonly groupColumns: number;
  /** Candidates that each block of rows has room for, for each of its rows. */
  readonly perRow: number;
  /** Slots that are compacted together, at most. */
  readonly slotRowsMax: number;
}

/** Score from which on a pair goes on to the second stage. */
export function firstStageScore(layout: LinkageLayout, pairs: number, likely: number): number {
  const margin = Math.round(FIRST_STAGE_BITS * layout.unitsPerBit);
  return Math.max(1, normalThreshold(layout, pairs, likely) - margin);
}

/** Slots of a batch: 22 MB of records. */
const SLOT_ROWS = 1 << 16;

/** So many columns are few: room costs little there, and a person may be on the list often. */
const FEW_COLUMNS = 1024;

/**
 * The rule for two lists of so many rows. Of a person's records that lie in one group of columns
 * more than 3 (of few columns: 7) are too many.
 */
export function linkRule(layout: LinkageLayout, rows: number, columns: number): LinkRule {
  const score = firstStageScore(layout, rows * columns, Math.min(rows, columns));
  const room =
    columns <= FEW_COLUMNS
      ? { rankBits: 3, groupColumns: 128 }
      : { rankBits: 2, groupColumns: 256 };
  return { records: RECORDS, score, ...room, perRow: 8, slotRowsMax: SLOT_ROWS };
}
