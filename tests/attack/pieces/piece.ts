import { bytesOf, toHex } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import { Context, type RunOptions } from "@symbolon/mpc/context";
import type { Adding } from "@symbolon/mpc/ring/vector";
import { type RingVector, Shares } from "@symbolon/mpc/sharing/shares";
import type { Dealer } from "../trio.js";

/** What a party has at the end: a public value, shares of a secret one, or both. */
export interface PieceResult {
  readonly told?: string;
  readonly shares?: Shares<RingVector>;
  readonly adding?: Adding;
  /** Rounds that the run took; public. */
  readonly rounds?: number;
}

export type PartyCode = (options: RunOptions, self: PartyIndex) => Promise<PieceResult>;

/** One protocol and all that must verify it, at the least size that has all its messages. */
export interface Piece {
  readonly name: string;
  /** Source files below `packages/mpc/src` whose protocols it attacks, without their ending. */
  readonly covers: readonly string[];
  /** Deals the inputs and gives what each party runs. */
  prepare(dealer: Dealer): PartyCode;
}

export const words = (count: number, seed: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, k) => Math.imul(k + seed, 2654435761) ^ (k << 7));

export const bits = (result: Shares): PieceResult => ({ shares: result, adding: "xor" });
export const told = (bytes: RingVector | Uint8Array): PieceResult => ({
  told: toHex(bytesOf(bytes)),
});

/** A piece of one context, which must have verified all that it claimed. */
export const piece = (
  name: string,
  covers: readonly string[],
  prepare: (dealer: Dealer) => (ctx: Context, self: PartyIndex) => Promise<PieceResult>,
): Piece => ({
  name,
  covers,
  prepare: (dealer) => {
    const party = prepare(dealer);
    return async (options, self) => {
      const ctx = Context.start(options);
      const result = await party(ctx, self);
      ctx.assertAllVerified();
      return { ...result, rounds: ctx.metrics.rounds };
    };
  },
});

/** Elements of GF(2^96) whose fourth words, which mean nothing, are zero. */
export const canonicalShares = (x: Shares): Shares => {
  const clear = (part: Uint32Array) => part.map((word, w) => (w % 4 === 3 ? 0 : word));
  return new Shares(clear(x.own), clear(x.next));
};

/** Several vectors end to end. */
export function joined(parts: readonly Shares[]): Shares {
  const flat = (pick: (part: Shares) => Uint32Array): Uint32Array =>
    Uint32Array.from(parts.flatMap((part) => [...pick(part)]));
  return new Shares(
    flat(({ own }) => own),
    flat(({ next }) => next),
  );
}
