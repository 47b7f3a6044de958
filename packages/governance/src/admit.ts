import type { MemberId, PartyIndex } from "@symbolon/base/id";
import type { TermsOffer } from "./acts/consent.js";
import { type Directory, directoryOf } from "./author.js";
import type { Envelope } from "./envelope.js";
import { SEAL_SUITE } from "./hpke.js";
import { millisecondsOf } from "./instant.js";
import { partsAreDistinct } from "./parse-statement.js";
import { Refusal } from "./refusal.js";
import { schemaHashOf } from "./schema.js";
import { chunkCount, EXPAND_SUITE, wordsOfColumn } from "./sealed-part.js";
import type { Signatures } from "./signatures.js";
import type { Space } from "./space.js";
import type { DatasetManifest, Offer, ResultRequest } from "./statement.js";
import { isOfType, type Verified, verifyIn } from "./verify-statement.js";

/** What a node checks a statement against. */
export interface Door {
  readonly space: Space;
  /** Whose word counts, where a log says it; otherwise the space file does. */
  readonly directory?: Directory | undefined;
  readonly signatures: Signatures;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How far the clocks of two honest parties may lie apart. */
export const CLOCK_SKEW_MS = 2 * 60_000;
/** How long after it was signed a request still starts something. */
export const REQUEST_AGE_MAX_MS = 15 * 60_000;

/**
 * A dataset at a node's door: both statements are signed by one member, belong together, and the
 * manifest commits to every chunk of every column. Throws `Refusal`.
 */
export async function admitDataset(door: Door, manifest: Envelope, offer: Envelope) {
  const type = "urn:symbolon:statement:dataset-manifest:v1";
  const data = await verifyIn(door.signatures, directoryAt(door), manifest, type);
  const policy = await admitPolicy(door, offer);
  const { statement } = data;
  const inconsistent = await inconsistency(statement);
  if (inconsistent !== undefined)
    throw new Refusal("MANIFEST_INCONSISTENT", `the manifest ${inconsistent}`);
  if (statement.policyHash !== policy.hash)
    throw new Refusal("OFFER_MISMATCH", "the dataset was sealed under another offer");
  if (policy.statement.provider !== statement.provider)
    throw new Refusal("OFFER_MISMATCH", "the offer is by another provider");
  if (policy.statement.dataset !== statement.dataset)
    throw new Refusal("OFFER_MISMATCH", "the offer is for another dataset");
  refuseFuture(door.now, statement.issuedAt);
  return { manifest: data, offer: policy };
}

const directoryAt = ({ directory, space }: Door): Directory => directory ?? directoryOf(space);

/** Where a log says who is who, a dataset may come under terms that are agreed to in the log. */
async function admitPolicy(
  door: Door,
  envelope: Envelope,
): Promise<Verified<Offer> | Verified<TermsOffer>> {
  const { signatures, directory, now } = door;
  const type = "urn:symbolon:statement:offer:v2";
  if (directory === undefined || !isOfType(envelope, type)) return admitOffer(door, envelope);
  const offer = await verifyIn(signatures, directory, envelope, type);
  refuseFuture(now, offer.statement.issuedAt);
  refuseExpired(now, offer.statement.terms.expires);
  return offer;
}

/** An offer at a node's door: signed by a member, for a member, not yet expired. */
export async function admitOffer(door: Door, envelope: Envelope): Promise<Verified<Offer>> {
  const { signatures, now } = door;
  const directory = directoryAt(door);
  const type = "urn:symbolon:statement:offer:v1";
  const offer = await verifyIn(signatures, directory, envelope, type);
  const { beneficiary, expires, issuedAt } = offer.statement;
  if (directory.keysOf(beneficiary) === undefined)
    throw new Refusal("UNKNOWN_MEMBER", `${beneficiary} is not a member of ${directory.space}`, {
      member: beneficiary,
    });
  refuseFuture(now, issuedAt);
  refuseExpired(now, expires);
  return offer;
}

function refuseExpired(now: number, expires: string): void {
  if ((millisecondsOf(expires) as number) <= now)
    throw new Refusal("OFFER_EXPIRED", `the offer expired at ${expires}`, { expires });
}

/** A request for a run's result: by the run's asker, and fresh. Throws `Refusal`. */
export async function admitResultRequest(
  door: Door,
  envelope: Envelope,
  asker: MemberId,
): Promise<Verified<ResultRequest>> {
  const { signatures, now } = door;
  const type = "urn:symbolon:statement:result-request:v1";
  const request = await verifyIn(signatures, directoryAt(door), envelope, type);
  if (request.statement.asker !== asker)
    throw new Refusal("NOT_YOURS", "the result belongs to another member");
  refuseStale(now, request.statement.issuedAt);
  return request;
}

/** Refuses what was signed too long ago, or in the future. */
export function refuseStale(now: number, issuedAt: string): void {
  refuseFuture(now, issuedAt);
  if (now - (millisecondsOf(issuedAt) as number) > REQUEST_AGE_MAX_MS)
    throw new Refusal("REQUEST_TOO_OLD", `the request is of ${issuedAt}`, { issuedAt });
}

function refuseFuture(now: number, issuedAt: string): void {
  if ((millisecondsOf(issuedAt) as number) - now > CLOCK_SKEW_MS)
    throw new Refusal("REQUEST_IN_FUTURE", `the statement is of ${issuedAt}`, { issuedAt });
}

/** What is wrong with a manifest in itself, as the end of "the manifest …". */
async function inconsistency(manifest: DatasetManifest): Promise<string | undefined> {
  const { schema, parts, schemaHash, suites } = manifest;
  if ((await schemaHashOf(schema)) !== schemaHash) return "names another schema's hash";
  if (suites.seal !== SEAL_SUITE) return `uses an unknown suite ${suites.seal}`;
  if (suites.expand !== EXPAND_SUITE) return `uses an unknown suite ${suites.expand}`;
  if (!partsAreDistinct(parts)) return "has a column twice";
  const columns = schema.tables.reduce((count, table) => count + table.columns.length, 0);
  if (parts.length !== columns) return "does not have every column";
  for (const { table, column, nodes } of parts) {
    const words = wordsOfColumn(schema, table, column);
    if (words === undefined) return `has a column ${table}.${column} that its schema lacks`;
    for (const [node, { chunks }] of nodes.entries())
      if (chunks.length !== chunkCount(node as PartyIndex, words))
        return `has a wrong number of chunks of ${table}.${column}`;
  }
  return undefined;
}
