import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bytesOf, fromBase64 } from "@symbolon/base/bytes";
import { type DatasetId, PARTIES, type PartyIndex } from "@symbolon/base/id";
import { labelOf, openPart, wordsOfColumn } from "@symbolon/governance/sealed-part";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DataSpace, dataSpace, prepare, type Submission } from "../data-space.contract.js";
import { nodeHpke } from "../identity/hpke-node.js";
import { readKeyFile } from "../identity/key-file.js";
import { loadColumn } from "./load-column.js";
import { aboutChunk, manifestIn } from "./manifest-in.js";
import { nodeStore, withdrawal } from "./node-store.contract.js";
import { bytes, chunkAt } from "./rows.js";
import { openBytes } from "./sealed-bytes.js";
import { openSqlite } from "./sqlite.js";
import type { ChunkAt } from "./store.js";
import { columnKey, uploadKey } from "./vault.js";

/**
 * A thief has every copy of the data directory that was ever made, copies of the wrapped keys, and
 * all keys that are at the node today. What was deleted must be noise to it.
 */

let world: DataSpace;
let node: Awaited<ReturnType<typeof nodeStore>>;
let shelter: Submission;
let police: Submission;
const [DELETED, KEPT] = ["shelter-list" as DatasetId, "police-list" as DatasetId];

beforeEach(async () => {
  world = await dataSpace();
  shelter = await prepare(world, "shelter");
  police = await prepare(world, "police", { word: (k) => (k * 40_503) >>> 0 });
});
afterEach(() => {
  node.store.close();
  world.remove();
});

const thief = () => join(world.dir, "thief");
const keyDir = () => dirname(node.keyFile);
let copies = 0;

/** A copy of the data directory as it lies there, the write-ahead log with it, and wrapped keys. */
function copyAll(): void {
  copies += 1;
  const to = join(thief(), `copy-${copies}`);
  mkdirSync(to, { recursive: true });
  cpSync(node.dataDir, join(to, "data"), { recursive: true });
  cpSync(join(keyDir(), "data-keys.json"), join(to, "data-keys.json"));
}

/** Both lists at the node, with copies at every stage; then one is withdrawn. */
async function story(self: PartyIndex): Promise<void> {
  node = await nodeStore(world, self);
  await node.submit(KEPT, police);
  await node.upload(DELETED, shelter);
  copyAll();
  await node.intake.commit(DELETED);
  copyAll();
  await node.keeper.withdraw(await withdrawal(world, "shelter"));
  copyAll();
}

type Keys = ReadonlyMap<string, Uint8Array>[];

/** All keys that open: those of today, and what they open of any copy of wrapped keys. */
function keysLeft(): Keys {
  const storage = readdirSync(keyDir())
    .filter((name) => name.startsWith("storage-"))
    .map((name) => fromBase64(readFileSync(join(keyDir(), name), "utf8").trim()) as Uint8Array);
  const stores = [keyDir(), ...dirsOf(thief())].map((dir) => join(dir, "data-keys.json"));
  return stores.flatMap((path) => {
    const { keys } = JSON.parse(readFileSync(path, "utf8")) as { keys: [string, string][] };
    return storage.map((key) => {
      const opened = keys.flatMap(([name, wrapped]): [string, Uint8Array][] => {
        const plain = tryOpen(key, fromBase64(wrapped) as Uint8Array, `symbolon key ${name}`);
        return plain ? [[name, plain]] : [];
      });
      return new Map([...opened, [`storage of ${path}`, key]]);
    });
  });
}

const dirsOf = (dir: string): string[] => readdirSync(dir).map((name) => join(dir, name));

function tryOpen(key: Uint8Array, sealed: Uint8Array, about: string): Uint8Array | undefined {
  try {
    return openBytes(key, sealed, about);
  } catch {
    return undefined;
  }
}

/** How many stored chunks of each dataset open, under any key, in any copy. */
async function opened() {
  const all = keysLeft().flatMap((keys) => [...keys.values()]);
  const found = new Map<string, number>([
    [shelter.root, 0],
    [police.root, 0],
  ]);
  const count = (root: string) => found.set(root, (found.get(root) ?? 0) + 1);
  for (const copy of dirsOf(thief())) {
    const db = openSqlite(join(copy, "data"));
    for (const row of db.all("SELECT * FROM parts")) {
      const at = chunkAt(row);
      const about = `symbolon data ${aboutChunk(at)}`;
      if (all.some((key) => tryOpen(key, bytes(row, "bytes") as Uint8Array, about))) count(at.root);
    }
    for (const row of db.all("SELECT * FROM sealed_chunks")) {
      const at = chunkAt(row);
      const sealed = bytes(row, "bytes") as Uint8Array;
      const about = `symbolon data upload ${aboutChunk(at)}`;
      const inner = all.flatMap((key) => tryOpen(key, sealed, about) ?? []);
      for (const one of [sealed, ...inner]) if (await opensBySealKey(at, one)) count(at.root);
    }
    db.close();
  }
  return { deleted: found.get(shelter.root), kept: found.get(police.root) };
}

/** Whether the node's own key, which providers seal to, opens the first chunk of a column. */
async function opensBySealKey(at: ChunkAt, sealed: Uint8Array): Promise<boolean> {
  if (at.chunk !== 0) return false;
  const manifest = manifestIn({ manifest: shelter.manifest } as never);
  const part = manifest.parts.find((entry) => entry.column === at.column);
  const label = labelOf(manifest, at.table, at.column, node.self);
  const words = wordsOfColumn(manifest.schema, at.table, at.column) as number;
  const { hpke } = readKeyFile(node.keyFile);
  try {
    const read = async () => sealed;
    for await (const _ of openPart(nodeHpke, hpke, label, words, part!.nodes[node.self], read))
      return true;
  } catch {
    return false;
  }
  return false;
}

/** Every file that the thief or the node has, as bytes. */
const files = (): Buffer[] =>
  [thief(), node.dataDir, keyDir()].flatMap((dir) =>
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
  );

describe.each(PARTIES)("at node %i, a dataset that was deleted", (self) => {
  it("does not open from any copy, log or file with the keys that are left", async () => {
    await story(self);
    const { deleted, kept } = await opened();
    expect(deleted).toBe(0);
    // The same thief with the same keys opens what was not deleted, in every copy: it can.
    expect(kept).toBeGreaterThanOrEqual(3 * 2);
  });

  it("has left neither its values nor a key in the clear anywhere", async () => {
    node = await nodeStore(world, self);
    await node.submit(KEPT, police);
    await node.upload(DELETED, shelter);
    const upload = node.vault.keys.get(uploadKey(shelter.root)) as Uint8Array;
    copyAll();
    await node.intake.commit(DELETED);
    const row = node.store.dataset(DELETED)!;
    const shares = await loadColumn(node, row, "persons", "content");
    const at = { root: shelter.root, table: "persons", column: "content" };
    const column = node.vault.keys.get(columnKey(at)) as Uint8Array;
    copyAll();
    await node.keeper.withdraw(await withdrawal(world, "shelter"));
    copyAll();
    const windows = [shares.own, shares.next].flatMap((words) =>
      [0, 4_000, 8_000].map((from) => Buffer.from(bytesOf(words)).subarray(from, from + 24)),
    );
    const secrets = [upload, column].flatMap((key) => [
      Buffer.from(key),
      Buffer.from(Buffer.from(key).toString("base64")),
      Buffer.from(Buffer.from(key).toString("hex")),
    ]);
    for (const file of files())
      for (const needle of [...windows, ...secrets]) expect(file.includes(needle)).toBe(false);
  });

  it("would open if its keys were kept: what the thief does is enough to find them", async () => {
    const spare = join(world.dir, "spare");
    node = await nodeStore(world, self);
    await node.submit(KEPT, police);
    await node.submit(DELETED, shelter);
    copyAll();
    mkdirSync(spare, { recursive: true });
    for (const name of readdirSync(keyDir()).filter((one) => one.startsWith("storage-")))
      cpSync(join(keyDir(), name), join(spare, name));
    await node.keeper.withdraw(await withdrawal(world, "shelter"));
    expect((await opened()).deleted).toBe(0);
    // A copy of the storage key from before: with it everything is back.
    for (const name of readdirSync(spare)) cpSync(join(spare, name), join(keyDir(), name));
    expect((await opened()).deleted).toBeGreaterThan(0);
  });
});
