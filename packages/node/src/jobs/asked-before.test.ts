import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatasetId, MemberId, RunId } from "@symbolon/base/id";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { Hash } from "@symbolon/governance/hash";
import { combineComponents } from "@symbolon/mpc/sharing/split";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  call,
  type DataSpace,
  dataSpace,
  echoEngine,
  prepare,
  QUERY,
  question,
  SCHEMA,
  type Submission,
  startTestNode,
  submit,
} from "../data-space.contract.js";
import { memoryFolder } from "../identity/secret-folder.js";
import type { RunningNode } from "../node.js";
import { AskedLists } from "../store/asked-lists.js";
import { KeyStore } from "../store/key-store.js";
import { withdrawal } from "../store/node-store.contract.js";
import { openSqlite } from "../store/sqlite.js";
import { SqliteStore } from "../store/sqlite-store.js";
import type { RunGrant } from "../store/store.js";
import { Vault } from "../store/vault.js";
import { until } from "../transport/three-links.contract.js";
import { AskedBefore } from "./asked-before.js";
import type { RunTask } from "./execute.js";
import type { Engine, JobServices } from "./job-services.js";

/*
 * Three real nodes whose engine answers anything, and shows what it was given. Each test asks about
 * lists of its own.
 */
const SHELTERS = ["one", "two", "three", "four", "five", "six"];
const POLICE = 10;

let world: DataSpace;
let nodes: (RunningNode | undefined)[];
let others: Record<string, Submission>;
let lists: Submission[];
/** By run, what each node was given. */
let given: Map<RunId, RunTask[]>;
/** Until the first is let go, runs wait here. */
let gate: Promise<void>;

function engine(): Engine {
  const echo = echoEngine();
  return {
    ...echo,
    remembers: () => ({ kind: "persons-v1", table: "persons", columns: ["content"] }),
    execute: async (task) => {
      given.set(task.run, [...(given.get(task.run) ?? []), task]);
      await gate;
      return echo.execute(task);
    },
  };
}
const start = async (index: PartyIndex) => {
  nodes[index] = await startTestNode(world, index, engine());
};
const stop = async (index: PartyIndex) => {
  const node = nodes[index];
  nodes[index] = undefined;
  await node?.close();
};
const allUp = () =>
  until(() => nodes.every((node) => node?.status().peers.every(({ up }) => up) ?? false));

beforeAll(async () => {
  world = await dataSpace();
  nodes = [undefined, undefined, undefined];
  given = new Map();
  gate = Promise.resolve();
  for (const index of PARTIES) await start(index);
  others = {};
  for (const dataset of SHELTERS) {
    const manifest = { dataset: dataset as DatasetId };
    others[dataset] = await prepare(world, "shelter", { manifest, offer: { runsMax: 9 } });
  }
  lists = [];
  for (let k = 0; k < POLICE; k += 1) {
    const manifest = { dataset: `police-${k}` as DatasetId };
    lists.push(await prepare(world, "police", { manifest, word: (at) => at * (k + 3) }));
  }
  const all = [
    ...Object.entries(others),
    ...lists.map((one, k): [string, Submission] => [`police-${k}`, one]),
  ];
  const sent = PARTIES.map(async (index) => {
    for (const [dataset, one] of all)
      expect((await submit(world, index, dataset, one)).status).toBe(200);
  });
  await Promise.all(sent);
  await allUp();
}, 60_000);
afterAll(async () => {
  for (const index of PARTIES) await stop(index);
  world.remove();
});

/** Asks with one of our lists about some of the others. */
async function ask(which: number, theirs: readonly string[]) {
  const one = lists[which];
  const { request, run } = await question(world, one, others["one"], {
    ours: { dataset: `police-${which}` as DatasetId, root: one.root },
    theirs: theirs.map((dataset) => ({
      dataset: dataset as DatasetId,
      root: others[dataset].root,
    })),
  });
  const replies = await Promise.all(
    PARTIES.map((node) => call(world, node, "POST", "/runs", { request })),
  );
  return { run: run as RunId, replies };
}
const stateOf = async (run: RunId, node: PartyIndex) =>
  (await call(world, node, "GET", `/runs/${run}`)).json as { state?: string; reason?: string };

async function ended(run: RunId, state: string): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const states = await Promise.all(PARTIES.map((node) => stateOf(run, node)));
    if (states.every((one) => one.state === state)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not ${state}`);
}
async function answered(which: number, ...theirs: readonly string[]): Promise<RunId> {
  const { run, replies } = await ask(which, theirs);
  expect(replies.map(({ status }) => status)).toEqual([202, 202, 202]);
  await ended(run, "done");
  return run;
}
/** Of what was asked before, which lists each node was given for a run. */
const knownTo = (run: RunId): number[][] =>
  (given.get(run) ?? []).map(({ asked }) =>
    asked.map(({ root }) => lists.findIndex((list) => list.root === root)).sort(),
  );

/** Makes a node forget runs that it has begun, as if it had been away when they were cut off. */
async function forgetAt(index: PartyIndex, ...tables: readonly string[]): Promise<void> {
  await stop(index);
  const db = openSqlite(world.configs[index].dataDir);
  for (const table of tables) db.run(`DELETE FROM ${table}`);
  db.close();
  await start(index);
  await allUp();
}

describe("what was asked before", { timeout: 30_000 }, () => {
  it("counts in later runs about the same list, as the shares that were sent in", async () => {
    expect(knownTo(await answered(0, "one", "two"))).toEqual([[], [], []]);
    const second = await answered(1, "one");
    expect(knownTo(second)).toEqual([[0], [0], [0]]);
    const tasks = given.get(second) as RunTask[];
    const parts = await Promise.all(tasks.map(({ asked }) => asked[0].load("content")));
    const own = tasks.map(({ transport }, k) => [transport.self, parts[k].own] as const);
    const [a, b, c] = own.sort(([x], [y]) => x - y).map(([, words]) => words);
    expect(combineComponents([a, b, c], "arithmetic")).toEqual(
      lists[0].values.get("persons.content"),
    );
    // About another list, only what was asked about that one.
    expect(knownTo(await answered(2, "two"))).toEqual([[0], [0], [0]]);
  });

  it("does not count while it is still being asked: such runs go one by one", async () => {
    let open: () => void = () => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const { run } = await ask(3, ["three"]);
    await until(() => given.get(run)?.length === 3);
    const { replies } = await ask(4, ["three"]);
    expect(replies.map(({ status }) => status)).toEqual([409, 409, 409]);
    expect(replies[0].json).toMatchObject({ type: "urn:symbolon:problem:still-asking" });
    open();
    await ended(run, "done");
    expect(knownTo(await answered(4, "three"))).toEqual([[3], [3], [3]]);
  });

  it("is deleted with a list that its owner takes back, who then has to wait", async () => {
    await answered(5, "four");
    const taken = { provider: "police" as MemberId, dataset: "police-5" as DatasetId };
    const word = await withdrawal(world, "police", taken);
    for (const index of PARTIES) {
      const reply = await call(world, index, "POST", "/withdrawals", { withdrawal: word });
      expect(reply.status).toBe(200);
    }
    const { replies } = await ask(6, ["four"]);
    expect(replies.map(({ status }) => status)).toEqual([409, 409, 409]);
    expect(replies[1].json).toMatchObject({
      type: "urn:symbolon:problem:asked-uncountable",
      detail: expect.stringMatching(/police took back a list .*at Node B, until/),
    });
    expect(knownTo(await answered(6, "five"))).toEqual([[], [], []]);
  });

  it("is taken over by a node that allowed the run and was away when it began", async () => {
    await forgetAt(2, "asked_lists", "asked_against", "asked_parts");
    expect(knownTo(await answered(7, "five"))).toEqual([[6], [6], [6]]);
  });

  it("ends a run that a node cannot tell from it: it knows of no such run", async () => {
    await answered(8, "six");
    await forgetAt(2, "asked_lists", "asked_against", "asked_parts", "runs");
    const { run } = await ask(9, ["six"]);
    await ended(run, "refused");
    expect((await stateOf(run, 2)).reason).toMatch(/remember different lists/);
    expect((await stateOf(run, 0)).reason).toMatch(/Node C refuses: .*remember different lists/);
    expect(given.has(run)).toBe(false);
  });
});

describe("what a peer says was asked before", () => {
  const HOUR = 3_600_000;
  const [OURS, EARLIER, THEIRS, OTHERS] = ["a", "b", "c", "d"].map((c) => c.repeat(64) as Hash);
  const RUN = "1".repeat(32) as RunId;
  const BEFORE = "2".repeat(32) as RunId;
  let dir: string;
  let store: SqliteStore;
  let asked: AskedLists;
  let adopted: string[];

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "symbolon-asked-"));
    const db = openSqlite(dir);
    store = new SqliteStore(db);
    asked = new AskedLists(db, new Vault(new KeyStore(memoryFolder())), 0);
    adopted = [];
    vi.spyOn(asked, "adopt").mockImplementation(({ run }) => void adopted.push(run));
  });
  afterEach(() => {
    store.close();
    rmSync(dir, { recursive: true });
  });

  const requestOf = (ours: Hash, theirs: Hash, asker = "police") =>
    ({
      ...{ asker, query: QUERY, params: {} },
      ours: { dataset: "ours", root: ours },
      theirs: [{ dataset: theirs[0], root: theirs }],
    }) as unknown as RunGrant["request"];
  const grantOf = (run: RunId, request: RunGrant["request"]) =>
    ({ run, request, answerKey: run, offers: [] }) as unknown as RunGrant;

  /** Runs that this node allowed and did not begin; then what a peer says of them. */
  function heard(
    changes: { asker?: string; root?: Hash; about?: Hash; hours?: number; gone?: boolean } = {},
    mark: { run: RunId; root: Hash } = { run: BEFORE, root: EARLIER },
  ) {
    const { asker = "police", root = EARLIER, about = THEIRS, hours = 1, gone = false } = changes;
    const schema = SCHEMA;
    const manifest = { payload: Buffer.from(JSON.stringify({ schema })).toString("base64") };
    for (const known of [OURS, THEIRS, OTHERS, ...(gone ? [] : [root])]) {
      const offer = { hash: known, provider: "p", dataset: known[0], envelope: {} };
      const row = { dataset: known[0], root: known, provider: "p", epoch: 0, manifest, since: 1 };
      store.putDataset(row as never, offer as never);
      store.completeDataset(known, {} as never);
    }
    const grant = grantOf(BEFORE, requestOf(root, about, asker));
    const row = { run: BEFORE, request: {} as never, asker: asker as MemberId, grant };
    const since = 100 * 720 * HOUR + hours * HOUR;
    store.putRun({ ...row, state: "aborted", attempt: 0, reason: undefined, since });
    const services = {
      ...{ asked, store, self: 0, space: { nodes: [] }, budget: { epochHours: 720 } },
      engine: {
        remembers: () => ({ kind: "persons-v1", table: "persons", columns: ["content"] }),
      },
      now: () => 100 * 720 * HOUR + 5 * HOUR,
    } as unknown as JobServices;
    const before = new AskedBefore(services, grantOf(RUN, requestOf(OURS, THEIRS)));
    before.look();
    before.hear([mark]);
  }

  it.each([
    ["of another asker", { asker: "other" }],
    ["about other lists", { about: OTHERS }],
    ["of an earlier epoch", { hours: -1 }],
    ["with a list that is gone", { gone: true }],
    ["with another list than it was", { root: "e".repeat(64) as Hash }],
  ] as const)("is not taken over if it is a run %s", (_, changes) => {
    expect(() => heard(changes)).toThrow(expect.objectContaining({ code: "ASKED_DIFFERS" }));
    expect(adopted).toEqual([]);
  });

  it("is not taken over if this node knows of no such run", () => {
    const mark = { run: "3".repeat(32) as RunId, root: EARLIER };
    expect(() => heard({}, mark)).toThrow(/remember different lists/);
    expect(adopted).toEqual([]);
  });

  it("is not taken over once the run at hand has begun: all its attempts have the same", () => {
    vi.spyOn(asked, "accountsOf").mockImplementation((run) => (run === RUN ? [] : undefined));
    expect(() => heard()).toThrow(expect.objectContaining({ code: "ASKED_DIFFERS" }));
    expect(adopted).toEqual([]);
  });
});
