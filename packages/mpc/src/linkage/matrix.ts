import { bytesOf } from "@symbolon/base/bytes";
import type { Context } from "../context.js";
import { zeroShare } from "../protocol/reshare.js";
import { add, vectorLike } from "../ring/vector.js";
import { Shares } from "../sharing/shares.js";
import type { Side } from "./list.js";

/** Rows of one side as the two factors of a local product need them: inner dimension doubled. */
export interface Factor {
  readonly rows: number;
  readonly width: number;
  /** [x_i | x_{i+1}] for the left side, [y_i + y_{i+1} | y_i] for the right one. */
  readonly doubled: Uint16Array;
  readonly shares: Shares<Uint16Array>;
}

/** The left factor of `side`'s rows. */
export function leftFactor(ctx: Context, { rows, width, shares }: Side): Factor {
  return ctx.timed("multiply", () => {
    const doubled = new Uint16Array(2 * rows * width);
    for (let row = 0; row < rows; row += 1) {
      const [from, to] = [row * width, (row + 1) * width];
      doubled.set(shares.own.subarray(from, to), 2 * from);
      doubled.set(shares.next.subarray(from, to), from + to);
    }
    return { rows, width, doubled, shares };
  });
}

/** The right factor of `side`'s rows. */
export function rightFactor(ctx: Context, { rows, width, shares }: Side): Factor {
  return ctx.timed("multiply", () => {
    const doubled = new Uint16Array(2 * rows * width);
    const sum = add(shares.own, shares.next);
    for (let row = 0; row < rows; row += 1) {
      const [from, to] = [row * width, (row + 1) * width];
      doubled.set(sum.subarray(from, to), 2 * from);
      doubled.set(shares.own.subarray(from, to), from + to);
    }
    return { rows, width, doubled, shares };
  });
}

/** Rows `from`..`to` of a factor, without a copy. */
export function rowsOf(factor: Factor, from: number, to: number): Factor {
  const { width, doubled, shares } = factor;
  return {
    rows: to - from,
    width,
    doubled: doubled.subarray(2 * from * width, 2 * to * width),
    shares: new Shares(
      shares.own.subarray(from * width, to * width),
      shares.next.subarray(from * width, to * width),
    ),
  };
}

/**
 * Π_matmul over Z_2^16: C = A·Bᵀ, C[j·n + i] = ⟨a_i, b_j⟩.
 *
 *     z_i = A_i·(B_i + B_{i+1})ᵀ + A_{i+1}·B_iᵀ + α_i          P_i sends z_i to P_{i-1}
 *
 * One product with inner dimension 2·width a party; 2 bytes a pair; one round.
 * Security: private against one malicious party, who can add any matrix of its choice to C; the
 * caller must run `verifyMatrix`. [Araki et al. 2016; Mohassel, Rindal 2018];
 * docs/protocols/matmul.md.
 */
export async function multiply(
  ctx: Context,
  left: Factor,
  right: Factor,
): Promise<Shares<Uint16Array>> {
  const [n, m] = [left.rows, right.rows];
  const z = zeroShare(ctx, new Uint16Array(0), n * m, "add");
  ctx.timed("multiply", () => {
    ctx.kernels.matmul16(left.doubled, right.doubled, n, m, 2 * left.width, z);
  });
  const bytes = bytesOf(z);
  const received = await ctx.exchange({ previous: bytes }, { next: bytes.length });
  return new Shares(z, vectorLike(z, received.next));
}
