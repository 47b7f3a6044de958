import { laplaceFrom, randomPlanes } from "@symbolon/mpc/protocol/discrete-laplace";
import { randomShares } from "@symbolon/mpc/protocol/reshare";
import { Shares } from "@symbolon/mpc/sharing/shares";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { bits, type Piece, piece } from "./piece.js";

/** Two digits whose thresholds have few places, so that every message can be flipped whole. */
const DIGITS = { thresholds: [5n << 60n, 1n << 61n], distance: 0 };

/** Noise that the parties draw together. */
export const noise: readonly Piece[] = [
  piece("discrete Laplace", ["protocol/discrete-laplace"], () => async (ctx) => {
    const step = ctx.narrow("noise");
    const random = randomShares(step, new Uint32Array(0), 4 * randomPlanes(DIGITS));
    const planes = await laplaceFrom(step, 128, DIGITS, random);
    await verifyProducts(ctx);
    const whole = (part: (plane: Shares) => Uint32Array): Uint32Array =>
      Uint32Array.from(planes.flatMap((plane) => [...part(plane)]));
    return bits(
      new Shares(
        whole((plane) => plane.own),
        whole((plane) => plane.next),
      ),
    );
  }),
];
