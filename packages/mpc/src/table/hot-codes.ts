import { assert } from "@symbolon/base/assert";
import { allEach, andEach } from "../circuit/batch.js";
import type { Context } from "../context.js";
import { not, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";

/** How a column says which codes of a public list a row has. */
export interface CodedColumn {
  /**
   * `one`: the lowest bits hold a number; k in 1 … codes is code k, any other is none of them.
   * `several`: bit k − 1 says whether the row has code k.
   */
  readonly kind: "one" | "several";
  /** Codes of the list. */
  readonly codes: number;
  /** Codes of one row that count, at most: the first in the order of the list. 1 for `one`. */
  readonly most: number;
}

/** Codes of a column, at most: `several` has a bit of one word for each. */
export const CODES_MAX = 4_095;
const SEVERAL_MAX = 32;

/** Planes of a column that are looked at; whatever stands in others is not. */
export const codePlanes = ({ kind, codes }: CodedColumn): number =>
  kind === "one" ? Math.floor(Math.log2(codes)) + 1 : codes;

export function checkColumn({ kind, codes, most }: CodedColumn): void {
  assert(Number.isInteger(codes) && codes >= 1 && codes <= CODES_MAX, "a list of codes");
  assert(Number.isInteger(most) && most >= 1, "a row counts for a code");
  assert(kind === "one" ? most === 1 : codes <= SEVERAL_MAX, "codes that fit their column");
}

/**
 * Π_hot-codes: for each code of the list one bit a row: does the row count for it? Whatever a
 * column holds is proper input: a number that is no code counts for none, and of several codes no
 * more than `most` count, so that nobody can count for more than that.
 *
 *     one       the bit of a code is the AND of its planes or their negations, by halves:
 *               about codes + 2·√codes AND a row, ⌈log2 planes⌉ rounds
 *     several   t_j: at least j codes were before;   hot_k = b_k ∧ ¬t_most,
 *               t_j ← t_j ∨ (b_k ∧ t_{j−1})          2·codes·most AND a row, 2·codes rounds
 *
 * Security as Π_and; the caller verifies. Own circuits; docs/protocols/count.md.
 */
export async function hotCodes(
  ctx: Context,
  planes: readonly Bits[],
  column: CodedColumn,
): Promise<Bits[]> {
  checkColumn(column);
  const step = ctx.narrow("hot");
  const used = planes.slice(0, codePlanes(column));
  assert(used.length === codePlanes(column), "the planes of a column");
  if (column.kind === "several") return firstOf(step, used, column.most);
  return (await numbers(step, used)).slice(1, column.codes + 1);
}

/** AND gates a row. */
export function hotGates(column: CodedColumn): number {
  if (column.kind === "several") return 2 * column.codes * column.most;
  let gates = 0;
  for (const width of halvesOf(codePlanes(column))) gates += 2 ** width;
  return gates;
}

/** Widths of all numbers that `numbers` makes from halves, the whole one first. */
function halvesOf(width: number): number[] {
  if (width === 1) return [];
  const low = width >> 1;
  return [width, ...halvesOf(low), ...halvesOf(width - low)];
}

/** For each number of so many planes one bit a row: is it that number? */
async function numbers(ctx: Context, planes: readonly Bits[]): Promise<Bits[]> {
  if (planes.length === 1) return [not(ctx, planes[0]), planes[0]];
  const half = planes.length >> 1;
  const parts = [ctx.fork("low"), ctx.fork("high")];
  const [low, high] = await Promise.all([
    numbers(parts[0], planes.slice(0, half)),
    numbers(parts[1], planes.slice(half)),
  ]);
  ctx.join(...parts);
  return allEach(
    ctx,
    high.flatMap((upper) => low.map((lower) => [lower, upper])),
  );
}

/** Of the bits of each row the first `most` that are set. */
async function firstOf(ctx: Context, bits: readonly Bits[], most: number): Promise<Bits[]> {
  if (bits.length <= most) return [...bits];
  const hot: Bits[] = [];
  /** before[j − 1]: at least j bits were set before. */
  let before: Bits[] = [];
  for (const [k, bit] of bits.entries()) {
    const isFull = before.length === most ? before[most - 1] : undefined;
    // b ∧ t_{j−1} is new where t_j was not set, since t_j says more than t_{j−1}.
    const pairs = before.map((t) => [bit, t] as const);
    const both = await andEach(ctx.narrow(`code-${k}`), pairs);
    const kept = isFull ? xorBits(bit, both[most - 1]) : bit;
    hot.push(kept);
    if (k === bits.length - 1) break;
    const grown = [bit, ...both.slice(0, most - 1)];
    const olds = await andEach(
      ctx.narrow(`grow-${k}`),
      before.map((t, j) => [t, grown[j]] as const),
    );
    before = grown.map((more, j) =>
      j < before.length ? xorBits(xorBits(before[j], more), olds[j]) : more,
    );
  }
  return hot;
}
