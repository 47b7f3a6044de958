import { andEach, anyEach } from "../circuit/batch.js";
import { rowsOfPlanes } from "../circuit/planes.js";
import { sumPlanes, weightedSum } from "../circuit/weighted-sum.js";
import type { Context } from "../context.js";
import { concatBits, sliceBits, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { type Table, tableOf } from "../table/table.js";
import { planeRows, type SharedKeysRule } from "./shared-keys.js";

/**
 * The last part of Π_shared-keys. For each list, row and channel, how many lists some slot of the
 * channel shares its key with, up to 2^countBits − 1:
 *
 *     has(channel, list) = ∨_slots inChannel ∧ other(list),     count = min(Σ_lists has, most)
 *
 * `inChannel`: for each channel one bit a slot of all lists; `others`: for each list one bit a
 * slot. All lists side by side. docs/protocols/indicators.md.
 */
export async function countOthers(
  ctx: Context,
  lists: readonly { readonly rows: number }[],
  rule: SharedKeysRule,
  inChannel: readonly Bits[],
  others: readonly Bits[],
): Promise<Table[]> {
  let slot = 0;
  const steps = lists.map((_, l) => ctx.fork(`list-${l}`));
  const made = lists.map(({ rows }, l) => {
    const from = slot;
    slot += planeRows(rows) * rule.slots;
    const own = (planes: readonly Bits[]): Bits[] =>
      planes.map((plane) => sliceBits(plane, from / 32, slot / 32));
    const theirs = own(others.filter((_, other) => other !== l));
    return countOfList(steps[l], rows, rule, own(inChannel), theirs);
  });
  const tables = await Promise.all(made);
  ctx.join(...steps);
  return tables;
}

async function countOfList(
  ctx: Context,
  rows: number,
  { slots, countBits }: SharedKeysRule,
  inChannel: readonly Bits[],
  others: readonly Bits[],
): Promise<Table> {
  const pairs = others.flatMap((other) => inChannel.map((channel) => [channel, other] as const));
  const slotBits = await andEach(ctx.narrow("channels"), pairs);
  const words = planeRows(rows) / 32;
  const groups = slotBits.map((plane) =>
    Array.from({ length: slots }, (_, s) => sliceBits(plane, s * words, (s + 1) * words)),
  );
  const has = await anyEach(ctx.narrow("slots"), groups);
  // All channels of one other list end to end.
  const channels = inChannel.length;
  const terms = others.map((_, other) => ({
    bit: concatBits(...has.slice(other * channels, (other + 1) * channels)),
    weight: 1,
  }));
  const sums = await weightedSum(ctx, terms, 0, sumPlanes(others.length));
  const counts = await stopped(ctx, sums, countBits);
  const planes = inChannel.flatMap((_, c) =>
    counts.map((plane) => sliceBits(plane, c * words, (c + 1) * words)),
  );
  return tableOf(rowsOfPlanes(ctx, planes, rows), 1);
}

/** Numbers of `bits` bits: of a greater one all bits are set. */
async function stopped(ctx: Context, sums: readonly Bits[], bits: number): Promise<Bits[]> {
  const low = sums.slice(0, bits);
  if (sums.length <= bits) {
    const none = low[0].map((part) => new Uint32Array(part.length));
    return [...low, ...Array<Bits>(bits - low.length).fill(none)];
  }
  const [over] = await anyEach(ctx.narrow("over"), [sums.slice(bits)]);
  const pairs = low.map((plane) => [plane, over] as const);
  const both = await andEach(ctx.narrow("most"), pairs);
  return pairs.map(([plane, more], k) => xorBits(xorBits(plane, more), both[k]));
}
