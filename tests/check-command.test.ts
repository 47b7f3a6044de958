import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratchFolder, symbolon } from "./support/program.js";

const CASES = `Case,First name,Recruiter phone,Car,Traces
1,Ana,+31624681357,NL: AB-123-C,Alias: Boss Vittorio
2,Bo,06 2468 1358; 12,,Fax: 99
3,Cleo,,,
`;
const VALUES = /2468|AB-123|Vittorio|Ana|Cleo/;
const QUERY = ["--query", "shared-indicators"];

function folder(text: string) {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "list.csv"), text);
  return {
    run: (...words: string[]) => symbolon(["provider", ...words], { cwd }),
    read: (name: string) => readFileSync(join(cwd, name), "utf8"),
    write: (name: string, content: string) => writeFileSync(join(cwd, name), content),
  };
}

describe("provider check of a list of cases", { timeout: 120_000 }, () => {
  it("shows what leaves by kind, and which indicators connect nothing, by a mapping", async () => {
    const { run, read } = folder(CASES);
    const made = await run(
      ...[
        "map",
        "list.csv",
        "--yes",
        "--country",
        "NL",
        "--map",
        "indicator-phone=Recruiter phone",
      ],
      ...["--map", "indicator-plate=Car", "indicator-any=Traces"],
    );
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: "" });
    const checked = await run(
      ...["check", "list.csv", "--mapping", "mapping.json", ...QUERY, "--errors", "errors.csv"],
    );
    expect({ code: checked.code, err: checked.err }).toEqual({ code: 0, err: "" });
    expect(checked.out).toContain("list.csv: 3 cases");
    expect(checked.out).toContain('"Recruiter phone", as trace: phone');
    expect(checked.out).toContain('"First name"');
    expect(checked.out).toContain("1 case of which nothing would leave");
    expect(checked.out).toContain("at most 256 rows");
    expect(read("errors.csv").split("\r\n").slice(1, 3)).toEqual([
      expect.stringContaining("3,Recruiter phone,cell,INDICATOR_UNREADABLE,"),
      expect.stringContaining("3,Traces,cell,INDICATOR_TYPE_UNKNOWN,"),
    ]);
    expect(checked.out + read("errors.csv")).not.toMatch(VALUES);
    const plain = await run(
      ...["check", "list.csv", ...QUERY, "--country", "NL", "--json"],
      ...["--indicators", "phone=Recruiter phone", "plate=Car", "any=Traces"],
    );
    expect(JSON.parse(plain.out)).toMatchObject({ cases: 3, empty: 1, errors: 2, rows: 256 });
  });

  it("says how columns of indicators are named, and for which question", async () => {
    const { run } = folder(CASES);
    const unsaid = await run("check", "list.csv", ...QUERY);
    expect([unsaid.code, unsaid.err]).toEqual([2, expect.stringContaining("--indicators")]);
    const other = await run("check", "list.csv", "--indicators", "phone=Recruiter phone");
    expect([other.code, other.err]).toEqual([2, expect.stringContaining("shared-indicators")]);
  });
});

describe("rows to correct", { timeout: 120_000 }, () => {
  it("are written, corrected, and read in place of those of the list", async () => {
    const { run, read, write } = folder(
      "First name,DOB,Phone\nAna,31/02/1990,\nBo,1991,+31612345678\n",
    );
    const first = await run("check", "list.csv", "--rejects", "rejects.csv");
    expect(first.out).toContain("--corrected rejects.csv");
    write("fixed.csv", read("rejects.csv").replace("31/02/1990", "1990-02-28"));
    const second = await run("check", "list.csv", "--corrected", "fixed.csv", "--json");
    expect(JSON.parse(second.out)).toMatchObject({ persons: 2, errors: 0 });
    const wrong = await run("check", "list.csv", "--corrected", "list.csv");
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining("Line in the list")]);
  });
});

describe("provider map without questions", { timeout: 120_000 }, () => {
  it("names all answers that are missing at once", async () => {
    const { run } = folder("Name,DOB\nAna Silva,03/04/1999\nBo Li,05/06/87\n");
    const { code, err } = await run("map", "list.csv", "--yes");
    expect(code).toBe(2);
    for (const question of ["date-order", "short-years", "name-order"]) {
      expect(err).toContain(`--answer ${question}=…`);
    }
  });

  it("takes what is said of columns beforehand, and the row of the headings", async () => {
    const { run, read } = folder("a,b\nx,y\nvon mir,wann\nAna,1990-01-02\n");
    const made = await run(
      ...["map", "list.csv", "--yes", "--header-row", "3"],
      ...["--map", "given=von mir", "birth-date=WANN"],
    );
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(read("mapping.json")).mapping.columns).toMatchObject([
      { from: "von mir", to: "prs_FirstName" },
      { from: "wann", to: "prs_Birthdate" },
    ]);
    const checked = await run("check", "list.csv", "--mapping", "mapping.json", "--json");
    expect(JSON.parse(checked.out)).toMatchObject({ persons: 1, errors: 0 });
    const shoe = await run("map", "list.csv", "--yes", "--map", "shoe=wann");
    expect([shoe.code, shoe.err]).toEqual([1, expect.stringContaining("could mean")]);
  });
});
