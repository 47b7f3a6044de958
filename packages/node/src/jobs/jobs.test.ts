import { toHex } from "@symbolon/base/bytes";
import { type MemberId, PARTIES, type PartyIndex, type RunId } from "@symbolon/base/id";
import { instantOf } from "@symbolon/governance/instant";
import { InputRefused, ProtocolAbort } from "@symbolon/mpc/error";
import { combineComponents } from "@symbolon/mpc/sharing/split";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  call,
  type DataSpace,
  dataSpace,
  echoEngine,
  prepare,
  question,
  type Submission,
  startTestNode,
  submit,
} from "../data-space.contract.js";
import type { RunningNode } from "../node.js";
import { withdrawal } from "../store/node-store.contract.js";
import { until } from "../transport/three-links.contract.js";
import type { Execute } from "./execute.js";

let world: DataSpace;
let nodes: (RunningNode | undefined)[];
let police: Submission;
let shelter: Submission;

const start = async (index: PartyIndex, execute?: Execute) => {
  nodes[index] = await startTestNode(world, index, echoEngine(execute));
};
const stop = async (index: PartyIndex) => {
  const node = nodes[index];
  nodes[index] = undefined;
  await node?.close();
};
const ask = async (request: object, at: readonly PartyIndex[] = PARTIES) =>
  Promise.all(at.map((node) => call(world, node, "POST", "/runs", { request })));
const stateAt = async (node: PartyIndex, run: string) =>
  (await call(world, node, "GET", `/runs/${run}`)).json as Record<string, unknown>;
async function untilState(run: string, state: string, at: readonly PartyIndex[] = PARTIES) {
  const end = Date.now() + 10_000;
  for (;;) {
    const replies = await Promise.all(at.map((node) => stateAt(node, run)));
    if (replies.every((reply) => reply.state === state)) return replies;
    if (Date.now() > end) throw new Error(`not ${state}: ${JSON.stringify(replies)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const allUp = () =>
  until(() => nodes.every((node) => node?.status().peers.every(({ up }) => up) ?? false));

/** Waits for both peers, so that all three are inside `execute` at one time. */
const meet: Execute = async ({ transport, attempt }) => {
  const others = PARTIES.filter((party) => party !== transport.self);
  for (const party of others) transport.send(party, `meet/${attempt}`, new Uint8Array(1));
  for (const party of others) await transport.receive(party, `meet/${attempt}`);
  return { own: new Uint32Array(1), next: new Uint32Array(1), rounds: 1, soundnessBits: 60 };
};

beforeEach(async () => {
  world = await dataSpace();
  nodes = [undefined, undefined, undefined];
  for (const index of PARTIES) await start(index);
  police = await prepare(world, "police");
  shelter = await prepare(world, "shelter");
  for (const index of PARTIES) {
    expect((await submit(world, index, "police-list", police)).status).toBe(200);
    expect((await submit(world, index, "shelter-list", shelter)).status).toBe(200);
  }
  await allUp();
});
afterEach(async () => {
  for (const index of PARTIES) await stop(index);
  world.remove();
});

/** Starts all three anew with another engine; the stored data stays. */
async function restart(execute: Execute) {
  for (const index of PARTIES) await stop(index);
  for (const index of PARTIES) await start(index, execute);
  await allUp();
}

describe("a run", () => {
  it("ends with shares that only the asker can open and that add up to the answer", async () => {
    const asked = await question(world, police, shelter);
    for (const { status } of await ask(asked.request)) expect(status).toBe(202);
    const [reply] = await untilState(asked.run, "done");
    expect(reply).toMatchObject({
      soundnessBits: 64,
      risk: { high: 0.0003 },
      stats: { rounds: 1 },
    });
    const [a, b, c] = [await asked.collect(0), await asked.collect(1), await asked.collect(2)];
    expect([a.next, b.next, c.next]).toEqual([b.own, c.own, a.own]);
    const answer = combineComponents([a.own, b.own, c.own], "arithmetic");
    expect(answer).toEqual(shelter.values.get("persons.content"));
  });

  it("gives each pair of neighbours, and nobody else, the same secrets", async () => {
    const seen: { self: number; keys: string[]; selection: string[] }[] = [];
    await restart((task) => {
      const hex = ({ own, next }: typeof task.keys) => [toHex(own), toHex(next)];
      const { self } = task.transport;
      seen[self] = { self, keys: hex(task.keys), selection: hex(task.selection) };
      return meet(task);
    });
    const { request, run } = await question(world, police, shelter);
    await ask(request);
    await untilState(run, "done");
    for (const kind of ["keys", "selection"] as const) {
      for (const { self } of seen) expect(seen[self][kind][1]).toBe(seen[(self + 1) % 3][kind][0]);
      expect(new Set(seen.flatMap((entry) => entry[kind])).size).toBe(3);
    }
  });

  it("answers a list once, and the same request twice is one run", async () => {
    const { request, run } = await question(world, police, shelter);
    await ask(request);
    await untilState(run, "done");
    const [again] = await ask(request);
    expect(again).toMatchObject({ status: 202, json: { run, state: "done" } });
    const other = await question(world, police, shelter);
    const [refused] = await ask(other.request);
    expect(refused).toMatchObject({
      status: 409,
      json: { type: "urn:symbolon:problem:runs-used-up" },
    });
  });

  it("is refused on a dataset that was taken back, and ended if it does not end", async () => {
    await restart(async ({ transport }) => {
      await transport.receive(((transport.self + 1) % 3) as PartyIndex, "never");
      throw new Error("nothing comes");
    });
    const { request, run } = await question(world, police, shelter);
    await ask(request);
    await untilState(run, "running");
    const taken = await withdrawal(world, "shelter");
    const post = (node: PartyIndex) =>
      call(world, node, "POST", "/withdrawals", { withdrawal: taken });
    const seen = (node: PartyIndex) => call(world, node, "GET", "/withdrawals/shelter-list");
    for (const node of PARTIES)
      expect(await post(node)).toMatchObject({
        status: 200,
        json: { versions: [{ root: shelter.root, reason: "withdrawn" }] },
      });
    const other = await question(world, police, shelter);
    for (const reply of await ask(other.request))
      expect(reply).toMatchObject({
        status: 409,
        json: { type: "urn:symbolon:problem:dataset-withdrawn" },
      });
    expect((await seen(0)).json).not.toHaveProperty(["versions", 0, "tombstone"]);
    const [config] = world.configs;
    Object.assign(config, { limits: { ...config.limits, waitHours: 0 } });
    await stop(0);
    await start(0, meet);
    const [ended] = await untilState(run, "aborted");
    expect(ended.reason).toContain("shelter-list is withdrawn");
    for (const node of PARTIES) {
      await post(node);
      expect((await seen(node)).json).toHaveProperty(["versions", 0, "tombstone"]);
    }
  });

  it("gives its result to a request for this run only", async () => {
    const { request, run } = await question(world, police, shelter);
    await ask(request);
    await untilState(run, "done");
    const other = await world.sign("police", {
      type: "urn:symbolon:statement:result-request:v1",
      space: world.space.id,
      issuedAt: instantOf(Date.now()),
      asker: "police" as MemberId,
      run: "0".repeat(32) as RunId,
    });
    expect(await call(world, 0, "POST", `/runs/${run}/result`, { request: other })).toMatchObject({
      status: 403,
      json: { type: "urn:symbolon:problem:not-yours" },
    });
  });

  it("is known by its name, or not at all", async () => {
    expect(await call(world, 0, "GET", `/runs/${"0".repeat(32)}`)).toMatchObject({
      status: 404,
      json: { type: "urn:symbolon:problem:not-found" },
    });
  });

  it("is put off while a node has as many as it takes", async () => {
    await stop(0);
    const [config] = world.configs;
    Object.assign(config, { limits: { ...config.limits, runs: 0 } });
    await start(0);
    const { request } = await question(world, police, shelter);
    expect((await ask(request, [0]))[0]).toMatchObject({
      status: 503,
      json: { type: "urn:symbolon:problem:node-busy" },
    });
  });

  it("is interrupted when a node dies, names it, and resumes with the same choice", async () => {
    const seen: { self: number; attempt: number; keys: string; selection: string }[] = [];
    let isHeld = true;
    const held: Execute = async (task) => {
      const { keys, selection, attempt } = task;
      const { self } = task.transport;
      seen.push({ self, attempt, keys: toHex(keys.own), selection: toHex(selection.own) });
      if (isHeld) await task.transport.receive(((self + 1) % 3) as PartyIndex, "never");
      return meet(task);
    };
    await restart(held);
    const { request, run } = await question(world, police, shelter);
    await ask(request);
    await until(() => seen.length === 3);
    await stop(1);
    const replies = await untilState(run, "interrupted", [0, 2]);
    for (const reply of replies) expect(reply.reason).toMatch(/Node B/);
    isHeld = false;
    await start(1, held);
    await untilState(run, "done");
    const last = Math.max(...seen.map(({ attempt }) => attempt));
    for (const self of PARTIES) {
      const first = seen.find((entry) => entry.self === self && entry.attempt === 1)!;
      const final = seen.find((entry) => entry.self === self && entry.attempt === last)!;
      expect(final.selection).toBe(first.selection);
      expect(final.keys).not.toBe(first.keys);
    }
  });

  it("releases no result before all three have theirs", async () => {
    let isHeld = true;
    const held: Execute = async (task) => {
      const outcome = await meet(task);
      if (isHeld && task.transport.self === 2) await task.transport.receive(0, "never");
      return outcome;
    };
    await restart(held);
    const { request, run, collect } = await question(world, police, shelter);
    await ask(request);
    await until(() => nodes[0]?.status().runs.running === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const index of PARTIES) expect((await stateAt(index, run)).state).toBe("running");
    await expect(collect(0)).rejects.toThrow(/run-not-done/);
    await stop(2);
    isHeld = false;
    await start(2, held);
    await untilState(run, "done");
  });

  it("ends for good at all three when one detects a lie, and the grant stays used", async () => {
    await restart(async (task) => {
      if (task.transport.self !== 1) return meet(task);
      throw new ProtocolAbort("OPEN_MISMATCH", "the two copies of a share differ", {
        party: 2,
        step: "open",
      });
    });
    const { request, run } = await question(world, police, shelter);
    await ask(request);
    const [a, b] = await untilState(run, "aborted");
    expect(a.reason).toMatch(/Node B ended the run: OPEN_MISMATCH/);
    expect(b.reason).toMatch(/OPEN_MISMATCH: .*party 2, step open/);
    const [again] = await ask((await question(world, police, shelter)).request);
    expect(again.status).toBe(409);
  });

  it("is refused, and used up nothing, when a dataset turns out to be invalid", async () => {
    await restart(async (task) => {
      await meet(task);
      throw new InputRefused("INPUT_INVALID", "shelter-list holds values out of bounds", {
        dataset: "shelter-list",
      });
    });
    const { request, run } = await question(world, police, shelter);
    await ask(request);
    const [reply] = await untilState(run, "refused");
    expect(reply.reason).toMatch(/out of bounds/);
    const [again] = await ask((await question(world, police, shelter)).request);
    expect(again.json).toMatchObject({ type: "urn:symbolon:problem:input-check-failed" });
  });

  it("is refused everywhere when one node refuses", async () => {
    const withdrawn = await world.sign("shelter", {
      ...JSON.parse(Buffer.from(shelter.offer.payload, "base64").toString()),
      runsMax: 0,
      issuedAt: new Date(Date.now() + 2_000).toISOString().replace(/\.\d+/, ""),
    });
    expect((await call(world, 2, "POST", "/offers", { offer: withdrawn })).status).toBe(201);
    const { request, run } = await question(world, police, shelter);
    const [a, , c] = await ask(request);
    expect([a.status, c.status]).toEqual([202, 409]);
    const [reply] = await untilState(run, "refused", [0, 1]);
    expect(reply.reason).toMatch(/Node C refuses: .*has taken its offer of shelter-list back/);
  });

  it("survives a restart of all nodes while it waits for the last one to be asked", async () => {
    const { request, run } = await question(world, police, shelter);
    await ask(request, [0, 1]);
    await restart(meet);
    expect((await stateAt(0, run)).state).toMatch(/waiting/);
    await ask(request, [2]);
    await untilState(run, "done");
  });
});
