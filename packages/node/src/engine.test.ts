import type { DatasetSchema } from "@symbolon/base/dataset";
import { type DatasetId, PARTIES, type PartyIndex } from "@symbolon/base/id";
import { combineComponents } from "@symbolon/mpc/sharing/split";
import { notOnList } from "@symbolon/queries/catalogue/not-on-list";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  call,
  type DataSpace,
  dataSpace,
  prepare,
  question,
  type Submission,
  startTestNode,
  submit,
} from "./data-space.contract.js";
import { createEngine } from "./engine.js";
import type { RunningNode } from "./node.js";
import { until } from "./transport/three-links.contract.js";

let world: DataSpace;
let nodes: RunningNode[];
const { layout } = notOnList;
const schema: DatasetSchema = {
  version: 1,
  layout: layout.id,
  tables: [
    {
      name: "persons",
      rows: 256,
      columns: [
        { name: "content", kind: "linkage-vector", sharing: "arithmetic", width: layout.dims },
        { name: "present", kind: "presence", sharing: "arithmetic", width: layout.fields.length },
        { name: "real", kind: "row-bit", sharing: "boolean", width: 1 },
        ...notOnList.reads.columns.filter(({ kind }) => kind === "key"),
      ],
    },
  ],
};

beforeAll(async () => {
  world = await dataSpace();
  nodes = [];
  for (const index of PARTIES) nodes.push(await startTestNode(world, index, createEngine()));
});
afterAll(async () => {
  for (const node of nodes) await node.close();
  world.remove();
});

const calibration = {
  thresholds: [1000],
  missLow: [0],
  missExpected: [0],
  missHigh: [0],
  presence: [],
};
const params = { pick: 5, threshold: 1000, dedupThreshold: 1000, overlap: 0.8 };
const query = createEngine().queries[0].hash;

/** A list whose columns all hold one word, at all three nodes. */
async function list(provider: "police" | "shelter", dataset: DatasetId, word: number) {
  const manifest = { dataset, schema, calibration };
  const made = await prepare(world, provider, { manifest, offer: { query }, word: () => word });
  for (const index of PARTIES) expect((await submit(world, index, dataset, made)).status).toBe(200);
  return { ...made, dataset };
}
async function ask(ours: Submission, theirs: Submission & { dataset: DatasetId }) {
  const refs = { theirs: [{ dataset: theirs.dataset, root: theirs.root }] };
  const asked = await question(world, ours, theirs, { query, params, ...refs });
  for (const index of PARTIES)
    expect((await call(world, index, "POST", "/runs", { request: asked.request })).status).toBe(
      202,
    );
  const reply = async (node: PartyIndex) =>
    (await call(world, node, "GET", `/runs/${asked.run}`)).json as Record<string, unknown>;
  return { ...asked, reply };
}
const runs = (node: PartyIndex) => nodes[node].status().runs;

describe("the production engine between three nodes", () => {
  it("refuses a list out of bounds, then answers about another after a node died", async () => {
    const ours = await list("police", "police-list" as DatasetId, 0);
    const bad = await list("shelter", "bad-list" as DatasetId, 7);
    const refused = await ask(ours, bad);
    await until(() => PARTIES.every((node) => runs(node).refused === 1), 50_000);
    expect((await refused.reply(0)).reason).toMatch(/bad-list says of a field/);

    const theirs = await list("shelter", "shelter-list" as DatasetId, 0);
    const asked = await ask(ours, theirs);
    await until(() => PARTIES.every((node) => runs(node).running === 1), 10_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await nodes[1].close();
    await until(() => runs(0).interrupted === 1 && runs(2).interrupted === 1, 10_000);
    expect((await asked.reply(0)).reason).toMatch(/Node B/);
    nodes[1] = await startTestNode(world, 1, createEngine());
    await until(() => PARTIES.every((node) => runs(node).done === 1), 50_000);
    expect((await asked.reply(2)).soundnessBits).toBeGreaterThanOrEqual(60);
    const [a, b, c] = [await asked.collect(0), await asked.collect(1), await asked.collect(2)];
    expect([a.next, b.next, c.next]).toEqual([b.own, c.own, a.own]);
    // No row is real, so there is no answer: all zero.
    expect(combineComponents([a.own, b.own, c.own], "boolean").every((word) => word === 0)).toBe(
      true,
    );
  }, 120_000);
});
