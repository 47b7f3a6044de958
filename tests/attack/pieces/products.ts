import { all, any } from "@symbolon/mpc/circuit/all";
import { popcount } from "@symbolon/mpc/circuit/popcount";
import { sign16 } from "@symbolon/mpc/circuit/sign";
import { and } from "@symbolon/mpc/protocol/and";
import { dot, mul } from "@symbolon/mpc/protocol/dot";
import { fieldMul, fieldProduct } from "@symbolon/mpc/protocol/field-mul";
import { Shares } from "@symbolon/mpc/sharing/shares";
import { verified } from "@symbolon/mpc/verify/checked";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { bits, canonicalShares, type Piece, piece, words } from "./piece.js";

/** Gates and products, each verified. */
export const products: readonly Piece[] = [
  piece("and", ["protocol/and", "verify/products", "verify/and-fold", "verify/fold"], (dealer) => {
    const [x, y] = [dealer.share(words(4, 1), "xor"), dealer.share(words(4, 2), "xor")];
    return async (ctx, self) => {
      const z = await and(ctx, x[self], y[self]);
      return bits((await verified(ctx, z)).value);
    };
  }),
  piece("all and any", ["circuit/all"], (dealer) => {
    const x = dealer.share(words(12, 4), "xor");
    return async (ctx, self) => {
      const [every, some] = [await all(ctx, x[self], 4), await any(ctx, x[self], 4)];
      await verifyProducts(ctx);
      return bits(
        new Shares(
          Uint32Array.of(...every.own, ...some.own),
          Uint32Array.of(...every.next, ...some.next),
        ),
      );
    };
  }),
  piece("sign", ["circuit/sign"], (dealer) => {
    const x = dealer.share(Uint16Array.from(words(128, 5)), "add");
    return async (ctx, self) => {
      const z = await sign16(ctx, x[self]);
      await verifyProducts(ctx);
      return bits(z);
    };
  }),
  piece("count", ["circuit/popcount"], (dealer) => {
    const x = dealer.share(words(4, 6), "xor");
    return async (ctx, self) => {
      const planes = await popcount(ctx, x[self]);
      await verifyProducts(ctx);
      // Only the lowest bit of each plane says something.
      const low = (part: (plane: Shares) => Uint32Array): Uint32Array =>
        Uint32Array.from(planes, (plane) => part(plane)[0] & 1);
      return bits(
        new Shares(
          low((plane) => plane.own),
          low((plane) => plane.next),
        ),
      );
    };
  }),
  piece("dot and mul", ["protocol/dot", "verify/dot-fold"], (dealer) => {
    const [x, y] = [dealer.share(words(6, 7), "add"), dealer.share(words(6, 8), "add")];
    return async (ctx, self) => {
      const z = await dot(ctx, x[self], y[self], 3);
      const square = await mul(ctx, z, z);
      await verifyProducts(ctx);
      return { shares: square, adding: "add" };
    };
  }),
  piece("field product", ["protocol/field-mul"], (dealer) => {
    const element = (k: number) => words(12, k).map((word, w) => (w % 4 === 3 ? 0 : word));
    const x = dealer.share(element(9), "xor");
    return async (ctx, self) => {
      const product = await fieldProduct(ctx, canonicalShares(x[self]));
      const square = await fieldMul(ctx, product, product);
      await verifyProducts(ctx);
      return bits(square);
    };
  }),
];
