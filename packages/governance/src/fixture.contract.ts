import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { toBase64 } from "@symbolon/base/bytes";
import type { DatasetSchema } from "@symbolon/base/dataset";
import type { DatasetId, MemberId, PartyIndex, SpaceId } from "@symbolon/base/id";
import { Aead, CipherSuite, Kdf, Kem } from "hpke-js";
import type { Case, HeldDataset } from "./decide.js";
import { type Envelope, seal, statementHash } from "./envelope.js";
import { foldUnlogged } from "./fold-log.js";
import { type Hash, hashOf, sha256 } from "./hash.js";
import { hpkeOf, SEAL_SUITE } from "./hpke.js";
import { type Instant, instantOf } from "./instant.js";
import { schemaHashOf } from "./schema.js";
import { chunkCount, EXPAND_SUITE, wordsOfColumn } from "./sealed-part.js";
import { type Signatures, type Signer, signerOf } from "./signatures.js";
import type { Space } from "./space.js";
import { genesisOf } from "./space-state.js";
import type {
  AnyStatement,
  DatasetManifest,
  DatasetRef,
  NodeDescriptor,
  Offer,
  Receipt,
  ResultRequest,
  RunRequest,
  SealedFor,
} from "./statement.js";

/** A small invented data space for tests: three nodes, a police unit, two shelters. */

const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

const privateKeyOf = (raw: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([PKCS8, raw]), format: "der", type: "pkcs8" });

export const signatures: Signatures = {
  sign: async (key, message) => new Uint8Array(sign(null, message, privateKeyOf(key))),
  verify: async (key, message, signature) => {
    if (key.length !== 32) return false;
    const publicKey = createPublicKey({
      key: Buffer.concat([SPKI, key]),
      format: "der",
      type: "spki",
    });
    return verify(null, message, publicKey, signature);
  },
};

export const hpke = hpkeOf(
  new CipherSuite({
    kem: Kem.DhkemX25519HkdfSha256,
    kdf: Kdf.HkdfSha256,
    aead: Aead.Aes256Gcm,
  }),
);

/** Keys that follow from a name, so that tests repeat. */
export function keysOf(name: string) {
  const privateKey = new Uint8Array(createHash("sha256").update(name).digest());
  const der = createPublicKey(privateKeyOf(privateKey)).export({ format: "der", type: "spki" });
  return { privateKey, publicKey: new Uint8Array(der.subarray(-32)) };
}

export const signer = (name: string): Promise<Signer> => signerOf(signatures, keysOf(name));
export const keyOf = (name: string): string => toBase64(keysOf(name).publicKey);

export const NOW = Date.parse("2026-03-01T12:00:00Z");
export const at = (minutes: number): Instant => instantOf(NOW + minutes * 60_000);
export const QUERY = createHash("sha256").update("a query").digest("hex") as Hash;
export const OTHER_HASH = createHash("sha256").update("another").digest("hex") as Hash;
export const SPACE = "north" as SpaceId;

const PEM = (name: string) =>
  [
    "-----BEGIN CERTIFICATE-----",
    Buffer.from(name).toString("base64"),
    "-----END CERTIFICATE-----\n",
  ].join("\n");

const nodeOf = (index: PartyIndex) => ({
  index,
  name: `Node ${index}`,
  api: `https://node${index}.example:7443`,
  peer: `node${index}.example:7444`,
  signingKey: keyOf(`node${index}`),
  certificate: PEM(`node${index}`),
  ca: PEM("ca"),
});

const memberOf = (id: string, kind: "ngo" | "police") => ({
  id: id as MemberId,
  name: `The ${id}`,
  class: kind,
  signingKey: keyOf(id),
  hpkeKey: keyOf(`${id}-hpke`),
});

export const space: Space = {
  version: 1,
  id: SPACE,
  name: "The north",
  nodes: [nodeOf(0), nodeOf(1), nodeOf(2)],
  members: [memberOf("police", "police"), memberOf("shelter", "ngo"), memberOf("helpline", "ngo")],
  builds: [OTHER_HASH],
};

export const schema: DatasetSchema = {
  version: 1,
  layout: "persons-v1",
  tables: [
    {
      name: "persons",
      rows: 256,
      columns: [
        { name: "content", kind: "linkage-vector", sharing: "arithmetic", width: 8 },
        { name: "real", kind: "row-bit", sharing: "boolean", width: 1 },
      ],
    },
  ],
};

export const offerOf = (provider: string, changes: Partial<Offer> = {}): Offer => ({
  type: "urn:symbolon:statement:offer:v1",
  space: SPACE,
  issuedAt: at(-60),
  provider: provider as MemberId,
  dataset: `${provider}-list` as DatasetId,
  query: QUERY,
  beneficiary: "police" as MemberId,
  riskMax: 0.001,
  overlapMin: 0.5,
  runsMax: 1,
  expires: at(24 * 60),
  ...changes,
});

export async function manifestOf(
  provider: string,
  policyHash: Hash,
  changes: Partial<DatasetManifest> = {},
): Promise<DatasetManifest> {
  const shape = changes.schema ?? schema;
  const sealedFor = async (node: PartyIndex, words: number): Promise<SealedFor> => ({
    keyId: OTHER_HASH,
    enc: keyOf(`${provider}${node}`),
    chunks: await Promise.all(
      Array.from({ length: chunkCount(node, words) }, (_, k) => hashOf([provider, node, k])),
    ),
  });
  const parts = shape.tables.flatMap(({ name: table, columns }) =>
    columns.map(async ({ name: column }) => {
      const words = wordsOfColumn(shape, table, column) as number;
      const nodes = [sealedFor(0, words), sealedFor(1, words), sealedFor(2, words)] as const;
      return { table, column, nodes: await Promise.all(nodes) };
    }),
  );
  return {
    type: "urn:symbolon:statement:dataset-manifest:v1",
    space: SPACE,
    issuedAt: at(-50),
    provider: provider as MemberId,
    dataset: `${provider}-list` as DatasetId,
    epoch: 0,
    schema: shape,
    schemaHash: await schemaHashOf(shape),
    policyHash,
    suites: { seal: SEAL_SUITE, expand: EXPAND_SUITE },
    parts: await Promise.all(parts),
    calibration: {
      thresholds: [10, 20],
      missLow: [0, 0.1],
      missExpected: [0.1, 0.2],
      missHigh: [0.2, 0.3],
      presence: [{ field: "surname", rate: 0.9 }],
    },
    ...changes,
  };
}

export const signed = async (statement: AnyStatement, by: string): Promise<Envelope> =>
  seal(statement, await signer(by));

export const requestOf = (
  ours: DatasetRef,
  theirs: readonly DatasetRef[],
  changes: Partial<RunRequest> = {},
): RunRequest => ({
  type: "urn:symbolon:statement:run-request:v1",
  space: SPACE,
  issuedAt: at(-1),
  asker: "police" as MemberId,
  query: QUERY,
  params: { pick: 5, threshold: 700, dedupThreshold: 900, overlap: 0.8 },
  ours,
  theirs,
  nonce: "00112233445566778899aabbccddeeff",
  resultKey: keyOf("result"),
  ...changes,
});

export const resultRequest: ResultRequest = {
  type: "urn:symbolon:statement:result-request:v1",
  space: SPACE,
  issuedAt: at(0),
  asker: "police" as MemberId,
  run: "0".repeat(32) as ResultRequest["run"],
};

export const receiptOf = (node: PartyIndex, root: Hash): Receipt => ({
  type: "urn:symbolon:statement:receipt:v1",
  space: SPACE,
  issuedAt: at(0),
  node,
  provider: "shelter" as MemberId,
  dataset: "shelter-list" as DatasetId,
  root,
});

export const descriptorOf = async (node: PartyIndex): Promise<NodeDescriptor> => ({
  type: "urn:symbolon:statement:node-descriptor:v1",
  space: SPACE,
  issuedAt: at(-1),
  node,
  name: `Node ${node}`,
  signingKey: keyOf(`node${node}`),
  hpkeKey: keyOf(`node${node}-hpke`),
  hpkeKeyId: await sha256(keysOf(`node${node}-hpke`).publicKey),
  suites: [SEAL_SUITE],
  buildHash: OTHER_HASH,
  version: "0.1.0",
  evidence: [],
});

/** What goes into a case; a test overrides one thing and expects one refusal. */
export interface Setup {
  readonly space?: Space;
  readonly offers?: readonly Envelope[];
  readonly shelter?: Partial<HeldDataset>;
  readonly police?: Partial<HeldDataset>;
  readonly request?: Partial<RunRequest>;
  readonly requestBy?: string;
  readonly policeManifest?: Partial<DatasetManifest>;
  readonly shelterManifest?: Partial<DatasetManifest>;
  readonly changes?: Partial<Case>;
}

/** What a space file and offers say, without a log. */
export async function spacesOf(offers: readonly Envelope[], file = space): Promise<Case["spaces"]> {
  const state = await foldUnlogged(signatures, await genesisOf(file), offers);
  return new Map([[file.id, { state }]]);
}

/** A case, and the offers that went into it. */
export interface TestCase extends Case {
  readonly offers: readonly Envelope[];
}

/** A case that is allowed unless the setup changes it: police ask, the shelter has offered. */
export async function caseOf(setup: Setup = {}): Promise<TestCase> {
  const offer = await signed(offerOf("shelter"), "shelter");
  const policy = await statementHash(offer);
  const theirs = await signed(
    await manifestOf("shelter", policy, setup.shelterManifest),
    "shelter",
  );
  const ours = await signed(await manifestOf("police", policy, setup.policeManifest), "police");
  const ref = async (dataset: string, envelope: Envelope) => ({
    dataset: dataset as DatasetId,
    root: await statementHash(envelope),
  });
  const request = requestOf(
    await ref("police-list", ours),
    [await ref("shelter-list", theirs)],
    setup.request,
  );
  const whole = { complete: true, inputCheck: "passed" } as const;
  const offers = setup.offers ?? [offer];
  return {
    offers,
    spaces: await spacesOf(offers, setup.space),
    signatures,
    now: NOW,
    request: await signed(request, setup.requestBy ?? "police"),
    datasets: new Map([
      ["police-list" as DatasetId, { manifest: ours, ...whole, ...setup.police }],
      ["shelter-list" as DatasetId, { manifest: theirs, ...whole, ...setup.shelter }],
    ]),
    used: { runs: new Map(), answered: new Set() },
    queries: [
      {
        hash: QUERY,
        reads: { layout: schema.layout, table: "persons", columns: schema.tables[0].columns },
        inputRules: OTHER_HASH,
        picks: true,
        explanation: OTHER_HASH,
        problem: ({ pick }) => (pick === 5 ? undefined : "pick must be 5"),
      },
    ],
    risk: () => ({ low: 0.0001, expected: 0.0005, high: 0.0009 }),
    ...setup.changes,
  };
}
