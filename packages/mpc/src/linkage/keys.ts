import { assert } from "@symbolon/base/assert";
import { andEach } from "../circuit/batch.js";
import { cutPlanes, planesOfRows } from "../circuit/planes.js";
import type { Context } from "../context.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import type { SharedList } from "./list.js";

/** A public agreement on the equality keys of a record, and what their agreement is worth. */
export interface KeyLayout {
  readonly id: string;
  /** Bits of a record's keys, a multiple of 32. */
  readonly bits: number;
  /** Integer units in one bit of evidence. */
  readonly unitsPerBit: number;
  readonly fields: readonly KeyField[];
  /** Two fields whose keys also count if each agrees with the other one's as far as `depth`. */
  readonly swap: { readonly fields: readonly [number, number]; readonly depth: number };
}

export interface KeyField {
  readonly name: string;
  /** Index of the linkage field without which this key is unknown. */
  readonly presence: number;
  /** Whether the key may be unknown although its linkage field is known. */
  readonly optional: boolean;
  /**
   * Place of the bit that says whether the key is known; the parts follow. The nodes put the
   * presence of its linkage field there, ANDed with what was sent if the key is optional.
   */
  readonly offset: number;
  /** Bits of each part, from the coarsest: a part counts only where all before it agree. */
  readonly parts: readonly number[];
  /** What agreement of exactly the first d parts is worth, d = 0 … parts; in ascending order. */
  readonly worth: readonly number[];
}

/** A list that carries keys beside its vectors. */
export interface KeyedList extends SharedList {
  /** Rows of `KeyLayout.bits` XOR-shared bits. Any bits are valid keys. */
  readonly keys: Bits;
}

/**
 * The keys of a list as bit planes over its rows. A key is known exactly where its linkage field is
 * present, so that a record is looked at twice with the same fields; an optional one where it was
 * sent as known besides. Presence numbers are bits (`validateList`), so their sum's lowest bit is
 * the XOR of the parts' lowest bits: no message but one AND a row and optional key. Verified.
 */
export async function keyPlanes(
  ctx: Context,
  layout: KeyLayout,
  list: KeyedList,
  presenceFields: number,
): Promise<Bits[]> {
  const width = layout.bits / 32;
  assert(list.keys.length === list.rows * width, "one row of keys a record");
  const step = ctx.batch("keys");
  const planes = planesOfRows(step, list.keys, width);
  const present = presencePlanes(step, list, presenceFields);
  const optional = layout.fields.filter((field) => field.optional);
  const known = await andEach(
    step,
    optional.map(({ offset, presence }) => [planes[offset], present[presence]] as const),
  );
  await verifyProducts(step);
  ctx.join(step);
  for (const { offset, presence } of layout.fields) planes[offset] = present[presence];
  optional.forEach(({ offset }, k) => {
    planes[offset] = known[k];
  });
  return planes;
}

/** For each linkage field one bit a row: is it present? Without a message. */
export function presencePlanes(ctx: Context, list: SharedList, fields: number): Bits[] {
  assert(list.present.length === list.rows * fields, "one presence bit a field");
  return cutPlanes(lowestBits(ctx, list, fields), fields);
}

/** The lowest bit of each presence number, field after field. */
function lowestBits(ctx: Context, { rows, present }: SharedList, fields: number): Bits {
  const bits = (part: Uint32Array): Uint32Array => {
    const byField = new Uint32Array(part.length);
    for (let row = 0; row < rows; row += 1) {
      for (let f = 0; f < fields; f += 1) byField[f * rows + row] = part[row * fields + f];
    }
    return ctx.kernels.bitPlanes32(byField, 1);
  };
  assert(rows % 128 === 0, "rows come in groups of 128");
  return ctx.timed("boolean", () => new Shares(bits(present.own), bits(present.next)));
}
