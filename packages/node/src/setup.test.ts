import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { PARTIES } from "@symbolon/base/id";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildHashOf } from "./build-hash.js";
import { readConfig } from "./config.js";
import { initNode } from "./init.js";
import { allowedFields, createLog, type LogFields } from "./log.js";
import { SetupError } from "./node-error.js";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "symbolon-setup-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const init = (index: 0 | 1 | 2) =>
  initNode({
    index,
    name: `Node ${index}`,
    space: "north",
    dir: join(dir, `${index}`),
    api: { host: "127.0.0.1", port: 7443 + index },
    peer: { host: "::1", port: 7543 + index },
    spaceFile: "../space.json",
    now: Date.now(),
  });

/** Three nodes with self-signed certificates and a space file that lists them. */
async function threeNodes() {
  const made = [await init(0), await init(1), await init(2)];
  const nodes = made.map(({ card }) => card);
  const space = { version: 1, id: "north", name: "The north", nodes, members: [], builds: [] };
  writeFileSync(join(dir, "space.json"), JSON.stringify(space));
  return made;
}
const configOf = (index: number) => join(dir, `${index}`, "node.toml");
const rewrite = (path: string, from: string | RegExp, to: string) =>
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
const refusal = (work: () => unknown): SetupError => {
  try {
    work();
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
  throw new Error("was not refused");
};

describe("initNode and readConfig", () => {
  it("make a node that can be read back, with secrets only in the key file", async () => {
    const made = await threeNodes();
    for (const index of PARTIES) {
      const config = readConfig(configOf(index));
      expect(config).toMatchObject({ index, name: `Node ${index}`, peer: { host: "::1" } });
      expect(config.limits.rows).toBe(65_536);
      expect(statSync(made[index].keyFile).mode & 0o777).toBe(0o600);
      for (const shown of [inspect(config, { depth: 9 }), JSON.stringify(config)])
        expect(shown).not.toMatch(/PRIVATE KEY|"storage"/);
      expect(readFileSync(made[index].cardFile, "utf8")).not.toMatch(/PRIVATE/);
    }
    expect(made[1].card.peer).toBe("[::1]:7544");
  });

  it("never overwrite a node", async () => {
    await init(0);
    await expect(init(0)).rejects.toMatchObject({ code: "KEYS_EXIST" });
    rmSync(configOf(0));
    await expect(init(0)).rejects.toMatchObject({ code: "KEYS_EXIST" });
  });

  it("never make new keys for a node whose keys were moved elsewhere", async () => {
    const { keyFile } = await init(0);
    rmSync(keyFile);
    await expect(init(0)).rejects.toThrow("there is a node already in");
    expect(existsSync(keyFile)).toBe(false);
  });

  it.each([
    ["signing key", "signingKey"],
    ["certificate", "certificate"],
  ] as const)("refuse a space file that lists another %s for this node", async (what, field) => {
    const made = await threeNodes();
    const [own, other] = made.map(({ card }) => JSON.stringify(card[field]).slice(1, -1));
    const path = join(dir, "space.json");
    const swapped = readFileSync(path, "utf8").replace(own, "\0").replace(other, own);
    writeFileSync(path, swapped.replace("\0", other));
    const error = refusal(() => readConfig(configOf(0)));
    expect(error.code).toBe("KEYS_DIFFER");
    expect(error.message).toContain(`another ${what} for node 0`);
  });

  it.each([
    ["KEYS_IN_DATA", "keys/node-keys.json", "."],
    ["KEYS_IN_DATA", "keys/node-keys.json", "keys"],
    ["DATA_IN_KEYS", "keys/node-keys.json", "keys/data/of/the/node"],
    ["KEYS_IN_DATA", "keys/node-keys.json", "way"],
    ["DATA_IN_KEYS", "keys/node-keys.json", "way/keys/data"],
    ["KEYS_IN_DATA", "way/keys/node-keys.json", "keys"],
    ["DATA_IN_KEYS", "link.json", "keys/data"],
  ])("refuse with %s keys in %s and data in %s", async (code, keys, data) => {
    await threeNodes();
    symlinkSync(join(dir, "0"), join(dir, "0", "way"));
    symlinkSync(join(dir, "0", "keys", "node-keys.json"), join(dir, "0", "link.json"));
    rewrite(configOf(0), 'data = "data"', `data = "${data}"`);
    rewrite(configOf(0), 'keys = "keys/node-keys.json"', `keys = "${keys}"`);
    const error = refusal(() => readConfig(configOf(0)));
    expect(error.code).toBe(code);
    expect(error.cure).toMatch(/folder of|folder of keys/);
  });

  it("take names that only begin alike, and a data directory that is not there yet", async () => {
    await threeNodes();
    rewrite(configOf(0), 'data = "data"', 'data = "keys-and-more/..data"');
    expect(readConfig(configOf(0)).dataDir).toMatch(/keys-and-more/);
  });

  it.skipIf(process.platform === "win32")("refuse keys that others can read", async () => {
    const made = await threeNodes();
    chmodSync(made[0].keyFile, 0o640);
    expect(refusal(() => readConfig(configOf(0)))).toMatchObject({
      code: "KEYS_EXPOSED",
      cure: expect.stringMatching(/^run: chmod 600/),
    });
  });

  it.each([
    ["index = 0", "index = 3", "CONFIG_INVALID", /`index`/],
    ["index = 0", "index = 1", "KEYS_DIFFER", /another name for node 1/],
    ['name = "Node 0"', 'name = "Other"', "KEYS_DIFFER", /name/],
    ["port = 7443", 'port = "7443"', "CONFIG_INVALID", /`api.port`/],
    ["port = 7543", "port = 99999", "CONFIG_INVALID", /`peer.port`/],
    ['data = "data"', 'data = "data"\ncolour = 1', "CONFIG_INVALID", /colour/],
    ['data = "data"', "", "CONFIG_INVALID", /`data`/],
    [
      'data = "data"',
      'data = "data"\n[budget.each]\nepsilon = "1.5"',
      "CONFIG_INVALID",
      /fraction/,
    ],
    ['data = "data"', 'data = "data"\n[budget.each]\nepsilon = 1', "CONFIG_INVALID", /budget/],
    ['data = "data"', 'data = "data"\n[keep]\ndatasetDays = 0', "CONFIG_INVALID", /datasetDays/],
    ['data = "data"', 'data = "', "CONFIG_INVALID", /is not TOML/],
    ['data = "data"', 'data = "data"\nbuilds = ["x"]', "CONFIG_INVALID", /`builds.0`/],
    ["keys/node-keys.json", "keys/other.json", "KEYS_UNREADABLE", /ENOENT/],
    ["../space.json", "../none.json", "SPACE_UNREADABLE", /ENOENT/],
  ])("say what is wrong when %j becomes %j", async (from, to, code, message) => {
    await threeNodes();
    rewrite(configOf(0), from, to);
    const error = refusal(() => readConfig(configOf(0)));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.cure).not.toBe("");
  });

  it("say what is wrong with the key file and the space file", async () => {
    const made = await threeNodes();
    rewrite(join(dir, "space.json"), '"api"', '"apo"');
    expect(refusal(() => readConfig(configOf(0))).message).toMatch(/\$\.nodes\[0\]/);
    await rewriteSpaceBack();
    writeFileSync(made[0].keyFile, "{}");
    expect(refusal(() => readConfig(configOf(0)))).toMatchObject({ code: "KEYS_UNREADABLE" });
    writeFileSync(made[0].keyFile, "\0\0");
    expect(refusal(() => readConfig(configOf(0))).message).toMatch(/is not JSON/);
    expect(refusal(() => readConfig(join(dir, "none.toml"))).code).toBe("CONFIG_UNREADABLE");
  });

  const rewriteSpaceBack = async () => rewrite(join(dir, "space.json"), '"apo"', '"api"');
});

describe("log", () => {
  it("writes allowed fields only, whatever is handed to it", () => {
    const lines: string[] = [];
    const log = createLog("info", { write: (line) => lines.push(line) });
    const smuggled = { run: "r1", name: "Anna", reason: { name: "Anna" }, code: "x".repeat(999) };
    log.info("event", smuggled as unknown as LogFields);
    expect(lines.join()).not.toMatch(/Anna/);
    const line = JSON.parse(lines[0]);
    expect(Object.keys(line).sort()).toEqual(["code", "level", "msg", "run", "time"]);
    expect(line.code).toHaveLength(300);
    expect(allowedFields({ status: 200 })).toEqual({ status: 200 });
  });
});

describe("buildHashOf", () => {
  it("depends on every compiled file and on nothing else", async () => {
    const { mkdirSync } = await import("node:fs");
    for (const name of ["node/dist/sub", "mpc/dist", "mpc/src", "portal/dist"])
      mkdirSync(join(dir, name), { recursive: true });
    const put = (path: string, text: string) => writeFileSync(join(dir, path), text);
    put("node/dist/sub/a.js", "1");
    put("mpc/dist/b.js", "2");
    const first = buildHashOf(dir);
    put("mpc/src/c.ts", "x");
    put("mpc/dist/b.js.map", "x");
    put("portal/dist/p.js", "x");
    expect(buildHashOf(dir)).toBe(first);
    put("mpc/dist/b.js", "3");
    const second = buildHashOf(dir);
    expect(second).not.toBe(first);
    put("mpc/dist/d.js", "");
    expect(buildHashOf(dir)).not.toBe(second);
  });
});
