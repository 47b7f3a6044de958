import { fromBase64, toBase64 } from "@symbolon/base/bytes";
import { z } from "zod";
import { freshBytes } from "../identity/random.js";
import { UNFINISHED } from "../identity/secret-file.js";
import type { SecretFolder } from "../identity/secret-folder.js";
import { SetupError } from "../node-error.js";
import { openBytes, sealBytes } from "./sealed-bytes.js";

export const KEY_SIZE = 32;
const STORE_FILE = "data-keys.json";
const STORAGE_KEY = /^storage-\d+\.key(?:\.new)?$/;

/** How far the disclosure ledger had come: entries, and the hash over all of them. */
export interface LedgerMark {
  readonly size: number;
  readonly root: string;
}

const StoreFile = z.strictObject({
  version: z.literal(1),
  /** Which storage key wraps the keys. */
  generation: z.int().min(1),
  /** Name and wrapped key. */
  keys: z.array(z.tuple([z.string(), z.string()])),
  ledger: z.strictObject({ size: z.int().min(0), root: z.string() }).nullable(),
});

/**
 * The keys that a node's stored data is encrypted under, by name. They lie in two files beside the
 * key file, never in the data directory: `data-keys.json` has each key wrapped by the storage key,
 * and `storage-N.key` is that key. Destroying any key wraps the others anew under a new storage key
 * and overwrites the old one: with the keys that are left, no older copy of `data-keys.json`, and
 * so no older copy of the data, opens.
 *
 * Every call is on disk when it returns; a crash leaves what was before it or after it.
 */
export class KeyStore {
  readonly #folder: SecretFolder;
  readonly #wrapped = new Map<string, Uint8Array>();
  #generation = 0;
  #storageKey: Uint8Array = new Uint8Array();
  #ledger: LedgerMark | undefined;

  /** Opens the key store in a folder, or makes it. Throws `SetupError`. */
  constructor(folder: SecretFolder) {
    this.#folder = folder;
    const text = folder.read(STORE_FILE);
    if (text === undefined) this.#renew();
    else this.#read(text);
    // What a crash left behind: a key that is not in use yet, or no longer.
    for (const name of folder.names()) {
      const isLeft = STORAGE_KEY.test(name) && name !== keyName(this.#generation);
      if (isLeft || name === STORE_FILE + UNFINISHED) folder.destroy(name);
    }
  }

  names(): string[] {
    return [...this.#wrapped.keys()];
  }

  has(name: string): boolean {
    return this.#wrapped.has(name);
  }

  get(name: string): Uint8Array | undefined {
    const wrapped = this.#wrapped.get(name);
    return wrapped && openBytes(this.#storageKey, wrapped, aboutKey(name));
  }

  put(keys: ReadonlyMap<string, Uint8Array>): void {
    for (const [name, key] of keys)
      this.#wrapped.set(name, sealBytes(this.#storageKey, key, aboutKey(name)));
    this.#write();
  }

  /** Names that are not there are no error: what was cut off can be repeated. */
  destroy(names: readonly string[]): void {
    const gone = names.filter((name) => this.#wrapped.delete(name));
    if (gone.length > 0) this.#renew();
  }

  /** What `markLedger` was last told. */
  get ledger(): LedgerMark | undefined {
    return this.#ledger;
  }

  markLedger(mark: LedgerMark): void {
    this.#ledger = mark;
    this.#write();
  }

  /** Wraps all keys under a new storage key and destroys the old one. */
  #renew(): void {
    const old = this.#generation;
    const fresh = freshBytes(KEY_SIZE);
    for (const [name, wrapped] of this.#wrapped) {
      const key = openBytes(this.#storageKey, wrapped, aboutKey(name));
      this.#wrapped.set(name, sealBytes(fresh, key, aboutKey(name)));
    }
    this.#generation = old + 1;
    this.#storageKey = fresh;
    this.#folder.write(keyName(this.#generation), `${toBase64(fresh)}\n`);
    this.#write();
    this.#folder.destroy(keyName(old));
  }

  #write(): void {
    const content: z.infer<typeof StoreFile> = {
      version: 1,
      generation: this.#generation,
      keys: [...this.#wrapped].map(([name, wrapped]) => [name, toBase64(wrapped)]),
      ledger: this.#ledger ?? null,
    };
    this.#folder.write(STORE_FILE, `${JSON.stringify(content)}\n`);
  }

  #read(text: string): void {
    const { generation, keys, ledger } = this.#parse(text);
    this.#generation = generation;
    this.#ledger = ledger ?? undefined;
    const key = fromBase64(this.#folder.read(keyName(generation))?.trim() ?? "");
    if (key?.length !== KEY_SIZE) throw this.#unreadable(keyName(generation));
    this.#storageKey = key;
    for (const [name, wrapped] of keys) {
      const bytes = fromBase64(wrapped);
      if (bytes === undefined) throw this.#unreadable(STORE_FILE);
      this.#wrapped.set(name, bytes);
    }
  }

  #parse(text: string): z.infer<typeof StoreFile> {
    try {
      return StoreFile.parse(JSON.parse(text));
    } catch {
      throw this.#unreadable(STORE_FILE);
    }
  }

  #unreadable(name: string): SetupError {
    const { path } = this.#folder;
    return new SetupError(
      "KEYS_UNREADABLE",
      `${name} in ${path} is missing or damaged`,
      { path },
      "restore the whole folder of keys from one backup",
    );
  }
}

const keyName = (generation: number): string => `storage-${generation}.key`;
const aboutKey = (name: string): string => `symbolon key ${name}`;
