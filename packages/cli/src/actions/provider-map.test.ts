import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { Prompt } from "./map/prompt.js";
import { providerMap } from "./provider-map.js";

const LIST = `Wie,Wanneer,E-mial,Status,Opmerking
Ada Boateng,03/04/1991,a@b.org,Lopend,private
Zoë Jansen,05/06/87,c@d.org,Lopend,secret
`;

/** Runs the dialogue with answers typed ahead; gives back what was shown and written. */
async function dialogue(list: string, answers: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "symbolon-map-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string) => join(folder, name);
  writeFileSync(file("list.csv"), list);
  const shown: string[] = [];
  const left = [...answers];
  const prompt: Prompt = {
    say: async (lines) => void shown.push(...lines),
    ask: async (question) => {
      const answer = left.shift();
      if (answer === undefined) throw new Error(`nothing was typed for: ${question}`);
      shown.push(`${question}${answer}`);
      return answer;
    },
    close: () => undefined,
  };
  const silent = () => undefined;
  const output = {
    ...{ json: false, line: silent, result: silent, note: silent },
    ...{ progress: silent, error: silent },
  };
  const options = { out: file("mapping.json") };
  await providerMap(
    file("list.csv"),
    options,
    { output, signal: new AbortController().signal },
    prompt,
  );
  const { mapping } = JSON.parse(readFileSync(file("mapping.json"), "utf8"));
  return { mapping, left, shown: shown.join("\n") };
}

it("asks what is not sure, and writes down what was said", async () => {
  const { mapping, left, shown } = await dialogue(LIST, [
    "1", // what looks like dates is the date of birth
    "y", // E-mial is nearly a known heading
    "1", // the first column
    "whole name",
    "1",
    "", // the columns are right
    "1", // day first
    "2", // adults
    "1", // given name first
    "", // show the values
    "i", // Lopend says nothing
    "y", // write it
  ]);
  expect(left).toEqual([]);
  expect(mapping.columns).toMatchObject([
    { from: "Wie", to: "full-name", nameOrder: "given-first" },
    { from: "Wanneer", to: "prs_Birthdate", dateOrder: "dmy" },
    { from: "E-mial", to: "prs_Email" },
    { from: "Status", to: "cas_Status", ignore: ["Lopend"] },
  ]);
  expect(mapping.stays).toEqual(["Opmerking"]);
  expect(shown).toContain("Aaa Aaaaaaa");
  for (const secret of ["Boateng", "Jansen", "private"]) expect(shown).not.toContain(secret);
});

it("writes nothing unless somebody agrees", async () => {
  const list = "First Name,Last Name\nA,B\n";
  await expect(dialogue(list, ["", "n"])).rejects.toMatchObject({ code: "CANCELLED" });
});
