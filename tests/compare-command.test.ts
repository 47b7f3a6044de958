import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratchFolder, symbolon } from "./support/program.js";

const HEADINGS = "First name,Last name,Birth date,Sex,Nationality\n";
const OURS = `${HEADINGS}Amina,Diallo,1999-04-03,F,Senegal\nJosé,García,1987-11-12,M,Spain\n`;
const THEIRS = `${HEADINGS}Aminah,Diallo,1999-03-04,F,Senegal\nOksana,Koval,1987-11-12,F,Ukraine\n`;

const compare = async (...args: string[]) => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "ours.csv"), OURS);
  writeFileSync(join(cwd, "theirs.csv"), THEIRS);
  return symbolon(["provider", "compare", "ours.csv", ...args], { cwd });
};

it("shows field by field why two rows are one person, and no value", async () => {
  const { code, out, err } = await compare("2", "2", "--with", "theirs.csv");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/given +\+\d.* one edit apart/);
  expect(out).toMatch(/birth-date +\+\d.* day and month exchanged, or one slip/);
  expect(out).toMatch(/together +\+\d.*(almost certain|likely|possible)/);
  for (const value of ["Amina", "Diallo", "1999", "Senegal"]) expect(out).not.toContain(value);
  const json = await compare("2", "2", "--with", "theirs.csv", "--json");
  const { bits, steps } = JSON.parse(json.out);
  expect(steps.reduce((sum: number, step: { bits: number }) => sum + step.bits, 0)).toBe(bits);
});

it("says that two people are two, and which row is nobody", async () => {
  const strangers = await compare("3", "3", "--with", "theirs.csv");
  expect(strangers.out).toContain("not one person");
  const missing = await compare("2", "9");
  expect(missing.code).toBe(1);
  expect(missing.err).toContain("row 9 of ours.csv holds nobody");
  const wrong = await compare("two", "3");
  expect(wrong.code).toBe(2);
});
