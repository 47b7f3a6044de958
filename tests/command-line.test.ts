import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generateWorld } from "@symbolon/sim/people/world";
import { describe, expect, it } from "vitest";
import { root, scratchFolder, symbolon } from "./support/program.js";

const COMMANDS = [
  [],
  ["node"],
  ["node", "init"],
  ["node", "start"],
  ["node", "card"],
  ["node", "build"],
  ["provider"],
  ["provider", "init"],
  ["provider", "map"],
  ["provider", "check"],
  ["provider", "compare"],
  ["provider", "submit"],
  ["provider", "offer"],
  ["provider", "withdraw"],
  ["ask"],
  ["ask", "not-on-list"],
  ["ask", "matches"],
  ["ask", "shared-indicators"],
  ["ask", "count"],
  ["ask", "overlap"],
  ["explain"],
  ["status"],
  ["space"],
  ["space", "create"],
  ["space", "join"],
  ["space", "invite"],
  ["space", "use-case"],
  ["space", "propose"],
  ["space", "approve"],
  ["space", "agree"],
  ["space", "status"],
  ["space", "report"],
  ["log"],
  ["log", "verify"],
  ["log", "compare"],
  ["log", "witness-key"],
  ["log", "witness"],
  ["log", "receipt"],
  ["log", "keys"],
];

describe("symbolon", () => {
  it.each(COMMANDS.map((command) => [command.join(" ") || "symbolon", command] as const))(
    "%s explains itself",
    async (_name, command) => {
      const { code, out, err } = await symbolon([...command, "--help"]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toContain("Usage: symbolon");
    },
  );

  it.each([
    ["an unknown command", ["frobnicate"]],
    ["an unknown option", ["status", "--frobnicate"]],
    ["a missing option", ["status"]],
    ["a missing argument", ["provider", "check"]],
    ["a bad value", ["provider", "check", "x.csv", "--date-order", "sideways"]],
  ])("answers %s with exit code 2 and one line", async (_name, args) => {
    const { code, out, err } = await symbolon(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^symbolon: [^\n]+ — add --help [^\n]+\n$/);
    const json = await symbolon([...args, "--json"]);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out).error).toMatchObject({ code: "USAGE", exit: 2 });
  });

  it("answers a group without a command with its help and exit code 2", async () => {
    const { code, out, err } = await symbolon(["provider"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: symbolon provider");
  });

  it("makes an identity that only its owner can read, and never a second over it", async () => {
    const cwd = scratchFolder();
    const init = ["provider", "init", "--id", "home", "--name", "Home", "--class", "ngo"];
    const made = await symbolon([...init, "--dir", "."], { cwd });
    expect(made.code).toBe(0);
    const secret = JSON.parse(readFileSync(join(cwd, "identity.json"), "utf8"));
    const card = readFileSync(join(cwd, "member-card.json"), "utf8");
    expect(made.out + card).not.toContain(secret.signing.privateKey);
    if (process.platform !== "win32") {
      expect(statSync(join(cwd, "identity.json")).mode & 0o077).toBe(0);
    }
    const again = await symbolon([...init, "--dir", ".", "--json"], { cwd });
    expect(again.code).toBe(1);
    expect(JSON.parse(again.out).error.code).toBe("FILE_EXISTS");
    expect(JSON.parse(readFileSync(join(cwd, "identity.json"), "utf8"))).toEqual(secret);
  });
});

describe("a list that cannot be used", () => {
  const check = async (content: string | Uint8Array | undefined, ...args: string[]) => {
    const cwd = scratchFolder();
    if (content !== undefined) writeFileSync(join(cwd, "list.csv"), content);
    return symbolon(["provider", "check", "list.csv", ...args], { cwd });
  };
  const good = "first name,last name,date of birth\nAda,Lovelace,1815-12-10\n";

  it.each([
    ["a missing file", undefined, [], "there is no file list.csv"],
    ["an empty file", "", [], "empty"],
    ["no rows", "first name,last name,date of birth\n", [], "no rows"],
    ["the wrong delimiter", good, ["--delimiter", ";"], "one column"],
    ["an unknown heading", good, ["--map", "surname=family"], "all the headings"],
  ])("%s is named in one line with a cure", async (_name, content, args, reason) => {
    const { code, err } = await check(content, ...args);
    expect(code).toBe(1);
    expect(err).toContain(reason);
    expect(err.trim().split("\n").length).toBe(1);
    expect(err).toContain(" — ");
  });

  it("binary garbage is named, and nothing of it is printed", async () => {
    const garbage = Uint8Array.from({ length: 4096 }, (_, k) => (k * 197 + (k >> 3) * 31) % 256);
    const { code, err, out } = await check(garbage);
    expect(code).toBe(1);
    expect(err).not.toContain("bug");
    expect(out).toBe("");
  });

  it("a cell of a million characters costs that row only", async () => {
    const { code, out } = await check(`${good}${"x".repeat(1_000_000)},Hopper,1906-12-09\n`);
    expect(code).toBe(0);
    expect(out).toContain("1 person can be compared");
    expect(out).toContain("row 3");
    expect(out).not.toContain("xxxx");
  });

  it("a list of invented people shows what leaves and what stays, and no name", async () => {
    const world = generateWorld({ seed: 4, police: 40, ngos: [], shared: 0 });
    const { code, out } = await check(world.police.csv, "--json");
    expect(code).toBe(0);
    const seen = JSON.parse(out);
    expect(seen).toMatchObject({ persons: 40, stays: ["case number", "remarks"], rows: 256 });
    for (const row of world.police.rows.slice(1)) expect(out).not.toContain(row[1]);
  });
});

describe("what a process loads", () => {
  const loaded = async (args: readonly string[]): Promise<string[]> => {
    const cwd = scratchFolder();
    const log = join(cwd, "loaded.txt");
    const hooks = pathToFileURL(join(root, "tests", "support", "loaded-modules.mjs")).href;
    await symbolon(args, { cwd, env: { SYMBOLON_LOADED: log }, node: ["--import", hooks] });
    return existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  };
  const has = (modules: readonly string[], name: string) =>
    modules.some((url) => url.includes(`/packages/${name}/dist/`));

  it.each([
    [
      "provider init",
      ["provider", "init", "--id", "a", "--name", "A", "--class", "un"],
      "provider",
    ],
    ["provider check", ["provider", "check", "none.csv"], "provider"],
    ["ask", ["ask", "not-on-list"], "provider"],
    ["node init", ["node", "init", "--index", "0", "--name", "N", "--space-id", "s"], "node"],
    ["node start", ["node", "start", "--config", "none.toml"], "node"],
  ])("%s: never a node's and a provider's code together", async (_name, args, side) => {
    const where = ["--dir", "made", "--api", "127.0.0.1:1", "--peer", "127.0.0.1:2"];
    const ask = ["--space", "s", "--identity", "i", "--receipt", "r", "--list", "l"];
    const theirs = ["--theirs", `d@${"0".repeat(64)}/256`];
    const more: Record<string, string[]> = {
      init: args[0] === "node" ? where : where.slice(0, 2),
      "not-on-list": [...ask, ...theirs],
    };
    const modules = await loaded([...args, ...(more[args[1]] ?? [])]);
    const other = side === "node" ? "provider" : "node";
    expect(has(modules, "cli")).toBe(true);
    expect(has(modules, side)).toBe(true);
    expect(has(modules, other)).toBe(false);
  });

  it("help and status load neither", async () => {
    for (const args of [["--help"], ["status", "--space", "none.json"]]) {
      const modules = await loaded(args);
      expect(has(modules, "cli")).toBe(true);
      expect(has(modules, "node") || has(modules, "provider")).toBe(false);
    }
  });
});
