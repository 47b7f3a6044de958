import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import { shiftUp } from "../circuit/popcount.js";
import type { Context } from "../context.js";
import { and, concatBits, not, sliceBits, xorBits } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { gatherRows, type Table } from "./table.js";

/** Rows of one block, at most: the fewer, the fewer rounds of a scan; the more, the fewer gates. */
const BLOCK_ROWS_MAX = 16;
/** Blocks come in so many. */
const BLOCKS = 128;

/**
 * Where rows in order lie in planes, so that neighbours are easily combined: row k = b·J + j of
 * block b is bit j·B + b. So slice j, of B bits, has the j-th row of every block, and the row
 * before each is in slice j − 1. B is a multiple of 128; places without a row hold zeros.
 */
export interface Blocks {
  readonly rows: number;
  /** J */
  readonly blockRows: number;
  /** Words of one slice: B / 32. */
  readonly sliceWords: number;
}

/** The blocks of so many rows; a small table has short ones, so that few places are empty. */
export function blocksOf(rows: number, blockRows = blockRowsFor(rows)): Blocks {
  const count = BLOCKS * Math.max(1, Math.ceil(rows / (BLOCKS * blockRows)));
  return { rows, blockRows, sliceWords: count / 32 };
}

const blockRowsFor = (rows: number): number =>
  Math.min(BLOCK_ROWS_MAX, Math.max(1, Math.ceil(rows / BLOCKS)));

/** Bit of row k. */
const placeOf = ({ blockRows, sliceWords }: Blocks, k: number): number =>
  (k % blockRows) * 32 * sliceWords + Math.floor(k / blockRows);

/** The planes of a table whose rows are in order: plane 32·c + p is bit p of word c. */
export function blockPlanes(ctx: Context, blocks: Blocks, table: Table): Bits[] {
  const { width } = table;
  const places = blocks.blockRows * 32 * blocks.sliceWords;
  const lay = (part: Uint32Array): Uint32Array => {
    const out = new Uint32Array(places * width);
    for (let k = 0; k < table.rows; k += 1) {
      const to = placeOf(blocks, k) * width;
      for (let c = 0; c < width; c += 1) out[to + c] = part[k * width + c];
    }
    return out;
  };
  return planesOfRows(ctx, table.shares.map(lay), width);
}

/** The inverse: rows in order, ⌈planes/32⌉ words each. */
export function blockRows(ctx: Context, blocks: Blocks, planes: readonly Bits[]): Table {
  const places = blocks.blockRows * 32 * blocks.sliceWords;
  const width = Math.ceil(planes.length / 32);
  const shares = rowsOfPlanes(ctx, planes, places);
  const order = Uint32Array.from({ length: blocks.rows }, (_, k) => placeOf(blocks, k));
  return gatherRows({ rows: places, width, shares }, order);
}

/** A public bit a row. */
export function blockBits(blocks: Blocks, isSet: (row: number) => boolean): Uint32Array {
  const out = new Uint32Array(blocks.blockRows * blocks.sliceWords);
  for (let k = 0; k < blocks.rows; k += 1) {
    const place = placeOf(blocks, k);
    if (isSet(k)) out[place >>> 5] |= 1 << (place & 31);
  }
  return out;
}

const slice = (blocks: Blocks, x: Bits, j: number): Bits =>
  sliceBits(x, j * blocks.sliceWords, (j + 1) * blocks.sliceWords);

const slices = (blocks: Blocks, x: Bits): Bits[] =>
  Array.from({ length: blocks.blockRows }, (_, j) => slice(blocks, x, j));

/** For each row what the row before it has; zeros for the first. Without a message. */
export function rowBefore(blocks: Blocks, x: Bits): Bits {
  const all = slices(blocks, x);
  const last = all.pop() as Bits;
  return concatBits(shiftUp(last, 1), ...all);
}

/** For each row what the row after it has; zeros for the last place. Without a message. */
export function rowAfter(blocks: Blocks, x: Bits): Bits {
  const [first, ...rest] = slices(blocks, x);
  const down = (words: Uint32Array): Uint32Array =>
    words.map((word, k) => (word >>> 1) | ((words[k + 1] ?? 0) << 31));
  return concatBits(...rest, first.map(down));
}

/**
 * How two neighbouring stretches of rows become one: the value of the later one if it has a stop
 * (row by row), else something of both. `both` must be associative.
 */
export type Combine = (
  ctx: Context,
  stop: Bits,
  value: readonly Bits[],
  earlier: readonly Bits[],
) => Promise<Bits[]>;

/**
 * Π_scan: for each row the values from the last stop at or before it up to it, combined. The first
 * row is a stop.
 *
 *     within each block row after row;   over the blocks' ends by distances 1, 2, 4, …;
 *     then each block's rows with what came before the block
 *
 * J − 1 + ⌈log2 B⌉ + 1 combinations one after the other; of rows combined about
 * n·(2 + log2(B) / J). One more AND each for the stops. docs/protocols/scan.md.
 */
export async function scan(
  ctx: Context,
  blocks: Blocks,
  stop: Bits,
  values: readonly Bits[],
  combine: Combine,
): Promise<Bits[]> {
  const step = ctx.narrow("scan");
  const stops = slices(blocks, stop);
  const rows = stops.map((_, j) => values.map((plane) => slice(blocks, plane, j)));
  for (let j = 1; j < rows.length; j += 1) {
    const at = step.narrow(`row-${j}`);
    const earlier = stops[j - 1];
    [rows[j], stops[j]] = await Promise.all([
      combine(at, stops[j], rows[j], rows[j - 1]),
      or(at, stops[j], earlier),
    ]);
  }
  const before = await scanEnds(step, stops[stops.length - 1], rows[rows.length - 1], combine);
  const carried = before.map((plane) => concatBits(...rows.map(() => plane)));
  const joined = values.map((_, p) => concatBits(...rows.map((planes) => planes[p])));
  return combine(step.narrow("carry"), concatBits(...stops), joined, carried);
}

/** AND gates of a scan whose combining takes `bits` AND a row. */
export function scanGates({ blockRows, sliceWords }: Blocks, bits: number): number {
  const ends = 32 * sliceWords;
  return ends * ((2 * blockRows - 1) * (bits + 1) + Math.ceil(Math.log2(ends)) * (bits + 1));
}

/** For each block what comes before it: the scan over the ends of blocks, one block further. */
async function scanEnds(
  ctx: Context,
  stop: Bits,
  values: readonly Bits[],
  combine: Combine,
): Promise<Bits[]> {
  let [stops, ends] = [stop, [...values]];
  for (let distance = 1; distance < 32 * stop.length; distance *= 2) {
    const at = ctx.narrow(`ends-${distance}`);
    const earlier = ends.map((plane) => shiftUp(plane, distance));
    const before = shiftUp(stops, distance);
    [ends, stops] = await Promise.all([combine(at, stops, ends, earlier), or(at, stops, before)]);
  }
  return ends.map((plane) => shiftUp(plane, 1));
}

/** x ∨ y = ¬(¬x ∧ ¬y) = x ⊕ y ⊕ x ∧ y. */
const or = async (ctx: Context, x: Bits, y: Bits): Promise<Bits> =>
  xorBits(xorBits(x, y), await and(ctx.narrow("stops"), x, y));

/** ¬x for the rows that are there, zero elsewhere. */
export function notHere(ctx: Context, blocks: Blocks, x: Bits): Bits {
  const here = blockBits(blocks, () => true);
  const inverted = not(ctx, x);
  return new Shares(
    inverted.own.map((word, k) => word & here[k]),
    inverted.next.map((word, k) => word & here[k]),
  );
}
