import { PARTIES } from "@symbolon/base/id";
import { checkReceipt } from "@symbolon/governance/entry-receipt";
import { formatNote, parseNote } from "@symbolon/governance/log/note";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  call,
  type DataSpace,
  dataSpace,
  echoEngine,
  startTestNode,
} from "../data-space.contract.js";
import { nodeSignatures } from "../identity/signatures-node.js";
import { openSqlite } from "../store/sqlite.js";
import { charterOf, FoundedSpace, until } from "./founded-space.contract.js";
import { LogStore } from "./log-store.js";

let world: DataSpace;
let space: FoundedSpace;
let lists: Awaited<ReturnType<FoundedSpace["prepare"]>>;

beforeAll(async () => {
  world = await dataSpace();
  space = await new FoundedSpace(world).start();
}, 60_000);
afterAll(async () => {
  await space.close();
  world.remove();
});

describe("a data space with a log", { timeout: 60_000 }, () => {
  it("begins with a charter, and with none that names other head keys", async () => {
    const early = await space.sign("shelter", "departure:v1", { member: "shelter" });
    expect(await space.post(early)).toMatchObject({ status: 403 });
    const charter = await charterOf(world);
    const [a, b, c] = charter.nodes;
    const nodes = [a, b, { ...c, headKey: charter.witnesses[0].headKey }];
    const witnesses = charter.witnesses.map((it) => ({ ...it, headKey: c.headKey }));
    const wrong = await world.sign("shelter", { ...charter, nodes, witnesses });
    expect((await space.post(wrong, 2)).json).toMatchObject({
      type: "urn:symbolon:problem:head-key-differs",
    });
    expect((await space.log(0)).size).toBe(0);
  });

  it("is founded by everybody's yes, the same at each node", async () => {
    await space.found();
    for (const node of PARTIES)
      expect(await space.log(node)).toEqual({
        ...{ size: 5, witnessed: 0, pending: 0, hasCharter: true },
      });
    lists = await space.prepare();
  });

  it("gives receipts that hold without a network, once a witness has cosigned", async () => {
    const at = `/log/receipts/${space.hash("offer")}`;
    expect((await call(world, 1, "GET", at)).status).toBe(409);
    await space.witness();
    for (const node of PARTIES) {
      const receipt = await call(world, node, "GET", at);
      const file = new TextEncoder().encode(receipt.text);
      const held = await checkReceipt(
        nodeSignatures,
        await space.policy(),
        file,
        space.hash("offer"),
      );
      expect(held.index).toBeGreaterThan(5);
    }
  });

  it("runs what the log allows, and logs grants and ends", async () => {
    const asked = await space.request(lists);
    const early = await call(world, 0, "POST", "/runs", { request: asked.request });
    expect(early.json).toMatchObject({ type: "urn:symbolon:problem:not-logged" });
    const before = await space.log();
    await space.add(asked.request, "request");
    const unseen = await call(world, 0, "POST", "/runs", { request: asked.request });
    expect(unseen.json).toMatchObject({ type: "urn:symbolon:problem:head-not-cosigned" });
    await space.witness();
    for (const node of PARTIES)
      expect(await call(world, node, "POST", "/runs", { request: asked.request })).toMatchObject({
        status: 202,
      });
    await until(async () => {
      const states = await Promise.all(
        PARTIES.map((node) => call(world, node, "GET", `/runs/${asked.run}`)),
      );
      const all = states.map(({ json }) => json["state"] as string);
      if (all.includes("refused")) throw new Error(JSON.stringify(states.map((it) => it.json)));
      return all.every((state) => state === "done") || undefined;
    }, "the run");
    expect((await asked.collect(0)).own.length).toBeGreaterThan(0);
    const end = space.nodes.length * 2;
    await until(async () => (await space.log()).size >= before.size + 1 + end || undefined, "ends");
  });

  it("does not begin what was asked before a dataset was taken back", async () => {
    const asked = await space.request(lists, { nonce: "11".repeat(16) });
    await space.add(asked.request);
    await space.witness();
    const says = { provider: "shelter", dataset: "shelter-list" };
    const taken = await space.add(await space.sign("shelter", "withdrawal:v1", says));
    const receipt = await call(world, 1, "GET", `/log/receipts/${taken}`);
    expect(receipt.json).toMatchObject({ type: "urn:symbolon:problem:not-witnessed" });
    for (const node of PARTIES)
      expect(
        (await call(world, node, "POST", "/runs", { request: asked.request })).json,
      ).toMatchObject({ type: "urn:symbolon:problem:dataset-withdrawn" });
  });

  it("hands out what there is, and takes cosignatures of witnesses only", async () => {
    for (const path of ["/log/tile/0/001", "/log/tile/x", "/log/checkpoint/99", "/log/receipts/x"])
      expect((await call(world, 1, "GET", path)).status).toBeGreaterThanOrEqual(400);
    const none = `/log/receipts/${"0".repeat(64)}`;
    expect((await call(world, 1, "GET", none)).status).toBe(404);
    const { text } = await call(world, 1, "GET", "/log/checkpoint");
    const cosign = async (note: string) => {
      const { json } = await call(world, 1, "POST", "/log/cosignatures", note);
      return `${json["type"]} ${json["detail"]}`;
    };
    const own = parseNote(text).text;
    expect(await cosign(text)).toContain("no witness that the charter names");
    expect(await cosign(text.replace(/\n(\d+)\n./, (_, size) => `\n${size}\n/`))).toContain(
      "another head of",
    );
    const { text: older } = await call(world, 1, "GET", "/log/checkpoint/5");
    for (const note of [older, text.replace(/\n\d+\n/, "\n9999\n")])
      expect(await cosign(note)).toContain("wants no cosignature");
    const [key] = (await space.policy()).witnesses;
    const wrong = { name: key.name, id: key.id, signature: new Uint8Array(72).fill(1) };
    expect(await cosign(formatNote({ text: own, signatures: [wrong] }))).toContain(
      "the signature of north.example/log/shelter is wrong",
    );
    expect(await cosign("no note")).toContain("urn:symbolon:problem:log-malformed");
  });

  it("has the same log after a restart, and says so of a copy that was changed", async () => {
    const before = await space.log(1);
    const twice = startTestNode(world, 1, echoEngine());
    await expect(twice).rejects.toMatchObject({ code: "ALREADY_RUNNING" });
    await space.nodes[1].close();
    space.nodes[1] = await startTestNode(world, 1, echoEngine());
    expect(await space.log(1)).toEqual(before);
    await space.linked();
    const left = await space.sign("shelter", "departure:v1", { member: "shelter" });
    await space.add(left, "left", 1);
    await space.nodes[2].close();
    const db = openSqlite(world.configs[2].dataDir);
    db.run(
      "UPDATE log_entries SET bytes = (SELECT bytes FROM log_entries WHERE at = 4) WHERE at = 5",
    );
    db.close();
    await expect(startTestNode(world, 2, echoEngine())).rejects.toMatchObject({
      code: "STORE_UNREADABLE",
    });
  });

  it("runs nothing, and takes nothing in, once it has stopped", async () => {
    const db = openSqlite(world.configs[0].dataDir);
    new LogStore(db).putStopped("Node B has signed another head of 9 entries than this node");
    db.close();
    const asked = await space.request(lists, { nonce: "22".repeat(16) });
    const reply = await call(world, 0, "POST", "/runs", { request: asked.request });
    expect(reply.json).toMatchObject({ type: "urn:symbolon:problem:head-of-other-log" });
    expect((await space.post(asked.request)).json).toMatchObject({
      type: "urn:symbolon:problem:log-stopped",
    });
    expect((await space.log()).stopped).toContain("another head of 9 entries");
  });
});
