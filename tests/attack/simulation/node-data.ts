import { toBase64, utf8 } from "@symbolon/base/bytes";
import type { DatasetId, MemberId, PartyIndex, RunId } from "@symbolon/base/id";
import { canonicalBytes } from "@symbolon/governance/canonical-json";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import type { Hpke } from "@symbolon/governance/hpke";
import { AskedLists } from "@symbolon/node/store/asked-lists";
import type { KeyStore } from "@symbolon/node/store/key-store";
import { Ledger } from "@symbolon/node/store/ledger";
import { migrate } from "@symbolon/node/store/schema";
import { Sqlite } from "@symbolon/node/store/sqlite";
import { SqliteStore } from "@symbolon/node/store/sqlite-store";
import type { RunGrant } from "@symbolon/node/store/store";
import { Vault } from "@symbolon/node/store/vault";
import Database from "libsql";

/** One granted run over two lists, as each of the three nodes has it in its store. */
export const RUN = "run-1" as RunId;
export const ASKER = "police" as MemberId;
const KEY_ID = "c".repeat(64) as Hash;
const REQUEST = "1".repeat(64) as Hash;
const LISTS = [
  { dataset: "ours" as DatasetId, root: "a".repeat(64) as Hash },
  { dataset: "theirs" as DatasetId, root: "b".repeat(64) as Hash },
] as const;

const envelope = (statement: object): Envelope => ({
  payloadType: "application/vnd.symbolon.statement+json",
  payload: toBase64(canonicalBytes(statement as never)),
  signatures: [{ suite: "ed25519", keyid: KEY_ID, sig: toBase64(new Uint8Array(64)) }],
});

const sealedFor = { keyId: KEY_ID, enc: toBase64(new Uint8Array(32)), chunks: [REQUEST] };
const manifestOf = (dataset: DatasetId): Envelope =>
  envelope({
    type: "urn:symbolon:statement:dataset-manifest:v1",
    space: "north",
    issuedAt: "2026-01-01T00:00:00Z",
    provider: ASKER,
    dataset,
    epoch: 0,
    schema: {
      version: 1,
      layout: "persons-v1",
      tables: [
        {
          name: "persons",
          rows: 256,
          columns: [{ name: "real", kind: "row-bit", sharing: "boolean", width: 1 }],
        },
      ],
    },
    schemaHash: REQUEST,
    policyHash: REQUEST,
    suites: { seal: "seal", expand: "expand" },
    parts: [{ table: "persons", column: "real", nodes: [sealedFor, sealedFor, sealedFor] }],
    calibration: { thresholds: [], missLow: [], missExpected: [], missHigh: [], presence: [] },
  });

const grant = {
  run: RUN,
  requestHash: REQUEST,
  answerKey: "key",
  offers: [],
  risk: { low: 0, expected: 0, high: 0 },
  request: {
    asker: ASKER,
    query: REQUEST,
    params: {},
    ours: LISTS[0],
    theirs: [LISTS[1]],
    resultKey: toBase64(new Uint8Array(32)),
  },
} as unknown as RunGrant;

/** The real ledger, in memory. */
export function emptyLedger(): Ledger {
  const db = new Database(":memory:");
  migrate(db);
  return new Ledger(new Sqlite(db));
}

/** What the real node remembers of lists, in memory; nothing is asked twice here. */
export function nothingAsked(keys: KeyStore, self: PartyIndex): AskedLists {
  const db = new Database(":memory:");
  migrate(db);
  return new AskedLists(new Sqlite(db), new Vault(keys), self);
}

/** The real store, in memory: what it holds outlives the node's process, as a disk does. */
export function storeWithRun(since: number): SqliteStore {
  const db = new Database(":memory:");
  migrate(db);
  const store = new SqliteStore(new Sqlite(db));
  for (const { dataset, root } of LISTS) {
    const manifest = manifestOf(dataset);
    const row = { dataset, root, provider: ASKER, epoch: 0, manifest, since };
    store.putDataset(row, { hash: root, provider: ASKER, dataset, envelope: manifest });
    store.completeDataset(root, manifest);
  }
  const about = { run: RUN, request: envelope({}), asker: ASKER, grant, reason: undefined };
  store.putRun({ ...about, state: "waiting", attempt: 0, since });
  return store;
}

/**
 * Sealing without a secret, in no time: a result opens under its own label only. (The real one
 * waits for the system's threads, which no seed replays.)
 */
export const openHpke: Hpke = {
  suite: "nothing is hidden",
  generateKeyPair: async () => ({ privateKey: NO_KEY, publicKey: NO_KEY }),
  sender: async () => ({
    enc: NO_KEY,
    seal: async (plain, aad) => utf8(JSON.stringify([toBase64(plain), toBase64(aad)])),
  }),
  recipient: async () => ({
    open: async (sealed, aad) => {
      const [plain, label] = JSON.parse(new TextDecoder().decode(sealed));
      if (label !== toBase64(aad)) throw new TypeError("another label");
      return new Uint8Array(Buffer.from(plain, "base64"));
    },
  }),
};
const NO_KEY = new Uint8Array(32);
