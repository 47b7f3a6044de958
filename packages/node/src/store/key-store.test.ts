import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diskFolder, memoryFolder, type SecretFolder } from "../identity/secret-folder.js";
import { KeyStore } from "./key-store.js";
import { openBytes } from "./sealed-bytes.js";

const KEY = Uint8Array.from({ length: 32 }, (_, k) => k);
const OTHER = new Uint8Array(64).fill(7);
const two = () =>
  new Map([
    ["column a", KEY],
    ["selection r", OTHER],
  ]);

let dir: string;
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), "symbolon-keys-")), "keys");
});
afterEach(() => rmSync(join(dir, ".."), { recursive: true }));

describe("KeyStore", () => {
  it("keeps keys and the ledger's mark across a restart, in files for the owner only", () => {
    const keys = new KeyStore(diskFolder(dir));
    keys.put(two());
    keys.markLedger({ size: 3, root: "f".repeat(64) });
    const again = new KeyStore(diskFolder(dir));
    expect(again.names()).toEqual(["column a", "selection r"]);
    expect([again.get("column a"), again.get("selection r")]).toEqual([KEY, OTHER]);
    expect(again.ledger).toEqual({ size: 3, root: "f".repeat(64) });
    expect(again.get("constructor")).toBeUndefined();
    for (const name of readdirSync(dir)) {
      expect(statSync(join(dir, name)).mode & 0o077).toBe(0);
      expect(readFileSync(join(dir, name)).includes(Buffer.from(KEY).toString("base64"))).toBe(
        false,
      );
    }
  });

  it("after a destruction opens no older copy of the wrapped keys with what is left", () => {
    const keys = new KeyStore(diskFolder(dir));
    keys.put(two());
    const copy = JSON.parse(readFileSync(join(dir, "data-keys.json"), "utf8"));
    const wrapped = new Map<string, string>(copy.keys);
    const opens = (storageKey: string) => () =>
      openBytes(
        Buffer.from(storageKey, "base64"),
        Buffer.from(wrapped.get("column a") as string, "base64"),
        "symbolon key column a",
      );
    const storageFiles = () => readdirSync(dir).filter((name) => name.startsWith("storage-"));
    expect(storageFiles()).toEqual(["storage-1.key"]);
    const first = readFileSync(join(dir, "storage-1.key"), "utf8");
    expect(opens(first)()).toEqual(KEY);
    keys.destroy(["column a", "never there"]);
    expect(storageFiles()).toEqual(["storage-2.key"]);
    expect(opens(readFileSync(join(dir, "storage-2.key"), "utf8"))).toThrow(/does not open/);
    expect(keys.has("column a")).toBe(false);
    expect(new KeyStore(diskFolder(dir)).get("selection r")).toEqual(OTHER);
    keys.destroy(["column a"]);
    expect(storageFiles()).toEqual(["storage-2.key"]);
  });

  it("opens after a crash at any write, with what was before or after, and one storage key", () => {
    for (let at = 1; at <= 12; at += 1) {
      const files = new Map<string, string>();
      let left = at;
      const crash = (): void => {
        left -= 1;
        if (left === 0) throw new Error("power is gone");
      };
      const plain = memoryFolder(files);
      const mortal: SecretFolder = {
        ...plain,
        write: (name, text) => {
          crash();
          plain.write(name, text);
        },
        destroy: (name) => {
          crash();
          plain.destroy(name);
        },
      };
      const done: string[] = [];
      try {
        const keys = new KeyStore(mortal);
        keys.put(two());
        done.push("put");
        keys.destroy(["column a"]);
        done.push("destroy");
      } catch (error) {
        expect((error as Error).message).toBe("power is gone");
      }
      const again = new KeyStore(memoryFolder(files));
      if (done.includes("put")) expect(again.get("selection r")).toEqual(OTHER);
      if (done.includes("destroy")) expect(again.has("column a")).toBe(false);
      for (const name of again.names()) expect(again.get(name)).toEqual(two().get(name));
      expect([...files.keys()].filter((name) => name.endsWith(".key"))).toHaveLength(1);
    }
  });

  it("goes on after a write that failed, and leaves no old storage key behind", () => {
    for (const fails of ["write storage", "write data", "destroy storage"]) {
      const files = new Map<string, string>();
      const plain = memoryFolder(files);
      let isFull = false;
      const full = (what: string): void => {
        if (isFull && what.startsWith(fails)) throw new Error("the disk is full");
      };
      const keys = new KeyStore({
        ...plain,
        write: (name, text) => {
          full(`write ${name}`);
          plain.write(name, text);
        },
        destroy: (name) => {
          full(`destroy ${name}`);
          plain.destroy(name);
        },
      });
      keys.put(two());
      isFull = true;
      expect(() => keys.destroy(["column a"])).toThrow("the disk is full");
      if (fails !== "destroy storage") expect(keys.get("column a")).toEqual(KEY);
      isFull = false;
      keys.markLedger({ size: 1, root: "f".repeat(64) });
      expect(new KeyStore(memoryFolder(new Map(files))).get("selection r")).toEqual(OTHER);
      keys.destroy(["column a"]);
      expect([...files.keys()].filter((name) => name.endsWith(".key"))).toHaveLength(1);
      expect(new KeyStore(memoryFolder(files)).names()).toEqual(["selection r"]);
    }
  });

  it.each([
    ["data-keys.json", "{"],
    ["data-keys.json", `{"version":1,"generation":1,"keys":[["a","***"]],"ledger":null}`],
    ["storage-1.key", "c2hvcnQ="],
  ])("says that %s is damaged", (name, text) => {
    const files = new Map<string, string>();
    new KeyStore(memoryFolder(files)).put(two());
    files.set(name, text);
    expect(() => new KeyStore(memoryFolder(files))).toThrow(`${name} in memory is missing or`);
    files.delete("storage-1.key");
    expect(() => new KeyStore(memoryFolder(files))).toThrow(/missing or damaged/);
  });

  it.skipIf(process.platform === "win32")("refuses files that others can read", async () => {
    new KeyStore(diskFolder(dir));
    const { chmodSync } = await import("node:fs");
    chmodSync(join(dir, "storage-1.key"), 0o644);
    expect(() => new KeyStore(diskFolder(dir))).toThrow(/others on this machine can read/);
  });
});
