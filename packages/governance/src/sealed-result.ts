import { bytesOf, fromBase64, toBase64, utf8, wordsOf } from "@symbolon/base/bytes";
import { KnownError } from "@symbolon/base/error";
import type { MemberId, PartyIndex, RunId, SpaceId } from "@symbolon/base/id";
import { canonicalBytes, parseCanonicalJson } from "./canonical-json.js";
import { identifier, oneOf, record } from "./check.js";
import { type Hpke, type HpkeKeyPair, keyBytes } from "./hpke.js";

/** Which result a sealed share is: bound into its AAD. */
export interface ResultLabel {
  readonly space: SpaceId;
  readonly run: RunId;
  readonly node: PartyIndex;
  readonly beneficiary: MemberId;
}

/** What a node holds of the result: components `node` and `node` + 1 (mod 3). */
export interface ResultShares {
  readonly own: Uint32Array;
  readonly next: Uint32Array;
}

/** Base64 of HPKE's ciphertext and encapsulated key. */
export interface SealedResult {
  readonly sealed: string;
  readonly enc: string;
}

/** A sealed result does not open, or opens to something else than this node's of this run. */
export class SealedResultError extends KnownError<"RESULT_NOT_OPENED"> {}

const INFO = utf8("symbolon sealed result v1");
const aadOf = (label: ResultLabel, suite: string) => canonicalBytes({ ...label, suite });

/** Node side: seals its shares of a result to the key that the run request named (base64). */
export async function sealResult(
  hpke: Hpke,
  resultKey: string,
  label: ResultLabel,
  { own, next }: ResultShares,
): Promise<SealedResult> {
  const sender = await hpke.sender(keyBytes(resultKey), INFO);
  const plain = canonicalBytes({
    run: label.run,
    node: label.node,
    own: toBase64(bytesOf(own)),
    next: toBase64(bytesOf(next)),
  });
  const sealed = await sender.seal(plain, aadOf(label, hpke.suite));
  return { sealed: toBase64(sealed), enc: toBase64(sender.enc) };
}

const words = (value: unknown): Uint32Array => {
  const bytes = typeof value === "string" ? fromBase64(value) : undefined;
  if (bytes === undefined || bytes.length % 4 !== 0) throw new TypeError("not words");
  return wordsOf(bytes);
};

const parseShares = record<ResultShares & { run: RunId; node: PartyIndex }>({
  run: identifier,
  node: oneOf(0, 1, 2),
  own: words,
  next: words,
});

/** Asker side: opens one node's result, or throws `SealedResultError`. */
export async function openResult(
  hpke: Hpke,
  keys: HpkeKeyPair,
  label: ResultLabel,
  result: SealedResult,
): Promise<ResultShares> {
  try {
    const enc = fromBase64(result.enc);
    const sealed = fromBase64(result.sealed);
    if (enc === undefined || sealed === undefined) throw new TypeError("not base64");
    const recipient = await hpke.recipient(keys, enc, INFO);
    const plain = await recipient.open(sealed, aadOf(label, hpke.suite));
    const shares = parseShares(parseCanonicalJson(new TextDecoder().decode(plain)), "$");
    if (shares.run !== label.run || shares.node !== label.node) throw new TypeError("mislabelled");
    if (shares.own.length !== shares.next.length) throw new TypeError("uneven");
    return { own: shares.own, next: shares.next };
  } catch {
    throw new SealedResultError(
      "RESULT_NOT_OPENED",
      `the result of node ${label.node} does not open`,
      { node: label.node, run: label.run },
      "ask the operator of this node; the other results are of no use alone",
    );
  }
}
