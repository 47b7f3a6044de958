import { sameBytes, utf8 } from "@symbolon/base/bytes";
import { next, previous } from "@symbolon/base/id";
import type { Context } from "../context.js";
import { ProtocolAbort } from "../error.js";
import { VERIFIED, Verified } from "../sharing/shares.js";
import { verifyProducts } from "./products.js";

/**
 * Verifies every product that this context has claimed; only then may `value` be opened. A value
 * may depend on products of any other context of the run; so none may be unverified anywhere, and
 * no check begun and not passed. Whoever opens something verifies first: all else is a bug.
 */
export async function verified<T>(ctx: Context, value: T): Promise<Verified<T>> {
  await verifyProducts(ctx);
  ctx.assertAllVerified();
  return new Verified(value, VERIFIED);
}

/**
 * Π_agree: all three parties hold the same public bytes, or the run ends. One round of 32 bytes to
 * each peer. Used for input roots before the first product, and for "verified" before a result
 * leaves a node.
 */
export async function agree(ctx: Context, what: string, bytes: Uint8Array): Promise<void> {
  const step = ctx.narrow(`agree-${what}`);
  const digest = step.crypto.sha256(utf8(`symbolon/agree/v1|${step.path}|`), bytes);
  const received = await step.exchange(
    { next: digest, previous: digest },
    { next: digest.length, previous: digest.length },
  );
  const sameNext = sameBytes(received.next, digest);
  const samePrevious = sameBytes(received.previous, digest);
  if (!sameNext || !samePrevious) {
    const differing = [sameNext ? "" : next(ctx.self), samePrevious ? "" : previous(ctx.self)];
    throw new ProtocolAbort("TRANSCRIPT_MISMATCH", `the parties disagree on ${what}`, {
      step: step.path,
      party: ctx.self,
      suspects: differing.filter((party) => party !== "").join(" or "),
    });
  }
}
