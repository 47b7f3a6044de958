import { sameBytes } from "@symbolon/base/bytes";
import type { Signatures } from "../signatures.js";
import { ENTRY_BYTES_MAX } from "./entry-bundle.js";
import { LogError, malformed } from "./log-error.js";
import { type LogProof, parseLogProof } from "./log-proof.js";
import { decodeText } from "./note.js";
import type { LogPolicy } from "./policy.js";
import { leafHash } from "./tree.js";
import { type VerifiedCheckpoint, verifyCheckpoint } from "./verify-checkpoint.js";
import { verifyInclusion } from "./verify-proof.js";

/** A proof's file may have an entry of 64 KiB in base64 and 512 KiB of signatures. */
const PROOF_BYTES_MAX = 1024 * 1024;

export interface VerifiedEntry {
  readonly entry: Uint8Array;
  readonly index: number;
  readonly checkpoint: VerifiedCheckpoint;
}

/**
 * Checks an offline proof: that `entry` is number `index` of the log whose head all three nodes and
 * enough witnesses have signed. Needs the file and the keys, no network and no clock.
 *
 * `entry` is for a proof that does not carry its entry; if both have one they must be equal. Throws
 * `LogError` and never returns a doubt: everything that it returns is under the signatures.
 */
export async function verifyLog(
  signatures: Signatures,
  file: Uint8Array,
  policy: LogPolicy,
  entry?: Uint8Array,
): Promise<VerifiedEntry> {
  if (file.length > PROOF_BYTES_MAX) throw malformed("a proof", "have at most 1 MiB");
  const proof = parseLogProof(decodeText(file, "a proof"));
  const checkpoint = await verifyCheckpoint(signatures, proof.checkpoint, policy);
  const logged = entryOf(proof, entry);
  const { index, path } = proof;
  const { size, root } = checkpoint;
  const leaf = await leafHash(logged);
  if (!(await verifyInclusion({ leaf, index, size, path, root }))) {
    const cure = "the entry, its index or a hash is not what was logged: treat it as forged";
    const message = `the proof does not lead from entry ${index} to the signed root`;
    throw new LogError("LOG_PROOF_WRONG", message, { index, size }, cure);
  }
  return { entry: logged, index, checkpoint };
}

function entryOf(proof: LogProof, given: Uint8Array | undefined): Uint8Array {
  const entry = proof.entry ?? given;
  if (entry === undefined) {
    const cure = "give the file of the entry as well";
    throw new LogError("LOG_ENTRY_UNCLEAR", "the proof does not carry its entry", {}, cure);
  }
  if (given !== undefined && !sameBytes(entry, given)) {
    const cure = "check which of the two was meant to be proved";
    throw new LogError("LOG_ENTRY_UNCLEAR", "the proof carries another entry", {}, cure);
  }
  if (entry.length > ENTRY_BYTES_MAX) throw malformed("an entry", "have at most 65,535 bytes");
  return entry;
}
