import {
  existsSync,
  linkSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { destroyFile, finishReplacing, replaceSecretFile } from "./secret-file.js";

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "symbolon-secret-"));
  path = join(dir, "secret");
  writeFileSync(path, "the old secret", { mode: 0o600 });
});
afterEach(() => rmSync(dir, { recursive: true }));

/** What lies where a file's bytes were, by a handle from before. */
const behind = (handle: number): string => {
  const bytes = Buffer.alloc(14);
  readSync(handle, bytes, 0, 14, 0);
  return bytes.toString("latin1");
};

describe("destroyFile", () => {
  it("overwrites the bytes before the name goes", () => {
    const handle = openSync(path, "r");
    destroyFile(path);
    expect(existsSync(path)).toBe(false);
    expect(behind(handle)).not.toContain("secret");
    destroyFile(path);
  });
});

describe("replaceSecretFile", () => {
  it("puts the new file in place and overwrites the old one", () => {
    const handle = openSync(path, "r");
    replaceSecretFile(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(behind(handle)).not.toContain("secret");
    expect(existsSync(`${path}.old`)).toBe(false);
  });

  it("keeps the file when it was cut off before the new one was there", () => {
    linkSync(path, `${path}.old`);
    finishReplacing(path);
    expect(readFileSync(path, "utf8")).toBe("the old secret");
    expect(existsSync(`${path}.old`)).toBe(false);
  });

  it("overwrites the old one when it was cut off after", () => {
    writeFileSync(`${path}.old`, "the old secret");
    const handle = openSync(`${path}.old`, "r");
    finishReplacing(path);
    expect(behind(handle)).not.toContain("secret");
    expect(existsSync(`${path}.old`)).toBe(false);
  });
});
