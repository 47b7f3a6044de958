import { BLOCK_BITS, PRINCE_GATES } from "../circuit/prince.js";
import type { Profile } from "../profile.js";
import { FIELD_ERROR, gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { blocksOf, scanGates } from "./blocks.js";
import { keyWords } from "./key.js";
import { questionsMax } from "./order.js";
import { CHECKED_ROWS } from "./same-rows.js";
import { COMPARED_ROWS, rowNumberBits } from "./sort.js";
import { TAGGED_ROWS } from "./tag.js";

/** What one shuffle, or undoing one, of `rows` rows of `width` words may miss. */
export function shuffleTerms(profile: Profile, rows: number, width: number): SoundnessTerm[] {
  const products = 2 * Math.min(rows, CHECKED_ROWS) + 2 * Math.ceil(rows / CHECKED_ROWS) + 1;
  const degree = rows * Math.max(1, Math.ceil(width / 3));
  return [
    { check: "rows of a shuffle", count: 1, error: (degree + 1) * FIELD_ERROR },
    { check: "the tag of an exchanged row is guessed", count: 1, error: FIELD_ERROR },
    {
      check: "products of a shuffle",
      count: Math.ceil(rows / CHECKED_ROWS),
      error: gatesError(profile, 0, products),
    },
  ];
}

/**
 * What one sort of `rows` rows of `width` words by `keyBits` bits may miss. A level places at least
 * one row for good, so there are at most `rows` levels, of at most
 * `questionsMax` questions each.
 */
export function sortTerms(
  profile: Profile,
  rows: number,
  width: number,
  keyBits: number,
): SoundnessTerm[] {
  const questions = questionsMax(rows);
  // The tree of few rounds has twice the gates of a ripple.
  const gates = 2 * Math.min(questions, COMPARED_ROWS) * (keyBits + rowNumberBits(rows));
  return [
    ...shuffleTerms(profile, rows, width + 1),
    {
      check: "comparisons of a sort",
      count: rows * Math.ceil(questions / COMPARED_ROWS),
      error: gatesError(profile, gates),
    },
  ];
}

/** What a join of `rows` rows of both sides together may miss. */
export function joinTerms(
  profile: Profile,
  rows: number,
  keyBits: number,
  payloadWords: number,
): SoundnessTerm[] {
  const blocks = blocksOf(rows);
  const gates = blocks.blockRows * blocks.sliceWords * 32 * keyBits;
  return [
    ...sortTerms(profile, rows, keyWords(keyBits) + 1 + payloadWords, keyBits),
    {
      check: "gates of a join",
      count: 1,
      error: gatesError(profile, gates + scanGates(blocks, 1 + 32 * payloadWords)),
    },
    ...shuffleTerms(profile, rows, 1 + payloadWords),
  ];
}

/** What an inner join of `left` rows of `leftWords` words with `right` rows may miss. */
export const innerJoinTerms = (
  profile: Profile,
  left: number,
  right: number,
  leftWords: number,
  keyBits: number,
  payloadWords: number,
): SoundnessTerm[] => [
  ...joinTerms(profile, left + right, keyBits, payloadWords),
  {
    check: "gates of a joined left side",
    count: 1,
    error: gatesError(profile, 32 * leftWords * Math.ceil(left / 128) * 128),
  },
];

/**
 * What tags of the rows of some tables may miss: the joins by tags that do not send anything back.
 * That tags look random to who has not the key is an assumption about the cipher, not a term.
 */
export function tagTerms(
  profile: Profile,
  tables: readonly { readonly rows: number; readonly width: number }[],
  hasFlags = false,
): SoundnessTerm[] {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const gates = hasFlags ? 2 * PRINCE_GATES + 2 * BLOCK_BITS : PRINCE_GATES;
  return [
    ...tables.flatMap(({ rows: own, width }) => shuffleTerms(profile, own, width)),
    {
      check: "gates of tags",
      count: Math.ceil(rows / TAGGED_ROWS),
      error: gatesError(profile, 128 * Math.ceil(Math.min(rows, TAGGED_ROWS) / 128) * gates),
    },
  ];
}

/** What a semi-join or an anti-join by tags may miss. */
export const tagSemiJoinTerms = (
  profile: Profile,
  left: number,
  right: number,
  keyWords: number,
  hasFlags = false,
): SoundnessTerm[] => {
  const width = keyWords + (hasFlags ? 1 : 0);
  const tables = [left, right].map((rows) => ({ rows, width }));
  return [...tagTerms(profile, tables, hasFlags), ...shuffleTerms(profile, left, 1)];
};

/** What grouping `rows` rows of `width` words, counting and perhaps adding up, may miss. */
export function groupTerms(
  profile: Profile,
  rows: number,
  width: number,
  keyBits: number,
  hasSum: boolean,
): SoundnessTerm[] {
  const blocks = blocksOf(rows);
  const places = blocks.blockRows * blocks.sliceWords * 32;
  const numberBits = rowNumberBits(rows + 1);
  const scans = scanGates(blocks, numberBits) + (hasSum ? scanGates(blocks, 64) : 0);
  const gates = places * (2 * keyBits + 2 * numberBits + 32) + scans;
  return [
    ...sortTerms(profile, rows, width, keyBits),
    { check: "gates of a grouping", count: 1, error: gatesError(profile, gates) },
  ];
}

/** What the search of the first of `rows` rows of `width` words may miss. */
export function firstRowTerms(
  profile: Profile,
  rows: number,
  width: number,
  keyBits: number,
): SoundnessTerm[] {
  const places = 2 ** Math.max(7, Math.ceil(Math.log2(rows)));
  // Below 128 places a level takes as many gates as with 128.
  const gates = (places + 7 * 128) * (2 * (keyBits + 1) + 32 * width + 1);
  return [{ check: "gates of a tournament", count: 1, error: gatesError(profile, gates) }];
}
