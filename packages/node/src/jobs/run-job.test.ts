import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MemberId, PartyIndex, RunId } from "@symbolon/base/id";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import type { SealedResult } from "@symbolon/governance/sealed-result";
import type { Space } from "@symbolon/governance/space";
import { InputRefused, PeerUnavailable, ProtocolAbort } from "@symbolon/mpc/error";
import { memoryTransports } from "@symbolon/mpc/transport/memory";
import { ATTEMPTS_MAX } from "@symbolon/mpc/verify/soundness";
import { EMPTY_LEDGER } from "@symbolon/release/ledger";
import { rational } from "@symbolon/release/rational";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_BUDGET, DEFAULT_LIMITS } from "../config.js";
import { nodeHpke } from "../identity/hpke-node.js";
import { memoryFolder } from "../identity/secret-folder.js";
import { nodeSignatures } from "../identity/signatures-node.js";
import { AskedLists } from "../store/asked-lists.js";
import { KeyStore } from "../store/key-store.js";
import { Ledger } from "../store/ledger.js";
import { openSqlite } from "../store/sqlite.js";
import { SqliteStore } from "../store/sqlite-store.js";
import type { RunChange, RunGrant } from "../store/store.js";
import { seedsOf, Vault } from "../store/vault.js";
import type { JobServices } from "./job-services.js";
import type { RunHello, RunMessage } from "./messages.js";
import { runAttempt } from "./run-attempt.js";
import { RunJob } from "./run-job.js";

const RUN = "run-1" as RunId;
const QUERY = "c".repeat(64) as Hash;
const [RULES, OLD_RULES] = ["d".repeat(64) as Hash, "e".repeat(64) as Hash];
const REQUEST = "1".repeat(64) as Hash;
const [OURS, THEIRS] = ["a".repeat(64) as Hash, "b".repeat(64) as Hash];
const NO_RISK = { low: 0, expected: 0, high: 0 };
const grant = {
  run: RUN,
  requestHash: REQUEST,
  answerKey: "key",
  offers: [],
  risk: NO_RISK,
  request: {
    query: QUERY,
    asker: "police",
    ours: { dataset: "ours", root: OURS },
    theirs: [{ dataset: "theirs", root: THEIRS }],
  },
} as unknown as RunGrant;

const QUERIES = [
  {
    hash: QUERY,
    reads: { layout: "", table: "persons", columns: [] },
    inputRules: RULES,
    picks: true,
    problem: () => undefined,
  },
];

// What an attempt computes is the matter of other tests; here it never ends.
vi.mock("./run-attempt.js", () => ({ runAttempt: vi.fn(() => new Promise(() => undefined)) }));

let dir: string;
let store: SqliteStore;
let keys: KeyStore;
let ledger: Ledger;
let asked: AskedLists;
let remembered: ReturnType<JobServices["engine"]["remembers"]>;
let budget: JobServices["budget"];
let sent: { to: number; message: RunMessage }[];
let calls: string[];
let links: { -readonly [K in keyof JobServices["links"]]: JobServices["links"][K] };
let job: RunJob;
let services: JobServices;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "symbolon-job-"));
  const db = openSqlite(dir);
  store = new SqliteStore(db);
  ledger = new Ledger(db);
  remembered = undefined;
  budget = DEFAULT_BUDGET;
  vi.mocked(runAttempt).mockClear();
  keys = new KeyStore(memoryFolder());
  asked = new AskedLists(db, new Vault(keys), 0);
  sent = [];
  calls = [];
  links = {
    areAllUp: true,
    sendRunMessage: (to, _run, body) => void sent.push({ to, message: body as RunMessage }),
    announceAbort: (_run, attempt, code) => void calls.push(`abort ${attempt} ${code}`),
    interrupt: (_run, attempt, by) => void calls.push(`interrupt ${attempt} by ${by}`),
    runTransport: (_run, attempt) => {
      calls.push(`transport ${attempt}`);
      return memoryTransports()[0];
    },
  };
});
afterEach(() => {
  job.stop();
  store.close();
  rmSync(dir, { recursive: true });
});

/** Node 0's job, taken up in a given state; its peers are the test. */
function begin(change: RunChange = {}, limits = DEFAULT_LIMITS, more?: Partial<JobServices>) {
  const request = {} as Envelope;
  const about = { run: RUN, request, asker: "police" as MemberId, grant, reason: undefined };
  store.putRun({ ...about, state: "waiting", attempt: 0, since: Date.now() });
  if (Object.keys(change).length > 0) store.changeRun(RUN, change);
  const nodes = ["A", "B", "C"].map((name, index) => ({ index, name: `Node ${name}` }));
  services = {
    space: { id: "north", nodes } as unknown as Space,
    ...{ self: 0, buildHash: REQUEST, signatures: nodeSignatures },
    hpke: nodeHpke,
    store,
    vault: new Vault(keys),
    links,
    engine: {
      queries: QUERIES,
      risk: () => NO_RISK,
      execute: () => new Promise(() => undefined),
      costOf: () => ({ epsilon: rational(1n), exact: 0 }),
      remembers: () => remembered,
    },
    limits,
    ...{ budget, ledger, asked, ...more },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    now: Date.now,
  };
  job = new RunJob(services, store.run(RUN)!);
  job.wake();
}
const hello = (from: PartyIndex, changes: Partial<RunHello> = {}) =>
  job.hear(from, {
    kind: "hello",
    request: REQUEST,
    datasets: [OURS, THEIRS],
    phase: "ready",
    attempt: 1,
    inputRules: RULES,
    checked: [],
    wantsReply: false,
    asked: [],
    ledger: { size: 0, root: EMPTY_LEDGER },
    seen: null,
    ...changes,
  });
const row = () => store.run(RUN)!;
const finishing = {
  state: "finishing",
  attempt: 3,
  result: { sealed: "x", enc: "y" } as SealedResult,
} as const;

describe("RunJob", () => {
  it("opens the attempt and writes it down before it tells anybody", () => {
    links.sendRunMessage = (to, _run, body) => {
      expect(calls).toEqual(["transport 1"]);
      expect(row().attempt).toBe(1);
      sent.push({ to, message: body as RunMessage });
    };
    begin();
    expect(sent.map(({ to }) => to)).toEqual([1, 2]);
    expect(sent[0].message).toMatchObject({ kind: "hello", phase: "ready", attempt: 1 });
  });

  describe("skips the check of a dataset's values", () => {
    const found = (root: Hash, rules: Hash): void => {
      const dataset = root === OURS ? "ours" : "theirs";
      const offer = { hash: root, provider: "p", dataset, envelope: {} };
      const row = { dataset, root, provider: "p", epoch: 1, manifest: {}, since: 1 };
      store.putDataset(row as never, offer as never);
      store.setInputCheck(root, "passed", rules);
    };
    const skipped = () => [...vi.mocked(runAttempt).mock.calls[0][1].checked];
    beforeEach(() => {
      vi.mocked(runAttempt).mockClear();
      found(OURS, RULES);
      found(THEIRS, OLD_RULES);
      begin();
    });

    it("only if it has passed just the rules that this run checks", () => {
      expect(sent[0].message).toMatchObject({ inputRules: RULES, checked: [OURS] });
      hello(1, { checked: [OURS, THEIRS] });
      hello(2, { checked: [OURS, THEIRS] });
      expect(skipped()).toEqual([OURS]);
    });

    it("only if both peers have found it so, by the same rules", () => {
      hello(1, { checked: [OURS] });
      hello(2, { checked: [OURS], inputRules: OLD_RULES });
      expect(skipped()).toEqual([]);
    });

    it("not if a peer has not", () => {
      hello(1, { checked: [OURS] });
      hello(2);
      expect(skipped()).toEqual([]);
    });
  });

  it("is not tried again without end: soundness counts every attempt", () => {
    begin({ state: "interrupted", attempt: ATTEMPTS_MAX });
    expect(row().state).toBe("aborted");
    expect(calls.some((call) => call.startsWith("transport"))).toBe(false);
    expect(sent).toEqual([]);
  });

  it("gives nothing back when a peer refuses a run that has begun", () => {
    begin({ state: "interrupted", attempt: 2 });
    job.hear(1, { kind: "refuse", code: "REFUSED", reason: "so it says" });
    expect(row().state).toBe("aborted");
  });

  it("gives the grant back when a peer refuses a run that has not begun", () => {
    begin();
    job.hear(2, { kind: "refuse", code: "REFUSED", reason: "no offer" });
    expect(row()).toMatchObject({ state: "refused", reason: "Node C refuses: no offer" });
    expect(store.isAnswered("key")).toBe(false);
  });

  it("tells a peer that still wants to run it that it was aborted", () => {
    begin();
    hello(1);
    hello(2);
    job.peerAborted(1, "OPEN_MISMATCH");
    hello(2, { attempt: 4 });
    expect(calls.at(-1)).toBe("abort 4 RUN_ABORTED");
  });

  describe("when its attempt fails", () => {
    let fail: (error: Error) => void;
    beforeEach(() => {
      const failing = new Promise<never>((_, reject) => {
        fail = reject;
      });
      vi.mocked(runAttempt).mockReturnValueOnce(failing);
      begin();
      hello(1);
      hello(2);
      expect(row().state).toBe("running");
    });
    const failed = async (error: Error): Promise<void> => {
      fail(error);
      await job.settled();
    };
    const refusal = (code: "INPUT_INVALID" | "INPUT_INCONSISTENT") =>
      new InputRefused(code, "theirs is bad", { dataset: "theirs" });

    it("gives nothing back for a refusal that only one peer has a reason for", async () => {
      job.hear(2, { kind: "refuse", code: "INPUT_CHECK_FAILED", reason: "so it says" });
      await vi.waitFor(() => expect(calls).toContain("interrupt 1 by 2"), 5_000);
      await failed(new PeerUnavailable("PEER_CLOSED", "interrupted"));
      expect(row()).toMatchObject({ state: "aborted", reason: "Node C refuses: so it says" });
      expect(store.isAnswered("key")).toBe(true);
      expect(calls).toContain("abort 1 INPUT_CHECK_FAILED");
    });

    it("ends the run for good at a lie, keeps the grant used, and tells the peers", async () => {
      await failed(new ProtocolAbort("OPEN_MISMATCH", "the two copies of a share differ"));
      expect(row()).toMatchObject({ state: "aborted", reason: expect.stringMatching(/MISMATCH/) });
      expect(store.isAnswered("key")).toBe(true);
      expect(calls.at(-1)).toBe("abort 1 OPEN_MISMATCH");
    });

    it("bars a dataset that is proved out of bounds", async () => {
      const barred = vi.spyOn(store, "setInputCheck");
      await failed(refusal("INPUT_INVALID"));
      expect(row().state).toBe("refused");
      expect(barred).toHaveBeenCalledWith(THEIRS, "failed", RULES);
    });

    it("bars no dataset for copies that differ: one node could have changed its own", async () => {
      const barred = vi.spyOn(store, "setInputCheck");
      await failed(refusal("INPUT_INCONSISTENT"));
      expect(row().state).toBe("refused");
      expect(barred).not.toHaveBeenCalled();
    });
  });

  describe("by the disclosure ledger", () => {
    const put = (): void => {
      const row = {
        dataset: "theirs",
        root: THEIRS,
        provider: "p",
        epoch: 1,
        manifest: {},
        since: 1,
      };
      store.putDataset(row as never, { hash: THEIRS, provider: "p", dataset: "theirs" } as never);
    };
    const nothing = { epsilon: "0" };
    const mark = (size: number, digit = String(size)) => ({ size, root: digit.repeat(64) });

    it("writes down what it uses up before it computes, and once for all attempts", () => {
      put();
      let atStart = -1;
      vi.mocked(runAttempt).mockImplementationOnce(() => {
        atStart = ledger.head.size;
        return new Promise(() => undefined);
      });
      begin();
      hello(1);
      expect(ledger.head.size).toBe(0);
      hello(2);
      expect(atStart).toBe(2);
      job.stop();
      store.changeRun(RUN, { state: "interrupted" });
      job = new RunJob(services, store.run(RUN)!);
      job.wake();
      for (const peer of [1, 2] as const) hello(peer, { attempt: 2 });
      expect(row()).toMatchObject({ state: "running", attempt: 2 });
      expect(ledger.head.size).toBe(2);
    });

    it.each([
      ["refused", "each", {}],
      ["refused", "total", {}],
      ["aborted", "each", { state: "interrupted", attempt: 0 }],
    ] as const)("is %s when the budget of %s does not suffice", (state, which, change) => {
      put();
      budget = { ...DEFAULT_BUDGET, [which]: nothing };
      begin(change);
      hello(1);
      hello(2);
      expect(row()).toMatchObject({ state, reason: expect.stringMatching(/does not suffice/) });
      expect(runAttempt).not.toHaveBeenCalled();
      expect(store.isAnswered("key")).toBe(state === "aborted");
      expect(ledger.head.size).toBe(0);
    });

    it("gives nothing back for a bad input once an earlier attempt has computed", async () => {
      vi.mocked(runAttempt).mockRejectedValueOnce(
        new InputRefused("INPUT_INCONSISTENT", "theirs is bad", { dataset: "theirs" }),
      );
      begin({ state: "interrupted", attempt: 1 });
      for (const peer of [1, 2] as const) hello(peer, { attempt: 2 });
      await job.settled();
      expect(row().state).toBe("aborted");
      expect(store.isAnswered("key")).toBe(true);
    });

    it.each([
      ["has less in it", mark(4)],
      ["has other things in it", mark(5, "9")],
      ["is empty", { size: 0, root: EMPTY_LEDGER }],
    ])("does not run with a peer whose ledger %s than before", (_, older) => {
      begin();
      hello(1, { ledger: mark(5), attempt: 0 });
      hello(1, { ledger: older });
      expect(row()).toMatchObject({
        state: "refused",
        reason: "the disclosure ledger of Node B is older than it was",
      });
    });

    it("aborts a run that has begun for an older ledger, and goes on with a newer one", () => {
      begin();
      hello(1, { ledger: mark(5) });
      hello(2);
      hello(1, { ledger: mark(6), attempt: 1 });
      expect(row().state).toBe("running");
      hello(1, { ledger: mark(5) });
      expect(row().state).toBe("aborted");
      expect(calls.at(-1)).toBe("abort 1 LEDGER_OLDER");
    });

    it("does not run when a peer has seen more of this node's own ledger", () => {
      begin();
      hello(1, { seen: { size: 0, root: EMPTY_LEDGER } });
      expect(row().state).toBe("waiting");
      hello(2, { seen: mark(3) });
      expect(row().reason).toBe("this node's disclosure ledger is older than Node C has seen it");
    });

    it("does not run with a peer whose ledger is older than the log says", () => {
      const state = { ledgers: new Map([[1, mark(5)]]) };
      begin({}, DEFAULT_LIMITS, { spaceLog: { state } as never });
      hello(1, { ledger: mark(5), attempt: 0 });
      expect(row().state).toBe("waiting");
      hello(1, { ledger: mark(4) });
      expect(row().reason).toBe("the disclosure ledger of Node B is older than it was");
    });

    it("tells peers how far it has come, and how far it has seen them", () => {
      begin();
      hello(1, { ledger: mark(5), wantsReply: true });
      const told = sent.filter(({ to }) => to === 1).map(({ message }) => message);
      expect(told[0]).toMatchObject({ ledger: { size: 0, root: EMPTY_LEDGER }, seen: null });
      expect(told[1]).toMatchObject({ seen: mark(5) });
    });
  });

  it("begins once both peers are ready for the same attempt, not before", () => {
    begin();
    hello(1);
    hello(2, { attempt: 2 });
    expect(row()).toMatchObject({ state: "waiting", attempt: 2 });
    hello(1, { attempt: 2 });
    expect(row()).toMatchObject({ state: "running", attempt: 2 });
    expect(calls).toEqual(["transport 1", "transport 2"]);
  });

  it("never uses an attempt again that it announced before a peer was lost or a restart", () => {
    begin({ attempt: 4, state: "running" });
    expect(row()).toMatchObject({ attempt: 5, state: "interrupted" });
    job.peerLost(2);
    job.wake();
    expect(row().attempt).toBe(6);
  });

  it("gives up a running attempt when a peer is ready for a later one", () => {
    begin();
    hello(1);
    hello(2);
    hello(2, { attempt: 2 });
    expect(calls).toContain("interrupt 1 by 2");
  });

  it.each([
    ["request", { request: "2".repeat(64) }],
    ["list of dataset roots", { datasets: [OURS] }],
    ["list of dataset roots", { datasets: [THEIRS, OURS] }],
  ])("refuses when the %s differs, names it, and gives the grant back", (field, changes) => {
    begin();
    hello(1, changes);
    expect(row()).toMatchObject({
      state: "refused",
      reason: expect.stringContaining(`the ${field} differs`),
    });
    expect(row().reason).toMatch(/Node B/);
    expect(sent.slice(-2).map(({ message }) => message.kind)).toEqual(["refuse", "refuse"]);
    expect(store.isAnswered("key")).toBe(false);
  });

  it.each([
    ["running", {}],
    ["interrupted", { state: "interrupted", attempt: 2 }],
    ["finishing", finishing],
  ] as const)("gives nothing back when a peer differs once the run is %s", (state, change) => {
    begin(change);
    if (state === "running") for (const peer of [1, 2] as const) hello(peer);
    expect(row().state).toBe(state);
    // The other honest node may have handed out its part of the answer already.
    hello(1, { request: "2".repeat(64) });
    expect(row()).toMatchObject({ state: "aborted", result: undefined });
    expect(store.isAnswered("key")).toBe(true);
    expect(calls.at(-1)).toMatch(/^abort \d PEERS_DISAGREE$/);
  });

  it("is refused when the others were not asked in time", async () => {
    begin({}, { ...DEFAULT_LIMITS, waitHours: 0.05 / 3600 });
    await vi.waitFor(() => expect(row().state).toBe("refused"));
    expect(row().reason).toMatch(/not asked in time/);
    expect(store.isAnswered("key")).toBe(false);
  });

  it("is done only when both peers have finished the same attempt", () => {
    keys.put(new Map([[seedsOf(RUN), new Uint8Array(64)]]));
    begin(finishing);
    hello(1, { phase: "finished", attempt: 3 });
    expect(row().state).toBe("finishing");
    hello(2, { phase: "finished", attempt: 2 });
    expect(row().state).toBe("finishing");
    hello(2, { phase: "finished", attempt: 3 });
    expect(row()).toMatchObject({ state: "done", result: finishing.result });
    expect(keys.has(seedsOf(RUN))).toBe(false);
    hello(1, { attempt: 4, wantsReply: true });
    expect(sent.at(-1)).toMatchObject({ to: 1, message: { phase: "finished", attempt: 3 } });
    expect(row().state).toBe("done");
  });

  it("drops a result that a peer never got, and computes again", () => {
    begin(finishing);
    hello(1, { phase: "finished", attempt: 3 });
    hello(2, { attempt: 4 });
    expect(row()).toMatchObject({ state: "interrupted", attempt: 4, result: undefined });
    hello(1, { attempt: 4 });
    expect(row().state).toBe("running");
  });

  it("destroys its result when a peer aborts, and tells the third too", async () => {
    begin(finishing);
    job.peerAborted(1, "PRODUCT_CHECK_FAILED");
    expect(row()).toMatchObject({ state: "aborted", result: undefined });
    expect(row().reason).toMatch(/Node B ended the run: PRODUCT_CHECK_FAILED/);
    expect(store.isAnswered("key")).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(calls).toContain("abort 3 PRODUCT_CHECK_FAILED");
  });
});
