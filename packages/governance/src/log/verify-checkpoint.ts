import type { Signatures } from "../signatures.js";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.js";
import { LogError } from "./log-error.js";
import { type Note, parseNote } from "./note.js";
import { isOf, type NoteKey, verifySignature } from "./note-key.js";
import type { LogPolicy } from "./policy.js";

/** Who has signed a head. `time`, in seconds since 1970, is the signer's own word. */
export interface HeadSigner {
  readonly name: string;
  readonly time?: number;
}

export interface VerifiedCheckpoint extends Checkpoint {
  readonly nodes: readonly HeadSigner[];
  readonly witnesses: readonly HeadSigner[];
}

/**
 * Reads a signed checkpoint and holds it against the policy: its origin, a signature of each of
 * the three nodes, cosignatures of at least `quorum` witnesses. Signatures by unknown keys are
 * passed over, as C2SP signed-note asks; one wrong signature by a known key refuses the whole.
 * Throws `LogError`. `file` is text that `decodeText` let through.
 */
export async function verifyCheckpoint(
  signatures: Signatures,
  file: string,
  policy: LogPolicy,
): Promise<VerifiedCheckpoint> {
  const note = parseNote(file);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== policy.origin) {
    const cure = "take the keys of the log that the file is about";
    throw new LogError("LOG_OTHER_ORIGIN", "the checkpoint is of another log", {}, cure);
  }
  const [nodes, witnesses] = await Promise.all([
    signersOf(signatures, note, policy.nodes),
    signersOf(signatures, note, policy.witnesses),
  ]);
  const absent = policy.nodes.filter(({ name }) => !nodes.some((node) => node.name === name));
  if (absent.length > 0) {
    const who = absent.map(({ name }) => name).join(" and ");
    const cure = "ask the nodes for a checkpoint that all three have signed";
    throw new LogError(
      "LOG_NOT_COSIGNED",
      `the checkpoint lacks the signature of ${who}`,
      {},
      cure,
    );
  }
  if (witnesses.length < policy.quorum) {
    const counts = `${witnesses.length} of at least ${policy.quorum} witnesses`;
    const details = { witnesses: witnesses.length, quorum: policy.quorum };
    const cure = "ask for a checkpoint that more witnesses have cosigned";
    throw new LogError("LOG_NOT_COSIGNED", `the checkpoint has ${counts}`, details, cure);
  }
  return { ...checkpoint, nodes, witnesses };
}

/** Who of `keys` has signed, each once, in the order of `keys`; of several times the latest. */
async function signersOf(
  signatures: Signatures,
  note: Note,
  keys: readonly NoteKey[],
): Promise<HeadSigner[]> {
  const signers: HeadSigner[] = [];
  for (const key of keys) {
    const times: number[] = [];
    const lines = note.signatures.filter((line) => isOf(line, key));
    for (const line of lines) {
      const verified = await verifySignature(signatures, note.text, line, key);
      if (verified === undefined) {
        const cure = "the file was forged or damaged: ask for it again, and keep this one";
        const message = `the signature of ${key.name} is wrong`;
        throw new LogError("LOG_SIGNATURE_WRONG", message, {}, cure);
      }
      if (verified.time !== undefined) times.push(verified.time);
    }
    if (lines.length === 0) continue;
    signers.push(
      times.length === 0 ? { name: key.name } : { name: key.name, time: Math.max(...times) },
    );
  }
  return signers;
}
