import { dirname } from "node:path";
import type { NodeConfig } from "../config.js";
import { dropStorageKey } from "../identity/key-file.js";
import { diskFolder } from "../identity/secret-folder.js";
import { KeyStore } from "./key-store.js";
import { matchKeys, moveOldKeys } from "./old-keys.js";
import type { Sqlite } from "./sqlite.js";
import type { Store } from "./store.js";

/** The key store beside a node's key file, holding what the database needs. Throws `SetupError`. */
export function openKeys(
  { keyFile, keys }: Pick<NodeConfig, "keyFile" | "keys">,
  db: Sqlite,
  store: Store,
): KeyStore {
  const stored = new KeyStore(diskFolder(dirname(keyFile)));
  moveOldKeys(db, stored, keys.storage);
  matchKeys(store, stored);
  if (keys.storage !== undefined) dropStorageKey(keyFile, keys);
  return stored;
}
