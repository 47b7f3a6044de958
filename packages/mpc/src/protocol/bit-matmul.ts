import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { xor } from "../ring/vector.js";
import type { Bits } from "../sharing/shares.js";
import { reshare } from "./reshare.js";

/** A shared matrix of bits, row by row; `columns` is a multiple of 128. */
export interface BitMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly bits: Bits;
}

/**
 * Π_bit-matmul: C = A·H over GF(2).
 *
 *     z_i = A_i·(H_i ⊕ H_{i+1}) ⊕ A_{i+1}·H_i ⊕ α_i          P_i sends z_i to P_{i-1}
 *
 * One round; one bit for each bit of C and party, however many terms a sum has.
 * Security: private against one malicious party, who can add any matrix of its choice to C; the
 * caller must run `verifyBitMatrix`. As Π_and; docs/protocols/candidates.md.
 */
export async function bitMatmul(ctx: Context, a: BitMatrix, h: BitMatrix): Promise<BitMatrix> {
  assert(a.columns === h.rows, "the inner dimensions agree");
  const part = ctx.timed("multiply", () => {
    const product = (x: Uint32Array, y: Uint32Array): Uint32Array =>
      ctx.kernels.bitMatmul(x, y, a.rows, a.columns, h.columns);
    const { own, next } = h.bits;
    return xor(product(a.bits.own, xor(own, next)), product(a.bits.next, own));
  });
  const bits = await reshare(ctx.narrow("bit-matmul"), part, "xor");
  return { rows: a.rows, columns: h.columns, bits };
}
