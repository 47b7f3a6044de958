import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { utf8 } from "@symbolon/base/bytes";
import { readPersons } from "@symbolon/case-data/intake/persons";
import { generateWorld } from "@symbolon/sim/people/world";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Children } from "../tools/demo/children.js";
import type { DemoList } from "../tools/demo/lists.js";
import { type Stage, setStage } from "../tools/demo/stage.js";
import { type Finished, symbolon } from "./support/program.js";

/**
 * What the real commands say when somebody says no, told as one story in order: three nodes, a
 * police unit, a shelter whose terms are too strict at first, and a node that is gone for a while.
 */
const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbolon-test-")));
const children = new Children(folder);
const world = generateWorld({ seed: 4, police: 80, ngos: [60], shared: 0.3 });
const lists = [
  { member: "police", name: "Police unit", class: "police" },
  { member: "shelter", name: "Harbour Shelter", class: "ngo" },
] as const;

let stage: Stage;
const dataset: Record<string, string> = {};

const receipt = (member: string) => join(folder, member, "receipt.json");
const asMember = (member: string) => [
  ...["--space", join(folder, "space.json")],
  ...["--identity", join(folder, member, "identity.json")],
];
const submission = (member: string, ...more: string[]) => [
  ...["provider", "submit", join(folder, `${member}.csv`), "--json", "--yes"],
  ...["--dataset", `${member}-list`, "--to", "police", "--receipt", receipt(member)],
  ...asMember(member),
  ...more,
];
const submit = (member: string, ...more: string[]) => symbolon(submission(member, ...more));

/** Begins a submission and kills it as soon as it has begun to send. */
async function submitHalf(member: string): Promise<void> {
  const running = children.start(submission(member));
  while (!existsSync(join(`${receipt(member)}.upload`, "upload.json"))) await wait(2);
  process.kill(running.pid, "SIGKILL");
  await running.ended.catch(() => undefined);
}
const asking = (query: string) => [
  ...["ask", query, "--json", "--list", join(folder, "police.csv")],
  ...["--receipt", receipt("police"), "--theirs", dataset["shelter"]],
  ...asMember("police"),
];
const ask = () => symbolon(asking("not-on-list"));
const threadsOf = (pid: number): number => readdirSync(`/proc/${pid}/task`).length;
const saidBy = ({ out }: Finished) => JSON.parse(out);

beforeAll(async () => {
  writeFileSync(join(folder, "police.csv"), world.police.csv);
  writeFileSync(join(folder, "shelter.csv"), world.ngos[0].csv);
  stage = await setStage(folder, children, lists as unknown as readonly DemoList[]);
}, 120_000);

afterAll(async () => {
  await children.stopAll();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

describe("refusals", { timeout: 180_000 }, () => {
  it("a submission gives a receipt, and a name of the dataset for the asker", async () => {
    const sent = await submit("shelter", "--risk-max", "0.0001%");
    expect({ code: sent.code, err: sent.err }).toEqual({ code: 0, err: "" });
    dataset["shelter"] = saidBy(sent).dataset;
    expect(dataset["shelter"]).toMatch(/^shelter-list@[0-9a-f]{64}\/256$/);
    expect(existsSync(`${receipt("shelter")}.upload`)).toBe(false);
  });

  it("a submission that was killed goes on where it stopped, with the same parts", async () => {
    await submitHalf("police");
    const sealed = readFileSync(join(`${receipt("police")}.upload`, "upload.json"), "utf8");
    writeFileSync(join(folder, "police.csv"), world.ngos[0].csv);
    const other = await submit("police");
    expect(other.code).toBe(1);
    expect(other.err).toContain("unfinished upload of another list");
    writeFileSync(join(folder, "police.csv"), world.police.csv);
    const sent = await submit("police");
    expect(sent.code).toBe(0);
    expect(sent.err).toContain("Going on");
    expect(existsSync(`${receipt("police")}.upload`)).toBe(false);
    const { lines } = JSON.parse(readFileSync(receipt("police"), "utf8"));
    expect(lines).toEqual(JSON.parse(sealed).lines);
  });

  it("the same dataset name for another list is refused, and the first stays", async () => {
    rmSync(join(folder, "again.json"), { force: true });
    const again = await submit("shelter", "--receipt", join(folder, "again.json"));
    expect(again.code).toBe(3);
    expect(again.err).toMatch(/^symbolon: .* — .+\n$/);
  });

  it("nobody sends as somebody who is not in the data space", async () => {
    const made = await symbolon([
      ...["provider", "init", "--id", "stranger", "--name", "Stranger", "--class", "ngo"],
      ...["--dir", join(folder, "stranger")],
    ]);
    expect(made.code).toBe(0);
    writeFileSync(join(folder, "stranger.csv"), world.ngos[0].csv);
    const sent = await submit("stranger");
    expect(sent.code).toBe(1);
    expect(sent.err).toContain("not a member");
  });

  it("a risk above what the provider signed is refused with the reason", async () => {
    const asked = await ask();
    expect(asked.code).toBe(3);
    expect(saidBy(asked).error).toMatchObject({ code: "RUN_REFUSED", exit: 3 });
    expect(asked.err).toMatch(/shelter accepts/);
    expect(existsSync(`${receipt("police")}.run`)).toBe(false);
  });

  it("a node that is gone is named by status", async () => {
    process.kill(stage.nodes[2].pid, "SIGKILL");
    await stage.nodes[2].ended.catch(() => undefined);
    const status = await symbolon(["status", "--space", join(folder, "space.json"), "--json"]);
    expect(status.code).toBe(1);
    expect(status.err).toContain("Public body node");
    const up = saidBy(status).nodes.map((node: { up: boolean }) => node.up);
    expect(up).toEqual([true, true, false]);
  });

  it("a new offer counts once the node is back, and then the answer comes, once", async () => {
    const config = join(stage.nodeFolders[2], "node.toml");
    // Its operator has given it a second thread; the two others stay with one.
    writeFileSync(config, `threads = 2\n${readFileSync(config, "utf8")}`);
    const back = children.start(["node", "start", "--config", config]);
    const offer = () =>
      symbolon([
        ...["provider", "offer", "--json", "--dataset", "shelter-list", "--to", "police"],
        ...["--risk-max", "20%", "--runs-max", "2", ...asMember("shelter")],
      ]);
    const offered = await offer();
    expect({ code: offered.code, err: offered.err }).toEqual({ code: 0, err: "" });
    expect(back.pid).toBeGreaterThan(0);
    const asked = await ask();
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: "" });
    const lines: number[] = saidBy(asked).picked.map(({ line }: { line: number }) => line);
    expect(new Set(lines).size).toBe(5);
    if (process.platform === "linux") {
      expect(threadsOf(back.pid)).toBeGreaterThan(threadsOf(stage.nodes[0].pid));
    }
    const again = await ask();
    expect(again.code).toBe(3);
    expect(again.err).toContain("already used");
  });

  it("the same people under another list's name get no answer", async () => {
    const copy = join(folder, "police-again.json");
    const sent = await submit("police", "--dataset", "police-again", "--receipt", copy);
    expect({ code: sent.code, err: sent.err }).toEqual({ code: 0, err: "" });
    const asked = await symbolon([...asking("not-on-list"), "--receipt", copy]);
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: "" });
    expect(saidBy(asked)).toMatchObject({ picked: [], soundnessBits: expect.any(Number) });
  });

  it("another question needs another offer, and shows which of ours they hold", async () => {
    const matches = () => symbolon(asking("matches"));
    const refused = await matches();
    expect(refused.code).toBe(3);
    expect(refused.err).toContain("for another query");
    const offered = await symbolon([
      ...["provider", "offer", "--json", "--dataset", "shelter-list", "--to", "police"],
      ...["--query", "matches", ...asMember("shelter")],
    ]);
    expect({ code: offered.code, err: offered.err }).toEqual({ code: 0, err: "" });
    const asked = await matches();
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: "" });
    const [list] = saidBy(asked).lists;
    expect(list.dataset).toBe("shelter-list");
    const [police, shelter] = [world.police, world.ngos[0]];
    const there = new Set(shelter.truth);
    const lines = readPersons(utf8(police.csv)).table.rows.map(({ line }) => line);
    const held = list.matches.filter(({ line }: { line: number }) =>
      there.has(police.truth[lines.indexOf(line)]),
    );
    const shared = new Set(police.truth.filter((person) => there.has(person))).size;
    expect(held.length).toBeGreaterThan(shared / 2);
    expect(list.matches.length - held.length).toBeLessThan(shared / 2);
    expect(held[0]).toMatchObject({ band: "almost certain", bits: expect.any(Number) });
    expect((await matches()).err).toContain("allows no more runs");
  });

  it("counts how many persons two lists know together, without our list's file", async () => {
    const offered = await symbolon([
      ...["provider", "offer", "--json", "--dataset", "shelter-list", "--to", "police"],
      ...["--query", "overlap", ...asMember("shelter")],
    ]);
    expect({ code: offered.code, err: offered.err }).toEqual({ code: 0, err: "" });
    const csv = join(folder, "overlap.csv");
    const at = asking("overlap");
    const list = at.indexOf("--list");
    const asked = await symbolon([
      ...at.filter((_, k) => k !== list && k !== list + 1),
      "--csv",
      csv,
    ]);
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: "" });
    const { persons, sets, soundnessBits } = saidBy(asked);
    expect(soundnessBits).toBeGreaterThan(60);
    const all = new Set([...world.police.truth, ...world.ngos[0].truth]).size;
    // Scale 4: beyond 120 once in 10^13.
    expect(persons.shown).toBe(true);
    expect(Math.abs(persons.noised - all)).toBeLessThan(120 + 0.1 * all);
    expect(sets.map(({ lists }: { lists: string[] }) => lists.length)).toEqual([1, 1, 2]);
    const lines = readFileSync(csv, "utf8").trim().split("\r\n");
    expect(lines.length).toBe(1 + 3 + 1);
  });
});
