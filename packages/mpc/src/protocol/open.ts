import { bytesOf, sameBytes, utf8 } from "@symbolon/base/bytes";
import { next, previous } from "@symbolon/base/id";
import type { Context } from "../context.js";
import { ProtocolAbort } from "../error.js";
import { type Adding, addUp, vectorLike } from "../ring/vector.js";
import type { RingVector, Shares, Verified } from "../sharing/shares.js";

/** Above this size the second holder of a share sends its hash instead of a copy. */
const COPY_MAX = 64;

/**
 * Π_open: every party learns x.
 *
 * P_i lacks x_{i+2}. It gets it from P_{i-1} and a copy (or, above 64 bytes, a SHA-256 hash bound
 * to the step) from P_{i+1}, and compares before use; so one lying party makes an honest one abort.
 * One round; n elements to the next party, n elements or 32 bytes to the previous one.
 * Only a verified value can be opened: the type says so. docs/protocols/open.md.
 */
export const open = <V extends RingVector>(
  ctx: Context,
  x: Verified<Shares<V>>,
  adding: Adding,
): Promise<V> => openMasked(ctx.narrow("open"), x.value, adding);

/** As `open`, for values inside a check that a uniformly random mask hides. Not for results. */
export async function openMasked<V extends RingVector>(
  ctx: Context,
  x: Shares<V>,
  adding: Adding,
): Promise<V> {
  const own = bytesOf(x.own);
  const nextBytes = bytesOf(x.next);
  const isShort = own.length <= COPY_MAX;
  const received = await ctx.exchange(
    { next: own, previous: isShort ? nextBytes : digest(ctx, nextBytes) },
    { previous: own.length, next: isShort ? own.length : 32 },
  );
  const value = received.previous;
  const copy = isShort ? value : digest(ctx, value);
  if (!sameBytes(copy, received.next)) {
    throw new ProtocolAbort("OPEN_MISMATCH", "the two copies of a share differ", {
      step: ctx.path,
      party: ctx.self,
      // One of the two who sent the copies has changed its own.
      suspects: `${previous(ctx.self)} or ${next(ctx.self)}`,
    });
  }
  return addUp(adding, x.own, x.next, vectorLike(x.own, value));
}

const digest = (ctx: Context, bytes: Uint8Array): Uint8Array =>
  ctx.crypto.sha256(utf8(`symbolon/open/v1|${ctx.path}|`), bytes);
