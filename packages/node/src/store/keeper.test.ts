import type { DatasetId, MemberId, RunId } from "@symbolon/base/id";
import type { Tombstone } from "@symbolon/governance/acts/consent";
import { verifyEnvelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { instantOf } from "@symbolon/governance/instant";
import { statementIn } from "@symbolon/governance/parse-statement";
import type { SpaceState } from "@symbolon/governance/space-state";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type DataSpace, dataSpace, prepare, type Submission } from "../data-space.contract.js";
import { nodeSignatures } from "../identity/signatures-node.js";
import { nodeStore, withdrawal } from "./node-store.contract.js";
import type { RunGrant } from "./store.js";
import { columnKey, seedsOf, uploadKey } from "./vault.js";

const DAY_MS = 86_400_000;
const LIST = "shelter-list" as DatasetId;
const RUN = "r1" as RunId;

let world: DataSpace;
let shelter: Submission;
let node: Awaited<ReturnType<typeof nodeStore>>;
beforeEach(async () => {
  world = await dataSpace();
  shelter = await prepare(world, "shelter");
  node = await nodeStore(world, 1);
});
afterEach(() => {
  node.store.close();
  world.remove();
});

const names = () =>
  ["content", "real"].map((column) => columnKey({ root: shelter.root, table: "persons", column }));
const later = (days: number) => {
  node.clock.ms += days * DAY_MS;
  return node.keeper.tick();
};
/** The node's signed word for the deletion of this version. */
async function tombstone(root = shelter.root): Promise<Tombstone | undefined> {
  const envelope = node.store.deletion(root)?.tombstone;
  if (envelope === undefined) return undefined;
  const { signingKey } = world.space.nodes[node.self];
  expect(await verifyEnvelope(nodeSignatures, envelope, signingKey)).toBe(true);
  return statementIn(envelope, "urn:symbolon:statement:tombstone:v1");
}
const isGone = () =>
  node.store.datasetByRoot(shelter.root) === undefined &&
  node.vault.keys.names().every((name) => !name.includes(shelter.root)) &&
  node.store.part({ root: shelter.root, table: "persons", column: "content", chunk: 0 }) ===
    undefined;

function begin(state: "running" | "done" = "running"): void {
  const theirs = [{ dataset: LIST, root: shelter.root }];
  const request = { ours: { dataset: "x" as DatasetId, root: "9".repeat(64) as Hash }, theirs };
  const grant = { answerKey: "k", offers: [], request } as unknown as RunGrant;
  const about = { run: RUN, request: shelter.offer, asker: "police" as MemberId, grant };
  const since = node.clock.ms;
  node.store.putRun({ ...about, state, attempt: 1, reason: undefined, since });
}

describe("a withdrawal", () => {
  it("destroys keys and data, and leaves this node's signed word; again is no error", async () => {
    await node.submit(LIST, shelter);
    expect(names().map((name) => node.vault.keys.has(name))).toEqual([true, true]);
    expect(node.vault.keys.has(uploadKey(shelter.root))).toBe(false);
    const reply = await node.keeper.withdraw(await withdrawal(world, "shelter"));
    expect(reply.versions).toMatchObject([{ root: shelter.root, reason: "withdrawn" }]);
    expect(isGone()).toBe(true);
    expect(await tombstone()).toMatchObject({ node: 1, dataset: LIST, root: shelter.root });
    expect(await node.keeper.withdraw(await withdrawal(world, "shelter"))).toEqual(reply);
    expect(node.keeper.deletions(LIST)).toEqual(reply);
  });

  it("counts for its own provider's datasets, signed by it, fresh, of this space", async () => {
    await node.submit(LIST, shelter);
    const refused = async (by: string, changes: object) =>
      node.keeper.withdraw(await withdrawal(world, by, changes)).catch((error) => error.code);
    expect(await refused("police", { dataset: LIST })).toBe("NOT_YOURS");
    expect(await refused("police", { provider: "shelter", dataset: LIST })).toBe("BAD_SIGNATURE");
    expect(await refused("shelter", { space: "south" })).toBe("WRONG_SPACE");
    const old = instantOf(Date.now() - 3_600_000);
    expect(await refused("shelter", { issuedAt: old })).toBe("REQUEST_TOO_OLD");
    const early = instantOf(Date.now() + 3_600_000);
    expect(await refused("shelter", { issuedAt: early })).toBe("REQUEST_IN_FUTURE");
    const other = { ...shelter.offer };
    expect(await node.keeper.withdraw(other).catch((error) => error.code)).toBe("NOT_A_STATEMENT");
    expect(node.store.dataset(LIST)?.state).toBe("complete");
  });

  it("bars what was signed before it from coming back, nothing that was signed after", async () => {
    await node.submit(LIST, shelter);
    const issuedAt = instantOf(Date.now() + 1_000);
    await node.keeper.withdraw(await withdrawal(world, "shelter", { issuedAt }));
    const gone = { code: "DATASET_GONE" };
    await expect(node.submit(LIST, shelter)).rejects.toMatchObject(gone);
    const unsent = await prepare(world, "shelter", { manifest: { epoch: 5 } });
    await expect(node.submit(LIST, unsent)).rejects.toMatchObject(gone);
    await expect(node.intake.putOffer(unsent.offer)).rejects.toMatchObject(gone);
    const after = { issuedAt: instantOf(Date.now() + 2_000) };
    const stale = await prepare(world, "shelter", { manifest: after });
    await expect(node.submit(LIST, stale)).rejects.toMatchObject(gone);
    const fresh = await prepare(world, "shelter", { manifest: after, offer: after });
    await node.submit(LIST, fresh);
    // The same withdrawal again, by whomever: it is about what was there before.
    await node.keeper.withdraw(await withdrawal(world, "shelter", { issuedAt }));
    expect(node.store.dataset(LIST)?.root).toBe(fresh.root);
    expect(node.store.offers([LIST])).toHaveLength(1);
  });

  it("is not set back by an older one that somebody brings again", async () => {
    const [first, second] = [1_000, 3_000].map((ms) => instantOf(Date.now() + ms));
    for (const issuedAt of [second, first])
      await node.keeper.withdraw(await withdrawal(world, "shelter", { issuedAt }));
    expect(node.store.withdrawnAt("shelter" as MemberId, LIST)).toBe(second);
  });

  it("is not needed for what had its time: that does not come back either", async () => {
    const expires = instantOf(Date.now() + 500 * DAY_MS);
    const long = await prepare(world, "shelter", { offer: { expires } });
    await node.submit(LIST, long);
    await later(366);
    await expect(node.submit(LIST, long)).rejects.toMatchObject({ code: "DATASET_GONE" });
  });

  it("takes an unfinished upload too", async () => {
    await node.upload(LIST, shelter);
    expect(node.vault.keys.has(uploadKey(shelter.root))).toBe(true);
    await node.keeper.withdraw(await withdrawal(world, "shelter"));
    expect(isGone()).toBe(true);
    await expect(node.intake.commit(LIST)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("waits for a run that was granted before, and for a commit", async () => {
    await node.submit(LIST, shelter);
    begin();
    const reply = await node.keeper.withdraw(await withdrawal(world, "shelter"));
    expect(reply.versions[0]?.tombstone).toBeUndefined();
    expect(names().map((name) => node.vault.keys.has(name))).toEqual([true, true]);
    node.store.changeRun(RUN, { state: "done" });
    await node.keeper.tick();
    expect(isGone()).toBe(true);
    expect(node.ended).toEqual([]);
  });

  it("does not delete what is just being opened", async () => {
    await node.upload(LIST, shelter);
    const commit = node.intake.commit(LIST);
    const reply = await node.keeper.withdraw(await withdrawal(world, "shelter"));
    expect(reply.versions[0]?.tombstone).toBeUndefined();
    await commit;
    await node.keeper.tick();
    expect(isGone()).toBe(true);
  });

  it("ends a run that does not end by itself", async () => {
    await node.submit(LIST, shelter);
    begin();
    await node.keeper.withdraw(await withdrawal(world, "shelter"));
    node.clock.ms += 3_599_000;
    await node.keeper.tick();
    expect(node.ended).toEqual([]);
    node.clock.ms += 2_000;
    await node.keeper.tick();
    expect(node.ended).toMatchObject([{ root: shelter.root }]);
    expect(await tombstone()).toBeDefined();
  });

  it("is carried on after a crash at any step", async () => {
    for (const step of ["keys", "data", "tombstone"] as const) {
      node.store.close();
      world.remove();
      world = await dataSpace();
      shelter = await prepare(world, "shelter");
      node = await nodeStore(world, 1);
      await node.submit(LIST, shelter);
      node.store.beginDeletion(node.store.dataset(LIST)!, "withdrawn", 1);
      if (step !== "keys") node.vault.keys.destroy(names());
      if (step === "tombstone") node.store.deleteDataset(shelter.root);
      node.store.close();
      node = await nodeStore(world, 1);
      await node.keeper.tick();
      expect(isGone()).toBe(true);
      expect(await tombstone()).toBeDefined();
    }
  });
});

describe("retention", () => {
  it("deletes a dataset a while after its last offer has ended", async () => {
    await node.submit(LIST, shelter);
    await later(29);
    expect(node.store.dataset(LIST)).toBeDefined();
    await later(2);
    expect(isGone()).toBe(true);
    expect(node.store.deletion(shelter.root)?.reason).toBe("expired");
    expect(await tombstone()).toBeDefined();
  });

  it("deletes a dataset after the longest time, whatever is offered", async () => {
    const expires = instantOf(Date.now() + 3_000 * DAY_MS);
    shelter = await prepare(world, "shelter", { offer: { expires } });
    await node.submit(LIST, shelter);
    await later(364);
    expect(node.store.dataset(LIST)).toBeDefined();
    await later(2);
    expect(isGone()).toBe(true);
  });

  it("deletes a dataset when the use cases that it is offered for say so", async () => {
    const useCase = "7".repeat(64) as Hash;
    const consent = {
      provider: "shelter",
      dataset: LIST,
      terms: { useCase, expires: "2099-01-01T00:00:00Z" },
    };
    const state = {
      ...{ withdrawn: new Map(), holdings: new Map() },
      consents: new Map([
        ["c", consent],
        [
          "d",
          {
            ...consent,
            dataset: "other",
            terms: { useCase: "8".repeat(64), expires: "2099-01-01T00:00:00Z" },
          },
        ],
        ["e", { ...consent, terms: { expires: "2026-01-01T00:00:00Z" } }],
      ]),
      useCases: new Map([
        [useCase, { retentionDays: 10 }],
        ["8".repeat(64), { retentionDays: 99 }],
      ]),
    } as unknown as SpaceState;
    node.store.close();
    node = await nodeStore(world, 1, { charter: () => state });
    await node.submit(LIST, shelter);
    await later(9);
    expect(node.store.dataset(LIST)).toBeDefined();
    await later(2);
    expect(isGone()).toBe(true);
  });

  it("deletes what its provider takes back in the log, and not what came later", async () => {
    const holdings = new Map([[shelter.root, { receipts: new Map([[0, 7]]) }]]);
    const withdrawn = new Map<string, number>();
    const state = { consents: new Map(), holdings, withdrawn } as unknown as SpaceState;
    const told: unknown[] = [];
    node.store.close();
    node = await nodeStore(world, 1, {
      charter: () => state,
      submitToLog: async (statement) => void told.push(statement),
    });
    await node.submit(LIST, shelter);
    withdrawn.set("shelter/shelter-list", 6);
    await node.keeper.tick();
    expect(node.store.deletion(shelter.root)).toBeUndefined();
    withdrawn.set("shelter/shelter-list", 8);
    await node.keeper.tick();
    expect(node.store.deletion(shelter.root)?.reason).toBe("withdrawn");
    expect(isGone()).toBe(true);
    const statement = await withdrawal(world, "shelter");
    await node.keeper.withdraw(statement);
    expect(told).toEqual([statement]);
  });

  it("deletes an upload that nobody finishes", async () => {
    await node.upload(LIST, shelter);
    await later(6);
    expect(node.store.dataset(LIST)).toBeDefined();
    await later(2);
    expect(isGone()).toBe(true);
  });

  it("deletes runs that are over with their results, and seeds that nothing needs", async () => {
    begin("done");
    node.vault.keys.put(new Map([[seedsOf(RUN), new Uint8Array(64)]]));
    await later(29);
    expect(node.store.run(RUN)).toBeDefined();
    expect(node.vault.keys.has(seedsOf(RUN))).toBe(false);
    await later(2);
    expect(node.store.run(RUN)).toBeUndefined();
  });

  it("keeps the seeds of a run that is not over", async () => {
    begin();
    node.vault.keys.put(new Map([[seedsOf(RUN), new Uint8Array(64)]]));
    await later(1);
    expect(node.vault.keys.has(seedsOf(RUN))).toBe(true);
  });
});

describe("an upload", () => {
  it("leaves nothing behind when it is deleted while a chunk is being looked at", async () => {
    await node.intake.putManifest(LIST, shelter.manifest, shelter.offer);
    const [[place, bytes]] = [...shelter.chunks[1]];
    const [table, column, chunk] = place.split("/");
    const put = node.intake.putPart(LIST, table, column, Number(chunk), bytes);
    node.store.deleteDataset(shelter.root);
    await expect(put).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(node.store.sealedChunks(shelter.root)).toEqual([]);
    expect(node.vault.keys.has(uploadKey(shelter.root))).toBe(false);
  });

  it("goes on with a version that came in while the older one was deleted", async () => {
    await node.submit(LIST, shelter);
    const { manifest, offer, root } = await prepare(world, "shelter", { manifest: { epoch: 1 } });
    const { store } = node;
    const remove = store.deleteDataset.bind(store);
    const about = { provider: "shelter" as MemberId, dataset: LIST };
    vi.spyOn(store, "deleteDataset").mockImplementationOnce((gone) => {
      remove(gone);
      const row = { hash: "e".repeat(64) as Hash, ...about, envelope: offer };
      store.putDataset({ ...about, root, epoch: 1, manifest, since: 1 }, row);
    });
    const { isNew, reply } = await node.intake.putManifest(LIST, manifest, offer);
    expect([isNew, reply.root]).toEqual([false, root]);
  });
});

describe("a newer version", () => {
  it("takes the place of the older one, whose keys go with a tombstone", async () => {
    await node.submit(LIST, shelter);
    const newer = await prepare(world, "shelter", { manifest: { epoch: 1 } });
    await Promise.all([1, 2].map(() => node.intake.putManifest(LIST, newer.manifest, newer.offer)));
    expect(isGone()).toBe(true);
    expect(node.store.deletion(shelter.root)?.reason).toBe("replaced");
    expect(await tombstone()).toBeDefined();
    expect(node.store.dataset(LIST)?.root).toBe(newer.root);
    expect(node.ended).toEqual([]);
    await expect(node.submit(LIST, shelter)).rejects.toThrow(/epoch 1|was deleted here/);
  });
});
