import { planesOfRows } from "../circuit/planes.js";
import type { Context } from "../context.js";
import { maskPublic } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { publicColumn, rowNumbers, type Table, takeColumns } from "./table.js";
import { headWords, type TaggedSides, type TagSides, tagSides } from "./tag-sides.js";

/**
 * Π_tag-semi-join: one secret bit a row of `left`, in its order: is its key among those of `right`?
 * A row that does not count has no partner.
 *
 *     SELECT EXISTS (SELECT 1 FROM right WHERE right.key = left.key) FROM left
 *
 * Leaks to all parties how often keys occur (`tagTables`). The answer is public for the shuffled
 * rows and nobody knows whose they are; as shares it goes back by a verified shuffle.
 * Soundness: `tagSemiJoinTerms`. docs/protocols/tag.md.
 */
export async function tagSemiJoin(ctx: Context, sides: TagSides): Promise<Bits> {
  const step = ctx.narrow("tag-semi-join");
  const tagged = await tagSides(step, onlyHeads(sides));
  const found = partnerWords(tagged, true);
  return backToLeft(step, tagged, publicColumn(step.self, found));
}

/** Π_tag-anti-join: one bit a row of `left`: does it count, and has it no partner? */
export async function tagAntiJoin(ctx: Context, sides: TagSides): Promise<Bits> {
  const step = ctx.narrow("tag-anti-join");
  const tagged = await tagSides(step, onlyHeads(sides));
  const lacks = partnerWords(tagged, false);
  if (!sides.hasFlags) return backToLeft(step, tagged, publicColumn(step.self, lacks));
  const flags = takeColumns(tagged.left.table, sides.keyWords, sides.keyWords + 1);
  return backToLeft(step, tagged, { ...flags, shares: maskPublic(flags.shares, lacks) });
}

const onlyHeads = (sides: TagSides): TagSides => ({
  ...sides,
  left: takeColumns(sides.left, 0, headWords(sides)),
  right: takeColumns(sides.right, 0, headWords(sides)),
});

/** A word a shuffled row of the left side: 1 if it has a partner, or, on the contrary, if not. */
const partnerWords = ({ left, groups }: TaggedSides, hasOne: boolean): Uint32Array =>
  rowNumbers(left.table.rows).map((row) => (groups.has(row) === hasOne ? 1 : 0));

async function backToLeft(ctx: Context, { left }: TaggedSides, words: Table): Promise<Bits> {
  const back = await left.restore(ctx, words);
  return planesOfRows(ctx, back.shares, 1)[0];
}
