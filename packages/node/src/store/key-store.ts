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
  /** As it is on disk: a write that fails leaves it as it was. */
  #content: Content = NOTHING;

  /** Opens the key store in a folder, or makes it. Throws `SetupError`. */
  constructor(folder: SecretFolder) {
    this.#folder = folder;
    const text = folder.read(STORE_FILE);
    if (text === undefined) this.#renew([]);
    else this.#content = this.#read(text);
    this.#sweep();
  }

  names(): string[] {
    return [...this.#content.wrapped.keys()];
  }

  has(name: string): boolean {
    return this.#content.wrapped.has(name);
  }

  get(name: string): Uint8Array | undefined {
    const { storageKey, wrapped } = this.#content;
    const found = wrapped.get(name);
    return found && openBytes(storageKey, found, aboutKey(name));
  }

  put(keys: ReadonlyMap<string, Uint8Array>): void {
    const wrapped = new Map(this.#content.wrapped);
    for (const [name, key] of keys)
      wrapped.set(name, sealBytes(this.#content.storageKey, key, aboutKey(name)));
    this.#write({ ...this.#content, wrapped });
  }

  /** Names that are not there are no error: what was cut off can be repeated. */
  destroy(names: readonly string[]): void {
    const gone = new Set(names.filter((name) => this.has(name)));
    if (gone.size > 0) this.#renew(this.names().filter((name) => !gone.has(name)));
    this.#sweep();
  }

  /** What `markLedger` was last told. */
  get ledger(): LedgerMark | undefined {
    return this.#content.ledger;
  }

  markLedger(mark: LedgerMark): void {
    this.#write({ ...this.#content, ledger: mark });
  }

  /** Wraps the keys of these names under a new storage key. The old one is then to be swept. */
  #renew(names: readonly string[]): void {
    const generation = this.#content.generation + 1;
    const storageKey = freshBytes(KEY_SIZE);
    const wrapped = new Map<string, Uint8Array>();
    for (const name of names) {
      const key = this.get(name) as Uint8Array;
      wrapped.set(name, sealBytes(storageKey, key, aboutKey(name)));
    }
    this.#folder.write(keyName(generation), `${toBase64(storageKey)}\n`);
    this.#write({ ...this.#content, generation, storageKey, wrapped });
  }

  /** Destroys what a crash or a full disk left: a key that is not in use yet, or no longer. */
  #sweep(): void {
    for (const name of this.#folder.names()) {
      const isLeft = STORAGE_KEY.test(name) && name !== keyName(this.#content.generation);
      if (isLeft || name === STORE_FILE + UNFINISHED) this.#folder.destroy(name);
    }
  }

  #write(next: Content): void {
    const content: z.infer<typeof StoreFile> = {
      version: 1,
      generation: next.generation,
      keys: [...next.wrapped].map(([name, wrapped]) => [name, toBase64(wrapped)]),
      ledger: next.ledger ?? null,
    };
    this.#folder.write(STORE_FILE, `${JSON.stringify(content)}\n`);
    this.#content = next;
  }

  #read(text: string): Content {
    const { generation, keys, ledger } = this.#parse(text);
    const storageKey = fromBase64(this.#folder.read(keyName(generation))?.trim() ?? "");
    if (storageKey?.length !== KEY_SIZE) throw this.#unreadable(keyName(generation));
    const wrapped = new Map<string, Uint8Array>();
    for (const [name, text] of keys) {
      const bytes = fromBase64(text);
      if (bytes === undefined) throw this.#unreadable(STORE_FILE);
      wrapped.set(name, bytes);
    }
    return { generation, storageKey, wrapped, ledger: ledger ?? undefined };
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

interface Content {
  /** Which storage key wraps the keys. */
  readonly generation: number;
  readonly storageKey: Uint8Array;
  readonly wrapped: ReadonlyMap<string, Uint8Array>;
  readonly ledger: LedgerMark | undefined;
}

const NOTHING: Content = {
  generation: 0,
  storageKey: new Uint8Array(),
  wrapped: new Map(),
  ledger: undefined,
};

const keyName = (generation: number): string => `storage-${generation}.key`;
const aboutKey = (name: string): string => `symbolon key ${name}`;
