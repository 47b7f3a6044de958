import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { formatNote, parseNote } from "@symbolon/governance/log/note";
import { noteKey, signNote } from "@symbolon/governance/log/note-key";
import { readConfig } from "@symbolon/node/config";
import { createEngine } from "@symbolon/node/engine";
import { LogStore, type StoredHead } from "@symbolon/node/governance/log-store";
import { headKeyOf } from "@symbolon/node/identity/head-key";
import { nodeSignatures } from "@symbolon/node/identity/signatures-node";
import type { Log } from "@symbolon/node/log";
import { type RunningNode, startNode } from "@symbolon/node/node";
import { openSqlite } from "@symbolon/node/store/sqlite";
import { freePorts } from "@symbolon/node/transport/free-ports";
import { generateWorld } from "@symbolon/sim/people/world";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { symbolonHere } from "./support/in-process.js";
import type { Finished } from "./support/program.js";

/**
 * Three organisations found a data space, each in a folder of its own, with clocks that differ; let
 * a fourth in; and ask one question. Told in order, by the commands that people type.
 */
const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbolon-found-")));
const world = generateWorld({ seed: 4, police: 60, ngos: [40], shared: 0.3 });
const at = (...path: string[]): string => join(folder, ...path);
const MINUTE = 60_000;
const clocks = [-MINUTE, 0, -10 * MINUTE];
const nodes: RunningNode[] = [];
const warnings: string[] = [];
const NODES = ["University", "NGO umbrella", "Public body"];
const BUILD = "cd".repeat(32);

const said = ({ out }: Finished) => JSON.parse(out);
const as = (member: string): string[] => [
  ...["--space", at("space.json"), "--identity", at(member, "identity.json")],
];
const operator = (node: number): string[] => [
  ...["--space", at("space.json"), "--node", at(`node-${node}`, "node.toml")],
];

/** A command that must succeed, and its result. */
async function done(...args: string[]) {
  const finished = await symbolonHere([...args, "--json"]);
  if (finished.code !== 0) throw new Error(`${args.join(" ")}: ${finished.err}`);
  return said(finished);
}

/** Yes from these members and operators to a proposal. */
async function approve(proposal: string, members: string[], operators: number[] = []) {
  let last: { decided?: boolean } = {};
  for (const member of members)
    last = await done("space", "approve", proposal, ...as(member), "--vote", "yes");
  for (const node of operators)
    last = await done("space", "approve", proposal, ...operator(node), "--vote", "yes");
  return last.decided;
}

const until = async (look: () => boolean, what: string): Promise<void> => {
  const started = Date.now();
  while (!look()) {
    if (Date.now() - started > 20_000) throw new Error(`waited too long for ${what}`);
    await wait(20);
  }
};

const diary: Log = {
  info: () => undefined,
  error: () => undefined,
  warn: (_event, { reason } = {}) => warnings.push(reason ?? ""),
};

const init = (member: string, kind: string, dir = member) =>
  done(
    ...["provider", "init", "--id", member, "--name", `The ${member}`, "--class", kind],
    ...["--dir", at(dir)],
  );

beforeAll(async () => {
  const ports = await freePorts("127.0.0.1", 6);
  for (const [k, name] of NODES.entries())
    await done(
      ...["node", "init", "--index", `${k}`, "--name", name, "--space-id", "north"],
      ...["--dir", at(`node-${k}`), "--space", "../space.json"],
      ...["--api", `127.0.0.1:${ports[2 * k]}`, "--peer", `127.0.0.1:${ports[2 * k + 1]}`],
    );
  await init("police", "police");
  await init("shelter", "ngo");
  await init("helpline", "ngo");
  await done("log", "witness-key", "--member", "helpline", "--dir", at("helpline"));
});

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  rmSync(folder, { recursive: true, force: true });
});

describe("a data space", { timeout: 120_000 }, () => {
  it("is put together from cards, with a draft of its rules", async () => {
    await done(
      ...["space", "create", "--id", "north", "--name", "The north", "--out", at("space.json")],
      ...NODES.flatMap((_, k) => ["--node", at(`node-${k}`, "node-card.json")]),
      ...["police", "shelter", "helpline"].flatMap((it) => [
        "--member",
        at(it, "member-card.json"),
      ]),
      ...["--witness", at("helpline", "witness-card.json"), "--charter", at("charter.json")],
      ...["--build", BUILD],
    );
    const charter = JSON.parse(readFileSync(at("charter.json"), "utf8"));
    expect(charter).toMatchObject({
      log: "north/log",
      quorum: 1,
      rules: { charter: { nodes: 3 } },
    });
    const most = { members: "half", nodes: 0 };
    charter.rules = { ...charter.rules, enrolment: most, query: most, "use-case": most };
    writeFileSync(at("charter.json"), JSON.stringify(charter));
    const engine = createEngine();
    for (const k of NODES.keys()) {
      const config = readConfig(at(`node-${k}`, "node.toml"));
      const now = () => Date.now() + clocks[k];
      nodes.push(await startNode({ config, engine, now, log: diary, buildHash: BUILD as never }));
    }
    await until(() => nodes.every((it) => it.status().peers.every(({ up }) => up)), "links");
    expect(await done("space", "status", "--space", at("space.json"))).toMatchObject({ size: 0 });
  });

  it("waits for a node whose clock is wrong, and says which", async () => {
    const proposed = done("space", "propose", at("charter.json"), ...as("shelter"));
    await until(() => warnings.some((it) => it.includes("clock")), "the warning");
    expect(warnings.find((it) => it.includes("clock"))).toMatch(
      /^Public body does not take it: .*: its clock and this node's differ$/,
    );
    clocks[2] = MINUTE;
    const { proposal } = await proposed;
    const status = await done("space", "status", "--space", at("space.json"));
    expect(status.open[0]).toMatchObject({
      about: "the charter of The north",
      votes: { "member shelter": "yes" },
      notYet: ["police", "helpline", ...NODES.map((name, k) => `node ${k} (${name})`)],
    });
    const first = proposal.slice(0, 12);
    const shown = await symbolonHere(["space", "approve", first, ...as("police")]);
    expect(shown.out).toContain('"quorum": 1');
    expect(shown.out).toContain("Nothing is signed.");
    expect(await approve(proposal, ["police", "helpline"], [0, 1, 2])).toBe(true);
  });

  it("lets a fourth member in by what was heard on the phone, and by nothing else", async () => {
    await init("harbour", "ngo");
    await init("harbour", "ngo", "impostor");
    const mine = ["--name", "Harbour Shelter", "--class", "ngo"];
    // Somebody was faster, under the same name and with other keys, and comes again later.
    const feigned = await done("space", "join", ...as("impostor"), ...mine);
    const applied = await done("space", "join", ...as("harbour"), ...mine);
    expect(applied.fingerprint).toMatch(/^\d{5}( \d{5}){7}$/);
    expect(applied.fingerprint).not.toBe(feigned.fingerprint);
    const warned = await symbolonHere(["space", "join", ...as("impostor"), ...mine]);
    expect(warned.out).toContain("CAUTION: 1 applications under your name");
    expect(warned.out).toContain(feigned.fingerprint);
    const [first, ...others] = applied.fingerprint.split(" ");
    const invite = (numbers: string) => [
      ...["space", "invite", "harbour", ...as("shelter"), "--fingerprint", numbers],
    ];
    const wrong = await symbolonHere(invite([...others, first].join(" ")));
    expect(wrong.code).toBe(3);
    expect(wrong.err).toContain("what was read out is not what came in");
    const { proposal } = await done(...invite(applied.fingerprint));
    expect(await approve(proposal, ["police"])).toBe(true);
    const again = await done("space", "join", ...as("harbour"), ...mine);
    expect(again.fingerprint).toBe(applied.fingerprint);
    const { members } = await done("space", "status", "--space", at("space.json"));
    expect(members.map(({ id }: { id: string }) => id)).toContain("harbour");
  });

  it("approves a question by its explanation, and a use case", async () => {
    const query = await done("space", "propose", "--query", "not-on-list", ...as("shelter"));
    const shown = await symbolonHere(["space", "approve", query.proposal, ...as("police")]);
    expect(shown.out).toContain("WHAT MUST HOLD");
    expect(await approve(query.proposal, ["police", "harbour"])).toBe(true);
    await done(
      ...["space", "use-case", "not-on-list", "--name", "missing", "--purpose", "search"],
      ...["--for", "police", "--out", at("use-case.json")],
    );
    const useCase = await done("space", "propose", at("use-case.json"), ...as("police"));
    expect(await approve(useCase.proposal, ["shelter", "harbour"])).toBe(true);
  });

  const submit = async (member: string, csv: string) => {
    writeFileSync(at(`${member}.csv`), csv);
    return done(
      ...["provider", "submit", at(`${member}.csv`), "--yes", "--dataset", `${member}-list`],
      ...["--to", "police", "--use-case", "missing", "--risk-max", "20%", "--runs-max", "3"],
      ...["--receipt", at(member, "receipt.json"), ...as(member)],
    );
  };
  const ask = (receipt: string, list: string, theirs: string) => [
    ...["ask", "not-on-list", "--use-case", "missing", "--list", list, "--receipt", receipt],
    ...["--theirs", theirs, ...as("police"), "--json"],
  ];
  const witness = () =>
    done("log", "witness", "--space", at("space.json"), "--key", at("helpline", "witness.json"));
  /** The witness's computer does this every now and then, until the question is over. */
  const watched = async (asked: Promise<Finished>): Promise<Finished> => {
    let isOver = false;
    const over = asked.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await witness();
      await wait(200);
    }
    return over;
  };
  let theirs: string;

  it("runs a question once it is agreed, logged and witnessed", async () => {
    await submit("police", world.police.csv);
    theirs = (await submit("harbour", world.ngos[0].csv)).dataset;
    const { offers } = await done("space", "agree", ...as("police"));
    expect(offers.length).toBe(1);
    await done("space", "agree", offers[0].slice(0, 8), ...as("police"));
    const asked = symbolonHere(ask(at("police", "receipt.json"), at("police.csv"), theirs));
    const answered = await watched(asked);
    expect({ code: answered.code, err: answered.err }).toEqual({ code: 0, err: "" });
    expect(said(answered).picked.length).toBe(5);

    await witness();
    const proof = at("offer.tlog-proof");
    await done("log", "keys", "--space", at("space.json"), "--out", at("north.keys"));
    await done("log", "receipt", offers[0], "--space", at("space.json"), "--out", proof);
    const verified = await done("log", "verify", proof, "--keys", at("north.keys"));
    expect(verified).toMatchObject({ holds: true, log: "north/log" });
    expect(verified.witnesses).toMatchObject([{ name: "north/log/helpline" }]);
  });

  it("refuses the next run once the list was taken back, at each node", async () => {
    const back = await done("provider", "withdraw", "--dataset", "harbour-list", ...as("harbour"));
    expect(back.nodes.map(({ state }: { state: string }) => state)).toEqual(
      new Array(3).fill("deleted"),
    );
    const asked = symbolonHere(ask(at("police", "receipt.json"), at("police.csv"), theirs));
    const refused = await watched(asked);
    expect(refused.code).toBe(3);
    expect(refused.err).toMatch(/harbour-list has been deleted|taken harbour-list back/);
  });

  it("writes its papers", async () => {
    const { made } = await done(
      "space",
      "report",
      "--space",
      at("space.json"),
      "--out",
      at("papers"),
    );
    expect(made.length).toBe(9);
    const report = readFileSync(at("papers", "audit-report.md"), "utf8");
    expect(report).toContain("run\\-granted");
    const assessment = readFileSync(at("papers", "impact-assessment-missing.html"), "utf8");
    expect(assessment).toContain("not-on-list");
  });

  it("tells a fork: a head that all three have signed, shown to some only", async () => {
    const db = openSqlite(readConfig(at("node-2", "node.toml")).dataDir);
    const store = new LogStore(db);
    const { size, note } = store.head() as StoredHead;
    const head = parseNote(note).text.replace(/\n[^\n]*\n$/, `\n${"A".repeat(43)}=\n`);
    const lines = NODES.map(async (_, k) => {
      const { privateKey, publicKey } = headKeyOf(
        readConfig(at(`node-${k}`, "node.toml")).keys.signing,
      );
      const key = await noteKey(`north/log/node${k}`, "note", publicKey);
      return signNote(head, { key, sign: (text) => nodeSignatures.sign(privateKey, text) });
    });
    store.putNote({ size, note: formatNote({ text: head, signatures: await Promise.all(lines) }) });
    const status = ["space", "status", "--space", at("space.json"), "--json"];
    const forked = await symbolonHere(status);
    expect(forked.code).toBe(4);
    expect(said(forked).error).toMatchObject({ code: "LOG_FORK" });
    expect(forked.err).toContain(`Public body shows a head of ${size} entries`);
    const [, a, b] = note.trimEnd().split("\n\u2014 ");
    const two = `${head}\n${[a, b].map((line) => `\u2014 ${line}\n`).join("")}`;
    store.putNote({ size, note: two });
    expect(said(await symbolonHere(status)).error).toMatchObject({ code: "LOG_SIGNATURE_WRONG" });
    store.putNote({ size, note });
    db.close();
    expect((await symbolonHere(status)).code).toBe(0);
  });
});
