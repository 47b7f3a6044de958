import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { root, runNode, say } from "./spawn.mjs";

const LOCK = join(root, "package-lock.json");
const STAMP = join(root, "node_modules", ".symbolon-install");
/** What npm itself writes down about a finished installation. */
const INSTALLED = join(root, "node_modules", ".package-lock.json");

/** Installs from the lockfile, without scripts, if what is installed is not what it says. */
export async function ensureInstalled() {
  const wanted = createHash("sha256").update(readFileSync(LOCK)).digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return 0;
  if (!agreesWithLock()) {
    const npm = findNpm();
    if (npm === undefined) {
      say("npm was not found next to Node. Run `npm ci --ignore-scripts` once, then try again.");
      return 2;
    }
    say("Installing dependencies from the lockfile (once)…");
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const code = await runNode(npm, args, { quiet: true });
    if (code !== 0) {
      say("The installation failed. Check the network connection and run the command again.");
      return code;
    }
  }
  writeFileSync(STAMP, wanted);
  return 0;
}

/** Whether npm's own record of the installation has every package of the lockfile, same version. */
function agreesWithLock() {
  if (!existsSync(INSTALLED)) return false;
  const lock = JSON.parse(readFileSync(LOCK, "utf8")).packages;
  const installed = JSON.parse(readFileSync(INSTALLED, "utf8")).packages;
  return Object.entries(lock).every(([path, entry]) => {
    if (!path.startsWith("node_modules/")) return true;
    // A package of ours that came with a later version is linked by the installation too.
    if (entry.link) return existsSync(join(root, path, "package.json"));
    const found = installed[path];
    if (found === undefined) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** npm's program file: the npm that called us, else the one installed beside this Node. */
function findNpm() {
  const caller = process.env.npm_execpath;
  if (caller?.endsWith("npm-cli.js") && existsSync(caller)) return caller;
  const bin = dirname(process.execPath);
  const beside = [
    join(bin, "node_modules", "npm", "bin", "npm-cli.js"),
    join(bin, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => {
    const link = join(folder, "npm");
    return existsSync(link)
      ? [realpathSync(link), join(folder, "node_modules", "npm", "bin", "npm-cli.js")]
      : [];
  });
  return [...beside, ...onPath].find((file) => file.endsWith("npm-cli.js") && existsSync(file));
}
