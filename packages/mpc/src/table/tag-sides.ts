import type { Context } from "../context.js";
import type { Table } from "./table.js";
import { type TaggedTable, type TagKeys, tagTables } from "./tag.js";
import { TagGroups } from "./tag-groups.js";

/** Two tables of rows of a key, if `hasFlags` a word with a flag, and payload. */
export interface TagSides extends TagKeys {
  readonly left: Table;
  readonly right: Table;
}

/** Words of a row before its payload. */
export const headWords = ({ keyWords, hasFlags = false }: TagKeys): number =>
  keyWords + (hasFlags ? 1 : 0);

/** Both sides tagged under one key, and who belongs to whom. */
export interface TaggedSides {
  readonly left: TaggedTable;
  readonly right: TaggedTable;
  readonly groups: TagGroups;
}

/** Π_tag for both sides at once. */
export async function tagSides(ctx: Context, sides: TagSides): Promise<TaggedSides> {
  const [left, right] = await tagTables(ctx, [sides.left, sides.right], sides);
  return { left, right, groups: new TagGroups(left, right) };
}
