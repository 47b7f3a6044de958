import { bytesOf, concat } from "@symbolon/base/bytes";
import { type ColumnValues, columnWords, type DatasetSchema } from "@symbolon/base/dataset";
import type { DatasetId, MemberId, PartyIndex } from "@symbolon/base/id";
import type { ConsentTerms, TermsOffer } from "@symbolon/governance/acts/consent";
import { type Envelope, seal, statementHash } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { keyBytes, SEAL_SUITE } from "@symbolon/governance/hpke";
import { type Instant, instantOf } from "@symbolon/governance/instant";
import { parseStatement, statementIn } from "@symbolon/governance/parse-statement";
import { schemaHashOf } from "@symbolon/governance/schema";
import { labelOf, sealPart } from "@symbolon/governance/sealed-part";
import type { Space } from "@symbolon/governance/space";
import {
  type Calibration,
  type DatasetManifest,
  type NodeDescriptor,
  type Offer,
  OVERLAP_MIN_DEFAULT,
  RISK_MAX_DEFAULT,
  RUNS_MAX_DEFAULT,
  type SealedColumn,
} from "@symbolon/governance/statement";
import { EXPAND_SUITE, SEED_BYTES } from "@symbolon/mpc/sharing/prg";
import { splitColumn } from "@symbolon/mpc/sharing/split";
import type { Toolbox } from "./crypto/toolbox.js";
import { ProviderError } from "./error.js";
import { type Identity, signerOfIdentity } from "./identity.js";
import { chunkName, type Spool } from "./spool.js";

/** What a provider allows with a dataset; see `Offer`. */
export interface OfferTerms {
  readonly query: Hash;
  readonly beneficiary: MemberId;
  readonly riskMax?: number;
  readonly overlapMin?: number;
  readonly runsMax?: number;
  readonly expires: Instant;
  /** Under a charter: the whole of the terms, to be agreed to in the log. */
  readonly agreed?: ConsentTerms;
}

/** A dataset in the clear, on its way out: it goes no further than `prepareSubmission`. */
export interface DatasetInput {
  readonly id: DatasetId;
  readonly epoch: number;
  readonly schema: DatasetSchema;
  readonly values: ColumnValues;
  readonly calibration: Calibration;
}

export interface SubmissionContext {
  readonly tools: Toolbox;
  readonly identity: Identity;
  readonly space: Space;
  /** As `checkDescriptors` returned them. */
  readonly descriptors: readonly [NodeDescriptor, NodeDescriptor, NodeDescriptor];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Bytes of column values dealt with so far. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A dataset that is split, sealed and signed; the sealed chunks lie in `spool`. No secrets. */
export interface Submission {
  readonly dataset: DatasetId;
  readonly root: Hash;
  readonly manifest: Envelope;
  readonly offer: Envelope;
  readonly parts: readonly SealedColumn[];
  readonly spool: Spool;
}

/** A signed offer for one of the identity's datasets. */
export async function signOffer(
  { tools, identity, space, now }: Pick<SubmissionContext, "tools" | "identity" | "space" | "now">,
  dataset: DatasetId,
  terms: OfferTerms,
): Promise<Envelope> {
  const signer = await signerOfIdentity(tools, identity);
  if (terms.agreed !== undefined) {
    const offer: TermsOffer = {
      type: "urn:symbolon:statement:offer:v2",
      ...{ space: space.id, issuedAt: instantOf(now), provider: identity.member, dataset },
      ...{ terms: terms.agreed, answers: null },
    };
    return seal(parseStatement(offer), signer);
  }
  const offer: Offer = {
    type: "urn:symbolon:statement:offer:v1",
    space: space.id,
    issuedAt: instantOf(now),
    provider: identity.member,
    dataset,
    query: terms.query,
    beneficiary: terms.beneficiary,
    riskMax: terms.riskMax ?? RISK_MAX_DEFAULT,
    overlapMin: terms.overlapMin ?? OVERLAP_MIN_DEFAULT,
    runsMax: terms.runsMax ?? RUNS_MAX_DEFAULT,
    expires: terms.expires,
  };
  return seal(parseStatement(offer), signer);
}

/**
 * Splits every column with fresh seeds, seals each node's part to that node's key, and signs the
 * offer and the manifest over all of it. After this the values are not needed any more; any one
 * node's parts are uniformly random. Throws `ProviderError` DATASET_INVALID, `InvalidDocument`.
 */
export async function prepareSubmission(
  context: SubmissionContext,
  dataset: DatasetInput,
  terms: OfferTerms,
  spool: Spool,
): Promise<Submission> {
  const { tools, identity, space, now } = context;
  checkValues(dataset);
  const offer = await signOffer(context, dataset.id, terms);
  const draft: Omit<DatasetManifest, "parts"> = {
    type: "urn:symbolon:statement:dataset-manifest:v1",
    space: space.id,
    issuedAt: instantOf(now),
    provider: identity.member,
    dataset: dataset.id,
    epoch: dataset.epoch,
    schema: dataset.schema,
    schemaHash: await schemaHashOf(dataset.schema),
    policyHash: await statementHash(offer),
    suites: { seal: SEAL_SUITE, expand: EXPAND_SUITE },
    calibration: dataset.calibration,
  };
  const parts = await sealColumns(context, draft, dataset.values, spool);
  const statement = parseStatement({ ...draft, parts });
  const manifest = await seal(statement, await signerOfIdentity(tools, identity));
  const root = await statementHash(manifest);
  return { dataset: dataset.id, root, manifest, offer, parts, spool };
}

/** A submission that was prepared earlier, from its two envelopes and its spool. */
export async function resumeSubmission(
  manifest: Envelope,
  offer: Envelope,
  spool: Spool,
): Promise<Submission> {
  const type = "urn:symbolon:statement:dataset-manifest:v1";
  const { dataset, parts } = statementIn(manifest, type);
  return { dataset, root: await statementHash(manifest), manifest, offer, parts, spool };
}

async function sealColumns(
  { tools, descriptors, onProgress }: SubmissionContext,
  draft: Omit<DatasetManifest, "parts">,
  values: ColumnValues,
  spool: Spool,
): Promise<SealedColumn[]> {
  const total = [...values.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  const sealed: SealedColumn[] = [];
  let done = 0;
  for (const { name: table, columns } of draft.schema.tables)
    for (const { name: column, sharing } of columns) {
      const plain = values.get(`${table}.${column}`) as Uint32Array;
      const seeds = [tools.random(SEED_BYTES), tools.random(SEED_BYTES)] as const;
      const parts = await splitColumn(plain, sharing, seeds, tools.expand);
      const nodes = parts.map(({ node, seeds: own, vector }) => {
        const key = keyBytes(descriptors[node].hpkeKey);
        const part = { head: concat(...own), body: bytesOf(vector) };
        const label = labelOf(draft, table, column, node);
        return sealPart(tools.hpke, key, label, part, (chunk, bytes) =>
          spool.put(chunkName(node, table, column, chunk), bytes),
        );
      });
      const [a, b, c] = await Promise.all(nodes);
      sealed.push({ table, column, nodes: [a, b, c] });
      done += plain.byteLength;
      onProgress?.(done, total);
    }
  return sealed;
}

function checkValues({ schema, values }: DatasetInput): void {
  let columns = 0;
  for (const { name, rows, columns: specs } of schema.tables)
    for (const spec of specs) {
      const key = `${name}.${spec.name}`;
      const words = columnWords(rows, spec);
      columns += 1;
      if (values.get(key)?.length !== words)
        throw new ProviderError(
          "DATASET_INVALID",
          `column ${key} does not have the ${words} words that its schema says`,
          { column: key, words },
          "prepare the list again",
        );
    }
  if (values.size !== columns)
    throw new ProviderError(
      "DATASET_INVALID",
      "the dataset has columns that its schema does not name",
      {},
      "prepare the list again",
    );
}

export interface SealedChunk {
  readonly table: string;
  readonly column: string;
  readonly chunk: number;
  readonly bytes: Uint8Array;
}

/** Where a chunk belongs, without its bytes. */
export type ChunkPlace = Omit<SealedChunk, "bytes">;

/** The places of all of a node's chunks, in the order in which they are sent. */
export function* chunkPlaces(submission: Submission, node: PartyIndex): Generator<ChunkPlace> {
  for (const { table, column, nodes } of submission.parts)
    for (const chunk of nodes[node].chunks.keys()) yield { table, column, chunk };
}

/** A node's sealed chunks in order, from the spool; `skip` says which are not wanted. */
export async function* chunksFor(
  submission: Submission,
  node: PartyIndex,
  skip: (place: ChunkPlace) => boolean = () => false,
): AsyncGenerator<SealedChunk> {
  for (const place of chunkPlaces(submission, node)) {
    if (skip(place)) continue;
    const { table, column, chunk } = place;
    const bytes = await submission.spool.get(chunkName(node, table, column, chunk));
    if (bytes === undefined)
      throw new ProviderError(
        "FILE_INVALID",
        `the sealed chunk ${chunk} of ${table}.${column} for node ${node} is gone`,
        { table, column, chunk, node },
        "prepare and submit the list again under a new dataset name",
      );
    yield { ...place, bytes };
  }
}
