import { seal } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { instantOf } from "@symbolon/governance/instant";
import { statementIn } from "@symbolon/governance/parse-statement";
import { signerOf } from "@symbolon/governance/signatures";
import { beforeEach, describe, expect, it } from "vitest";
import { nodeToolbox as tools } from "./crypto/node.js";
import { DATASET, type FakeWorld, fakeWorld, NOW, problem } from "./fake-nodes.contract.js";
import { signWithdrawal, withdraw } from "./withdraw.js";

const ROOT = "a".repeat(64) as Hash;
let world: FakeWorld;
beforeEach(async () => {
  world = await fakeWorld();
});

/** What a node signs; by default as it should be. */
const tombstone = async (node: 0 | 1 | 2, changes: object = {}, signer = node) =>
  seal(
    {
      type: "urn:symbolon:statement:tombstone:v1",
      space: world.space.id,
      issuedAt: instantOf(NOW),
      ...{ node, dataset: DATASET, root: ROOT, ...changes },
    },
    await signerOf(tools.signatures, world.nodes[signer].keys.signing),
  );
const answer = (node: 0 | 1 | 2, versions: object[]) => {
  const body = JSON.stringify({ dataset: DATASET, versions });
  world.nodes[node].intercept = (_, path) =>
    path === "/withdrawals" ? new Response(body) : undefined;
};
const go = async () => {
  const { space, shelter, clients } = world;
  const context = { tools, identity: shelter, space, now: NOW };
  const envelope = await signWithdrawal(context, DATASET);
  expect(statementIn(envelope, "urn:symbolon:statement:withdrawal:v1")).toMatchObject({
    provider: "shelter",
    dataset: DATASET,
  });
  return withdraw(clients, envelope, DATASET, { space, signatures: tools.signatures });
};

describe("withdraw", () => {
  it("tells of each node by itself how far it has come", async () => {
    const done = await tombstone(0);
    answer(0, [{ root: ROOT, reason: "withdrawn", tombstone: done }]);
    answer(1, [{ root: ROOT, reason: "withdrawn" }]);
    world.nodes[2].intercept = () => problem(403, "not-yours", "it belongs to another");
    const [first, second, third] = await go();
    expect(first).toMatchObject({ node: 0, state: "deleted", tombstones: [done] });
    expect(second).toMatchObject({ node: 1, state: "waiting", tombstones: [] });
    expect(third).toMatchObject({ node: 2, state: "failed", error: { code: "NODE_REFUSED" } });
    answer(2, []);
    expect((await go())[2]).toMatchObject({ state: "nothing" });
  });

  it.each([
    ["another dataset", () => tombstone(0, { dataset: "other" })],
    ["another version", () => tombstone(0, { root: "b".repeat(64) })],
    ["another node's", () => tombstone(1)],
    ["another node's signature", () => tombstone(0, {}, 1)],
    ["another space", () => tombstone(0, { space: "south" })],
    ["another statement", () => tombstone(0, { type: "urn:symbolon:statement:receipt:v1" })],
  ])("does not take a tombstone for %s", async (_, make) => {
    for (const node of [0, 1, 2] as const)
      answer(node, [{ root: ROOT, reason: "withdrawn", tombstone: await make() }]);
    expect((await go())[0]).toMatchObject({ state: "failed", error: { code: "REPLY_INVALID" } });
  });
});
