import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Children } from "../tools/demo/children.js";
import type { DemoList } from "../tools/demo/lists.js";
import { type Stage, setStage } from "../tools/demo/stage.js";
import { symbolon } from "./support/program.js";

/** A police unit, a shelter and a helpline, whose cases share traces: the real commands. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbolon-test-")));
const children = new Children(folder);
const members = [
  { member: "police", name: "Police unit", class: "police" },
  { member: "shelter", name: "Harbour Shelter", class: "ngo" },
  { member: "helpline", name: "Helpline", class: "ngo" },
] as const;
type Name = (typeof members)[number]["member"];

/** Columns: case, phones, other traces with their kind before them. */
const LISTS: Readonly<Record<Name, string>> = {
  police:
    "Case,Phones,Traces\n" +
    'P-1,"+31 6 24681357; +31 6 99887761",Plate: NL AB-123-C\n' +
    "P-2,0000000,Online handle: @lola_star99\n" +
    "P-3,,Alias: Boss Vitorio\n",
  shelter:
    "Case,Phones,Traces\nS-1,06 24681357,Handle: instagram.com/lola_star99\nS-2,+44 7700 912345,\n",
  helpline: 'Case,Phones,Traces\nH-1,0031624681357,"Alias: Madame Vittorio; Handle: lola_star99"\n',
};
const QUERY = ["--query", "shared-indicators"];
const dataset = new Map<Name, string>();
const asMember = (member: Name) => [
  ...["--space", join(folder, "space.json")],
  ...["--identity", join(folder, member, "identity.json")],
];
const submit = (member: Name, ...more: string[]) =>
  symbolon([
    ...["provider", "submit", join(folder, `${member}.csv`), "--json", "--yes", ...QUERY],
    ...["--dataset", `${member}-cases`, "--to", "police", ...asMember(member)],
    ...["--receipt", join(folder, member, "receipt.json"), ...more],
  ]);
const COLUMNS = ["--indicators", "phone=Phones", "any=traces"];
const ask = (...theirs: Name[]) =>
  symbolon([
    ...["ask", "shared-indicators", "--json", "--list", join(folder, "police.csv")],
    ...["--receipt", join(folder, "police", "receipt.json"), ...asMember("police")],
    ...theirs.flatMap((name) => ["--theirs", dataset.get(name) ?? ""]),
  ]);

let stage: Stage;
beforeAll(async () => {
  for (const { member } of members) writeFileSync(join(folder, `${member}.csv`), LISTS[member]);
  stage = await setStage(folder, children, members as unknown as readonly DemoList[]);
}, 120_000);

afterAll(async () => {
  await children.stopAll();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

describe("shared indicators", { timeout: 240_000 }, () => {
  it("are not sent before somebody has said which columns hold them", async () => {
    const unsaid = await submit("police");
    expect(unsaid.code).toBe(2);
    expect(unsaid.err).toContain("--indicators");
    const unknown = await submit("police", "--indicators", "fax=Phones");
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("no kind")]);
    const missing = await submit("police", "--indicators", "phone=Fax");
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('no column "Fax"')]);
  });

  it("are sent as lists of cases", async () => {
    expect(stage.nodes.length).toBe(3);
    for (const { member } of members) {
      const sent = await submit(member, ...COLUMNS);
      expect({ code: sent.code, err: sent.err }).toEqual({ code: 0, err: "" });
      const said = JSON.parse(sent.out);
      expect(said).toMatchObject({ rows: 256, cases: LISTS[member].split("\n").length - 2 });
      dataset.set(member, said.dataset);
    }
  });

  it("are not asked about one other list, whose count would say who it is", async () => {
    const asked = await ask("shelter");
    expect([asked.code, asked.err]).toEqual([3, expect.stringContaining("at least 2 other lists")]);
  });

  it("are counted, by case and kind of evidence, for the asker's own cases", async () => {
    const asked = await ask("shelter", "helpline");
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: "" });
    const { cases, soundnessBits } = JSON.parse(asked.out);
    expect(soundnessBits).toBeGreaterThan(60);
    expect(
      cases.map(({ line, shared }: { line: number; shared: unknown }) => [line, shared]),
    ).toEqual([
      [
        2,
        [
          { evidence: "contact", how: "exact", organisations: 1 },
          { evidence: "contact", how: "near", organisations: 2 },
        ],
      ],
      [
        3,
        [
          { evidence: "contact", how: "exact", organisations: 2 },
          { evidence: "contact", how: "near", organisations: 2 },
        ],
      ],
      [4, [{ evidence: "alias", how: "near", organisations: 1 }]],
    ]);
    expect((await ask("shelter", "helpline")).code).toBe(3);
  });
});
