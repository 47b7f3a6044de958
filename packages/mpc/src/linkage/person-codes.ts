import { assert } from "@symbolon/base/assert";
import { andEach, anyEach } from "../circuit/batch.js";
import { lessThan, lessThanGates } from "../circuit/less-than.js";
import { mux } from "../circuit/mux.js";
import type { Context } from "../context.js";
import { not, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { type CodedColumn, checkColumn, codePlanes } from "../table/hot-codes.js";

/**
 * Π_person-codes: what a person's records say of an attribute, as one word that means what a
 * record's word does (`hotCodes`). `records`: of each list the planes of the words of all persons,
 * zeros where a list does not have her.
 *
 *     one       the least known code that a record has: min over keys, a known code before "not
 *               known" (code 1), and that before nothing (0)
 *     several   all codes that any record has; "not known" only if that is all
 *
 * So it makes no difference which list says what, or which is asked first; and of several codes the
 * first `most` count, as with one record. Per row and list some 4 AND a plane (one), 1 a code
 * (several). Nothing is opened; the caller verifies. Own rule; docs/protocols/person-tab.md.
 */
export async function personCodes(
  ctx: Context,
  records: readonly (readonly Bits[])[],
  column: CodedColumn,
): Promise<Bits[]> {
  checkColumn(column);
  assert(column.codes >= 2, "a code for what is not known, and another one");
  const step = ctx.narrow("person-codes");
  const width = codePlanes(column);
  const used = records.map((planes) => planes.slice(0, width));
  assert(
    used.every(({ length }) => length === width),
    "the planes of a column",
  );
  return column.kind === "one" ? leastKnown(step, used) : allKnown(step, used);
}

/** AND gates of one row, for so many lists. */
export function personCodesGates(column: CodedColumn, lists: number): number {
  const width = codePlanes(column);
  if (column.kind === "several") return lists * (width + 1);
  return lists * width + (lists - 1) * (lessThanGates(width + 1) + width + 1);
}

/** Bits of the codes: code 1 is bit 0. */
async function allKnown(ctx: Context, records: readonly (readonly Bits[])[]): Promise<Bits[]> {
  const any = await anyEach(
    ctx.narrow("any"),
    records[0].map((_, p) => records.map((planes) => planes[p])),
  );
  const [unknown, ...known] = any;
  const [isKnown] = await anyEach(ctx.narrow("known"), [known]);
  const [kept] = await andEach(ctx.narrow("unknown"), [[unknown, not(ctx, isKnown)]]);
  return [kept, ...known];
}

/**
 * As keys numbers are compared at once: on top a bit that is set for 0 and 1, and for these two the
 * lowest bit inverted. Two keys at a time, the lesser goes on.
 */
async function leastKnown(ctx: Context, records: readonly (readonly Bits[])[]): Promise<Bits[]> {
  const known = await anyEach(
    ctx.narrow("known"),
    records.map((planes) => planes.slice(1)),
  );
  let keys = records.map(([lowest, ...higher], l) => {
    const isNone = not(ctx, known[l]);
    return [xorBits(lowest, isNone), ...higher, isNone];
  });
  for (let level = 0; keys.length > 1; level += 1) {
    const at = ctx.narrow(`level-${level}`);
    const pairs = Array.from({ length: keys.length >> 1 }, (_, k) => [
      keys[2 * k],
      keys[2 * k + 1],
    ]);
    const forks = pairs.map((_, k) => at.fork(`pair-${k}`));
    const lesser = await Promise.all(
      pairs.map(async ([a, b], k) => mux(forks[k], await lessThan(forks[k], a, b), a, b)),
    );
    at.join(...forks);
    keys = keys.length % 2 === 0 ? lesser : [...lesser, keys[keys.length - 1]];
  }
  const [lowest, ...rest] = keys[0];
  const isNone = rest[rest.length - 1];
  return [xorBits(lowest, isNone), ...rest.slice(0, -1)];
}
