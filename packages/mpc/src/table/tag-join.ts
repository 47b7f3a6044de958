import { KnownError } from "@symbolon/base/error";
import type { Context } from "../context.js";
import { besides, gatherRows, publicColumn, type Table, takeColumns } from "./table.js";
import { headWords, type TaggedSides, type TagSides, tagSides } from "./tag-sides.js";

/** Two tables have so many equal keys that their join would not fit. */
export class JoinTooLarge extends KnownError<"JOIN_TOO_LARGE"> {}

/** Rows of a result, at most, unless the caller says otherwise. */
const ROWS_MAX = 1 << 22;

/** 0 where a row of the left side stands without a partner, else 1 + the row of the right side. */
interface Pairs {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
}

/**
 * Π_tag-inner-join, one to many and many to many: one row for each pair of rows with equal keys:
 * the left row, then the payload of the right one.
 *
 *     SELECT left.*, right.payload FROM left JOIN right USING (key)
 *
 * Leaks to all parties how often keys occur in both tables (`tagTables`), and so the number of rows
 * of the result. These come in a secret order, pairs of one left row together. After Π_tag it costs
 * no message. Soundness: `tagTerms`. docs/protocols/tag.md.
 */
export async function tagInnerJoin(
  ctx: Context,
  sides: TagSides,
  rowsMax = ROWS_MAX,
): Promise<Table> {
  const step = ctx.narrow("tag-inner-join");
  const tagged = await tagSides(step, sides);
  return sideBySide(step, sides, tagged, pairsOf(tagged, rowsMax, false));
}

/**
 * Π_tag-left-join: the same, and the left rows without a partner with a payload of zeros. Each row
 * begins with a word that is 1 for a pair, 0 for such a row.
 *
 *     SELECT right.key IS NOT NULL, left.*, right.payload FROM left LEFT JOIN right USING (key)
 */
export async function tagLeftJoin(
  ctx: Context,
  sides: TagSides,
  rowsMax = ROWS_MAX,
): Promise<Table> {
  const step = ctx.narrow("tag-left-join");
  const tagged = await tagSides(step, sides);
  const pairs = pairsOf(tagged, rowsMax, true);
  const found = publicColumn(step.self, pairs.right.map(isPartner));
  return besides(found, sideBySide(step, sides, tagged, pairs));
}

const isPartner = (right: number): number => (right === 0 ? 0 : 1);

/** Public, as the tags are: the same at all parties. */
function pairsOf({ left, groups }: TaggedSides, rowsMax: number, withLonely: boolean): Pairs {
  const pairs: { left: number[]; right: number[] } = { left: [], right: [] };
  const add = (row: number, right: number): void => {
    if (pairs.left.length === rowsMax) {
      throw new JoinTooLarge(
        "JOIN_TOO_LARGE",
        `more than ${rowsMax} pairs of rows have equal keys`,
        { rowsMax },
        "count or remove the rows of each key first",
      );
    }
    pairs.left.push(row);
    pairs.right.push(right);
  };
  for (let row = 0; row < left.table.rows; row += 1) {
    const before = pairs.left.length;
    groups.partners(row, (right) => add(row, right + 1));
    if (withLonely && pairs.left.length === before) add(row, 0);
  }
  return { left: Uint32Array.from(pairs.left), right: Uint32Array.from(pairs.right) };
}

function sideBySide(
  ctx: Context,
  sides: TagSides,
  { left, right }: TaggedSides,
  pairs: Pairs,
): Table {
  const ours = gatherRows(left.table, pairs.left);
  const head = headWords(sides);
  if (right.table.width === head) return ours;
  const payload = takeColumns(right.table, head, right.table.width);
  return ctx.timed("other", () => besides(ours, gatherOrZeros(payload, pairs.right)));
}

/** Row k is row order[k] − 1, or zeros where that is −1. */
function gatherOrZeros(table: Table, order: Uint32Array): Table {
  const { width } = table;
  const whole = (part: Uint32Array): Uint32Array => {
    const out = new Uint32Array(order.length * width);
    order.forEach((row, k) => {
      if (row > 0) out.set(part.subarray((row - 1) * width, row * width), k * width);
    });
    return out;
  };
  return { rows: order.length, width, shares: table.shares.map(whole) };
}
