import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MemberId, PartyIndex } from "@symbolon/base/id";
import { statementHash } from "@symbolon/governance/envelope";
import { instantOf } from "@symbolon/governance/instant";
import { statementIn } from "@symbolon/governance/parse-statement";
import { combineComponents, disagreement } from "@symbolon/mpc/sharing/split";
import { afterEach, describe, expect, it } from "vitest";
import { nodeToolbox as tools } from "./crypto/node.js";
import { ProviderError } from "./error.js";
import {
  type FakeWorld,
  fakeWorld,
  NOW,
  problem,
  QUERY,
  smallDataset,
} from "./fake-nodes.contract.js";
import { memorySpool, type Spool } from "./spool.js";
import { diskSpool } from "./spool-disk.js";
import { prepareSubmission, resumeSubmission } from "./submission.js";
import { meetNodes, type SubmitProgress, submit } from "./submit.js";

const terms = {
  query: QUERY,
  beneficiary: "police" as MemberId,
  expires: instantOf(NOW + 86_400_000),
};
const trust = ({ space }: FakeWorld) => ({ space, signatures: tools.signatures, now: NOW });

async function prepared(world: FakeWorld, spool: Spool = memorySpool()) {
  const descriptors = await meetNodes(world.clients, trust(world));
  const { space, shelter: identity } = world;
  const context = { tools, identity, space, descriptors, now: NOW };
  return prepareSubmission(context, smallDataset(), terms, spool);
}

const send = (
  world: FakeWorld,
  submission: Awaited<ReturnType<typeof prepared>>,
  onProgress?: (progress: SubmitProgress) => void,
) =>
  submit(world.clients, submission, {
    ...trust(world),
    ...(onProgress && { onProgress }),
  });

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

describe("a submission", () => {
  it("arrives: the three nodes hold shares of every column, and receipts come back", async () => {
    const world = await fakeWorld();
    const submission = await prepared(world);
    const last = new Map<PartyIndex, SubmitProgress>();
    const receipts = await send(world, submission, (it) => void last.set(it.node, it));
    for (const [node, receipt] of receipts.entries()) {
      const { root, node: by } = statementIn(receipt, "urn:symbolon:statement:receipt:v1");
      expect([root, by]).toEqual([submission.root, node]);
    }
    for (const [key, values] of smallDataset().values) {
      const [a, b, c] = world.nodes.map(({ opened }) => opened.get(key)!);
      expect(disagreement([a, b, c])).toBeUndefined();
      const boolean = ["persons.real", "persons.identifier-key", "events.means"].includes(key);
      const sharing = boolean ? "boolean" : "arithmetic";
      const combined = combineComponents([a.own, b.own, c.own], sharing);
      expect(Buffer.from(combined.buffer).equals(Buffer.from(values.buffer)), key).toBe(true);
    }
    expect([...last.values()].every(({ done, total }) => done === total)).toBe(true);
    const bytes = [0, 1, 2].map((node) => last.get(node as PartyIndex)?.bytesSent ?? 0);
    expect(bytes[0]).toBeLessThan(1_000);
    expect(bytes[1]).toBe(bytes[2]);
  });

  it("has fresh seeds for every column and every submission", async () => {
    const world = await fakeWorld();
    await send(world, await prepared(world));
    const own = (key: string) => world.nodes[0].opened.get(key)!.own.slice(0, 4).join();
    const before = own("persons.content");
    expect(own("persons.present")).not.toBe(before);
    world.nodes.forEach((node) => void node.chunks.clear());
    await send(world, await prepared(world));
    expect(own("persons.content")).not.toBe(before);
  });

  it("goes on where it stopped, after a crash too", async () => {
    const world = await fakeWorld({ attemptsMax: 2 });
    const folder = await mkdtemp(join(tmpdir(), "spool-"));
    folders.push(folder);
    const first = await prepared(world, await diskSpool(folder));
    let sent = 0;
    world.nodes[1].intercept = (method, path) => {
      if (method === "PUT" && path.includes("/parts/") && (sent += 1) > 3)
        throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNRESET" } });
      return undefined;
    };
    const failure = await send(world, first).catch((error) => error);
    expect(failure).toBeInstanceOf(ProviderError);
    expect([failure.code, failure.details.name, failure.details.why]).toEqual([
      "NODE_UNREACHABLE",
      "Node 1",
      "ECONNRESET",
    ]);
    expect(failure.cure).toContain("goes on where it stopped");
    expect(world.nodes[2].opened.size).toBe(7);

    world.nodes[1].intercept = () => undefined;
    world.nodes[1].calls.length = 0;
    const again = await resumeSubmission(first.manifest, first.offer, await diskSpool(folder));
    expect(again.root).toBe(first.root);
    await send(world, again);
    const total = again.parts.reduce((sum, { nodes }) => sum + nodes[1].chunks.length, 0);
    const parts = world.nodes[1].calls.filter((call) => call.includes("/parts/"));
    expect(parts.length).toBe(total - 3);
  });

  it("says which sealed chunk is gone, and sends nothing made up", async () => {
    const world = await fakeWorld();
    const whole = memorySpool();
    const submission = await prepared(world, whole);
    const lossy: Spool = {
      ...whole,
      get: async (name) => (name === "2-persons-sex-1.sealed" ? undefined : whole.get(name)),
    };
    const failure = await send(world, { ...submission, spool: lossy }).catch((error) => error);
    expect([failure.code, failure.details.column]).toEqual(["FILE_INVALID", "sex"]);
  });

  it("repeats what was only put off, and passes on what was refused", async () => {
    const world = await fakeWorld();
    let busy = 3;
    world.nodes[0].intercept = () =>
      (busy -= 1) >= 0 ? problem(503, "busy", "not now") : undefined;
    await send(world, await prepared(world));
    expect(world.clock.slept).toBe(500 + 1_000 + 2_000);

    for (const { chunks } of world.nodes) chunks.clear();
    world.nodes[2].intercept = (_, path) =>
      path.endsWith("/commit")
        ? problem(409, "part-missing", "a part\u0007 is missing")
        : undefined;
    const failure = await send(world, await prepared(world)).catch((error) => error);
    expect([failure.code, failure.message, failure.cure]).toEqual([
      "NODE_REFUSED",
      "Node 2: a part  is missing",
      "do this",
    ]);
    expect(failure.details).toMatchObject({ node: 2, status: 409, problem: "part-missing" });
  });

  it.each([
    ["another node", { node: 1 }],
    ["another root", { root: QUERY }],
    ["another dataset", { dataset: "other" }],
    ["another data space", { space: "south" }],
  ])("does not take a receipt for %s", async (_, change) => {
    const world = await fakeWorld();
    const node = world.nodes[0];
    const honest = node.receipt.bind(node);
    node.receipt = () => honest(change);
    await expect(send(world, await prepared(world))).rejects.toThrow("Node 0 gave a receipt");
  });

  it.each([
    ["no JSON", () => new Response("<html>")],
    ["an unfinished answer", () => Response.json({ dataset: "x" })],
    [
      "another dataset's state",
      () => Response.json({ dataset: "x", root: QUERY, state: "complete", present: [] }),
    ],
    ["bytes that are no text", () => new Response(Uint8Array.of(0xff, 0xfe))],
  ])("does not rely on %s", async (_, answer) => {
    const world = await fakeWorld();
    const submission = await prepared(world);
    world.nodes[1].intercept = (_method, path) =>
      path.endsWith("/manifest") ? answer() : undefined;
    const failure = await send(world, submission).catch((error) => error);
    expect([failure.code, failure.details.name]).toEqual(["REPLY_INVALID", "Node 1"]);
  });
});

describe("what a node answers", () => {
  it.each([["dataset", "other"] as const, ["root", QUERY] as const])(
    "is for this submission: another %s is not relied on",
    async (field, value) => {
      const world = await fakeWorld();
      const submission = await prepared(world);
      const [, node] = world.nodes;
      const honest = node.fetch.bind(node);
      node.fetch = async (url, request) => {
        const reply = await honest(url, request);
        if (!url.endsWith("/manifest")) return reply;
        const said = await (reply as unknown as Response).json();
        return Response.json({ ...said, [field]: value }) as never;
      };
      await expect(send(world, submission)).rejects.toMatchObject({ code: "REPLY_INVALID" });
    },
  );

  it("is its own receipt, not another node's", async () => {
    const world = await fakeWorld();
    const submission = await prepared(world);
    const { dataset, root } = submission;
    const [own, other] = world.nodes;
    const honest = other.receipt.bind(other);
    own.receipt = () => honest({ provider: "shelter", dataset, root });
    await expect(send(world, submission)).rejects.toThrow("a receipt for something else");
  });
});

describe("before anything is sent", () => {
  it.each<[string, object, string]>([
    ["of a build that is not accepted", { buildHash: QUERY }, "runs version 0.1.0 of a build"],
    ["with another name", { name: "Node X" }, "describes itself as another node"],
    ["of another node", { node: 2 }, "not its own"],
    [
      "with another signing key",
      { signingKey: Buffer.alloc(32).toString("base64") },
      "another node",
    ],
    ["without our suite", { suites: ["hpke-none"] }, "does not know the suite"],
    ["with a mislabelled key", { hpkeKeyId: QUERY }, "names its sealing key wrongly"],
    ["of another data space", { space: "south" }, "not its own"],
    ["from the future", { issuedAt: instantOf(NOW + 3_600_000) }, "in the future"],
  ])("a node %s is refused", async (_, change, reason) => {
    const world = await fakeWorld();
    world.nodes[1].descriptorChange = change;
    const failure = await meetNodes(world.clients, trust(world)).catch((error) => error);
    expect([failure.code, failure.details.name]).toEqual(["NODE_NOT_TRUSTED", "Node 1"]);
    expect(failure.message).toContain(reason);
    expect(world.nodes.flatMap(({ calls }) => calls).every((it) => it.startsWith("GET"))).toBe(
      true,
    );
  });

  it("two nodes with one sealing key are refused", async () => {
    const world = await fakeWorld();
    const { publicKey } = world.nodes[0].keys.hpke;
    const statement = statementIn(await world.nodes[0].descriptor(), DESCRIPTOR);
    const hpkeKey = Buffer.from(publicKey).toString("base64");
    world.nodes[1].descriptorChange = { hpkeKey, hpkeKeyId: statement.hpkeKeyId };
    await expect(meetNodes(world.clients, trust(world))).rejects.toThrow("same sealing key");
  });

  it("a member may accept fewer builds than its space does", async () => {
    const world = await fakeWorld();
    await expect(meetNodes(world.clients, { ...trust(world), builds: [] })).rejects.toThrow(
      "not accepted",
    );
  });

  it("but not builds that its space does not accept", async () => {
    const world = await fakeWorld();
    world.nodes[1].descriptorChange = { buildHash: QUERY };
    const builds = [...world.space.builds, QUERY];
    await expect(meetNodes(world.clients, { ...trust(world), builds })).rejects.toThrow(
      "not accepted",
    );
  });

  it("values that do not have the schema's shape are refused", async () => {
    const world = await fakeWorld();
    const descriptors = await meetNodes(world.clients, trust(world));
    const context = { ...trust(world), tools, identity: world.shelter, descriptors };
    const good = smallDataset();
    const short = new Map(good.values).set("persons.sex", new Uint32Array(1));
    const extra = new Map(good.values).set("persons.name", new Uint32Array(1));
    for (const values of [short, extra]) {
      const attempt = prepareSubmission(context, { ...good, values }, terms, memorySpool());
      await expect(attempt).rejects.toMatchObject({ code: "DATASET_INVALID" });
    }
  });
});

const DESCRIPTOR = "urn:symbolon:statement:node-descriptor:v1";

it("an offer carries the defaults that the provider did not change", async () => {
  const world = await fakeWorld();
  const { offer, manifest } = await prepared(world);
  const statement = statementIn(offer, "urn:symbolon:statement:offer:v1");
  expect(statement).toMatchObject({ riskMax: 0.001, runsMax: 1, overlapMin: 0.5 });
  const { policyHash } = statementIn(manifest, "urn:symbolon:statement:dataset-manifest:v1");
  expect(policyHash).toBe(await statementHash(offer));
});
