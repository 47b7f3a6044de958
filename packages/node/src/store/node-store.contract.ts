import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DatasetId, MemberId, PartyIndex } from "@symbolon/base/id";
import type { Withdrawal } from "@symbolon/governance/acts/consent";
import { sha256 } from "@symbolon/governance/hash";
import { instantOf } from "@symbolon/governance/instant";
import { signerOf } from "@symbolon/governance/signatures";
import { DEFAULT_KEEP, DEFAULT_LIMITS } from "../config.js";
import { type DataSpace, SILENT, type Submission } from "../data-space.contract.js";
import { nodeHpke } from "../identity/hpke-node.js";
import { nodeSignatures } from "../identity/signatures-node.js";
import { AskedLists } from "./asked-lists.js";
import { Intake } from "./intake.js";
import { Keeper, type KeeperServices } from "./keeper.js";
import { openKeys } from "./open-keys.js";
import { openSqlite } from "./sqlite.js";
import { SqliteStore } from "./sqlite-store.js";
import type { DeletionRow } from "./store.js";
import { Vault } from "./vault.js";

/** What a node stores, in folders of its own, with a clock that the test moves. */
export async function nodeStore(
  world: DataSpace,
  self: PartyIndex,
  changes: Partial<KeeperServices> = {},
) {
  const { keys: identity, keyFile } = world.configs[self];
  const dataDir = join(world.dir, `stored-${self}`);
  mkdirSync(dataDir, { recursive: true });
  const clock = { ms: Date.now() };
  const now = () => clock.ms;
  const ended: DeletionRow[] = [];
  const db = openSqlite(dataDir);
  const store = new SqliteStore(db);
  const vault = new Vault(openKeys({ keyFile, keys: identity }, db, store));
  const signer = await signerOf(nodeSignatures, identity.signing);
  const tools = { ...{ space: world.space, self, signatures: nodeSignatures }, store, vault, now };
  const hpkeKeyId = await sha256(identity.hpke.publicKey);
  const own = { signer, hpke: nodeHpke, hpkeKeys: identity.hpke, hpkeKeyId };
  const intake = new Intake({ ...tools, ...own, limits: DEFAULT_LIMITS });
  const asked = new AskedLists(db, vault, self);
  const keeper = new Keeper({
    ...{ ...tools, asked, signer, keep: DEFAULT_KEEP, waitHours: 1, log: SILENT },
    isCommitting: (dataset) => intake.isCommitting(dataset),
    endRuns: (deletion) => void ended.push(deletion),
    ...changes,
  });
  const upload = async (dataset: string, { manifest, offer, chunks }: Submission) => {
    const id = dataset as DatasetId;
    await intake.putManifest(id, manifest, offer);
    for (const [place, bytes] of chunks[self]) {
      const [table, column, chunk] = place.split("/");
      await intake.putPart(id, table, column, Number(chunk), bytes);
    }
  };
  const submit = async (dataset: string, submission: Submission) => {
    await upload(dataset, submission);
    return intake.commit(dataset as DatasetId);
  };
  return { ...tools, dataDir, keyFile, clock, db, asked, ended, intake, keeper, upload, submit };
}

/** A provider's signed word that it takes a dataset back. */
export const withdrawal = (world: DataSpace, by: string, changes: Partial<Withdrawal> = {}) =>
  world.sign(by, {
    type: "urn:symbolon:statement:withdrawal:v1",
    space: world.space.id,
    issuedAt: instantOf(Date.now()),
    provider: by as MemberId,
    dataset: `${by}-list` as DatasetId,
    ...changes,
  } satisfies Withdrawal);
