import type { Context } from "../context.js";
import { ProtocolAbort } from "../error.js";
import type { BitMatrix } from "../protocol/bit-matmul.js";
import { expandCoin, type prepareCoin } from "../protocol/coin.js";
import { fieldExtension } from "./extension.js";
import { sacrifice } from "./inner-product.js";

/**
 * Π_bit-freivalds: verifies C = A·H over GF(2) with challenges in GF(2^96).
 *
 *     rᵀC s = ⟨rᵀA, H s⟩          r: one challenge a row of A, s: one a column of H
 *
 * The coin is opened only after every z of C has been received (the caller prepared it before).
 * Both sides are linear in the shares but for one inner product of length `a.columns`, which a
 * sacrifice verifies; none of the three is opened. If C is off by E ≠ 0, then E s = 0 with
 * probability ≤ 2^−96, else rᵀ(E s) = 0 with ≤ 2^−96, and the sacrifice adds 2^−96: 3·2^−96.
 * 16·`a.columns` bytes opened; 5 rounds. [Freivalds 1977; own argument];
 * docs/protocols/candidates.md.
 */
export async function verifyBitMatrix(
  ctx: Context,
  { a, h, c }: { readonly a: BitMatrix; readonly h: BitMatrix; readonly c: BitMatrix },
  coin: ReturnType<typeof prepareCoin>,
): Promise<void> {
  const step = ctx.booked("bit-freivalds", "check");
  const extension = fieldExtension(step.kernels);
  const seed = await coin.open();
  const challenges = (purpose: string, count: number): Uint32Array =>
    extension.challenges(expandCoin(step, seed, purpose, extension.challengeBytes(count)));
  const claim = step.timed("check", () => {
    const r = challenges("r", a.rows);
    const s = challenges("s", h.columns);
    const { kernels } = step;
    // An element is 128 bits, so Σ_i s_i·bit_i of every row is a product of matrices of bits.
    const weigh = (part: Uint32Array, { rows, columns }: BitMatrix, by: Uint32Array) =>
      kernels.bitMatmul(part, by, rows, columns, 32 * extension.words);
    return {
      a: a.bits.map((part) => kernels.bitFold(part, a.rows, r)),
      b: h.bits.map((part) => weigh(part, h, s)),
      c: c.bits.map((part) => kernels.gfInner(weigh(part, c, s), r, c.rows)),
    };
  });
  try {
    await sacrifice(step.narrow("sacrifice"), extension, claim);
  } catch (error) {
    if (!(error instanceof ProtocolAbort) || error.code !== "PRODUCT_CHECK_FAILED") throw error;
    throw new ProtocolAbort("MATRIX_CHECK_FAILED", "a matrix product of secrets is wrong", {
      step: step.path,
    });
  }
}
