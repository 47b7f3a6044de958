import { bytesOf, concat, toHex, utf8 } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import type { Context } from "../context.js";
import type { Adding } from "../ring/vector.js";
import type { RingVector, Shares } from "../sharing/shares.js";
import { agree } from "../verify/checked.js";

/** A stored column of shares. Public: its name, its kind, its length. */
export interface StoredColumn {
  readonly shares: Shares<RingVector>;
  readonly adding: Adding;
}

/** Stored shares of one dataset, in the state that one epoch left them in. */
export interface Stored {
  readonly name: string;
  readonly epoch: number;
  readonly columns: readonly StoredColumn[];
}

export type Digests = readonly [Uint8Array, Uint8Array, Uint8Array];

/**
 * What a party keeps beside its shares: a salted digest of each of the three components, and the
 * salts of the two that it holds. The digests say nothing of the component that it lacks; the salts
 * are as secret as the shares, and never print.
 */
export class CopyRecord {
  readonly digests: Digests;
  readonly salts: { readonly own: Uint8Array; readonly next: Uint8Array };
  constructor(digests: Digests, salts: CopyRecord["salts"]) {
    this.digests = digests;
    this.salts = salts;
  }
  toJSON(): string {
    return "CopyRecord";
  }
  toString(): string {
    return this.toJSON();
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toJSON();
  }
}

export const DIGEST_SIZE = 32;
export const SALT_SIZE = 32;

/**
 * Π_record: the three parties agree on a salted digest of every component.
 *
 *     d_j = SHA-256(label, name, epoch, j, salt_j, x_j)          salt_j = F(K_j), 32 bytes
 *
 * The holders of component j are P_j and P_{j−1}, and these two alone know key K_j: so the salt
 * takes no message. P_j sends d_j to P_{j+1}, who lacks x_j; then all three compare their three
 * digests, of which each party has made two itself. So it is known to all that the two copies of
 * each component are one, and whoever holds one alone later on can be held to it (`replaceParty`).
 * Two rounds: 32 bytes to the next party, then 32 to each. A lie aborts; so do copies that differ.
 * Security: malicious with abort; SHA-256 as a random oracle hides the component from P_{j+1}, even
 * a short one, and binds. docs/protocols/refresh.md.
 */
export async function recordCopies(ctx: Context, stored: Stored): Promise<CopyRecord> {
  const step = ctx.narrow("record");
  const { self } = step;
  const [nextParty, previousParty] = [around(self, 1), around(self, 2)];
  const salts = step.random(SALT_SIZE);
  const own = digestOf(step, stored, self, salts.own);
  const next = digestOf(step, stored, nextParty, salts.next);
  const received = await step.exchange({ next: own }, { previous: DIGEST_SIZE });
  const digests: [Uint8Array, Uint8Array, Uint8Array] = [own, own, own];
  digests[nextParty] = next;
  digests[previousParty] = received.previous;
  await agree(step, "digests", concat(...digests));
  return new CopyRecord(digests, salts);
}

/** The digest of a component that this party holds. */
export function digestOf(
  ctx: Context,
  stored: Stored,
  component: PartyIndex,
  salt: Uint8Array,
): Uint8Array {
  const isOwn = component === ctx.self;
  const parts = stored.columns.map(({ shares }) => bytesOf(isOwn ? shares.own : shares.next));
  return digestParts(ctx, stored, component, salt, parts);
}

/** The digest of a component given by the bytes of its columns. */
export function digestParts(
  ctx: Context,
  { name, epoch }: Pick<Stored, "name" | "epoch">,
  component: PartyIndex,
  salt: Uint8Array,
  parts: readonly Uint8Array[],
): Uint8Array {
  // Sizes before contents, and the name's length before the name: no two inputs look alike.
  const sizes = parts.map(({ length }) => length).join(",");
  const bytes = utf8(name);
  const label = `symbolon/component/v1|${epoch}|${component}|${sizes}|${bytes.length}|`;
  return ctx.crypto.sha256(utf8(label), bytes, utf8(toHex(salt)), ...parts);
}

export const around = (party: PartyIndex, steps: 0 | 1 | 2): PartyIndex =>
  ((party + steps) % 3) as PartyIndex;
