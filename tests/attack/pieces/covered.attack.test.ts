import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { INNER, isInner } from "../long/inner.js";
import { PIECES } from "./pieces.js";

const SOURCES = fileURLToPath(new URL("../../../packages/mpc/src", import.meta.url));
const FOLDERS = ["protocol", "circuit", "table", "linkage", "verify"];

/** Files that take a context and yet are no protocol; each with the reason. */
const NO_PROTOCOL: Readonly<Record<string, string>> = {
  "circuit/planes": "lays out what a party already holds; nobody sends anything",
  "linkage/list": "lays out what a party already holds; nobody sends anything",
};

/** A file in which parties talk: some function of it takes a context. */
const isProtocol = (path: string): boolean =>
  /\b(ctx|step): Context\b/.test(readFileSync(join(SOURCES, `${path}.ts`), "utf8"));

const protocols = FOLDERS.flatMap((folder) =>
  readdirSync(join(SOURCES, folder))
    .filter((name) => /(?<!\.(test|bench|contract))\.ts$/.test(name))
    .map((name) => `${folder}/${name.slice(0, -3)}`),
).filter(isProtocol);

describe("the attacked pieces", () => {
  it.each(protocols)("%s is covered by one", (path) => {
    const covering = PIECES.filter(({ covers }) => covers.includes(path));
    expect(covering.length > 0 || path in NO_PROTOCOL).toBe(true);
  });

  it("have names of their own and cover files that exist", () => {
    expect(new Set(PIECES.map(({ name }) => name)).size).toBe(PIECES.length);
    const covered = PIECES.flatMap(({ covers }) => covers);
    expect(covered.filter((path) => !protocols.includes(path))).toEqual([]);
  });

  it("leave inner protocols to pieces that there are", () => {
    const names = PIECES.map(({ name }) => name);
    for (const owner of INNER.flatMap(({ owners }) => owners)) expect(names).toContain(owner);
    const gates = "attack/join/sort/level-1/and/message";
    expect(["sort", "join"].map((name) => isInner(name, gates))).toEqual([false, true]);
  });
});
