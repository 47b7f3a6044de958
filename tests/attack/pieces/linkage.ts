import { noneMatch, type Pairs } from "@symbolon/mpc/linkage/compare";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import { validateList } from "@symbolon/mpc/linkage/validity";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import type { Dealt } from "../trio.js";
import { bits, type Piece, piece } from "./piece.js";

/** One field of eight components, small enough to be flipped whole. */
export const TINY_LAYOUT: LinkageLayout = {
  id: "tiny",
  dims: 8,
  unitsPerBit: 10,
  fields: [{ name: "name", offset: 0, size: 8, cap: 900, floor: 400, constant: [20, -20] }],
};

/** Rows of the tiny layout that an honest provider could send; every fifth lacks its field. */
export function tinyRows(
  rows: number,
  seed: number,
): { content: Uint32Array; present: Uint32Array } {
  const content = new Uint32Array(rows * 8);
  const present = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    if ((row + seed) % 5 === 0) continue;
    present[row] = 1;
    const place = (Math.imul(row + seed, 2654435761) >>> 8) % 64;
    const other = (place >> 3) + (place >> 3 === (place & 7) ? 1 : 0);
    content[8 * row + (place & 7)] += 21;
    content[8 * row + (other & 7)] -= 21;
  }
  return { content, present };
}

/** The comparison of a few rows of the tiny layout, without the constant slots. */
export const comparison = (rows: number, columns: number, pairs: Pairs, width = 8): Piece =>
  piece(
    `none match, ${rows} × ${pairs === "all" ? columns : "earlier"}`,
    ["linkage/compare"],
    (dealer) => {
      const low = (count: number, seed: number) =>
        Uint16Array.from({ length: count * width }, (_, k) => {
          const value = (Math.imul(k + seed, 2654435761) >>> 20) % 41;
          return value - 20;
        });
      const a = dealer.share(low(rows, 1), "add");
      const b = pairs === "all" ? dealer.share(low(columns, 77), "add") : a;
      const side = (shares: Shares<Uint16Array>) => ({
        rows: shares.length / width,
        width,
        shares,
      });
      return async (ctx, self) =>
        bits(await noneMatch(ctx, side(a[self]), side(b[self]), 20 * width, pairs));
    },
  );

/** The validity check of a few rows of the tiny layout; `spoil` may change what is dealt. */
export const validity = (
  rows: number,
  spoil: (list: { content: Uint32Array; present: Uint32Array }) => void = () => undefined,
): Piece =>
  piece("validity", ["linkage/validity"], (dealer) => {
    const clear = tinyRows(rows, 1);
    spoil(clear);
    const content = dealer.share(clear.content, "add");
    const present = dealer.share(clear.present, "add");
    const real: Dealt = dealer.share(new Uint32Array(4), "xor");
    return async (ctx, self) => ({
      told: await validateList(ctx, TINY_LAYOUT, {
        rows,
        content: content[self],
        present: present[self],
        real: real[self],
      }),
    });
  });

/** Comparison of records, and the check of what providers send. */
export const linkage: readonly Piece[] = [validity(1), comparison(128, 3, "all")];
