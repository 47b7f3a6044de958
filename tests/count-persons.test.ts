import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeCsv } from "@symbolon/sim/people/csv";
import { severalLists } from "@symbolon/sim/people/several-lists";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Children } from "../tools/demo/children.js";
import type { DemoList } from "../tools/demo/lists.js";
import { setStage } from "../tools/demo/stage.js";
import { symbolon } from "./support/program.js";

/** Three organisations that count the people they know together: the real commands. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbolon-test-")));
const children = new Children(folder);
const members = [
  { member: "shelter", name: "Harbour Shelter", class: "ngo" },
  { member: "helpline", name: "Helpline", class: "ngo" },
  { member: "hospital", name: "Hospital", class: "ngo" },
] as const;
type Name = (typeof members)[number]["member"];

/**
 * Each list knows half of all persons that some list knows: far from the four fifths from which on
 * a cell is hidden, ten times the scale of the noise, so that these runs show what they must.
 */
const PEOPLE = 500;
const { lists } = severalLists({ seed: 5, lists: 3, people: PEOPLE, known: 0.4, planted: 0 });
const truth = new Set(lists.flatMap((list) => list.truth.map(({ id }) => id)));

/** The invented people with what befell them: the headings of the standard beside their own. */
function csvOf(list: number): string {
  const [head, ...rows] = lists[list].rows;
  const lines = rows.map((row) => [...row, "Forced labour", "Italy"]);
  return writeCsv([[...head, "Type of Exploitation", "Country of exploitation"], ...lines], ",");
}

const dataset = new Map<Name, string>();
const asMember = (member: Name) => [
  ...["--space", join(folder, "space.json")],
  ...["--identity", join(folder, member, "identity.json")],
];
const list = (member: Name) => join(folder, `${member}.csv`);
const submit = (member: Name) =>
  symbolon([
    ...["provider", "submit", list(member), "--json", "--yes"],
    ...["--query", "count-persons", "--runs-max", "5"],
    ...["--dataset", `${member}-list`, "--to", "shelter", ...asMember(member)],
    ...["--receipt", join(folder, member, "receipt.json")],
  ]);
const ask = (theirs: readonly Name[], ...by: string[]) =>
  symbolon([
    ...["ask", "count", ...by, ...asMember("shelter")],
    ...["--receipt", join(folder, "shelter", "receipt.json")],
    ...theirs.flatMap((name) => ["--theirs", dataset.get(name) ?? ""]),
  ]);

beforeAll(async () => {
  for (const [k, { member }] of members.entries()) writeFileSync(list(member), csvOf(k));
  await setStage(folder, children, members as unknown as readonly DemoList[]);
}, 120_000);

afterAll(async () => {
  await children.stopAll();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

describe("counts of persons", { timeout: 240_000 }, () => {
  it("need lists of people with the codes of their cases", async () => {
    const checked = await symbolon([
      "provider",
      "check",
      list("shelter"),
      "--query",
      "count-persons",
    ]);
    expect(checked.code).toBe(0);
    expect(checked.out).toContain("as codes of public lists");
    expect(checked.out).toMatch(/type of exploitation \(known of (\d+) of \1\)/);
    for (const { member } of members) {
      const sent = await submit(member);
      expect({ code: sent.code, err: sent.err }).toEqual({ code: 0, err: "" });
      const said = JSON.parse(sent.out);
      const known = said.codes.map(({ attribute }: { attribute: string }) => attribute);
      expect(known).toEqual(expect.arrayContaining(["country", "exploitation"]));
      dataset.set(member, said.dataset);
    }
  });

  it("name a list that says nothing by which people are counted", async () => {
    const bare = join(folder, "bare.csv");
    writeFileSync(bare, "given name,surname,date of birth\nAda,Lovelace,1815-12-10\n");
    const { code, err } = await symbolon(["provider", "check", bare, "--query", "count-persons"]);
    expect([code, err]).toEqual([1, expect.stringContaining("by which cases are counted")]);
  });

  it("are not made of two organisations, nor of each, nor without an offer for them", async () => {
    const by = ["--by", "country"];
    const two = await ask(["helpline"], "--persons", ...by);
    expect([two.code, two.err]).toEqual([3, expect.stringContaining("at least 2 other lists")]);
    const each = await ask(["helpline", "hospital"], "--persons", "--each", ...by);
    expect([each.code, each.err]).toEqual([2, expect.stringContaining("--persons of all")]);
    const cases = await ask(["helpline", "hospital"], ...by);
    expect([cases.code, cases.err]).toEqual([3, expect.stringContaining("encoded in another way")]);
  });

  it("come as a table in which nobody is twice", async () => {
    const csv = join(folder, "table.csv");
    const by = ["--by", "exploitation", "--and", "country", "--csv", csv, "--json"];
    const asked = await ask(["helpline", "hospital"], "--persons", "--overlap", "0.4", ...by);
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: "" });
    const { cells, deviation, soundnessBits } = JSON.parse(asked.out);
    expect(soundnessBits).toBeGreaterThan(60);
    expect(deviation).toBeGreaterThan(15);
    type Cell = { row: string; column: string; shown: boolean; noised: number };
    const shown = cells.filter((cell: Cell) => cell.shown);
    expect(shown.map(({ row, column }: Cell) => `${row} ${column}`)).toEqual(["ForcedLabour IT"]);
    // Scale 32/3, and a few links that are missed; in rows of the lists they are twice as many.
    expect(Math.abs(shown[0].noised - truth.size)).toBeLessThan(200);
    expect(readFileSync(csv, "utf8").split("\r\n")[0]).toBe("list,row,column,about,from,to,shown");
  });

  it("are told to people as persons", async () => {
    const asked = await ask(["helpline", "hospital"], "--persons", "--by", "country");
    expect(asked.code).toBe(0);
    expect(asked.out).toMatch(/Italy {2}█+ \d+ \(\d+ to \d+\)/);
    expect(asked.out).toContain("Figures are of persons, each counted once.");
  });
});
