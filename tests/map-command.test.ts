import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratchFolder, symbolon } from "./support/program.js";

const LIST = `Case No,Given names,Family name,DOB,Sex,Type of exploitation,Notes
A1,Amina,Diallo,03/04/1999,F,Forced labour,very private
A2,José,García,12/11/1987,M,Slavery,more of it
A3,,,,,Slavery,nobody
`;
const folder = (list = LIST): string => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "list.csv"), list);
  return cwd;
};
const map = ["provider", "map", "list.csv", "--yes"];
const daysFirst = ["--answer", "date-order=day-first"];

it("guesses nothing: what is ambiguous is refused, with the answers that there are", async () => {
  const cwd = folder();
  const { code, err } = await symbolon(map, { cwd });
  expect(code).toBe(2);
  expect(err).toContain('"DOB" can be read in two ways');
  expect(err).toContain("--answer date-order=… with one of: day-first, month-first");
  const wrong = await symbolon([...map, "--answer", "date-order=sideways"], { cwd });
  expect(wrong.err).toContain('"sideways" is no answer to date-order');
});

it("makes a mapping once, by which lists are then read", async () => {
  const cwd = folder();
  const made = await symbolon([...map, ...daysFirst, "--rejects", "rejects.csv", "--json"], {
    cwd,
  });
  expect(made.code).toBe(0);
  expect(JSON.parse(made.out)).toMatchObject({ rows: 3, persons: 2, leftOut: 1, signed: false });
  for (const secret of ["Amina", "García", "private", "Slavery"]) {
    expect(made.out + made.err).not.toContain(secret);
  }
  expect(readFileSync(join(cwd, "rejects.csv"), "utf8")).toContain("nobody");

  const check = ["provider", "check", "list.csv", "--mapping", "mapping.json"];
  const checked = await symbolon([...check, "--json"], { cwd });
  expect(checked.code).toBe(0);
  expect(JSON.parse(checked.out)).toMatchObject({
    persons: 2,
    leaves: [
      { header: "Given names", field: "given" },
      { header: "Family name", field: "surname" },
      { header: "DOB", field: "birth-date" },
      { header: "Sex", field: "sex" },
    ],
    stays: ["Case No", "Type of exploitation", "Notes"],
  });

  const next = `${LIST.replace(",Notes", ",Notes,Passport").replaceAll(/,([^,\n]*)\n/g, ",$1,\n")}`;
  writeFileSync(join(cwd, "list.csv"), next.replace("Passport,", "Passport"));
  const drifted = await symbolon(check, { cwd });
  expect(drifted.code).toBe(0);
  expect(drifted.out).toContain('Note: The column "Passport" is new, and stays home.');
  const again = [...map, "--mapping", "mapping.json", "--out", "second.json", "--json"];
  const second = await symbolon(again, { cwd });
  expect(second.code).toBe(0);
  const { mapping } = JSON.parse(readFileSync(join(cwd, "second.json"), "utf8"));
  expect(mapping.columns).toContainEqual(
    expect.objectContaining({ from: "DOB", dateOrder: "dmy" }),
  );

  const twice = await symbolon([...check, "--country", "NL"], { cwd });
  expect(twice.code).toBe(2);
  writeFileSync(join(cwd, "list.csv"), LIST.replace("Family name", "Clan"));
  const other = await symbolon(check, { cwd });
  expect(other.code).toBe(1);
  expect(other.err).toContain('"Family name"');
});

it("is not overwritten, and not believed after it was changed", async () => {
  const cwd = folder();
  const path = join(cwd, "mapping.json");
  await symbolon([...map, ...daysFirst], { cwd });
  const again = await symbolon([...map, ...daysFirst], { cwd });
  expect(again.err).toContain("exists already");
  writeFileSync(path, readFileSync(path, "utf8").replace('"dmy"', '"mdy"'));
  const check = await symbolon(["provider", "check", "list.csv", "--mapping", path], { cwd });
  expect(check.code).toBe(1);
  expect(check.err).toContain("changed after it was made");
});

it("asks only where somebody can answer", async () => {
  const { code, err } = await symbolon(["provider", "map", "list.csv"], { cwd: folder() });
  expect(code).toBe(2);
  expect(err).toContain("nobody can be asked");
});
