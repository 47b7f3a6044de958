import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Children } from "../tools/demo/children.js";
import type { DemoList } from "../tools/demo/lists.js";
import { setStage } from "../tools/demo/stage.js";
import { symbolon } from "./support/program.js";

/** Three organisations that count their cases together: the real commands. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbolon-test-")));
const children = new Children(folder);
const members = [
  { member: "police", name: "Police unit", class: "police" },
  { member: "shelter", name: "Harbour Shelter", class: "ngo" },
  { member: "helpline", name: "Helpline", class: "ngo" },
] as const;
type Name = (typeof members)[number]["member"];

/** Headings as the standard labels them. Sixty cases each of two types, and one that is rare. */
function csvOf(): string {
  const lines = Array.from({ length: 120 }, (_, k) =>
    k % 2 === 0
      ? `C-${k},Feminine,RO,Sexual exploitation`
      : `C-${k},Masculine,NG,Forced labour; Forced begging`,
  );
  const head = "Record id,Gender,Citizenship,Type of Exploitation";
  return `${[head, ...lines, "C-120,Feminine,RO,Organ removal"].join("\n")}\n`;
}

const dataset = new Map<Name, string>();
const asMember = (member: Name) => [
  ...["--space", join(folder, "space.json")],
  ...["--identity", join(folder, member, "identity.json")],
];
const submit = (member: Name) =>
  symbolon([
    ...["provider", "submit", join(folder, `${member}.csv`), "--json", "--yes"],
    ...["--query", "count", "--runs-max", "5"],
    ...["--dataset", `${member}-cases`, "--to", "police", ...asMember(member)],
    ...["--receipt", join(folder, member, "receipt.json")],
  ]);
const ask = (theirs: readonly Name[], ...by: string[]) =>
  symbolon([
    ...["ask", "count", ...by, ...asMember("police")],
    ...["--receipt", join(folder, "police", "receipt.json")],
    ...theirs.flatMap((name) => ["--theirs", dataset.get(name) ?? ""]),
  ]);

beforeAll(async () => {
  for (const { member } of members) writeFileSync(join(folder, `${member}.csv`), csvOf());
  await setStage(folder, children, members as unknown as readonly DemoList[]);
}, 120_000);

afterAll(async () => {
  await children.stopAll();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

describe("counts", { timeout: 240_000 }, () => {
  it("need lists of codes, which leave as such", async () => {
    for (const { member } of members) {
      const sent = await submit(member);
      expect({ code: sent.code, err: sent.err }).toEqual({ code: 0, err: "" });
      const said = JSON.parse(sent.out);
      expect(said).toMatchObject({ rows: 256, cases: 121 });
      expect(said.leaves.map(({ attribute }: { attribute: string }) => attribute)).toEqual([
        "sex",
        "nationality",
        "exploitation",
      ]);
      dataset.set(member, said.dataset);
    }
  });

  it("are not made of two organisations, nor by what there is not", async () => {
    const two = await ask(["shelter"], "--by", "sex");
    expect([two.code, two.err]).toEqual([3, expect.stringContaining("at least 2 other lists")]);
    const unknown = await ask(["shelter"], "--by", "height");
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("no attribute")]);
    const code = await ask(["shelter"], "--by", "sex", "--where", "nationality=Atlantis");
    expect([code.code, code.err]).toEqual([2, expect.stringContaining("no such code")]);
  });

  it("come as a table with noise, ranges, and nothing of what is rare", async () => {
    const csv = join(folder, "table.csv");
    const by = ["--by", "exploitation", "--and", "sex", "--csv", csv, "--json"];
    const asked = await ask(["shelter", "helpline"], ...by);
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: "" });
    const { cells, soundnessBits } = JSON.parse(asked.out);
    expect(soundnessBits).toBeGreaterThan(60);
    expect(cells.length).toBe(13 * 6);
    type Cell = { row: string; column: string; shown: boolean; noised: number; low: number };
    const shown = cells.filter((cell: Cell) => cell.shown);
    const named = shown.map(({ row, column }: Cell) => `${row} ${column}`);
    expect(named).toEqual([
      "ForcedLabour Masculine",
      "SexualExploitation Feminine",
      "ForcedBegging Masculine",
    ]);
    for (const { noised, low } of shown as Cell[]) {
      // Scale 4: beyond 120 once in 10^13.
      expect(Math.abs(noised - 180)).toBeLessThan(120);
      expect(low).toBeLessThan(noised);
    }
    const lines = readFileSync(csv, "utf8").trim().split("\r\n");
    expect(lines.length).toBe(1 + 13 * 6);
    expect(lines[0]).toBe("list,row,column,about,from,to,shown");
  });

  it("are made of one organisation by itself only if it has offered that", async () => {
    const each = ["--by", "sex", "--each", "--json"];
    const unasked = await ask(["shelter"], ...each);
    expect([unasked.code, unasked.err]).toEqual([3, expect.stringContaining("offer")]);
    const offer = ["provider", "offer", ...asMember("shelter"), "--dataset", "shelter-cases"];
    const offered = await symbolon([...offer, "--query", "count-each", "--to", "police"]);
    expect(offered.code).toBe(0);
    const asked = await ask(["shelter"], ...each);
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: "" });
    const { cells } = JSON.parse(asked.out);
    const shown = cells.filter(({ shown }: { shown: boolean }) => shown);
    expect(shown.map(({ list, row }: { list: string; row: string }) => `${list} ${row}`)).toEqual([
      "shelter-cases Feminine",
      "shelter-cases Masculine",
    ]);
  });

  it("are drawn as bars for people, with conditions", async () => {
    const asked = await ask(
      ["shelter", "helpline"],
      ...["--by", "sex", "--where", "nationality=Romania"],
    );
    // For people, progress is on standard error.
    expect(asked.code).toBe(0);
    expect(asked.out).toMatch(/Feminine {2}█+ (1[6-9]\d|20\d) \(\d+ to \d+\)/);
    expect(asked.out).not.toContain("Masculine");
    expect(asked.out).toContain("cells are not shown");
  });
});
