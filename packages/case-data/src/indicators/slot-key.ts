import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "@symbolon/base/bytes";
import type { IndicatorKind } from "./kinds.js";

export type SlotKey = readonly [low: number, high: number];

/**
 * The 64-bit key of one form of a value: the first eight bytes of SHA-256 over kind, form and text.
 * It hides nothing: whoever sees a key can try all phone numbers, so keys are seen by nobody. It
 * is a cryptographic hash because values are chosen by those who exploit others: nobody may be able
 * to make up a handle or an advert that meets somebody else's.
 */
export function slotKey(kind: IndicatorKind, form: string, text: string): SlotKey {
  const digest = sha256(utf8(`symbolon/indicator/v1|${kind}|${form}|${text}`));
  const view = new DataView(digest.buffer, digest.byteOffset, 8);
  return [view.getUint32(0, true), view.getUint32(4, true)];
}
