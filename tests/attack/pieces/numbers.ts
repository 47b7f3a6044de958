import { a2b } from "@symbolon/mpc/circuit/a2b";
import { arithmeticEqual } from "@symbolon/mpc/circuit/arithmetic-equal";
import { arithmeticLessThan, unsignedLessThan } from "@symbolon/mpc/circuit/arithmetic-less-than";
import { b2a } from "@symbolon/mpc/protocol/b2a";
import { injectBits, select } from "@symbolon/mpc/protocol/bit-injection";
import { dot, mul } from "@symbolon/mpc/protocol/dot";
import { verified } from "@symbolon/mpc/verify/checked";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { bits, joined, type Piece, piece, words } from "./piece.js";

const words16 = (count: number, seed: number): Uint16Array => Uint16Array.from(words(count, seed));

const words64 = (count: number, seed: number): BigUint64Array =>
  new BigUint64Array(words(2 * count, seed).buffer);

/** Products of the two rings that `products` leaves out, and the ways between numbers and bits. */
export const numbers: readonly Piece[] = [
  piece("dot and mul, 16 bits", ["protocol/dot", "verify/dot-fold"], (dealer) => {
    const [x, y] = [dealer.share(words16(6, 41), "add"), dealer.share(words16(6, 42), "add")];
    return async (ctx, self) => {
      const z = await dot(ctx, x[self], y[self], 3);
      const square = await mul(ctx, z, z);
      await verifyProducts(ctx);
      return { shares: square, adding: "add" };
    };
  }),
  piece("dot and mul, 64 bits", ["protocol/dot", "verify/extension"], (dealer) => {
    const [x, y] = [dealer.share(words64(6, 43), "add"), dealer.share(words64(6, 44), "add")];
    return async (ctx, self) => {
      const z = await dot(ctx, x[self], y[self], 3);
      const square = await mul(ctx, z, z);
      await verifyProducts(ctx);
      return { shares: square, adding: "add" };
    };
  }),
  piece("numbers to bits", ["circuit/a2b"], (dealer) => {
    const x = dealer.share(words64(128, 45), "add");
    return async (ctx, self) => {
      const planes = await a2b(ctx, x[self], 4);
      return bits((await verified(ctx, joined(planes))).value);
    };
  }),
  piece("bits to numbers", ["protocol/b2a"], (dealer) => {
    const x = [46, 47].map((seed) => dealer.share(words(4, seed), "xor"));
    return async (ctx, self) => {
      const planes = x.map((plane) => plane[self]);
      return { shares: await b2a(ctx, planes, 100, new Uint16Array(0)), adding: "add" };
    };
  }),
  piece("bit injection and selection", ["protocol/bit-injection"], (dealer) => {
    const flags = dealer.share(words(4, 48), "xor");
    const [x, y] = [dealer.share(words(3, 49), "add"), dealer.share(words(3, 50), "add")];
    return async (ctx, self) => {
      const chosen = await select(ctx, flags[self], x[self], y[self]);
      const numbers = await injectBits(ctx, flags[self], 3, x[self].own);
      const both = await mul(ctx, chosen, numbers);
      await verifyProducts(ctx);
      return { shares: both, adding: "add" };
    };
  }),
  piece("less than, arithmetic", ["circuit/arithmetic-less-than"], (dealer) => {
    const [x, y] = [dealer.share(words16(2, 51), "add"), dealer.share(words16(2, 52), "add")];
    return async (ctx, self) => {
      const less = await arithmeticLessThan(ctx, x[self], y[self], 4);
      const whole = await unsignedLessThan(ctx, x[self], y[self]);
      return bits((await verified(ctx, joined([less, whole]))).value);
    };
  }),
  piece("equal, arithmetic", ["circuit/arithmetic-equal"], (dealer) => {
    const [x, y] = [dealer.share(words16(2, 53), "add"), dealer.share(words16(2, 54), "add")];
    return async (ctx, self) => {
      const same = await arithmeticEqual(ctx, x[self], y[self], 5);
      return bits((await verified(ctx, same)).value);
    };
  }),
];
