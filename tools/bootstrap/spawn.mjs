import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The folder of the clone, whatever folder the command was called from. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * glibc's malloc asks Linux for pages of 2 MiB: long vectors come and go, and the first touch of
 * each fresh page of 4 KiB costs more than the work on it. Elsewhere it means nothing.
 */
const HUGE_PAGES = { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" };

/**
 * Runs a JavaScript file with this very Node, without a shell; resolves with its exit code.
 * Signals are passed on, so that Ctrl-C and a supervisor's stop reach the child once.
 * `quiet` sends what it prints to standard error, so that `--json` output stays one line.
 */
export function runNode(file, args, { env = {}, cwd = root, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], {
      cwd,
      env: { ...HUGE_PAGES, ...process.env, ...env },
      stdio: ["inherit", quiet ? 2 : "inherit", "inherit"],
    });
    // A terminal sends Ctrl-C to the whole group: the child has it already; we only wait for it.
    const waitOnly = () => {};
    const pass = (signal) => child.kill(signal);
    process.on("SIGINT", waitOnly);
    process.on("SIGTERM", pass);
    const settle = (finish) => (value, signal) => {
      process.removeListener("SIGINT", waitOnly);
      process.removeListener("SIGTERM", pass);
      finish(value, signal);
    };
    child.once("error", settle(reject));
    child.once(
      "exit",
      settle((code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143))),
    );
  });
}

/** A line for the person who waits; on standard error, so that output can be piped. */
export const say = (line) => process.stderr.write(`${line}\n`);
