#!/usr/bin/env node
// The door of every command: `npm run <word>`. Only Node's built-ins, so that it works on a fresh
// clone; it installs from the lockfile and compiles what is missing or stale, then runs the word.

const FLOOR = [20, 19];
const version = process.versions.node.split(".").map(Number);

if (version[0] < FLOOR[0] || (version[0] === FLOOR[0] && version[1] < FLOOR[1])) {
  process.stderr.write(
    `Symbolon needs Node ${FLOOR.join(".")} or newer, this is ${process.versions.node}. ` +
      "Install Node 24 (LTS) from https://nodejs.org and run the command again.\n",
  );
  process.exitCode = 2;
} else {
  const { runWord } = await import("./bootstrap/words.mjs");
  process.exitCode = await runWord(process.argv[2] ?? "", process.argv.slice(3));
}
