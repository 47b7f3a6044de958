import { prepareCoin } from "@symbolon/mpc/protocol/coin";
import { sameCopies } from "@symbolon/mpc/protocol/input";
import { open } from "@symbolon/mpc/protocol/open";
import { revealShares } from "@symbolon/mpc/protocol/reveal";
import { agree, verified } from "@symbolon/mpc/verify/checked";
import { bits, type Piece, piece, told, words } from "./piece.js";

/** Values made known, coins, and what is agreed on before. */
export const openings: readonly Piece[] = [
  piece("open, short", ["protocol/open", "verify/checked"], (dealer) => {
    const x = dealer.share(words(4, 1), "xor");
    return async (ctx, self) => told(await open(ctx, await verified(ctx, x[self]), "xor"));
  }),
  piece("open, by hash", ["protocol/open"], (dealer) => {
    const x = dealer.share(Uint16Array.from(words(40, 1)), "add");
    return async (ctx, self) => told(await open(ctx, await verified(ctx, x[self]), "add"));
  }),
  piece("coin", ["protocol/coin"], () => async (ctx) => told(await prepareCoin(ctx).open())),
  piece("agree", ["verify/checked"], () => async (ctx) => {
    await agree(ctx, "roots", Uint8Array.of(1, 2, 3));
    return { told: "agreed" };
  }),
  piece("same copies", ["protocol/input"], (dealer) => {
    const x = dealer.share(words(8, 2), "add");
    return async (ctx, self) => {
      await sameCopies(ctx, "list", [x[self]]);
      return { told: "same" };
    };
  }),
  piece("reveal", ["protocol/reveal"], (dealer) => {
    const x = dealer.share(words(6, 3), "xor");
    return async (ctx, self) => {
      const fresh = await revealShares(ctx, await verified(ctx, x[self]));
      return bits(fresh.value);
    };
  }),
];
