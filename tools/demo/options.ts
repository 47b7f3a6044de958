import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { DemoError } from "./demo-error.js";

export interface DemoOptions {
  /** Files of one's own; invented lists without them. */
  readonly files: { readonly asker: string; readonly lists: readonly string[] } | undefined;
  readonly seed: number;
  readonly riskMax: string;
  readonly json: boolean;
  readonly keep: boolean;
  /** Folder into which the sandbox's lists are written instead of a demonstration. */
  readonly sandbox: string | undefined;
  readonly help: boolean;
}

export const HELP = `Usage: npm run demo [-- options]

Three nodes on this computer, one police list and three NGO lists of invented people, and the
question: which five names of ours does none of you know? Then the three NGOs count the persons
whom they know together, by type and country (without --asker and --list).

Options:
  --asker <file>      a list of your own instead of the police list
  --list <file>       a list of your own instead of an NGO list; once for each list
  --seed <number>     another invented world
  --risk-max <share>  highest chance that a picked name is on a list which the NGOs sign
  --json              one line of JSON instead of the story
  --keep              keep the folder with all files of the demonstration
  --sandbox <folder>  only write the lists of seven invented organisations, their cases as
                      JSON, and truth.json into a folder
  --help              show this text

Lists are XLSX, ODS, CSV or JSON files whose first row names the columns. All of it stays on this
computer.
`;

/** What the NGOs of the demonstration sign, unless it is said otherwise. */
const RISK_MAX = "0.1%";

/** Reads the command line. Throws `DemoError` USAGE. */
export function readOptions(args: readonly string[]): DemoOptions {
  const { values } = parse(args);
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed) || seed < 0) throw usage("--seed takes a whole number");
  return {
    files: filesOf(values.asker, values.list ?? []),
    seed,
    riskMax: values["risk-max"] ?? RISK_MAX,
    json: values.json ?? false,
    keep: values.keep ?? false,
    sandbox: values.sandbox === undefined ? undefined : resolve(values.sandbox),
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        asker: { type: "string" },
        list: { type: "string", multiple: true },
        seed: { type: "string" },
        "risk-max": { type: "string" },
        json: { type: "boolean" },
        keep: { type: "boolean" },
        sandbox: { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : "unknown option");
  }
}

function filesOf(asker: string | undefined, lists: readonly string[]): DemoOptions["files"] {
  if (asker === undefined && lists.length === 0) return undefined;
  if (asker === undefined) throw usage("--list needs --asker <file> as well");
  if (lists.length === 0) throw usage("--asker needs at least one --list <file>");
  for (const path of [asker, ...lists]) {
    if (!existsSync(path)) throw usage(`there is no file ${path}`);
  }
  return { asker: resolve(asker), lists: lists.map((path) => resolve(path)) };
}

const usage = (reason: string) =>
  new DemoError("USAGE", reason, {}, "npm run demo -- --help shows what it takes");
