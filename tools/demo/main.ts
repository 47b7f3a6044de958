import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KnownError } from "@symbolon/base/error";
import { Children } from "./children.js";
import { DemoError } from "./demo-error.js";
import { demoLists } from "./lists.js";
import { type DemoOptions, HELP, readOptions } from "./options.js";
import { runDemo } from "./run.js";
import { writeSandbox } from "./sandbox.js";
import { storyOn } from "./show.js";
import { keepResult } from "./stage.js";

/** Runs the demonstration in a folder of its own, which is gone afterwards. */
async function demo(options: DemoOptions): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbolon-demo-")));
  const children = new Children(folder);
  const remove = () => {
    if (!options.keep) rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", remove);
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      // It may come twice, from a terminal and from the program that started us.
      process.on(signal, () => reject(new DemoError("STOPPED", "stopped")));
    }
  });
  interrupted.catch(() => undefined);
  try {
    const lists = demoLists(options, folder);
    const story = storyOn(options.json ? undefined : process.stdout);
    const work = runDemo(options, folder, lists, children, story);
    work.catch(() => undefined);
    const result = await Promise.race([work, interrupted]);
    if (options.keep) keepResult(folder, result);
    if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else if (options.keep) story.step(`All files are kept in ${folder}`);
    if (result.oracle !== "agree") {
      throw new DemoError("ORACLE_DISAGREES", "the answer is not what the lists say in the clear");
    }
  } finally {
    await children.stopAll();
    remove();
  }
}

function showSandbox(folder: string, seed: number): void {
  for (const { path, rows } of writeSandbox(folder, seed)) {
    process.stdout.write(`${path}: ${rows.toLocaleString("en")}\n`);
  }
}

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options.help) process.stdout.write(HELP);
    else if (options.sandbox !== undefined) showSandbox(options.sandbox, options.seed);
    else await demo(options);
    return 0;
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    const cure = error.cure === "" ? "" : ` — ${error.cure}`;
    process.stderr.write(`demo: ${error.message}${cure}\n`);
    return error.code === "USAGE" ? 2 : 1;
  }
}

process.exitCode = await main();
