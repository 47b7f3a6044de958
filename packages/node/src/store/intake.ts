import { toHex } from "@symbolon/base/bytes";
import type { DatasetId, PartyIndex } from "@symbolon/base/id";
import type { TermsOffer } from "@symbolon/governance/acts/consent";
import { admitDataset, admitOffer, type Door } from "@symbolon/governance/admit";
import type { CommitReply, ManifestReply, OfferReply } from "@symbolon/governance/api";
import type { Directory } from "@symbolon/governance/author";
import { type Envelope, seal } from "@symbolon/governance/envelope";
import { type Hash, sha256 } from "@symbolon/governance/hash";
import type { Hpke, HpkeKeyPair } from "@symbolon/governance/hpke";
import { instantOf } from "@symbolon/governance/instant";
import {
  bodyBytes,
  chunkBytes,
  chunkCount,
  headBytes,
  labelOf,
  openPart,
  SEAL_OVERHEAD_BYTES,
  SEED_BYTES,
  wordsOfColumn,
} from "@symbolon/governance/sealed-part";
import type { Signatures, Signer } from "@symbolon/governance/signatures";
import type { Space } from "@symbolon/governance/space";
import type { DatasetManifest, Offer, Receipt, SealedColumn } from "@symbolon/governance/statement";
import type { NodeLimits } from "../config.js";
import { DoorError } from "../node-error.js";
import { replaceDataset } from "./delete-dataset.js";
import { aboutChunk, manifestIn } from "./manifest-in.js";
import type { ChunkAt, DatasetRow, Store } from "./store.js";
import { columnKey, uploadKey, type Vault } from "./vault.js";

export interface IntakeServices {
  readonly space: Space;
  readonly self: PartyIndex;
  readonly signatures: Signatures;
  readonly signer: Signer;
  readonly hpke: Hpke;
  readonly hpkeKeys: HpkeKeyPair;
  /** The hash of the public one. */
  readonly hpkeKeyId: Hash;
  readonly store: Store;
  readonly vault: Vault;
  readonly limits: NodeLimits;
  readonly now: () => number;
  /** Whose word counts, once a charter is in force; the space file's members until then. */
  readonly directory?: () => Directory | undefined;
}

/** Offers of one dataset; each is kept, since it may be needed to explain a decision. */
const OFFERS_MAX = 1_000;

const aboutUpload = (at: ChunkAt): string => `upload ${aboutChunk(at)}`;

/**
 * How a dataset comes in: a signed manifest, then every sealed chunk that it commits to, then a
 * commit that opens all of them, keeps them under this node's own encryption and answers with a
 * signed receipt. Each step may be repeated, and goes on where it was cut off.
 */
export class Intake {
  readonly #services: IntakeServices;
  readonly #committing = new Map<DatasetId, Promise<CommitReply>>();

  constructor(services: IntakeServices) {
    this.#services = services;
  }

  /** Throws `Refusal`, `InvalidDocument` or `DoorError`. */
  async putManifest(
    id: DatasetId,
    manifest: Envelope,
    offer: Envelope,
  ): Promise<{ readonly isNew: boolean; readonly reply: ManifestReply }> {
    const { store, now } = this.#services;
    const admitted = await admitDataset(this.#door(), manifest, offer);
    const { statement, hash: root } = admitted.manifest;
    const { provider, dataset, epoch } = statement;
    if (dataset !== id)
      throw new DoorError(
        400,
        "BODY_INVALID",
        "the manifest is of another dataset",
        "correct the address",
      );
    const before = store.dataset(id);
    if (before?.root === root) return { isNew: false, reply: this.#manifestReply(before) };
    if (before) this.#refuseReplacing(before, statement);
    this.#refuseGone(root, admitted.manifest.statement, admitted.offer.statement);
    this.#refuseUnfit(statement, before === undefined);
    if (before) await replaceDataset(this.#services, before);
    // Another can have come in between.
    if (store.dataset(dataset)) return this.putManifest(id, manifest, offer);
    const offerRow = { hash: admitted.offer.hash, provider, dataset, envelope: offer };
    store.putDataset({ dataset, root, provider, epoch, manifest, since: now() }, offerRow);
    const reply: ManifestReply = { dataset, root, state: "uploading", present: [] };
    return { isNew: true, reply };
  }

  /** Keeps one sealed chunk if it is the one committed to. Throws `DoorError`. */
  async putPart(id: DatasetId, table: string, column: string, chunk: number, bytes: Uint8Array) {
    const { store, vault, self } = this.#services;
    const row = this.#dataset(id);
    if (row.state === "complete") return;
    const manifest = manifestIn(row);
    const part = manifest.parts.find((entry) => entry.table === table && entry.column === column);
    const hash = part?.nodes[self].chunks[chunk];
    if (part === undefined || hash === undefined)
      throw new DoorError(
        404,
        "PART_UNKNOWN",
        `the manifest of ${id} has no chunk ${chunk} of ${table}.${column}`,
        "send the chunks that the manifest lists for this node",
      );
    const words = wordsOfColumn(manifest.schema, table, column) as number;
    const isRight =
      bytes.length === chunkBytes(self, words, chunk) + SEAL_OVERHEAD_BYTES &&
      (await sha256(bytes)) === hash;
    if (!isRight)
      throw new DoorError(
        422,
        "BODY_INVALID",
        `chunk ${chunk} of ${table}.${column} is not the one that the manifest commits to`,
        "send the chunk again; if that fails, submit the dataset again",
      );
    // It may have been deleted or replaced while the chunk was being hashed.
    if (store.dataset(id)?.root !== row.root) throw unknownDataset(id);
    const at = { root: row.root, table, column, chunk };
    store.putSealedChunk(at, vault.seal(this.#uploadKey(row.root), bytes, aboutUpload(at)));
  }

  /** Opens and keeps every part, and signs for them. Throws `SealedPartError` or `DoorError`. */
  commit(id: DatasetId): Promise<CommitReply> {
    const running = this.#committing.get(id);
    if (running) return running;
    const commit = this.#commit(id).finally(() => this.#committing.delete(id));
    this.#committing.set(id, commit);
    return commit;
  }

  async putOffer(envelope: Envelope): Promise<OfferReply> {
    const { store } = this.#services;
    const { statement, hash } = await admitOffer(this.#door(), envelope);
    const { provider, dataset } = statement;
    const row = store.dataset(dataset);
    if (row && row.provider !== provider) throw taken(dataset);
    this.#refuseWithdrawn(statement);
    if (store.offers([dataset]).length >= OFFERS_MAX)
      throw new DoorError(
        409,
        "OFFERS_TOO_MANY",
        `there are ${OFFERS_MAX} offers of ${dataset} already`,
        "submit the dataset under another name",
      );
    store.putOffer({ hash, provider, dataset, envelope });
    return { offer: hash };
  }

  /**
   * What a provider sends is sealed to this node's key, which stays: a copy of the database from
   * the middle of an upload would open for ever. So it is kept under a key that goes with it.
   */
  #uploadKey(root: Hash): Uint8Array {
    const { keys } = this.#services.vault;
    const name = uploadKey(root);
    const key = keys.get(name) ?? this.#services.vault.newKey();
    if (!keys.has(name)) keys.put(new Map([[name, key]]));
    return key;
  }

  #door(): Door {
    const { space, signatures, now, directory } = this.#services;
    return { space, signatures, directory: directory?.(), now: now() };
  }

  #dataset(id: DatasetId): DatasetRow {
    const row = this.#services.store.dataset(id);
    if (row) return row;
    throw unknownDataset(id);
  }

  #manifestReply(row: DatasetRow): ManifestReply {
    const present = this.#services.store
      .sealedChunks(row.root)
      .map(({ table, column, chunk }) => `${table}/${column}/${chunk}`);
    return { dataset: row.dataset, root: row.root, state: row.state, present };
  }

  #refuseReplacing(before: DatasetRow, { provider, dataset, epoch }: DatasetManifest): void {
    if (before.provider !== provider) throw taken(dataset);
    if (epoch <= before.epoch)
      throw new DoorError(
        409,
        "DATASET_OUTDATED",
        `${dataset} is here already, with epoch ${before.epoch}`,
        "prepare the dataset again with a higher epoch, or under another name",
      );
    if (this.#services.store.isInUse(before.root) || this.#committing.has(dataset))
      throw new DoorError(
        409,
        "DATASET_IN_USE",
        `${dataset} is in use`,
        "wait until it is not, or submit under another name",
      );
  }

  /** What was deleted does not come back, whoever has kept what its provider once signed. */
  #refuseGone(root: Hash, manifest: DatasetManifest, offer: Offer | TermsOffer): void {
    const { dataset } = manifest;
    if (this.#services.store.deletion(root) !== undefined)
      throw gone(`this version of ${dataset} was deleted here`);
    this.#refuseWithdrawn(manifest);
    this.#refuseWithdrawn(offer);
  }

  #refuseWithdrawn({
    provider,
    dataset,
    issuedAt,
  }: Pick<DatasetManifest, "provider" | "dataset" | "issuedAt">): void {
    const since = this.#services.store.withdrawnAt(provider, dataset);
    if (since !== undefined && issuedAt <= since)
      throw gone(`${provider} withdrew ${dataset} at ${since}, after this was signed`);
  }

  /** Whether its parts are being opened just now. */
  isCommitting(id: DatasetId): boolean {
    return this.#committing.has(id);
  }

  #refuseUnfit(manifest: DatasetManifest, isAdded: boolean): void {
    const { store, limits, self, hpkeKeyId } = this.#services;
    const { provider, schema, parts } = manifest;
    const smaller = "submit fewer rows at a time, or ask the operator for a higher limit";
    for (const { name, rows } of schema.tables)
      if (rows > limits.rows)
        throw new DoorError(
          413,
          "DATASET_TOO_LARGE",
          `table ${name} has ${rows} rows; this node takes ${limits.rows}`,
          smaller,
        );
    const size = parts.reduce((sum, part) => sum + sizeFor(self, manifest, part), 0);
    if (size > limits.datasetBytes)
      throw new DoorError(
        413,
        "DATASET_TOO_LARGE",
        `the dataset has ${size} bytes for this node, which takes ${limits.datasetBytes}`,
        smaller,
      );
    if (isAdded && store.datasetCount(provider) >= limits.datasets)
      throw new DoorError(
        409,
        "DATASETS_TOO_MANY",
        `${provider} has ${limits.datasets} datasets here`,
        "replace one under its own name",
      );
    if (parts.some(({ nodes }) => nodes[self].keyId !== hpkeKeyId))
      throw new DoorError(
        422,
        "KEY_NOT_OURS",
        "the parts are sealed to a key that is not this node's",
        "fetch the node's descriptor again and seal to the key in it",
      );
  }

  async #commit(id: DatasetId): Promise<CommitReply> {
    const { store, vault, self, space, signer, now } = this.#services;
    const row = this.#dataset(id);
    if (row.receipt) return { receipt: row.receipt };
    const manifest = manifestIn(row);
    this.#refuseIncomplete(row, manifest);
    const seeds = new Set<string>();
    const keys = new Map<string, Uint8Array>();
    for (const part of manifest.parts) {
      const [name, key] = await this.#keepPart(row, manifest, part, seeds);
      keys.set(name, key);
    }
    const { provider, dataset } = row;
    const type = "urn:symbolon:statement:receipt:v1";
    const issuedAt = instantOf(now());
    const about = { type, space: space.id, issuedAt, node: self } as const;
    const receipt = await seal(
      { ...about, provider, dataset, root: row.root } satisfies Receipt,
      signer,
    );
    vault.keys.put(keys);
    store.completeDataset(row.root, receipt);
    vault.keys.destroy([uploadKey(row.root)]);
    return { receipt };
  }

  #refuseIncomplete(row: DatasetRow, { parts }: DatasetManifest): void {
    const { store, self } = this.#services;
    const have = new Set(store.sealedChunks(row.root).map(aboutChunk));
    const missing = parts.flatMap(({ table, column, nodes }) =>
      nodes[self].chunks.flatMap((_, chunk) => {
        const isThere = have.has(aboutChunk({ root: row.root, table, column, chunk }));
        return isThere ? [] : [`${table}/${column}/${chunk}`];
      }),
    );
    if (missing.length > 0)
      throw new DoorError(
        409,
        "DATASET_INCOMPLETE",
        `${missing.length} chunks of ${row.dataset} are missing, the first is ${missing[0]}`,
        "send the missing chunks, then commit again",
      );
  }

  /** One column: from sealed chunks to chunks under a key of this node, which is returned. */
  async #keepPart(
    row: DatasetRow,
    manifest: DatasetManifest,
    part: SealedColumn,
    seeds: Set<string>,
  ): Promise<readonly [string, Uint8Array]> {
    const { store, vault, hpke, hpkeKeys, self } = this.#services;
    const at = { root: row.root, table: part.table, column: part.column };
    const label = labelOf(manifest, part.table, part.column, self);
    const words = wordsOfColumn(manifest.schema, part.table, part.column) as number;
    const upload = this.#uploadKey(row.root);
    const read = async (chunk: number) => {
      const bytes = store.sealedChunk({ ...at, chunk }) as Uint8Array;
      return vault.open(upload, bytes, aboutUpload({ ...at, chunk }));
    };
    const key = vault.newKey();
    let chunk = 0;
    for await (const plain of openPart(hpke, hpkeKeys, label, words, part.nodes[self], read)) {
      if (chunk === 0) refuseRepeatedSeeds(plain, seeds, row.dataset);
      store.putPart({ ...at, chunk }, vault.seal(key, plain, aboutChunk({ ...at, chunk })));
      chunk += 1;
    }
    return [columnKey(at), key];
  }
}

/** Bytes of a column's sealed chunks for one node. */
function sizeFor(self: PartyIndex, { schema }: DatasetManifest, part: SealedColumn): number {
  const words = wordsOfColumn(schema, part.table, part.column) as number;
  return headBytes(self) + bodyBytes(self, words) + chunkCount(self, words) * SEAL_OVERHEAD_BYTES;
}

/** A seed used twice would make components of two columns equal: the provider's tool is broken. */
function refuseRepeatedSeeds(head: Uint8Array, seeds: Set<string>, dataset: DatasetId): void {
  for (let at = 0; at < head.length; at += SEED_BYTES) {
    const seed = toHex(head.subarray(at, at + SEED_BYTES));
    if (seeds.has(seed))
      throw new DoorError(
        422,
        "SEEDS_REPEATED",
        `${dataset} was split with one seed used twice`,
        "prepare the dataset again with a current version",
      );
    seeds.add(seed);
  }
}

const gone = (what: string): DoorError =>
  new DoorError(409, "DATASET_GONE", what, "prepare the list and offer it anew");

const unknownDataset = (id: DatasetId): DoorError =>
  new DoorError(404, "NOT_FOUND", `this node has no dataset ${id}`, "send its manifest first");

const taken = (dataset: DatasetId): DoorError =>
  new DoorError(
    409,
    "DATASET_TAKEN",
    `another provider has a dataset named ${dataset}`,
    "choose another name, such as one that begins with your own",
  );
