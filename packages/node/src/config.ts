import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { toBase64 } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import { InvalidDocument } from "@symbolon/governance/invalid-document";
import { parseSpace, type Space } from "@symbolon/governance/space";
import { parseRational } from "@symbolon/release/rational";
import { parse } from "smol-toml";
import { z } from "zod";
import { type NodeKeys, readKeyFile } from "./identity/key-file.js";
import { SetupError } from "./node-error.js";

const Port = z.int().min(0).max(65_535);
const Host = z.string().min(1).max(253);
const Address = z.strictObject({ host: Host, port: Port });
const MEBIBYTE = 1024 * 1024;

/** What a node takes on; everything above is refused at the door. */
const Limits = z.strictObject({
  /** Rows of one table. */
  rows: z.int().min(256).max(4_194_304).default(65_536),
  /** Mebibytes of one dataset's part. */
  datasetMebibytes: z.int().min(1).max(65_536).default(1_024),
  /** Datasets of one provider. */
  datasets: z.int().min(1).max(10_000).default(100),
  /** Runs that are waiting or running at a time. */
  runs: z.int().min(1).max(64).default(4),
  /** Hours that a run waits for the other nodes to be asked too. */
  waitHours: z.number().min(0.01).max(720).default(1),
});

/** How long things are kept, in days. */
const Keep = z.strictObject({
  /** A dataset, from when it came. */
  datasetDays: z.number().min(0.01).max(3_660).default(365),
  /** A dataset after the end of its last offer. */
  afterOfferDays: z.number().min(0).max(3_660).default(30),
  /** An upload that is not finished. */
  uploadDays: z.number().min(0.01).max(3_660).default(7),
  /** A run that is over, with its result, from when it was asked. */
  resultDays: z.number().min(0.01).max(3_660).default(30),
});

const Fraction = z
  .string()
  .refine(
    (text) => parseRational(text) !== undefined,
    'must be an exact fraction in quotes, such as "10" or "1/2"',
  );
const Spendable = {
  /** Of noise, for each record (pure differential privacy). */
  epsilon: Fraction.optional(),
  /** The same noise in zCDP. */
  rho: Fraction.optional(),
  /** Runs that tell something exactly. */
  exact: z.int().min(0).max(1_000_000).optional(),
};

/** What may be told of one dataset in an epoch: to one beneficiary for one purpose, and to all. */
const Budgets = z.strictObject({
  each: z.strictObject(Spendable).default({ epsilon: "10", exact: 20 }),
  total: z.strictObject(Spendable).default({ epsilon: "20", exact: 60 }),
  /** Hours of an epoch; a charter's come before. */
  epochHours: z.int().min(1).max(87_840).default(720),
});

const ConfigFile = z.strictObject({
  index: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  name: z.string().min(1).max(80),
  space: z.string().min(1),
  keys: z.string().min(1),
  data: z.string().min(1),
  api: Address,
  peer: Address,
  /** Hashes of builds that are accepted of peers beside those in the space file. */
  builds: z.array(z.string().regex(/^[0-9a-f]{64}$/)).default([]),
  limits: Limits.prefault({}),
  keep: Keep.prefault({}),
  budget: Budgets.prefault({}),
  /** Threads that compute; each takes a core. */
  threads: z.int().min(1).max(64).default(1),
  log: z
    .strictObject({ level: z.enum(["silent", "error", "warn", "info", "debug"]).default("info") })
    .prefault({}),
});

export type NodeLimits = z.infer<typeof Limits> & { readonly datasetBytes: number };

/** Everything that a node needs to start. */
export interface NodeConfig {
  readonly index: PartyIndex;
  readonly name: string;
  readonly space: Space;
  readonly keys: NodeKeys;
  /** The key store is in the folder of the key file. */
  readonly keyFile: string;
  readonly dataDir: string;
  readonly api: { readonly host: string; readonly port: number };
  readonly peer: { readonly host: string; readonly port: number };
  readonly builds: readonly string[];
  readonly limits: NodeLimits;
  readonly keep: z.infer<typeof Keep>;
  readonly budget: z.infer<typeof Budgets>;
  readonly threads?: number;
  readonly logLevel: "silent" | "error" | "warn" | "info" | "debug";
}

export const DEFAULT_LIMITS: NodeLimits = withBytes(Limits.parse({}));
export const DEFAULT_BUDGET: NodeConfig["budget"] = Budgets.parse({});
export const DEFAULT_KEEP: NodeConfig["keep"] = Keep.parse({});

function withBytes(limits: z.infer<typeof Limits>): NodeLimits {
  return { ...limits, datasetBytes: limits.datasetMebibytes * MEBIBYTE };
}

/** Reads `node.toml` and what it names. Throws `SetupError` naming the key and the cure. */
export function readConfig(path: string): NodeConfig {
  const file = parseConfig(path, readText(path, "CONFIG_UNREADABLE"));
  const at = (name: string) => resolve(dirname(path), name);
  const keyFile = realPath(at(file.keys));
  const dataDir = realPath(at(file.data));
  keepApart(dirname(keyFile), dataDir, { keys: file.keys, data: file.data });
  const { index, name, api, peer, builds, limits, keep, budget, threads, log } = file;
  const space = readSpace(at(file.space));
  const keys = readKeyFile(keyFile);
  checkCard(space, file, keys);
  const shared = { index, name, api, peer, builds, keep, budget, threads };
  return {
    ...shared,
    space,
    keys,
    keyFile,
    dataDir,
    limits: withBytes(limits),
    logLevel: log.level,
  };
}

function readText(path: string, code: "CONFIG_UNREADABLE" | "SPACE_UNREADABLE"): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const cause = (error as NodeJS.ErrnoException).code ?? "unknown cause";
    const cure =
      code === "CONFIG_UNREADABLE"
        ? "give the path of the node.toml that `symbolon node init` wrote"
        : "get the space file from the data space's board and set `space` to its path";
    throw new SetupError(code, `${path} cannot be read (${cause})`, { path }, cure);
  }
}

function parseConfig(path: string, text: string): z.infer<typeof ConfigFile> {
  const refuse = (key: string, why: string) =>
    new SetupError(
      "CONFIG_INVALID",
      `${path}: ${key ? `\`${key}\` ` : ""}${why}`,
      { path, key },
      key ? `correct \`${key}\`` : "correct the file",
    );
  let table: unknown;
  try {
    table = parse(text);
  } catch (error) {
    const [firstLine] = (error as Error).message.split("\n");
    throw refuse("", `is not TOML: ${firstLine}`);
  }
  const parsed = ConfigFile.safeParse(table);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(issue.path.join("."), issue.message);
}

function readSpace(path: string): Space {
  try {
    return parseSpace(readText(path, "SPACE_UNREADABLE"));
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error;
    throw new SetupError("SPACE_INVALID", `${path}: ${error.message}`, { path }, error.cure);
  }
}

/** The space file must know this node by the keys that it holds. */
function checkCard(
  space: Space,
  { index, name }: { index: PartyIndex; name: string },
  keys: NodeKeys,
) {
  const card = space.nodes[index];
  const differs = (what: string) =>
    new SetupError(
      "KEYS_DIFFER",
      `the space file lists another ${what} for node ${index}`,
      { index, what },
      "put this node's node-card.json into the space file, or correct `index`",
    );
  if (card.name !== name) throw differs("name");
  if (card.signingKey !== toBase64(keys.signing.publicKey)) throw differs("signing key");
  if (card.certificate.trim() !== keys.tls.certificate.trim()) throw differs("certificate");
}

/** A copy of the data must not hold its keys, nor a copy of the keys the data. */
function keepApart(keyDir: string, dataDir: string, details: { keys: string; data: string }): void {
  if (isWithin(keyDir, dataDir))
    throw new SetupError(
      "KEYS_IN_DATA",
      "the key file lies inside the data directory, so a copy of the data would hold its keys",
      details,
      "move the folder of keys and change `keys` in the configuration",
    );
  if (isWithin(dataDir, keyDir))
    throw new SetupError(
      "DATA_IN_KEYS",
      "the data directory lies in the folder of the key file, so a copy of one holds the other",
      details,
      "give the keys a folder of their own, such as keys/node-keys.json, and change `keys`",
    );
}

function isWithin(path: string, dir: string): boolean {
  const way = relative(dir, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Where a path leads, links followed, also if its end is not there yet. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(realPath(parent), basename(path));
}
