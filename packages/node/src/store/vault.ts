import { freshBytes } from "../identity/random.js";
import { KEY_SIZE, type KeyStore } from "./key-store.js";
import { openBytes, sealBytes } from "./sealed-bytes.js";
import type { ColumnAt } from "./store.js";

/** Names of keys. */
export const columnKey = ({ root, table, column }: ColumnAt): string =>
  `column ${root}/${table}/${column}`;
export const uploadKey = (root: string): string => `upload ${root}`;
export const askedKey = (run: string): string => `asked ${run}`;
export const seedsOf = (run: string): string => `selection ${run}`;

/**
 * Encrypts what a node stores in its database. Each column has a key of its own in the key store,
 * outside the data directory; whoever destroys the key has deleted the column, in every copy.
 */
export class Vault {
  readonly keys: KeyStore;
  constructor(keys: KeyStore) {
    this.keys = keys;
  }

  /** A key that is nowhere yet: put it into `keys` before what it sealed is relied on. */
  newKey(): Uint8Array {
    return freshBytes(KEY_SIZE);
  }

  seal(key: Uint8Array, plain: Uint8Array, about: string): Uint8Array {
    return sealBytes(key, plain, `symbolon data ${about}`);
  }

  open(key: Uint8Array, sealed: Uint8Array, about: string): Uint8Array {
    return openBytes(key, sealed, `symbolon data ${about}`);
  }
}
