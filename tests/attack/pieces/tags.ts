import { cutPlanes } from "@symbolon/mpc/circuit/planes";
import { prince } from "@symbolon/mpc/circuit/prince";
import { tableOf } from "@symbolon/mpc/table/table";
import { tagTables } from "@symbolon/mpc/table/tag";
import { tagInnerJoin } from "@symbolon/mpc/table/tag-join";
import { tagAntiJoin } from "@symbolon/mpc/table/tag-semi-join";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { bits, joined, type Piece, piece, told, words } from "./piece.js";

/** Tags of secret keys, and joins by them. */
export const tags: readonly Piece[] = [
  piece("cipher", ["circuit/prince", "circuit/prince-sbox"], (dealer) => {
    const [key, block] = [dealer.share(words(4, 21), "xor"), dealer.share(words(64, 22), "xor")];
    return async (ctx, self) => {
      const made = await prince(ctx, key[self], cutPlanes(block[self], 64));
      await verifyProducts(ctx);
      return bits(joined(made));
    };
  }),
  piece("tags", ["table/tag"], (dealer) => {
    const rows = dealer.share(Uint32Array.of(3, 1, 3, 1, 4, 0), "xor");
    return async (ctx, self) => {
      const keys = { keyWords: 1, hasFlags: true };
      const [tagged] = await tagTables(ctx, [tableOf(rows[self], 2)], keys);
      return { ...bits(tagged.table.shares), ...told(tagged.tags) };
    };
  }),
  piece("join by tags", ["table/tag-join", "table/tag-sides"], (dealer) => {
    const [left, right] = [
      dealer.share(Uint32Array.of(3, 7, 4, 8), "xor"),
      dealer.share(Uint32Array.of(3, 30, 3, 31), "xor"),
    ];
    return async (ctx, self) => {
      const sides = { left: tableOf(left[self], 2), right: tableOf(right[self], 2), keyWords: 1 };
      return bits((await tagInnerJoin(ctx, sides)).shares);
    };
  }),
  piece("anti-join by tags", ["table/tag-semi-join"], (dealer) => {
    const [left, right] = [
      dealer.share(Uint32Array.of(3, 4), "xor"),
      dealer.share(Uint32Array.of(3), "xor"),
    ];
    return async (ctx, self) => {
      const sides = { left: tableOf(left[self], 1), right: tableOf(right[self], 1), keyWords: 1 };
      return bits(await tagAntiJoin(ctx, sides));
    };
  }),
];
