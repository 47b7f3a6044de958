import { mux } from "@symbolon/mpc/circuit/mux";
import { blocksOf, scan } from "@symbolon/mpc/table/blocks";
import { firstRow } from "@symbolon/mpc/table/extreme";
import { groupBy } from "@symbolon/mpc/table/group";
import { innerJoin } from "@symbolon/mpc/table/join";
import { pickFlagged } from "@symbolon/mpc/table/pick";
import {
  permutationSeeds,
  shuffle,
  shuffleTable,
  unshuffleTable,
} from "@symbolon/mpc/table/shuffle";
import { sortTable } from "@symbolon/mpc/table/sort";
import { tableOf } from "@symbolon/mpc/table/table";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { bits, type Piece, piece, words } from "./piece.js";

/** Tables of secret rows. */
export const tables: readonly Piece[] = [
  piece("shuffle", ["table/shuffle", "table/same-rows"], (dealer) => {
    const x = dealer.share(words(3, 11), "xor");
    return async (ctx, self) => bits(await shuffle(ctx, x[self], selectionSeeds(1, self)));
  }),
  piece("shuffle and unshuffle of a table", ["table/shuffle", "table/same-rows"], (dealer) => {
    const x = dealer.share(words(15, 12), "xor");
    return async (ctx, self) => {
      const seeds = permutationSeeds(ctx);
      const moved = await shuffleTable(ctx, tableOf(x[self], 5), seeds);
      return bits((await unshuffleTable(ctx, moved, seeds)).shares);
    };
  }),
  piece("sort", ["table/sort"], (dealer) => {
    const x = dealer.share(Uint32Array.of(3, 1, 2, 2, 2, 3), "xor");
    return async (ctx, self) => {
      const { table } = await sortTable(ctx, tableOf(x[self], 2), [{ column: 0, bits: 2 }]);
      return bits(table.shares);
    };
  }),
  piece("scan", ["table/blocks"], (dealer) => {
    const x = dealer.share(words(16, 13), "xor");
    return async (ctx, self) => {
      // Two rows a block, so that there are messages within blocks and over their ends.
      const blocks = blocksOf(200, 2);
      const [stop, value] = [x[self].map((p) => p.slice(0, 8)), x[self].map((p) => p.slice(8))];
      const made = await scan(ctx, blocks, stop, [value], (at, stops, later, earlier) =>
        mux(at, stops, later, earlier),
      );
      await verifyProducts(ctx);
      return bits(made[0]);
    };
  }),
  piece("join", ["table/join", "table/blocks", "table/key"], (dealer) => {
    const [left, right] = [
      dealer.share(Uint32Array.of(3, 7, 4, 8), "xor"),
      dealer.share(Uint32Array.of(3, 30), "xor"),
    ];
    return async (ctx, self) => {
      const sides = { left: tableOf(left[self], 2), right: tableOf(right[self], 2), keyBits: 3 };
      return bits((await innerJoin(ctx, sides)).shares);
    };
  }),
  piece("group", ["table/group", "table/blocks", "table/key"], (dealer) => {
    const x = dealer.share(Uint32Array.of(3, 1, 3), "xor");
    return async (ctx, self) =>
      bits((await groupBy(ctx, tableOf(x[self], 1), { keyBits: 2 })).shares);
  }),
  piece("first row", ["table/extreme"], (dealer) => {
    const x = dealer.share(Uint32Array.of(3, 9, 1, 8, 2, 7), "xor");
    return async (ctx, self) =>
      bits((await firstRow(ctx, tableOf(x[self], 2), [{ column: 0, bits: 2 }])).shares);
  }),
  piece("pick", ["table/pick"], (dealer) => {
    const flags = dealer.share(Uint32Array.of(0b1011_0111, 0, 0, 0), "xor");
    const rule = { pick: 1, marginMin: 1, marginBits: 1 };
    return async (ctx, self) =>
      bits(await pickFlagged(ctx, flags[self], 8, rule, selectionSeeds(1, self)));
  }),
];
