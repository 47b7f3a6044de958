import type { PartyIndex } from "@symbolon/base/id";
import type { Envelope } from "@symbolon/governance/envelope";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, type DataSpace, dataSpace, echoEngine } from "../data-space.contract.js";
import { openSqlite } from "../store/sqlite.js";
import { FoundedSpace, until } from "./founded-space.contract.js";
import { LogStore } from "./log-store.js";

let world: DataSpace;
let space: FoundedSpace;
let ahead = 0;
const clock = () => Date.now() + ahead;

beforeAll(async () => {
  world = await dataSpace();
  space = await (await new FoundedSpace(world).start(echoEngine(), [clock, clock, clock])).found();
}, 60_000);
afterAll(async () => {
  await space.close();
  world.remove();
});

const post = (node: PartyIndex, request: Envelope) =>
  call(world, node, "POST", "/runs", { request });

const ended = (node: PartyIndex, run: string) =>
  until(async () => {
    const { json } = await call(world, node, "GET", `/runs/${run}`);
    return json["state"] === "refused" ? (json["reason"] as string) : undefined;
  }, "the end");

describe("a run whose grant does not get into the log", { timeout: 60_000 }, () => {
  it("does not begin, and ends when a node refuses it, or in time", async () => {
    const lists = await space.prepare();
    const [first, second] = [
      await space.request(lists),
      await space.request(lists, { nonce: "22".repeat(16) }),
    ];
    for (const { request } of [first, second]) await space.add(request);
    await space.witness();
    // From here on node 0 takes nothing in, so that no grant is logged.
    const db = openSqlite(world.configs[0].dataDir);
    new LogStore(db).putStopped("Node B has signed another head of 9 entries than this node");
    db.close();
    for (const node of [1, 2] as const)
      expect((await post(node, first.request)).json).toMatchObject({ state: "waiting" });
    const { json } = await call(world, 1, "GET", `/runs/${first.run}`);
    expect(json).toMatchObject({ state: "waiting" });
    expect((await post(0, first.request)).json).toMatchObject({
      type: "urn:symbolon:problem:head-of-other-log",
    });
    for (const node of [1, 2] as const)
      expect(await ended(node, first.run)).toMatch(/^Node A refuses: Node B has signed another/);

    expect((await post(1, second.request)).status).toBe(202);
    ahead = 2 * 3_600_000;
    expect(await ended(1, second.run)).toBe("the grant did not get into the log in time");
  });
});
