import { mux } from "@symbolon/mpc/circuit/mux";
import { sharedKeys } from "@symbolon/mpc/linkage/shared-keys";
import { blocksOf } from "@symbolon/mpc/table/blocks";
import { groupTotals } from "@symbolon/mpc/table/group-totals";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { bits, joined, type Piece, piece, words } from "./piece.js";

const RULE = { slots: 1, channels: 1, ownMax: 1, allMax: 3, countBits: 1 } as const;

/** Keys that lists share. */
export const indicators: readonly Piece[] = [
  piece("group totals", ["table/group-totals"], (dealer) => {
    const x = dealer.share(words(16, 17), "xor");
    return async (ctx, self) => {
      const blocks = blocksOf(200, 2);
      const [start, value] = [x[self].map((p) => p.slice(0, 8)), x[self].map((p) => p.slice(8))];
      const made = await groupTotals(ctx, blocks, start, [value], (at, stops, later, earlier) =>
        mux(at, stops, later, earlier),
      );
      await verifyProducts(ctx);
      return bits(made[0]);
    };
  }),
  piece("shared keys", ["linkage/shared-keys", "linkage/other-lists"], (dealer) => {
    // One key that both have, one of a slot that is empty, one that nobody else has.
    const lists = [Uint32Array.of(7, 8, 1, 1), Uint32Array.of(7, 8, 9, 9)].map((keys, l) => ({
      codes: dealer.share(Uint32Array.of(1, l), "xor"),
      keys: dealer.share(keys, "xor"),
    }));
    return async (ctx, self) => {
      const dealt = lists.map((of) => ({ rows: 2, codes: of.codes[self], keys: of.keys[self] }));
      return bits(joined((await sharedKeys(ctx, dealt, RULE)).map(({ shares }) => shares)));
    };
  }),
];
