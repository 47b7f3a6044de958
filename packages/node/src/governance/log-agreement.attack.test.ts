import { toBase64, utf8 } from "@symbolon/base/bytes";
import { PARTIES } from "@symbolon/base/id";
import { type Envelope, seal } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { instantOf } from "@symbolon/governance/instant";
import { formatNote, parseNote } from "@symbolon/governance/log/note";
import { signerOf } from "@symbolon/governance/signatures";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type DataSpace, dataSpace, echoEngine } from "../data-space.contract.js";
import { nodeSignatures, signingKeyPair } from "../identity/signatures-node.js";
import { charterOf } from "./founded-space.contract.js";
import type { LogMessage, Message } from "./log-messages.js";
import type { StoredHead } from "./log-store.js";
import { type Carrier, LogTrio } from "./log-trio.contract.js";

/** A carrier, or node 0 itself, that changes what the nodes tell each other about the log. */

let world: DataSpace;
let trio: LogTrio;
let charter: Envelope;
let more: readonly Envelope[];
const MINUTE = 60_000;
const count = { proposals: 0, heads: 0 };

beforeAll(async () => {
  world = await dataSpace();
  charter = await world.sign("shelter", await charterOf(world));
  more = [await software("police", "2"), await software("shelter", "2")];
});

const software = (by: string, version: string): Promise<Envelope> =>
  world.sign(by, {
    ...{ type: "urn:symbolon:statement:software-acceptance:v1", space: world.space.id, by },
    ...{ issuedAt: instantOf(Date.now()), version, build: "34".repeat(32), ends: [] },
  });

afterEach(() => trio.close());
afterAll(() => {
  process.stdout.write(
    `changed proposals: ${count.proposals}, changed heads: ${count.heads}; forks: 0\n`,
  );
  world.remove();
});

/** A log of one entry at all three nodes, and two statements that wait at node 0. */
async function waiting(): Promise<LogTrio> {
  trio = await new LogTrio(world).start();
  await trio.submit(charter);
  await trio.settled();
  expect(trio.sizes()).toEqual([1, 1, 1]);
  trio.areUp = false;
  for (const envelope of more) await trio.submit(envelope);
  trio.areUp = true;
  return trio;
}

/** The links come back, and everything is done that can be. */
async function reconnect(): Promise<void> {
  for (const self of PARTIES)
    for (const peer of PARTIES) if (self !== peer) trio.agreements[self].peerChanged(peer, true);
  await trio.settled();
}

type Proposal = Message<"propose">;
const redated = (entries: readonly string[], ms: number): string[] =>
  entries.map((entry) => {
    const at = instantOf(Date.parse(JSON.parse(entry).at) + ms);
    return entry.replace(/"at":"[^"]*"/, `"at":"${at}"`);
  });
const resigned = (entries: readonly string[]): string[] =>
  entries.map((entry) =>
    entry.replace(/"sig":"(.)/, (_, it) => `"sig":"${it === "A" ? "B" : "A"}`),
  );

const PROPOSALS: readonly (readonly [string, (it: Proposal) => Partial<Proposal>])[] = [
  ["drops an entry", ({ entries }) => ({ entries: entries.slice(1) })],
  ["swaps entries", ({ entries }) => ({ entries: [...entries].reverse() })],
  ["doubles an entry", ({ entries }) => ({ entries: [...entries, entries[0]] })],
  ["backdates by twenty minutes", ({ entries }) => ({ entries: redated(entries, -20 * MINUTE) })],
  ["backdates before the last entry", ({ entries }) => ({ entries: redated(entries, -MINUTE) })],
  ["dates ahead", ({ entries }) => ({ entries: redated(entries, 3 * MINUTE) })],
  ["changes a signature", ({ entries }) => ({ entries: resigned(entries) })],
  ["names another size", ({ size }) => ({ size: size + 1 })],
];

describe("a proposal that is changed on its way", () => {
  const to =
    (targets: readonly number[], change: (it: Proposal) => Partial<Proposal>): Carrier =>
    (_from, target, message) =>
      message.kind === "propose" && targets.includes(target)
        ? [{ ...message, ...change(message) } as LogMessage]
        : [message];

  it.each(PROPOSALS)("to one node: %s", async (_what, change) => {
    await waiting();
    trio.carrier = to([2], change);
    await reconnect();
    expect(trio.isForked()).toBe(false);
    expect(trio.sizes()).toEqual([1, 1, 1]);
    expect(trio.stops().filter(Boolean).length).toBe(0);
    count.proposals += 1;
    trio.carrier = (_from, _to, message) => [message];
    await reconnect();
    expect(trio.isForked()).toBe(false);
  });

  it("only once it is signed: each node stops, and says whom to ask", async () => {
    await waiting();
    trio.carrier = to([2], (it) =>
      it.phase === "sign" ? { entries: [...it.entries].reverse() } : {},
    );
    await reconnect();
    expect(trio.isForked()).toBe(false);
    expect(trio.sizes()).toEqual([1, 1, 1]);
    expect(trio.stops()).toEqual([
      "Node C has signed another head of 3 entries than this node",
      "Node C has signed another head of 3 entries than this node",
      "Node B has signed another head of 3 entries than this node",
    ]);
    await trio.start();
    expect(trio.stops().every(Boolean)).toBe(true);
    await expect(trio.submit(more[0], 1)).rejects.toMatchObject({ code: "LOG_STOPPED" });
  });
});

describe("a head that is changed on its way", () => {
  const other = (note: string) =>
    note.replace(/\n3\n(.)/, (_, it) => `\n3\n${it === "A" ? "B" : "A"}`);
  const lines = (note: string) => note.split("\n— ");
  const COMMITS: readonly (readonly [string, (note: string) => string])[] = [
    ["another root", other],
    ["without a node's signature", (note) => `${lines(note).slice(0, 3).join("\n— ")}\n`],
    [
      "with one signature twice",
      (note) => {
        const [head, a, b] = lines(note.trimEnd());
        return `${[head, a, b, b].join("\n— ")}\n`;
      },
    ],
  ];

  it.each(COMMITS)("%s: not taken, and the right one is fetched later", async (_what, change) => {
    await waiting();
    trio.carrier = (_from, _to, message) =>
      message.kind === "commit" ? [{ ...message, note: change(message.note) }] : [message];
    await reconnect();
    expect(trio.isForked()).toBe(false);
    expect(trio.sizes()).toEqual([3, 1, 1]);
    count.heads += 1;
    expect(trio.warned.join()).toMatch(/HEAD_OF_OTHER_LOG|LOG_NOT_COSIGNED/);
    trio.carrier = (_from, _to, message) => [message];
    await reconnect();
    expect(trio.sizes()).toEqual([3, 3, 3]);
  });
});

describe("a crash", () => {
  it("after any message leaves one history, and all of it comes", async () => {
    let trials = 0;
    for (let last = 0; ; last += 1) {
      await waiting();
      let sent = 0;
      trio.carrier = (_from, _to, message) => {
        sent += 1;
        return sent <= last ? [message] : [];
      };
      await reconnect();
      const wasWhole = sent <= last;
      expect(trio.isForked()).toBe(false);
      trio.carrier = (_from, _to, message) => [message];
      // Twenty minutes later: what two nodes have signed must still get the third's signature.
      for (const node of PARTIES) trio.clocks[node] = 20 * MINUTE;
      await trio.start();
      await trio.settled();
      expect(trio.isForked()).toBe(false);
      expect(trio.stops()).toEqual([undefined, undefined, undefined]);
      expect({ last, sizes: trio.sizes(), warned: trio.warned }).toEqual({
        last,
        sizes: [3, 3, 3],
        warned: [],
      });
      trials += 1;
      if (wasWhole) break;
      await trio.close();
    }
    expect(trials).toBeGreaterThan(10);
    process.stdout.write(`crashes of all three nodes after a message: ${trials}, forks: 0\n`);
  });
});

describe("a node that is away, or whose clock is wrong", () => {
  it("means not yet", async () => {
    await waiting();
    trio.areUp = false;
    await reconnect();
    expect(trio.sizes()).toEqual([1, 1, 1]);
    trio.areUp = true;
    await reconnect();
    expect(trio.sizes()).toEqual([3, 3, 3]);
  });

  it("says that the clocks differ", async () => {
    await waiting();
    trio.clocks[2] = -10 * MINUTE;
    await reconnect();
    expect(trio.sizes()).toEqual([1, 1, 1]);
    expect(trio.warned.join("\n")).toMatch(
      /Node C does not take it: .* which is not now: its clock and this node's differ/,
    );
    trio.clocks[2] = 0;
    await reconnect();
    expect(trio.sizes()).toEqual([3, 3, 3]);
  });
});

describe("node 0, whose own clock is wrong,", () => {
  it("keeps what waits, and logs it once the clock is right", async () => {
    await waiting();
    trio.clocks[0] = -10 * MINUTE;
    await reconnect();
    expect(trio.sizes()).toEqual([1, 1, 1]);
    expect(trio.stores[0].pendingCount()).toBe(2);
    trio.clocks[0] = 0;
    await reconnect();
    expect(trio.sizes()).toEqual([3, 3, 3]);
  });
});

describe("a statement", () => {
  it("that one node's program explains otherwise is refused, and the others hear why", async () => {
    const [rules] = echoEngine().queries;
    trio = new LogTrio(world);
    trio.queries = [[rules], [rules], [{ ...rules, explanation: rules.inputRules }]];
    await trio.start();
    await trio.submit(charter);
    await trio.settled();
    const says = { by: "shelter", name: "echo", query: rules.hash, explanation: rules.explanation };
    const proposal = await world.sign("shelter", {
      ...{ type: "urn:symbolon:statement:query-proposal:v1", space: world.space.id },
      ...{ issuedAt: instantOf(Date.now()), ...says },
    });
    const hash = await trio.submit(proposal, 1);
    await trio.settled();
    expect(trio.sizes()).toEqual([1, 1, 1]);
    expect(await trio.agreements[0].fate(hash)).toEqual({
      state: "refused",
      reason: "Node C does not take it: this node's program explains the query otherwise",
    });
    await expect(trio.submit(proposal, 2)).rejects.toMatchObject({ code: "UNKNOWN_QUERY" });
    trio.queries = [[], [], []];
    await trio.start();
    await expect(trio.submit(proposal, 0)).rejects.toThrow("does not know the query");
  });

  it("too long for an entry is refused, and so is one more than a node keeps", async () => {
    await waiting();
    trio.areUp = false;
    const long = { ...more[0], payload: more[0].payload.padEnd(66_000, "A") };
    await expect(trio.submit(long)).rejects.toMatchObject({ code: "BODY_TOO_LARGE" });
    for (let k = 0; k < 1_000; k += 1)
      trio.stores[1].putPending(k.toString(16).padStart(64, "0") as Hash, more[0]);
    await expect(trio.submit(charter, 1)).resolves.toBeDefined();
    await expect(trio.submit(more[1], 1)).rejects.toMatchObject({ code: "NODE_BUSY" });
  });

  it("of strangers is taken, but not without end", async () => {
    trio = await new LogTrio(world).start();
    await trio.submit(charter);
    const strange = async (k: number): Promise<Envelope> => {
      const signing = signingKeyPair();
      const key = { suite: "ed25519", key: toBase64(signing.publicKey), roles: ["admin"] };
      // Half of them in a member's name, as if it had lost its keys.
      const who =
        k % 2 === 0
          ? { member: `stranger-${k}`, sequence: 0, previous: null }
          : { member: "police", sequence: 1, previous: "a".repeat(64) };
      const own = { ...who, keys: [key] };
      const type = "urn:symbolon:statement:identity:v1";
      const more = { issuedAt: instantOf(Date.now()), twoPerson: [], sealingKey: key.key };
      return seal({ type, ...own, ...more }, await signerOf(nodeSignatures, signing));
    };
    for (let k = 0; k < 100; k += 1) {
      await trio.submit(await strange(k));
      if (k % 20 === 0) await trio.settled();
    }
    await expect(trio.submit(await strange(100))).rejects.toMatchObject({
      code: "STRANGERS_TOO_MANY",
    });
    await trio.submit(more[0]);
    await trio.settled();
    expect(trio.sizes()).toEqual([102, 102, 102]);
  });

  it("that node 0 does not know comes to it by another node, once it is there", async () => {
    await waiting();
    trio.areUp = false;
    const own = await software("police", "3");
    const hash = await trio.submit(own, 2);
    expect(await trio.agreements[2].fate(hash)).toEqual({ state: "pending" });
    expect(await trio.agreements[0].fate(hash)).toEqual({ state: "unknown" });
    trio.areUp = true;
    await reconnect();
    expect(await trio.isLogged(own)).toBe(true);
    expect(trio.sizes()).toEqual([4, 4, 4]);
  });
});

describe("node 0, when it keeps to itself what the others have signed,", () => {
  it("gets no second head signed, also after a restart", async () => {
    await waiting();
    const signed = [new Set<string>(), new Set<string>(), new Set<string>()];
    const keeps: Carrier = (from, _to, message) => {
      if (message.kind !== "signed") return [message];
      signed[from].add(message.note.split("\n\n")[0]);
      return [];
    };
    trio.carrier = keeps;
    await reconnect();
    expect(signed.map(({ size }) => size)).toEqual([0, 1, 1]);
    // A minute later the same statements would be other entries, under another head.
    for (const node of PARTIES) trio.clocks[node] = MINUTE;
    await trio.start();
    await trio.settled();
    expect(signed.map(({ size }) => size)).toEqual([0, 1, 1]);
    expect(trio.sizes()).toEqual([1, 1, 1]);
    trio.carrier = (_from, _to, message) => [message];
    await reconnect();
    await trio.start();
    await trio.settled();
    expect(trio.sizes()).toEqual([3, 3, 3]);
    expect(trio.isForked()).toBe(false);
  });
});

describe("a node that has stopped", () => {
  it("signs nothing more, whatever it is sent", async () => {
    await waiting();
    trio.stores[2].putStopped("Node B has signed another head of 1 entries than this node");
    await reconnect();
    expect(trio.sizes()).toEqual([1, 1, 1]);
    expect(trio.stores[2].signedAhead()).toBeUndefined();
  });
});

describe("node 1, with a head of its own", () => {
  /** Its signature on a head over these entries, which nobody has proposed. */
  const signed = async (entries: readonly string[]): Promise<LogMessage> => {
    const judged = await trio.logs[1].judge(entries.map(utf8), true);
    const line = await trio.logs[1].sign(judged);
    const note = formatNote({ text: judged.head, signatures: [line] });
    return { kind: "signed", note, entries: [...entries] };
  };

  it("does not get what it dates back past the others' clocks", async () => {
    trio = new LogTrio(world);
    for (const node of PARTIES) trio.clocks[node] = -60 * MINUTE;
    const early = await world.sign("shelter", {
      ...(await charterOf(world)),
      issuedAt: instantOf(Date.now() - 60 * MINUTE),
    });
    await trio.start();
    await trio.submit(early);
    await trio.settled();
    for (const node of PARTIES) trio.clocks[node] = 0;
    let own: LogMessage | undefined;
    trio.carrier = (from, _to, message) =>
      from === 1 && message.kind === "agree" && own ? [own] : [message];
    const entry = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    const then = instantOf(Date.now() - 30 * MINUTE);
    const payload = Buffer.from(more[0].payload, "base64").toString();
    const asked = await world.sign("police", { ...JSON.parse(payload), issuedAt: then });
    own = await signed([entry(trio.logs[1].entryOf(asked, then))]);
    await trio.submit(more[0]);
    await trio.settled();
    expect(trio.stores[0].signedAhead()).toBeUndefined();
    expect(trio.sizes()).toEqual([1, 1, 1]);
    expect(trio.warned.join()).toContain("ENTRY_OUT_OF_ORDER");
  });

  it("gets no signature on what it proposes: that is node 0's to do", async () => {
    await waiting();
    const entries = [
      new TextDecoder().decode(trio.logs[1].entryOf(more[1], instantOf(Date.now()))),
    ];
    for (const phase of ["check", "sign"] as const)
      trio.agreements[2].hear(1, { kind: "propose", phase, size: 1, entries, note: "" });
    await trio.settled();
    expect(trio.sizes()).toEqual([1, 1, 1]);
  });

  it("binds node 0 to nothing that it has not signed itself", async () => {
    await waiting();
    const bytes = trio.logs[1].entryOf(more[1], instantOf(Date.now()));
    const own = await signed([new TextDecoder().decode(bytes)]);
    if (own.kind !== "signed") throw new Error("a signature was made");
    const { text, signatures } = parseNote(own.note);
    const [line] = signatures;
    const forged = { ...line, signature: line.signature.slice().reverse() };
    const note = formatNote({ text, signatures: [forged] });
    trio.carrier = (from, _to, message) =>
      from === 1 && message.kind === "agree" ? [{ ...own, note }] : [message];
    await reconnect();
    expect(trio.stores[0].signedAhead()).toBeUndefined();
    expect(trio.sizes()).toEqual([1, 1, 1]);
  });

  it("cannot refuse what is proposed now by what it said of an earlier state", async () => {
    await waiting();
    const old = { kind: "refuse", size: 0, index: 1, code: "NOT_YOURS", reason: "no" } as const;
    trio.carrier = (from, _to, message) =>
      from === 1 && message.kind === "agree" ? [old, message] : [message];
    await reconnect();
    expect(trio.sizes()).toEqual([3, 3, 3]);
    expect(trio.warned).toEqual([]);
  });

  it("or an old one of all three, under another number, stops nobody", async () => {
    await waiting();
    await reconnect();
    const { note } = trio.stores[1].head() as StoredHead;
    const before = trio.stores[1].headAt(1) as StoredHead;
    trio.agreements[2].hear(1, { kind: "state", size: 1, head: note, ahead: "" });
    trio.agreements[0].hear(1, { kind: "state", size: 3, head: before.note, ahead: "" });
    // Node 2 has signed what comes next; node 1 shows what it signed before.
    trio.areUp = false;
    const next = await software("shelter", "3");
    const bytes = trio.logs[2].entryOf(next, trio.logs[2].moment());
    const { head } = await trio.logs[2].judge([bytes]);
    trio.stores[2].putSignedAhead({ head, entries: [new TextDecoder().decode(bytes)] });
    const [, , line] = note.trimEnd().split("\n\u2014 ");
    const old = `${parseNote(note).text}\n\u2014 ${line}\n`;
    trio.agreements[2].hear(1, { kind: "state", size: 3, head: note, ahead: old });
    await trio.settled();
    expect(trio.stops()).toEqual([undefined, undefined, undefined]);
  });
});

describe("a node that sends what no node sends", () => {
  it("is heard without effect", async () => {
    await waiting();
    const bodies = [
      undefined,
      { kind: "propose", phase: "check", size: 1, entries: ["{}"], note: "" },
      { kind: "propose", phase: "sign", size: 1, entries: ["x"], note: "no note" },
      { kind: "agree", head: "head" },
      { kind: "refuse", size: 1, index: 1, code: "X", reason: "no" },
      { kind: "signed", note: "a\n\n\u2014 b AAAAAAA=\n", entries: ["x"] },
      { kind: "commit", size: 1, entries: ["x"], note: "a" },
      { kind: "state", size: 1, head: "forged\n1\nAAAA\n\n\u2014 b AAAAAAA=\n", ahead: "" },
      { kind: "fetch", size: 7 },
      { kind: "submit", statement: { payload: 1 } },
    ];
    for (const node of PARTIES)
      for (const peer of PARTIES)
        if (node !== peer) for (const body of bodies) trio.agreements[node].hear(peer, body);
    await trio.settled();
    expect(trio.stops()).toEqual([undefined, undefined, undefined]);
    expect(trio.isForked()).toBe(false);
    await reconnect();
    expect(trio.sizes()).toEqual([3, 3, 3]);
  });

  it("signs with another key: node 0 does not take it for a signature", async () => {
    await waiting();
    trio.carrier = (from, _to, message) => {
      if (message.kind !== "signed" || from !== 2) return [message];
      const line = message.note.replace(/(\S{8})=?=?\n$/, (it) => it.split("").reverse().join(""));
      return [{ ...message, note: `${line.trim()}\n` }];
    };
    await reconnect();
    expect(trio.sizes()).toEqual([1, 1, 1]);
  });
});
