import type { DatasetId, PartyIndex } from "@symbolon/base/id";
import { statementIn } from "@symbolon/governance/parse-statement";
import { Shares } from "@symbolon/mpc/sharing/shares";
import { joinPart, type Sharing, splitColumn } from "@symbolon/mpc/sharing/split";
import { describe, expect, it } from "vitest";
import { type AskContext, ask, collect, exportPending, importPending, prepareRun } from "./ask.js";
import { nodeToolbox as tools } from "./crypto/node.js";
import type { ProviderError } from "./error.js";
import { type FakeWorld, fakeWorld, problem, QUERY } from "./fake-nodes.contract.js";

const ANSWER = Uint32Array.of(1, 17, 4_000_000_000, 0, 5);
const question = {
  query: QUERY,
  params: { pick: 5, threshold: 700, dedupThreshold: 900, overlap: 0.9 },
  ours: { dataset: "police-list" as DatasetId, root: QUERY },
  theirs: [{ dataset: "shelter-2026" as DatasetId, root: QUERY }],
};

async function setUp(sharing: Sharing = "arithmetic") {
  const world = await fakeWorld();
  const seeds = [tools.random(16), tools.random(16)] as const;
  for (const part of await splitColumn(ANSWER, sharing, seeds, tools.expand))
    world.nodes[part.node].result = await joinPart(part, ANSWER.length, tools.expand);
  const { space, clients, clock, police: identity } = world;
  const context: AskContext = { tools, identity, space, clients, clock, sharing };
  return { world, context, pending: await prepareRun(context, question) };
}

const failureOf = (attempt: Promise<unknown>): Promise<ProviderError> =>
  attempt.then(
    () => Promise.reject(new Error("did not fail")),
    (error) => error,
  );

describe("asking", () => {
  it.each<Sharing>(["arithmetic", "boolean"])("opens the answer, %s", async (sharing) => {
    const { context, pending } = await setUp(sharing);
    const seen: string[] = [];
    const onProgress: AskContext["onProgress"] = ([first]) => void seen.push(first?.state ?? "");
    const answer = await ask({ ...context, onProgress }, pending);
    expect(answer.words).toEqual(ANSWER);
    expect(answer.run).toBe(pending.run);
    expect(answer.soundnessBits).toBe(61.5);
    expect(seen).toEqual(["waiting", "running", "interrupted", "running", "done"]);
  });

  it("signs what was asked, with a key and a nonce of its own each time", async () => {
    const { context, pending } = await setUp();
    const type = "urn:symbolon:statement:run-request:v1";
    const request = statementIn(pending.request, type);
    expect(request).toMatchObject({ ...question, asker: "police" });
    const other = statementIn((await prepareRun(context, question)).request, type);
    expect(other.nonce).not.toBe(request.nonce);
    expect(other.resultKey).not.toBe(request.resultKey);
  });

  it("believes the most cautious of three estimates", async () => {
    const { world, context, pending } = await setUp();
    world.nodes[1].runExtras = { soundnessBits: 60, risk: { low: 0, expected: 0.1, high: 0.2 } };
    const { risk, soundnessBits } = await ask(context, pending);
    expect([risk, soundnessBits]).toEqual([{ low: 0, expected: 0.1, high: 0.2 }, 60]);
  });

  it("goes on from a file after it was cut off", async () => {
    const { context, pending } = await setUp();
    await Promise.all(context.clients.map((client) => client.postRun(pending.request)));
    const later = await importPending(exportPending(pending));
    expect((await collect(context, later)).words).toEqual(ANSWER);
    for (const text of ["", "{}", exportPending(pending).replace("private", "public")])
      await expect(importPending(text)).rejects.toMatchObject({ code: "FILE_INVALID" });
  });

  it.each(
    ([0, 1, 2] as const).flatMap((liar) =>
      (["own", "next"] as const).map((side) => [liar, side] as const),
    ),
  )("throws the answer away if node %s lies about %s, and names the two", async (liar, side) => {
    const { world, context, pending } = await setUp();
    const { own, next } = world.nodes[liar].result as Shares;
    const lie = { own: own.slice(), next: next.slice() };
    lie[side][2] ^= 0x8000_0000;
    world.nodes[liar].result = new Shares(lie.own, lie.next);
    const failure = await failureOf(ask(context, pending));
    const component = ((liar + (side === "own" ? 0 : 1)) % 3) as PartyIndex;
    const before = (component + 2) % 3;
    expect([failure.code, failure.details.component]).toEqual(["RESULT_MISMATCH", component]);
    expect(failure.details.nodes).toBe(`${before},${component}`);
    expect(failure.message).toContain(`Node ${before} and Node ${component}`);
  });

  it("does not take one node's result for another's, or of another length", async () => {
    const swapped = await setUp();
    const { nodes } = swapped.world;
    [nodes[0].result, nodes[1].result] = [nodes[1].result, nodes[0].result];
    expect((await failureOf(ask(swapped.context, swapped.pending))).code).toBe("RESULT_MISMATCH");
    const short = await setUp();
    short.world.nodes[1].result = new Shares(new Uint32Array(2), new Uint32Array(2));
    expect((await failureOf(ask(short.context, short.pending))).code).toBe("RESULT_MISMATCH");
  });

  it.each(["refused", "aborted"] as const)("says who %s the run, and why", async (state) => {
    const { world, context, pending } = await setUp();
    world.nodes[1].states = ["running", state];
    world.nodes[1].runExtras = { reason: "because" };
    const failure = await failureOf(ask(context, pending));
    expect(failure.code).toBe("RUN_FAILED");
    expect(failure.message).toBe(`Node 1 ${state} the run: because`);
  });

  it("waits for a node that comes back, and gives up on one that does not", async () => {
    const { world, context, pending } = await setUp();
    await Promise.all(context.clients.map((client) => client.postRun(pending.request)));
    const back = absentUntil(world, 10 * 60_000);
    expect((await collect(context, pending)).words).toEqual(ANSWER);
    back();
    absentUntil(world, 1e12);
    world.nodes[0].states = ["running"];
    expect((await failureOf(collect(context, pending))).code).toBe("NODE_UNREACHABLE");
  });

  it("passes on a refusal at the door, and does not mix up runs", async () => {
    const { world, context, pending } = await setUp();
    world.nodes[2].intercept = (_, path) =>
      path === "/runs" ? problem(403, "runs-used-up", "no more runs") : undefined;
    const refused = await failureOf(ask(context, pending));
    expect([refused.code, refused.details.problem]).toEqual(["NODE_REFUSED", "runs-used-up"]);
    world.nodes[2].intercept = (_, path) =>
      path === "/runs" ? Response.json({ run: "f".repeat(32), state: "waiting" }) : undefined;
    expect((await failureOf(ask(context, pending))).message).toContain("about another run");
    world.nodes[2].intercept = (method, path) =>
      method === "GET" && path.startsWith("/runs/")
        ? Response.json({ run: "f".repeat(32), state: "done" })
        : undefined;
    expect((await failureOf(ask(context, pending))).message).toContain("about another run");
  });
});

/** Node 0 does not answer until the clock has gone on by `ms`. */
function absentUntil({ nodes, clock }: FakeWorld, ms: number): () => void {
  const end = clock.slept + ms;
  nodes[0].intercept = () => {
    if (clock.slept < end) throw new TypeError("fetch failed");
    return undefined;
  };
  return () => {
    nodes[0].intercept = () => undefined;
  };
}
