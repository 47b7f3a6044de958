import { assert } from "@symbolon/base/assert";
import { a2b, a2bGates } from "../circuit/a2b.js";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import { and, concatBits, publicBits } from "../protocol/and.js";
import { b2a, b2aTerms } from "../protocol/b2a.js";
import { open } from "../protocol/open.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { verified } from "../verify/checked.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { permutationSeeds, type SelectionSeeds, shuffleTable, unshuffleTable } from "./shuffle.js";
import {
  gatherRows,
  inOnePiece,
  type Pieces,
  type Table,
  tableOf,
  takeColumns,
  takeRows,
} from "./table.js";
import { shuffleTerms } from "./terms.js";

/** Flagged rows in an order that nobody knows, filled up to a public number. */
export interface Compacted {
  readonly table: Table;
  /** One bit a row: is it a flagged row, and not one that fills up? */
  readonly isFlagged: Bits;
  /** Puts rows of this table's order back where the flagged rows came from; zeros elsewhere. */
  restore(ctx: Context, table: Table): Promise<Table>;
}

/**
 * Π_compact: of the flagged rows of a table the first `capacity`, and as many empty ones as are
 * missing; nobody learns how many rows were flagged, or which.
 *
 *     `capacity` empty rows, all flagged, are put behind;   rank_k = Σ_{j<k} flag_j
 *     keep_k = flag_k ∧ [rank_k < capacity];   shuffle;   open keep;   take the rows kept
 *
 * Exactly `capacity` rows are kept whatever the flags, and after a permutation that nobody knows
 * they stand anywhere: what is opened says nothing. About 92 + 2·log2(rows) AND a row, a shuffle,
 * and one bit a row opened. Everything is verified before it is opened: this calls the check of all
 * that `ctx` has claimed. Soundness: `compactTerms`. Own construction; docs/protocols/compact.md.
 */
export async function compactRows(
  ctx: Context,
  flags: Bits,
  table: Table | Pieces,
  capacity: number,
): Promise<Compacted> {
  assert(flags.length * 32 === table.rows && table.rows % 128 === 0, "one flag a row");
  assert(capacity >= 128 && capacity % 128 === 0, "a capacity of whole groups of rows");
  const step = ctx.narrow("compact");
  const total = table.rows + capacity;
  const given = publicBits(step, new Uint32Array(flags.length).fill(0xffffffff));
  const empty = publicBits(step, new Uint32Array(capacity / 32));
  const filling = publicBits(step, new Uint32Array(capacity / 32).fill(0xffffffff));
  const flagged = concatBits(flags, filling);
  const isEarly = await rankBelow(step, flagged, capacity);
  const keep = await and(step.narrow("keep"), flagged, isEarly);
  const marks = tableOf(rowsOfPlanes(step, [keep, concatBits(given, empty)], total), 1);
  const seeds = permutationSeeds(step);
  const shuffled = await shuffleTable(step, marked(marks, table), seeds);
  const [kept] = planesOfRows(step, takeColumns(shuffled, 0, 1).shares, 1);
  const opened = await open(step, await verified(step, kept), "xor");
  const places = placesOf(opened, total);
  assert(places.length === capacity, "as many rows as there is room for are kept");
  const chosen = gatherRows(shuffled, places);
  const [, isGiven] = planesOfRows(step, takeColumns(chosen, 0, 1).shares, 1);
  // Who keeps the way back must not keep the table as well.
  const way = { places, total, given: table.rows, seeds };
  return {
    table: takeColumns(chosen, 1, shuffled.width),
    isFlagged: isGiven,
    restore: (later, rows) => restore(later, rows, way),
  };
}

/** What compacting `rows` rows of `width` words may miss. */
export function compactTerms(
  profile: Profile,
  rows: number,
  width: number,
  capacity: number,
): SoundnessTerm[] {
  const total = rows + capacity;
  return [
    ...b2aTerms(profile, total, 32),
    ...shuffleTerms(profile, total, width + 1),
    {
      check: "gates of the rows that are kept",
      count: 1,
      error: gatesError(profile, (a2bGates(rankBits(total)) + 1) * total),
    },
  ];
}

/** Bits of a rank less a bound, with its sign. */
const rankBits = (total: number): number => Math.ceil(Math.log2(total + 1)) + 1;

/** One bit a row: are fewer than `bound` of the rows before it flagged? */
async function rankBelow(ctx: Context, flags: Bits, bound: number): Promise<Bits> {
  const total = flags.length * 32;
  const counted = await b2a(ctx, [flags], total, new Uint32Array(0));
  const running = (part: Uint32Array, from: number): Uint32Array => {
    const out = new Uint32Array(total);
    for (let k = 0, sum = from; k < total; k += 1) {
      out[k] = sum;
      sum = (sum + part[k]) >>> 0;
    }
    return out;
  };
  const less = (isFirst: boolean): number => (isFirst ? -bound >>> 0 : 0);
  const ranks = ctx.timed(
    "boolean",
    () =>
      new Shares(
        running(counted.own, less(ctx.self === 0)),
        running(counted.next, less(ctx.self === 2)),
      ),
  );
  const [sign] = await a2b(ctx, ranks, rankBits(total), rankBits(total) - 1);
  return sign;
}

/** A word before each row; there are more of these than rows, and the rows behind are empty. */
function marked(marks: Table, table: Table | Pieces): Pieces {
  const placed = inOnePiece(table).placed.map((piece) => ({ ...piece, column: piece.column + 1 }));
  const first = { table: marks, row: 0, column: 0 };
  return { rows: marks.rows, width: 1 + table.width, placed: [first, ...placed] };
}

/** Places of the bits that are set. */
function placesOf(bits: Uint32Array, count: number): Uint32Array {
  const places: number[] = [];
  for (let k = 0; k < count; k += 1) {
    if (((bits[k >>> 5] >>> (k & 31)) & 1) === 1) places.push(k);
  }
  return Uint32Array.from(places);
}

interface Way {
  readonly places: Uint32Array;
  readonly total: number;
  readonly given: number;
  readonly seeds: SelectionSeeds;
}

async function restore(
  ctx: Context,
  { rows, width, shares }: Table,
  { places, total, given, seeds }: Way,
): Promise<Table> {
  assert(rows === places.length, "as many rows as were kept");
  const spread = shares.map((part) => {
    const out = new Uint32Array(total * width);
    places.forEach((place, k) => {
      out.set(part.subarray(k * width, (k + 1) * width), place * width);
    });
    return out;
  });
  const back = await unshuffleTable(ctx, { rows: total, width, shares: spread }, seeds);
  return takeRows(back, 0, given);
}
