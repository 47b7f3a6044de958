import { assert } from "@symbolon/base/assert";
import { any } from "../circuit/all.js";
import { cutPlanes } from "../circuit/planes.js";
import type { Context } from "../context.js";
import { inFlight } from "../in-flight.js";
import type { Profile } from "../profile.js";
import { and, concatBits, not, sliceBits } from "../protocol/and.js";
import type { BitMatrix } from "../protocol/bit-matmul.js";
import { prepareCoin } from "../protocol/coin.js";
import type { Bits } from "../sharing/shares.js";
import { verifyBitMatrix } from "../verify/bit-matrix.js";
import { verifyProducts } from "../verify/products.js";
import { FIELD_ERROR, gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { candidateSlots, candidates } from "./candidates.js";
import { type Block, eachBlock, GROUPS_IN_FLIGHT, gatherRows } from "./compare.js";
import type { KeyLayout } from "./keys.js";
import { levelGates, sameByKeys } from "./levels.js";
import type { Side } from "./list.js";

/** How pairs that reach the score are looked at again. Public. */
export interface SecondLook {
  readonly keys: KeyLayout;
  /**
   * By linkage field: what the first look adds where both sides have it, instead of the layout's
   * constants, in score units.
   */
  readonly constants: readonly number[];
  /** In the units of `keys`; at least 1, so that an empty slot is no match. */
  readonly threshold: number;
  /** A row keeps 2^rankBits − 1 candidates of each group of columns; of more, none counts. */
  readonly rankBits: number;
  /** Columns of theirs that make up a group, a multiple of 128. */
  readonly groupColumns: number;
}

/** One side of a comparison that is looked at twice. */
export interface KeyedSide {
  readonly side: Side;
  /** From `keyPlanes`: one plane a bit, one bit a row. */
  readonly keys: readonly Bits[];
}

/**
 * Π_none-confirmed: one bit a row of `ours`: is there *no* row of `theirs` that both reaches the
 * score and agrees by its keys?
 *
 *     none_i = ∧_j ¬( [score(i, j) ≥ T] ∧ [worth of agreeing keys(i, j) ≥ T′] )
 *
 * Band by band as `noneMatch`; the verified bits of a group of columns go to Π_candidates, whose
 * slots go to Π_levels. Each group's products are verified before its bits go on. Beside the
 * comparison 2^rankBits AND a pair, and about 700 for each row and slot. Nothing is opened.
 * docs/protocols/candidates.md.
 */
export async function noneConfirmed(
  ctx: Context,
  ours: KeyedSide,
  theirs: KeyedSide,
  threshold: number,
  look: SecondLook,
): Promise<Bits> {
  assert(look.threshold >= 1, "an empty slot is no match");
  assert(look.groupColumns % 128 === 0 && theirs.side.rows % 128 === 0, "columns by the 128");
  const flags = new Map<number, Bits[]>();
  await eachBlock(ctx, ours.side, theirs.side, threshold, async (at, block, below) => {
    const { row, rows, columns } = block;
    const matches = not(at, below);
    const found: Bits[] = [];
    const groups = Math.ceil(columns / look.groupColumns);
    await inFlight(at, GROUPS_IN_FLIGHT, groups, async (index, after) => {
      const column = index * look.groupColumns;
      const to = Math.min(column + look.groupColumns, columns);
      const step = at.batch(`group-${row}-${column}`, after);
      const marks = sliceBits(matches, (column * rows) / 32, (to * rows) / 32);
      const group = { row, rows, column, columns: to - column };
      found[index] = await confirmGroup(step, group, marks, { ours, theirs, look });
      return step;
    });
    flags.set(row, found);
  });
  return gatherRows(ctx, flags, ours.side.rows);
}

/** What the checks of `noneConfirmed` may miss beside those of a comparison; a key column each. */
export function confirmTerms(
  profile: Profile,
  look: SecondLook,
  rows: number,
  columns: number,
): SoundnessTerm[] {
  const { keys, rankBits, groupColumns } = look;
  const blocks = Math.ceil(rows / profile.tileRows);
  const groups = blocks * Math.ceil(columns / groupColumns);
  const slotRows = profile.tileRows * candidateSlots(rankBits);
  const pairGates = profile.tileRows * Math.min(columns, groupColumns) * 2 ** rankBits;
  const gates = pairGates + slotRows * (levelGates(keys) + 2);
  const known = Math.max(rows, columns) * keys.fields.length;
  return [
    { check: "keys of candidates (Freivalds, sacrifice)", count: groups, error: 3 * FIELD_ERROR },
    { check: "gates of a second look", count: groups, error: gatesError(profile, gates) },
    { check: "gates of known keys", count: 2, error: gatesError(profile, known) },
    {
      check: "gates of the rows of all groups",
      count: 1,
      error: gatesError(profile, Math.max(1, groups) * profile.tileRows),
    },
  ];
}

/** What a group is looked at again with. */
interface Sides {
  readonly ours: Pick<KeyedSide, "keys">;
  readonly theirs: Pick<KeyedSide, "keys">;
  readonly look: SecondLook;
}

/**
 * One bit a row of the block: is no column of the group confirmed? `matches` are verified bits of
 * its pairs, 1 = reaches the score. All products are verified before the bits are returned.
 */
export async function confirmGroup(
  ctx: Context,
  { row, rows, column, columns }: Block,
  matches: Bits,
  { ours, theirs, look }: Sides,
): Promise<Bits> {
  const coin = prepareCoin(ctx);
  ctx.claims.owe("keys of candidates");
  const planes = matrixOf(
    theirs.keys.map((plane) => sliceBits(plane, column / 32, (column + columns) / 32)),
  );
  const marks = { rows: columns, columns: rows, bits: matches };
  const { keys, crowded, chosen } = await candidates(ctx, marks, planes, look.rankBits);
  const slots = candidateSlots(look.rankBits);
  const left = ours.keys.map((plane) => {
    const mine = sliceBits(plane, row / 32, (row + rows) / 32);
    return concatBits(...Array.from({ length: slots }, () => mine));
  });
  const right = cutPlanes(keys.bits, keys.rows);
  const same = await sameByKeys(ctx, look.keys, left, right, look.threshold);
  const known = await any(ctx, same, rows / 32);
  const counted = await and(ctx.narrow("counted"), known, not(ctx, crowded));
  await verifyBitMatrix(ctx, { a: planes, h: chosen, c: keys }, coin);
  ctx.claims.settle("keys of candidates");
  await verifyProducts(ctx);
  return not(ctx, counted);
}

/** Planes as the rows of one matrix. */
function matrixOf(planes: readonly Bits[]): BitMatrix {
  const bits = concatBits(...planes);
  return { rows: planes.length, columns: planes[0].length * 32, bits };
}
