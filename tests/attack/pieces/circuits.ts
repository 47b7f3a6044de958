import { editsWithin } from "@symbolon/mpc/circuit/edit-distance";
import { equal } from "@symbolon/mpc/circuit/equal";
import { type Depth, lessThan } from "@symbolon/mpc/circuit/less-than";
import { mux } from "@symbolon/mpc/circuit/mux";
import type { Bits } from "@symbolon/mpc/sharing/shares";
import { verified } from "@symbolon/mpc/verify/checked";
import type { Dealer } from "../trio.js";
import { bits, joined, type Piece, piece, words } from "./piece.js";

/** A number of so many planes for each party. */
const number = (dealer: Dealer, planes: number, seed: number) => {
  const dealt = Array.from({ length: planes }, (_, p) =>
    dealer.share(words(4, seed + 100 * p), "xor"),
  );
  return (self: 0 | 1 | 2): Bits[] => dealt.map((plane) => plane[self]);
};

const comparing = (depth: Depth): Piece =>
  piece(`less than, ${depth}`, ["circuit/less-than"], (dealer) => {
    const [a, b] = [number(dealer, 3, 31), number(dealer, 3, 32)];
    return async (ctx, self) => {
      const less = await lessThan(ctx, a(self), b(self), depth);
      return bits((await verified(ctx, less)).value);
    };
  });

/** Numbers as planes of bits. */
export const circuits: readonly Piece[] = [
  comparing("few-gates"),
  comparing("few-rounds"),
  piece("equal", ["circuit/equal"], (dealer) => {
    const [a, b] = [number(dealer, 3, 33), number(dealer, 3, 34)];
    return async (ctx, self) => {
      const same = await equal(ctx, a(self), b(self));
      return bits((await verified(ctx, same)).value);
    };
  }),
  piece("edits", ["circuit/edit-distance"], (dealer) => {
    const texts = [38, 39].map((seed) =>
      Array.from({ length: 4 }, (_, letter) => number(dealer, 2, seed + 10 * letter)),
    );
    return async (ctx, self) => {
      const [x, y] = texts.map((text) => text.map((letter) => letter(self)));
      const within = await editsWithin(ctx, x, y);
      return bits((await verified(ctx, joined(within))).value);
    };
  }),
  piece("mux", ["circuit/mux"], (dealer) => {
    const [a, b] = [number(dealer, 2, 35), number(dealer, 2, 36)];
    const condition = dealer.share(words(4, 37), "xor");
    return async (ctx, self) => {
      const chosen = await mux(ctx, condition[self], a(self), b(self));
      return bits((await verified(ctx, joined(chosen))).value);
    };
  }),
];
