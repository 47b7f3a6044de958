import { unlessMany } from "@symbolon/mpc/table/unless-many";
import { bits, type Piece, piece } from "./piece.js";

/** Bits that hold only while they leave out few. */
export const limits: readonly Piece[] = [
  piece("unless many", ["table/unless-many"], (dealer) => {
    const kept = dealer.share(Uint32Array.of(0b1011_0111, 0, 0, 0), "xor");
    const real = dealer.share(Uint32Array.of(0b1111_1111, 0, 0, 0), "xor");
    return async (ctx, self) => bits(await unlessMany(ctx, kept[self], real[self], 4));
  }),
];
