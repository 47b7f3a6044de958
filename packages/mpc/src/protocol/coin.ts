import { concat, sameBytes, utf8 } from "@symbolon/base/bytes";
import { next, type PartyIndex, previous } from "@symbolon/base/id";
import type { Context, Received } from "../context.js";
import { ProtocolAbort } from "../error.js";

const SIZE = 32;

/**
 * Π_coin: 32 public random bytes that nobody could predict or bias.
 *
 * Each party commits to 32 random bytes (SHA-256, bound to step and party) when the coin is
 * prepared, and opens them only when `open` is called: call it after *every* message that the coin
 * challenges has been received. The opening repeats the three commitments as seen, so a party that
 * committed differently to the two others is caught before the coin is used.
 *
 *     coin = H(step, v_0, v_1, v_2)
 *
 * Two rounds of 32 and 128 bytes to each peer; the first may run beside the challenged messages.
 * Security: malicious with abort in the random-oracle model of SHA-256. docs/protocols/coin.md.
 */
export function prepareCoin(ctx: Context): { open(): Promise<Uint8Array> } {
  const step = ctx.narrow("coin");
  const value = ctx.crypto.random(SIZE);
  const commitment = commit(step, step.self, value);
  const opening = step.fork("open");
  const committing = step
    .fork("commit")
    .exchange({ next: commitment, previous: commitment }, { next: SIZE, previous: SIZE });
  // Whoever waits in `open` hears of a failure; a run that ends before must not crash on it.
  committing.catch(() => undefined);
  return { open: async () => openCoin(step, opening, value, commitment, await committing) };
}

async function openCoin(
  step: Context,
  opening: Context,
  value: Uint8Array,
  commitment: Uint8Array,
  commitments: Received,
): Promise<Uint8Array> {
  const seen = byParty(step.self, commitment, commitments);
  const message = concat(value, ...seen);
  const size = message.length;
  const opened = await opening.exchange(
    { next: message, previous: message },
    { next: size, previous: size },
  );
  for (const [from, bytes] of [
    [next(step.self), opened.next],
    [previous(step.self), opened.previous],
  ] as const) {
    if (!sameBytes(bytes.subarray(SIZE), message.subarray(SIZE))) {
      throw new ProtocolAbort("COIN_EQUIVOCATION", "parties saw different coin commitments", {
        step: step.path,
        from,
      });
    }
    if (!sameBytes(commit(step, from, bytes.subarray(0, SIZE)), seen[from])) {
      throw new ProtocolAbort("COIN_COMMITMENT", "a coin was opened to another value", {
        step: step.path,
        from,
      });
    }
  }
  step.join(opening);
  const values = byParty(step.self, value, {
    next: opened.next.subarray(0, SIZE),
    previous: opened.previous.subarray(0, SIZE),
  });
  return step.crypto.sha256(utf8(`symbolon/coin/v1|${step.path}|`), ...values);
}

const commit = (step: Context, party: PartyIndex, value: Uint8Array): Uint8Array =>
  step.crypto.sha256(utf8(`symbolon/coin-commitment/v1|${step.path}|${party}|`), value);

function byParty(self: PartyIndex, own: Uint8Array, others: Received): Uint8Array[] {
  const parts: Uint8Array[] = [];
  parts[self] = own;
  parts[next(self)] = others.next;
  parts[previous(self)] = others.previous;
  return parts;
}

/** `size` public random bytes grown from a coin, one stream a purpose. */
export const expandCoin = (ctx: Context, coin: Uint8Array, purpose: string, size: number) =>
  ctx.crypto.keystream(ctx.crypto.hmac(coin, utf8(purpose)).subarray(0, 16), size);
