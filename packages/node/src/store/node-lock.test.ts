import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lockKeys } from "./node-lock.js";

it("lets one process at a time have a folder of keys", () => {
  const dir = mkdtempSync(join(tmpdir(), "symbolon-lock-"));
  const release = lockKeys(dir);
  expect(() => lockKeys(dir)).toThrow("another process of this node uses the keys");
  release();
  lockKeys(dir)();
  if (process.platform !== "win32")
    expect(statSync(join(dir, "running.lock")).mode & 0o077).toBe(0);
  rmSync(dir, { recursive: true });
});
