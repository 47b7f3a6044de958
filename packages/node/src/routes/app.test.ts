import { randomBytes } from "node:crypto";
import type { DatasetId, MemberId, PartyIndex, RunId } from "@symbolon/base/id";
import { type Hash, sha256 } from "@symbolon/governance/hash";
import { signerOf } from "@symbolon/governance/signatures";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../config.js";
import {
  type DataSpace,
  dataSpace,
  prepare,
  SCHEMA,
  SILENT,
  type Submission,
} from "../data-space.contract.js";
import { nodeHpke } from "../identity/hpke-node.js";
import { memoryFolder } from "../identity/secret-folder.js";
import { nodeSignatures } from "../identity/signatures-node.js";
import { DoorError } from "../node-error.js";
import { Intake } from "../store/intake.js";
import { KeyStore } from "../store/key-store.js";
import { loadColumn } from "../store/load-column.js";
import { openSqlite } from "../store/sqlite.js";
import { SqliteStore } from "../store/sqlite-store.js";
import { Vault } from "../store/vault.js";
import { createApp } from "./app.js";

let world: DataSpace;
let count = 0;
beforeAll(async () => {
  world = await dataSpace();
});
afterAll(() => world.remove());

/** A fresh node's interface, without a socket. */
async function node(self: PartyIndex = 1, limits = DEFAULT_LIMITS, hpke = nodeHpke) {
  const { keys } = world.configs[self];
  const store = new SqliteStore(openSqlite(`${world.dir}/routes-${(count += 1)}`));
  const vault = new Vault(new KeyStore(memoryFolder()));
  const intake = new Intake({
    space: world.space,
    self,
    signatures: nodeSignatures,
    signer: await signerOf(nodeSignatures, keys.signing),
    hpke,
    hpkeKeys: keys.hpke,
    hpkeKeyId: await sha256(keys.hpke.publicKey),
    store,
    vault,
    limits,
    now: Date.now,
  });
  const never = () => {
    throw new DoorError(404, "NOT_FOUND", "no such run", "");
  };
  const keeper = { withdraw: never, deletions: never };
  const jobs = { ask: never, status: never, result: never };
  const about = { descriptor: never, status: never };
  const app = createApp({ about, intake, keeper, jobs, diary: SILENT });
  const call = async (method: string, path: string, body?: object | string | Uint8Array) => {
    const content =
      typeof body === "string" || body instanceof Uint8Array ? body : body && JSON.stringify(body);
    const reply = await app.request(path, {
      method,
      ...(content !== undefined && { body: content as never }),
    });
    const text = await reply.text();
    return {
      status: reply.status,
      json: text === "" ? {} : JSON.parse(text),
      type: reply.headers.get("content-type"),
    };
  };
  const put = ({ manifest, offer }: Submission, dataset = "shelter-list") =>
    call("PUT", `/datasets/${dataset}/manifest`, { manifest, offer });
  const send = async ({ chunks }: Submission, dataset = "shelter-list") => {
    for (const [place, bytes] of chunks[self]) {
      const reply = await call("PUT", `/datasets/${dataset}/parts/${place}`, bytes);
      expect(reply.status).toBe(204);
    }
  };
  const commit = (dataset = "shelter-list") => call("POST", `/datasets/${dataset}/commit`, {});
  return { self, store, vault, call, put, send, commit };
}

const problem = (code: string, status: number) => ({
  status,
  type: "application/problem+json",
  json: { type: `urn:symbolon:problem:${code}`, status },
});

describe("a dataset", () => {
  it.each([0, 1, 2] as const)("comes in at node %i and is there as shares", async (self) => {
    const at = await node(self);
    const shelter = await prepare(world, "shelter");
    expect(await at.put(shelter)).toMatchObject({
      status: 201,
      json: { root: shelter.root, state: "uploading" },
    });
    await at.send(shelter);
    const first = await at.commit();
    expect(first).toMatchObject({
      status: 200,
      json: { receipt: { payload: expect.any(String) } },
    });
    expect(await at.commit()).toEqual(first);
    const row = at.store.dataset("shelter-list" as DatasetId)!;
    expect(row.state).toBe("complete");
    expect(at.store.sealedChunks(row.root)).toEqual([]);
    const shares = await loadColumn(at, row, "persons", "content");
    expect(shares.own.length).toBe(256 * 8);
    expect(JSON.stringify(row)).not.toContain(
      Buffer.from(shares.own.buffer).toString("base64").slice(0, 40),
    );
  });

  it("goes on where it was cut off, and says what is still missing", async () => {
    const at = await node();
    const shelter = await prepare(world, "shelter");
    await at.put(shelter);
    const [[place, bytes]] = [...shelter.chunks[1]];
    await at.call("PUT", `/datasets/shelter-list/parts/${place}`, bytes);
    expect(await at.put(shelter)).toMatchObject({ status: 200, json: { present: [place] } });
    const reply = await at.commit();
    expect(reply).toMatchObject(problem("dataset-incomplete", 409));
    expect(reply.json.detail).toMatch(/3 chunks .* are missing, the first is persons\/content\/1/);
    await at.send(shelter);
    expect((await at.commit()).status).toBe(200);
  });

  it("refuses chunks that were changed, swapped, or are not in the manifest", async () => {
    const at = await node();
    const shelter = await prepare(world, "shelter");
    await at.put(shelter);
    const [[head, headBytes], [body, bodyBytes]] = [...shelter.chunks[1]];
    const altered = bodyBytes.slice();
    altered[100] ^= 1;
    for (const [place, bytes] of [
      [body, altered],
      [head, bodyBytes],
      [body, bodyBytes.slice(1)],
      [head, new Uint8Array()],
    ] as const)
      expect(await at.call("PUT", `/datasets/shelter-list/parts/${place}`, bytes)).toMatchObject(
        problem("body-invalid", 422),
      );
    for (const place of ["persons/content/2", "persons/other/0", "other/content/0"])
      expect(
        await at.call("PUT", `/datasets/shelter-list/parts/${place}`, headBytes),
      ).toMatchObject(problem("part-unknown", 404));
    for (const place of ["persons/content/-1", "persons/content/1e3", "persons/..%2f/0"])
      expect(
        await at.call("PUT", `/datasets/shelter-list/parts/${place}`, headBytes),
      ).toMatchObject(problem("body-invalid", 400));
  });

  it("refuses parts that were sealed for another dataset", async () => {
    const at = await node();
    const real = await prepare(world, "shelter");
    const manifest = JSON.parse(Buffer.from(real.manifest.payload, "base64").toString());
    const relabelled = await prepare(world, "shelter", {
      manifest: { dataset: "other-list" as DatasetId },
    });
    const other = JSON.parse(Buffer.from(relabelled.manifest.payload, "base64").toString());
    const forged = await world.sign("shelter", { ...other, parts: manifest.parts });
    const swapped = { ...relabelled, manifest: forged, chunks: real.chunks };
    expect((await at.put(swapped, "other-list")).status).toBe(201);
    await at.send(swapped, "other-list");
    expect(await at.commit("other-list")).toMatchObject(problem("part-not-opened", 422));
    expect(at.store.dataset("other-list" as DatasetId)?.state).toBe("uploading");
  });

  it("refuses another's name, an old epoch, a key that is not ours, a repeated seed", async () => {
    const at = await node();
    const first = await prepare(world, "shelter", { manifest: { epoch: 3 } });
    await at.put(first);
    const dataset = "shelter-list" as DatasetId;
    const thief = await prepare(world, "police", { manifest: { dataset, epoch: 9 } });
    expect(await at.put(thief)).toMatchObject(problem("dataset-taken", 409));
    const replay = await prepare(world, "shelter", { manifest: { epoch: 3 } });
    expect(await at.put(replay)).toMatchObject(problem("dataset-outdated", 409));
    const newer = await prepare(world, "shelter", { manifest: { epoch: 4 } });
    expect((await at.put(newer)).status).toBe(201);
    expect(at.store.datasetByRoot(first.root)).toBeUndefined();
    const elsewhere = await prepare(world, "shelter", { manifest: { dataset: "b" as DatasetId } });
    const payload = JSON.parse(Buffer.from(elsewhere.manifest.payload, "base64").toString());
    for (const part of payload.parts) part.nodes.reverse();
    const misdirected = { ...elsewhere, manifest: await world.sign("shelter", payload) };
    expect((await at.put(misdirected, "b")).status).toBe(422);
    const twice = await prepare(world, "shelter", {
      manifest: { dataset: "c" as DatasetId },
      seeds: randomBytes(16),
    });
    const two = await node(0);
    await two.put(twice, "c");
    await two.send(twice, "c");
    expect(await two.commit("c")).toMatchObject(problem("seeds-repeated", 422));
  });

  it("is refused when it is too large for this node", async () => {
    const small = await node(1, { ...DEFAULT_LIMITS, rows: 256, datasetBytes: 4_000, datasets: 1 });
    const wide = await prepare(world, "shelter");
    expect(await small.put(wide)).toMatchObject(problem("dataset-too-large", 413));
    const long = await prepare(world, "shelter", {
      manifest: { schema: { ...SCHEMA, tables: [{ ...SCHEMA.tables[0], rows: 512 }] } },
    });
    expect(await small.put(long)).toMatchObject(problem("dataset-too-large", 413));
  });

  it("is refused under another's address", async () => {
    const at = await node();
    const shelter = await prepare(world, "shelter");
    expect(await at.put(shelter, "other-list")).toMatchObject(problem("body-invalid", 400));
  });

  it("is refused when it has too many rows, and when there are too many", async () => {
    const few = await node(1, { ...DEFAULT_LIMITS, rows: 255 });
    expect(await few.put(await prepare(world, "shelter"))).toMatchObject(
      problem("dataset-too-large", 413),
    );
    const one = await node(1, { ...DEFAULT_LIMITS, datasets: 1 });
    await one.put(await prepare(world, "shelter"));
    const second = await prepare(world, "shelter", { manifest: { dataset: "b" as DatasetId } });
    expect(await one.put(second, "b")).toMatchObject(problem("datasets-too-many", 409));
  });

  it("is refused when it is sealed to another key", async () => {
    const at = await node();
    const shelter = await prepare(world, "shelter");
    const payload = JSON.parse(Buffer.from(shelter.manifest.payload, "base64").toString());
    for (const part of payload.parts) part.nodes[1].keyId = part.nodes[2].keyId;
    const manifest = await world.sign("shelter", payload);
    expect(await at.put({ ...shelter, manifest })).toMatchObject(problem("key-not-ours", 422));
  });

  it("is not replaced while a run uses it", async () => {
    const at = await node();
    const first = await prepare(world, "shelter");
    await at.put(first);
    const ref = { dataset: "shelter-list" as DatasetId, root: first.root };
    at.store.putRun({
      run: "r1" as RunId,
      request: first.manifest,
      asker: "police" as MemberId,
      state: "waiting",
      attempt: 0,
      grant: { answerKey: "q", offers: [], request: { ours: ref, theirs: [] } },
      reason: undefined,
      since: 1,
    } as never);
    const newer = await prepare(world, "shelter", { manifest: { epoch: 1 } });
    expect(await at.put(newer)).toMatchObject(problem("dataset-in-use", 409));
  });

  it("is not replaced while it is being opened", async () => {
    let open: () => void = () => undefined;
    const isOpen = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow: typeof nodeHpke = {
      ...nodeHpke,
      recipient: async (...about) => {
        await isOpen;
        return nodeHpke.recipient(...about);
      },
    };
    const at = await node(1, DEFAULT_LIMITS, slow);
    const first = await prepare(world, "shelter");
    await at.put(first);
    await at.send(first);
    const committing = at.commit();
    const newer = await prepare(world, "shelter", { manifest: { epoch: 1 } });
    expect(await at.put(newer)).toMatchObject(problem("dataset-in-use", 409));
    open();
    expect((await committing).status).toBe(200);
  });

  it("takes offers from its own provider only, and no more than it can look through", async () => {
    const at = await node();
    const shelter = await prepare(world, "shelter");
    await at.put(shelter);
    const dataset = "shelter-list" as DatasetId;
    const { offer } = await prepare(world, "police", { manifest: { dataset } });
    expect(await at.call("POST", "/offers", { offer })).toMatchObject(
      problem("dataset-taken", 409),
    );
    const one = { provider: "shelter" as MemberId, dataset, envelope: shelter.offer };
    for (let k = 0; k < 1_000; k += 1) {
      at.store.putOffer({ ...one, hash: k.toString(16).padStart(64, "0") as Hash });
    }
    const { offer: last } = await prepare(world, "shelter", { offer: { runsMax: 2 } });
    expect(await at.call("POST", "/offers", { offer: last })).toMatchObject(
      problem("offers-too-many", 409),
    );
  });

  it("is refused without a member's signature", async () => {
    const at = await node();
    const shelter = await prepare(world, "shelter");
    const forged = await world.sign(
      "police",
      JSON.parse(Buffer.from(shelter.manifest.payload, "base64").toString()),
    );
    expect(await at.put({ ...shelter, manifest: forged })).toMatchObject(
      problem("bad-signature", 403),
    );
    const stranger = await prepare(world, "shelter", {
      offer: { beneficiary: "nobody" as MemberId },
    });
    expect(await at.put(stranger)).toMatchObject(problem("unknown-member", 403));
  });
});

describe("the door", () => {
  it.each([
    ["PUT", "/datasets/a/manifest", "{", "body-invalid", 400],
    ["PUT", "/datasets/a/manifest", "[]", "body-invalid", 400],
    ["PUT", "/datasets/a/manifest", '{"manifest":{},"offer":{},"more":1}', "body-invalid", 400],
    ["PUT", "/datasets/a/manifest", '{"manifest":{},"offer":{}}', "document-invalid", 400],
    ["PUT", "/datasets/A%20B/manifest", "{}", "body-invalid", 400],
    ["POST", "/offers", '{"offer":"x"}', "body-invalid", 400],
    ["POST", "/runs", "\u0000\u0001", "body-invalid", 400],
    ["GET", "/runs/unknown", undefined, "not-found", 404],
    ["GET", "/nothing", undefined, "not-found", 404],
    ["POST", "/datasets/a/commit", "{}", "not-found", 404],
  ])("answers %s %s with %j by a problem", async (method, path, body, code, status) => {
    const at = await node();
    const reply = await at.call(method, path, body);
    expect(reply).toMatchObject(problem(code, status));
    expect(reply.json.detail).toBeTruthy();
  });

  it("says so when a body is not JSON", async () => {
    const reply = await (await node()).call("POST", "/offers", "{");
    expect(reply.json.detail).toContain("not JSON");
  });

  it("refuses bodies that are too long", async () => {
    const at = await node();
    const long = new Uint8Array(1024 * 1024 + 17);
    const reply = await at.call("PUT", "/datasets/a/parts/t/c/0", long);
    expect(reply).toMatchObject(problem("body-too-large", 413));
    for (const path of ["/offers", "/runs", "/runs/r/result", "/withdrawals"])
      expect(await at.call("POST", path, long)).toMatchObject(problem("body-too-large", 413));
  });
});
