import { writeFileSync } from "node:fs";
import { fromBase64, toBase64 } from "@symbolon/base/bytes";
import { z } from "zod";
import { SetupError } from "../node-error.js";
import type { Credentials } from "./certificate.js";
import { finishReplacing, readSecretFile, replaceSecretFile } from "./secret-file.js";

interface KeyPair {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/**
 * The secrets that make a node who it is. Never printed, never kept beside the data. The keys that
 * its data is encrypted under are in the key store beside the key file.
 */
export class NodeKeys {
  readonly signing: KeyPair;
  readonly hpke: KeyPair;
  readonly tls: Credentials;
  /** In a file from before there was a key store: what wrapped the keys in the database. */
  readonly storage?: Uint8Array;
  constructor(keys: {
    readonly signing: KeyPair;
    readonly hpke: KeyPair;
    readonly tls: Credentials;
    readonly storage?: Uint8Array | undefined;
  }) {
    this.signing = keys.signing;
    this.hpke = keys.hpke;
    this.tls = keys.tls;
    if (keys.storage !== undefined) this.storage = keys.storage;
  }
  toJSON(): string {
    return "NodeKeys";
  }
  toString(): string {
    return "NodeKeys";
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "NodeKeys";
  }
}

const OWNER_ONLY = 0o600;

const Key = z.string().transform((text, context) => {
  const bytes = fromBase64(text);
  if (bytes?.length === 32) return bytes;
  context.addIssue("must be base64 of 32 bytes");
  return z.NEVER;
});
const Pair = z.strictObject({ privateKey: Key, publicKey: Key });
const KeyFile = z.strictObject({
  version: z.union([z.literal(1), z.literal(2)]),
  signing: Pair,
  hpke: Pair,
  tls: z.strictObject({ privateKey: z.string(), certificate: z.string() }),
  /** Of version 1. */
  storage: Key.optional(),
});

/** Writes a new key file that only its owner can read. Never overwrites one. */
export function writeKeyFile(path: string, keys: NodeKeys): void {
  try {
    writeFileSync(path, textOf(keys), { mode: OWNER_ONLY, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new SetupError(
      "KEYS_EXIST",
      `there are keys already in ${path}`,
      { path },
      "keep them: without them this node's stored data is lost; or name another directory",
    );
  }
}

/** Takes the storage key out of a key file of version 1, once nothing is wrapped by it any more. */
export const dropStorageKey = (path: string, keys: NodeKeys): void =>
  replaceSecretFile(path, textOf(keys));

function textOf({ signing, hpke, tls }: NodeKeys): string {
  const pair = ({ privateKey, publicKey }: KeyPair) => ({
    privateKey: toBase64(privateKey),
    publicKey: toBase64(publicKey),
  });
  const content = { version: 2, signing: pair(signing), hpke: pair(hpke), tls };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** Reads the keys; refuses a file that others on the machine can read. Throws `SetupError`. */
export function readKeyFile(path: string): NodeKeys {
  const cure = "give the path of the key file that `symbolon node init` wrote";
  const unreadable = (why: string) =>
    new SetupError("KEYS_UNREADABLE", `the key file ${path} ${why}`, { path }, cure);
  let text: string;
  try {
    finishReplacing(path);
    text = readSecretFile(path);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw unreadable(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw unreadable("is not JSON");
  }
  const parsed = KeyFile.safeParse(json);
  if (!parsed.success)
    throw unreadable(`is damaged at ${parsed.error.issues[0]?.path.join(".") || "its start"}`);
  return new NodeKeys(parsed.data);
}
