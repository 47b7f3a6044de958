import type { PartyIndex } from "@symbolon/base/id";
import type { Tombstone } from "@symbolon/governance/acts/consent";
import { seal } from "@symbolon/governance/envelope";
import { instantOf } from "@symbolon/governance/instant";
import type { Signer } from "@symbolon/governance/signatures";
import type { Space } from "@symbolon/governance/space";
import { columnKeys } from "./manifest-in.js";
import type { DatasetRow, DeletionRow, Store } from "./store.js";
import { uploadKey, type Vault } from "./vault.js";

export interface DeletionServices {
  readonly store: Store;
  readonly vault: Vault;
  readonly space: Space;
  readonly self: PartyIndex;
  readonly signer: Signer;
  readonly now: () => number;
}

/**
 * Carries out a deletion that stands in the store: first the keys, so that no copy of the data
 * opens any more, then the data, then this node's signed word for it. Each step may be repeated; a
 * crash in between is made good by calling it again.
 */
export async function deleteDataset(
  { store, vault, space, self, signer, now }: DeletionServices,
  { root, dataset }: DeletionRow,
): Promise<void> {
  const row = store.datasetByRoot(root);
  if (row !== undefined) vault.keys.destroy([...columnKeys(row), uploadKey(root)]);
  store.deleteDataset(root);
  const type = "urn:symbolon:statement:tombstone:v1";
  const about = { type, space: space.id, issuedAt: instantOf(now()) } as const;
  const tombstone: Tombstone = { ...about, node: self, dataset, root };
  store.finishDeletion(root, await seal(tombstone, signer));
}

/** A version of a dataset that a newer one takes the place of; no run uses it. */
export async function replaceDataset(services: DeletionServices, row: DatasetRow): Promise<void> {
  const { store, now } = services;
  store.beginDeletion(row, "replaced", now());
  const deletion = store.deletion(row.root);
  if (deletion !== undefined) await deleteDataset(services, deletion);
}
