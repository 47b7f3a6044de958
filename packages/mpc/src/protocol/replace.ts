import { assert } from "@symbolon/base/assert";
import { bytesOf, concat, sameBytes } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import type { Context } from "../context.js";
import { ProtocolAbort } from "../error.js";
import { type Adding, vectorLike } from "../ring/vector.js";
import { type RingVector, Shares } from "../sharing/shares.js";
import type { SoundnessTerm } from "../verify/soundness.js";
import {
  around,
  type CopyRecord,
  DIGEST_SIZE,
  digestParts,
  SALT_SIZE,
  type Stored,
} from "./copies.js";
import { type Refreshed, refresh } from "./refresh.js";

/** What is public of stored shares: a newcomer knows it from the registry, before any message. */
export interface StoredShape {
  readonly name: string;
  readonly epoch: number;
  readonly columns: readonly {
    readonly like: RingVector;
    readonly length: number;
    readonly adding: Adding;
  }[];
}

/** A remaining party brings its shares and their record, the newcomer the shape alone. */
export type Holding = { readonly stored: Stored; readonly record: CopyRecord } | StoredShape;

/**
 * Π_replace: a newcomer takes seat `seat`; whoever sat there need not be reached.
 *
 *     P_{s+1} → newcomer: x_{s+1}, salt_{s+1}, d_0, d_1, d_2
 *     P_{s−1} → newcomer: x_s,     salt_s,     d_0, d_1, d_2
 *
 * Of each component that the newcomer needs, one remaining party alone has a copy; but its digest
 * was agreed by all three when the epoch began (`recordCopies`), so the other one has it on record.
 * The newcomer aborts unless both records are the same and both components fit them. Then all three
 * refresh, so that the newcomer's shares and those of its predecessor make noise together.
 *
 * One round: the size of both parts, 32 + 96 bytes each; then `refresh`. Without a record a lie
 * would be another valid sharing, which nobody could tell from the right one.
 * Security: malicious with abort. Soundness: `replaceTerms`. Own protocol and argument;
 * docs/protocols/replace.md.
 */
export async function replaceParty(
  ctx: Context,
  seat: PartyIndex,
  holding: Holding,
): Promise<Refreshed> {
  const step = ctx.narrow("replace");
  if (step.self !== seat) {
    assert("stored" in holding, "a remaining party brings what it holds");
    await hand(step, seat, holding.stored, holding.record);
    return refresh(step, holding.stored);
  }
  assert(!("stored" in holding), "a newcomer holds nothing yet");
  return refresh(step, await take(step, holding));
}

/** A remaining party's part: component s from P_{s−1}, component s + 1 from P_{s+1}. */
async function hand(
  ctx: Context,
  seat: PartyIndex,
  { columns }: Stored,
  { salts, digests }: CopyRecord,
): Promise<void> {
  const isAfter = ctx.self === around(seat, 1);
  const parts = columns.map(({ shares }) => bytesOf(isAfter ? shares.own : shares.next));
  const message = concat(isAfter ? salts.own : salts.next, ...digests, ...parts);
  await ctx.exchange(isAfter ? { previous: message } : { next: message }, {});
}

async function take(ctx: Context, shape: StoredShape): Promise<Stored> {
  const sizes = shape.columns.map(({ like, length }) => length * like.BYTES_PER_ELEMENT);
  const header = SALT_SIZE + 3 * DIGEST_SIZE;
  const size = sizes.reduce((sum, column) => sum + column, header);
  const received = await ctx.exchange({}, { next: size, previous: size });
  const records = [received.previous, received.next].map((message) =>
    message.subarray(SALT_SIZE, header),
  );
  if (!sameBytes(records[0], records[1])) {
    throw new ProtocolAbort(
      "TRANSCRIPT_MISMATCH",
      "the remaining parties have different digests on record",
      details(ctx, shape),
    );
  }
  const component = (message: Uint8Array, index: PartyIndex): RingVector[] => {
    let at = header;
    const parts = sizes.map((length) => {
      at += length;
      return message.subarray(at - length, at);
    });
    const digest = digestParts(ctx, shape, index, message.subarray(0, SALT_SIZE), parts);
    const recorded = records[0].subarray(DIGEST_SIZE * index, DIGEST_SIZE * (index + 1));
    if (!sameBytes(digest, recorded)) {
      throw new ProtocolAbort(
        "TRANSCRIPT_MISMATCH",
        `component ${index} is not the one on record`,
        details(ctx, shape),
      );
    }
    return parts.map((part, k) => vectorLike(shape.columns[k].like, part.slice()));
  };
  const own = component(received.previous, ctx.self);
  const next = component(received.next, around(ctx.self, 1));
  const columns = shape.columns.map(({ adding }, k) => ({
    adding,
    shares: new Shares(own[k], next[k]),
  }));
  return { name: shape.name, epoch: shape.epoch, columns };
}

const details = (ctx: Context, { name }: StoredShape) => ({
  step: ctx.path,
  party: ctx.self,
  dataset: name,
});

/** A wrong component passes only with a second input of its digest. */
export const replaceTerms = (datasets: number): SoundnessTerm[] => [
  { check: "digests of handed components", count: 2 * datasets, error: 2 ** -128 },
  { check: "digests of refreshed components", count: 3 * datasets, error: 2 ** -128 },
];
