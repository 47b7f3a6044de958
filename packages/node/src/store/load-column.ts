import { assert } from "@symbolon/base/assert";
import { wordsOf } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import { chunkCount, SEED_BYTES, wordsOfColumn } from "@symbolon/governance/sealed-part";
import { expandSeedNode } from "@symbolon/mpc/sharing/prg-node";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import { joinPart, NodePart } from "@symbolon/mpc/sharing/split";
import { aboutChunk, manifestIn } from "./manifest-in.js";
import type { DatasetRow, Store } from "./store.js";
import { columnKey, type Vault } from "./vault.js";

/**
 * This node's shares of one column of a complete dataset: own = component `self`, next = component
 * `self` + 1. Throws `SetupError` if what is stored does not open under this node's keys.
 */
export async function loadColumn(
  {
    store,
    vault,
    self,
  }: { readonly store: Store; readonly vault: Vault; readonly self: PartyIndex },
  row: DatasetRow,
  table: string,
  column: string,
): Promise<Shares<Uint32Array>> {
  assert(row.state === "complete", "a run reads complete datasets");
  const words = wordsOfColumn(manifestIn(row).schema, table, column);
  const at = { root: row.root, table, column };
  const key = vault.keys.get(columnKey(at));
  assert(words !== undefined && key !== undefined, "a complete dataset has every column");
  const chunk = (index: number): Uint8Array => {
    const bytes = store.part({ ...at, chunk: index });
    assert(bytes !== undefined, "a complete dataset has every chunk");
    return vault.open(key, bytes, aboutChunk({ ...at, chunk: index }));
  };
  return joinChunks(self, words, chunk);
}

/** This node's shares of a column of so many words, from its chunks in the clear. */
export async function joinChunks(
  self: PartyIndex,
  words: number,
  chunk: (index: number) => Uint8Array,
): Promise<Shares<Uint32Array>> {
  const head = chunk(0);
  const seeds = Array.from({ length: head.length / SEED_BYTES }, (_, k) =>
    head.slice(k * SEED_BYTES, (k + 1) * SEED_BYTES),
  );
  const body = new Uint8Array(self === 0 ? 0 : 4 * words);
  let filled = 0;
  for (let index = 1; index < chunkCount(self, words); index += 1) {
    const part = chunk(index);
    body.set(part, filled);
    filled += part.length;
  }
  assert(filled === body.length, "a column's chunks make up the column");
  return joinPart(new NodePart(self, seeds, wordsOf(body)), words, expandSeedNode);
}
