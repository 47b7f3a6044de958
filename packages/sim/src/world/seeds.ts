import { utf8 } from "@symbolon/base/bytes";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import type { SelectionSeeds } from "@symbolon/mpc/table/shuffle";

/** Selection seeds of one party, as three nodes would have agreed them. Tests only. */
export function selectionSeeds(seed: number | string, party: PartyIndex): SelectionSeeds {
  const keys = PARTIES.map((j) => nodeCrypto.sha256(utf8(`selection/${seed}/${j}`)));
  return { own: keys[party], next: keys[(party + 1) % 3] };
}
