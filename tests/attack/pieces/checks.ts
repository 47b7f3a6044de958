import { leftFactor, multiply, rightFactor } from "@symbolon/mpc/linkage/matrix";
import { prepareCoin } from "@symbolon/mpc/protocol/coin";
import { reshare } from "@symbolon/mpc/protocol/reshare";
import { fieldExtension, ringExtension } from "@symbolon/mpc/verify/extension";
import { verifyInner } from "@symbolon/mpc/verify/inner-product";
import { verifyMatrix } from "@symbolon/mpc/verify/matrix";
import { bits, canonicalShares, type Piece, piece, words } from "./piece.js";

/** The checks by themselves, on claims of one kind. */
export const checks: readonly Piece[] = [
  piece("inner product, field", ["verify/inner-product", "protocol/reshare"], (dealer) => {
    const [a, b] = [dealer.share(words(12, 1), "xor"), dealer.share(words(12, 2), "xor")];
    return async (ctx, self) => {
      const extension = fieldExtension(ctx.kernels);
      const [x, y] = [canonicalShares(a[self]), canonicalShares(b[self])];
      const part = extension.cross(x.own, x.next, y.own, y.next);
      const c = await reshare(ctx.narrow("claim"), part, "xor");
      await verifyInner(ctx, extension, { a: x, b: y, c });
      // The fourth word of an element means nothing.
      return bits(canonicalShares(c));
    };
  }),
  piece("inner product, ring", ["verify/inner-product", "protocol/reshare"], (dealer) => {
    const [a, b] = [dealer.share(words(160, 1), "add"), dealer.share(words(160, 2), "add")];
    return async (ctx, self) => {
      const extension = ringExtension(ctx.kernels);
      const [x, y] = [a[self], b[self]];
      const part = extension.cross(x.own, x.next, y.own, y.next);
      const c = await reshare(ctx.narrow("claim"), part, "add");
      await verifyInner(ctx, extension, { a: x, b: y, c });
      return { shares: c, adding: "add" };
    };
  }),
  piece("matrix product", ["linkage/matrix", "verify/matrix"], (dealer) => {
    const [a, b] = [
      dealer.share(Uint16Array.from(words(64, 1)), "add"),
      dealer.share(Uint16Array.from(words(16, 2)), "add"),
    ];
    return async (ctx, self) => {
      const coin = prepareCoin(ctx);
      const left = leftFactor(ctx, { rows: 8, width: 8, shares: a[self] });
      const right = rightFactor(ctx, { rows: 2, width: 8, shares: b[self] });
      const z = await multiply(ctx.narrow("tile"), left, right);
      await verifyMatrix(ctx, { left, right, tiles: [z] }, coin);
      return { shares: z, adding: "add" };
    };
  }),
];
