import { readFileSync, statSync, writeFileSync } from "node:fs";
import { fromBase64, toBase64 } from "@symbolon/base/bytes";
import { z } from "zod";
import { SetupError } from "../node-error.js";
import type { Credentials } from "./certificate.js";

interface KeyPair {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** All secrets of a node. Never printed, never kept beside the data that they protect. */
export class NodeKeys {
  readonly signing: KeyPair;
  readonly hpke: KeyPair;
  readonly tls: Credentials;
  /** 32 bytes that every stored key is wrapped under. */
  readonly storage: Uint8Array;
  constructor(keys: {
    readonly signing: KeyPair;
    readonly hpke: KeyPair;
    readonly tls: Credentials;
    readonly storage: Uint8Array;
  }) {
    this.signing = keys.signing;
    this.hpke = keys.hpke;
    this.tls = keys.tls;
    this.storage = keys.storage;
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
  version: z.literal(1),
  signing: Pair,
  hpke: Pair,
  tls: z.strictObject({ privateKey: z.string(), certificate: z.string() }),
  storage: Key,
});

/** Writes a new key file that only its owner can read. Never overwrites one. */
export function writeKeyFile(path: string, keys: NodeKeys): void {
  const pair = ({ privateKey, publicKey }: KeyPair) => ({
    privateKey: toBase64(privateKey),
    publicKey: toBase64(publicKey),
  });
  const { signing, hpke, tls, storage } = keys;
  const content = {
    version: 1,
    signing: pair(signing),
    hpke: pair(hpke),
    tls,
    storage: toBase64(storage),
  };
  try {
    writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`, {
      mode: OWNER_ONLY,
      flag: "wx",
    });
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

/** Reads the keys; refuses a file that others on the machine can read. Throws `SetupError`. */
export function readKeyFile(path: string): NodeKeys {
  const cure = "give the path of the key file that `symbolon node init` wrote";
  const unreadable = (why: string) =>
    new SetupError("KEYS_UNREADABLE", `the key file ${path} ${why}`, { path }, cure);
  let text: string;
  try {
    const { mode } = statSync(path);
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      throw new SetupError(
        "KEYS_EXPOSED",
        `others on this machine can read the key file ${path}`,
        { path },
        `run: chmod 600 ${path}`,
      );
    text = readFileSync(path, "utf8");
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
