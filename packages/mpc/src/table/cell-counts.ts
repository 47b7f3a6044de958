import { assert } from "@symbolon/base/assert";
import { andEach } from "../circuit/batch.js";
import { planesOfRows } from "../circuit/planes.js";
import { sumPlanes, type Weighted, weightedSum } from "../circuit/weighted-sum.js";
import type { Context } from "../context.js";
import { concatBits } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";

/** Words of a group of rows: 128 bits. */
const GROUP = 4;
/** Bits of the cells that are made and counted at once; bounds memory. */
const CHUNK_BITS = 2 ** 24;

/** The bits of rows by codes of one attribute, or of two. */
export interface CountedCodes {
  readonly rows: readonly Bits[];
  /** Absent for a table by one attribute. */
  readonly columns?: readonly Bits[];
}

/**
 * Π_cell-counts: for each pair of codes the number of rows that have both, as planes, lowest first,
 * with one lane a cell: cell r·columns + c in bit r·columns + c of every plane.
 *
 *     cell_{r,c} = Σ_rows a_r ∧ b_c
 *
 * One AND a row and cell for the pair, and at most one to count it: three bits of one weight become
 * one and a carry (Π_weighted-sum), first by groups of 128 rows, then over the 128 lanes of a
 * group. Nothing is opened; everything is verified, chunk by chunk. Not sorted, and no matrix
 * product: the cells are public, and bits need no conversion to numbers.
 * docs/protocols/count.md.
 */
export async function cellCounts(ctx: Context, { rows, columns }: CountedCodes): Promise<Bits[]> {
  const step = ctx.narrow("cells");
  const words = rows[0].length;
  assert(words % GROUP === 0 && words > 0, "whole groups of rows");
  const cells = rows.length * (columns?.length ?? 1);
  const chunk = chunkCells(words);
  const parts: Bits[][] = [];
  for (let from = 0; from < cells; from += chunk) {
    const part = step.batch(`chunk-${from}`);
    const to = Math.min(cells, from + chunk);
    parts.push(await groupCounts(part, await cellBits(part, rows, columns, from, to)));
    await verifyProducts(part);
    step.join(part);
  }
  const last = step.batch("lanes");
  // Of each cell the 128 lanes of every plane, as rows of four words.
  const counts = parts[0].map((_, p) => concatBits(...parts.map((part) => part[p])));
  const terms = counts.flatMap((plane, p) =>
    planesOfRows(last, plane, GROUP).map((bit): Weighted => ({ bit, weight: 2 ** p })),
  );
  const sums = await weightedSum(last, terms, 0, sumPlanes(128 * (2 ** counts.length - 1)));
  await verifyProducts(last);
  step.join(last);
  return sums.slice(0, sumPlanes(32 * words));
}

const chunkCells = (words: number): number => Math.max(1, Math.floor(CHUNK_BITS / (32 * words)));

/** AND gates of each check: of a full chunk, and of the lanes, from above. */
export function cellGates(
  rows: number,
  cells: number,
): { readonly chunk: number; readonly chunks: number; readonly lanes: number } {
  const words = GROUP * Math.ceil(rows / 128);
  const size = Math.min(cells, chunkCells(words));
  const groups = words / GROUP;
  const planes = sumPlanes(groups);
  return {
    chunk: size * 32 * words + size * 128 * (groups + planes),
    chunks: Math.ceil(cells / size),
    lanes: 128 * Math.ceil(cells / 128) * (128 * planes + planes + 8),
  };
}

/** The bits of cells `from` … `to` − 1, group of rows by group of rows. */
async function cellBits(
  ctx: Context,
  rows: readonly Bits[],
  columns: readonly Bits[] | undefined,
  from: number,
  to: number,
): Promise<Bits[]> {
  if (columns === undefined) return rows.slice(from, to);
  const pairs = Array.from({ length: to - from }, (_, k) => {
    const cell = from + k;
    return [rows[Math.floor(cell / columns.length)], columns[cell % columns.length]] as const;
  });
  return andEach(ctx.narrow("pairs"), pairs);
}

/** For each of 128 lanes and each cell how many rows of the lane have its bit. */
function groupCounts(ctx: Context, cells: readonly Bits[]): Promise<Bits[]> {
  const groups = cells[0].length / GROUP;
  const group = (part: (cell: Bits) => Uint32Array, g: number): Uint32Array => {
    const out = new Uint32Array(cells.length * GROUP);
    cells.forEach((cell, k) => {
      out.set(part(cell).subarray(g * GROUP, (g + 1) * GROUP), k * GROUP);
    });
    return out;
  };
  const terms = Array.from({ length: groups }, (_, g): Weighted => {
    const bit = new Shares(
      group(({ own }) => own, g),
      group(({ next }) => next, g),
    );
    return { bit, weight: 1 };
  });
  return weightedSum(ctx, terms, 0, sumPlanes(groups));
}
