import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateWorld } from "@symbolon/sim/people/world";
import { describe, expect, it } from "vitest";
import { root, runFile, scratchFolder } from "./support/program.js";

const BOOTSTRAP = join(root, "tools", "bootstrap.mjs");
const MS_MAX = 240_000;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const demoFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("symbolon-demo-"));

describe("README.md", () => {
  it("has exactly the two commands, and both are words of the bootstrap", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block.trim());
    expect(blocks).toEqual(["npm run demo", "npm test"]);
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(scripts.demo).toBe("node tools/bootstrap.mjs demo");
    expect(scripts.test).toBe("node tools/bootstrap.mjs test");
  });
});

describe("npm run demo", () => {
  it("gives five names that the oracle agrees with, and leaves nothing behind", {
    timeout: MS_MAX,
  }, async () => {
    const before = demoFolders();
    const { code, out, err } = await runFile(BOOTSTRAP, ["demo", "--json"]);
    expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
    expect(out.trim().split("\n").length).toBe(1);
    const result = JSON.parse(out);
    expect(new Set(result.names).size).toBe(5);
    expect(result).toMatchObject({ oracle: "agree", wrong: 0 });
    expect(result.soundnessBits).toBeGreaterThanOrEqual(60);
    expect(new Set(result.processes).size).toBe(3);
    expect(result.processes.some(isAlive)).toBe(false);
    expect(result.bytesPerLink.length).toBe(6);
    expect(Math.min(...result.bytesPerLink)).toBeGreaterThan(0);
    expect(result.inputs.length).toBe(4);
    // The second act: persons whom three lists know together, beside what is exact.
    const { cells, deviation, persons, rows, hidden } = result.counts;
    expect(result.counts).toMatchObject({ by: ["exploitation", "country"], oracle: "agree" });
    expect(result.counts.soundnessBits).toBeGreaterThanOrEqual(60);
    expect(persons).toBeLessThan(rows);
    expect(cells.length + hidden).toBeGreaterThan(1000);
    // Noise hides every cell once in some 2,000 runs.
    expect(cells.length).toBeGreaterThan(0);
    for (const { noised, exact, truth } of cells) {
      expect(Math.abs(noised - exact)).toBeLessThanOrEqual(16 * deviation);
      // Of the people of a cell some records say nothing, or something else.
      expect(Math.abs(exact - truth)).toBeLessThan(0.3 * truth + 5);
    }
    expect(demoFolders()).toEqual(before);
  });

  it("takes anyone's files, and never shows more than the asker's own people", {
    timeout: MS_MAX,
  }, async () => {
    const world = generateWorld({ seed: 11, police: 90, ngos: [60, 50], shared: 0.3 });
    const folder = scratchFolder();
    const lists = [world.police, ...world.ngos];
    const paths = lists.map(({ name, csv }) => {
      writeFileSync(join(folder, `${name}.csv`), csv);
      return join(folder, `${name}.csv`);
    });
    const [asker, ...others] = paths;
    const files = ["--asker", asker, ...others.flatMap((path) => ["--list", path])];
    const { code, out, err } = await runFile(BOOTSTRAP, ["demo", "--json", ...files]);
    expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
    const result = JSON.parse(out);
    const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
    expect(result.inputs).toEqual(paths.map(digest));
    expect(result.oracle).toBe("agree");
    expect(result.counts).toBeUndefined();
    const [headings, ...rows] = world.police.rows;
    const [given, surname] = ["given name", "surname"].map((name) => headings.indexOf(name));
    const own = new Set(rows.map((row) => `${row[given]} ${row[surname]}`));
    expect(result.names.length).toBe(5);
    expect(result.names.filter((name: string) => !own.has(name))).toEqual([]);
  });

  it("names a missing file and a lonely option, before anything starts", async () => {
    for (const args of [
      ["--asker", "none.csv", "--list", "none.csv"],
      ["--asker", "a.csv"],
    ]) {
      const { code, out, err } = await runFile(BOOTSTRAP, ["demo", ...args]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^demo: .* — npm run demo -- --help/m);
    }
    expect(existsSync("none.csv")).toBe(false);
  });
});
