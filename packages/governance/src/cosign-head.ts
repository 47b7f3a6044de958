import { sameBytes } from "@symbolon/base/bytes";
import { CLOCK_SKEW_MS, REQUEST_AGE_MAX_MS } from "./admit.js";
import { type Folded, foldLog } from "./fold-log.js";
import { millisecondsOf } from "./instant.js";
import { type Checkpoint, formatCheckpoint } from "./log/checkpoint.js";
import { frontierRoot } from "./log/frontier.js";
import { parseHead } from "./log/growth.js";
import { LogError } from "./log/log-error.js";
import type { NoteSignature } from "./log/note.js";
import { type NoteSigner, signNote } from "./log/note-key.js";
import type { LogPolicy } from "./log/policy.js";
import { verifyCheckpoint } from "./log/verify-checkpoint.js";
import { verifyConsistency } from "./log/verify-proof.js";
import { parseEntry } from "./log-entry.js";
import { Refusal } from "./refusal.js";
import type { Signatures } from "./signatures.js";
import type { SpaceState } from "./space-state.js";

/** A node's own copy of a log, and what is to be appended. */
export interface Extension {
  readonly state: SpaceState;
  /** The log's name. */
  readonly log: string;
  readonly entries: readonly Uint8Array[];
  /** Milliseconds since 1970, by this node's clock. */
  readonly now: number;
}

/** The log's next head, and what it says then. */
export interface Extended extends Folded {
  /** The text of the head: what the three nodes sign. */
  readonly head: string;
}

/**
 * What a node checks of new entries before it signs the head over them: that each counts at its
 * place, and is dated by its own clock (two minutes ahead at most, fifteen behind). The head is the
 * node's own work, from its own copy: whoever was sent other entries has another one, and then
 * there are no three signatures under either. Throws `Refusal` for the first entry that it does not
 * sign.
 */
export async function extendLog(signatures: Signatures, extension: Extension): Promise<Extended> {
  const { state, log, entries, now } = extension;
  const folded = await foldLog(signatures, state, entries);
  const [first] = folded.refused;
  if (first !== undefined) throw new Refusal(first.refuse, first.reason, { index: first.index });
  for (const [k, bytes] of entries.entries()) {
    const { at } = parseEntry(bytes);
    const late = now - (millisecondsOf(at) as number);
    if (late < -CLOCK_SKEW_MS || late > REQUEST_AGE_MAX_MS)
      throw new Refusal("ENTRY_OUT_OF_ORDER", `the entry is dated ${at}, which is not now`, {
        index: state.frontier.size + k,
      });
  }
  const { frontier } = folded.state;
  const root = await frontierRoot(frontier);
  const head = formatCheckpoint({ origin: log, size: frontier.size, root, extensions: [] });
  return { ...folded, head };
}

/** What a witness remembers of a log: the largest head that it has cosigned. */
export type Witnessed = Pick<Checkpoint, "size" | "root">;

/**
 * What a witness does, which any member can be: it cosigns a head that all three nodes have signed
 * if that continues what it cosigned last, and no other. `file` is a growth (C2SP tlog-witness,
 * `add-checkpoint`), or a checkpoint alone for the first time or the same size. `time` is in
 * seconds since 1970.
 *
 * Throws `LogError`: LOG_FORK for another root of the same size, LOG_PROOF_WRONG for a head that
 * does not continue, or goes back; nothing is signed then, and both heads are evidence.
 */
export async function cosignHead(
  signatures: Signatures,
  policy: LogPolicy,
  last: Witnessed | undefined,
  file: string,
  witness: { readonly signer: NoteSigner; readonly time: number },
): Promise<{ readonly signature: NoteSignature; readonly seen: Witnessed }> {
  const growth = parseHead(file);
  // Of the nodes only: the other witnesses may come later than this one.
  const head = await verifyCheckpoint(signatures, growth.checkpoint, { ...policy, quorum: 0 });
  if (last !== undefined) await requireGrowth(last, head, growth);
  const text = formatCheckpoint(head);
  const signature = await signNote(text, witness.signer, witness.time);
  return { signature, seen: { size: head.size, root: head.root } };
}

async function requireGrowth(
  last: Witnessed,
  head: Checkpoint,
  growth: ReturnType<typeof parseHead>,
): Promise<void> {
  const { size, root } = head;
  const details = { size, last: last.size };
  if (size === last.size && !sameBytes(root, last.root)) {
    const cure = "keep both heads: they prove that the nodes have signed two histories";
    throw new LogError("LOG_FORK", `two heads of size ${size} differ`, details, cure);
  }
  const cure = "ask the nodes for the growth from the head that was cosigned last";
  const path = "path" in growth ? growth.path : [];
  const oldSize = "path" in growth ? growth.oldSize : last.size;
  const isGrowth =
    oldSize === last.size &&
    (await verifyConsistency({ oldSize, oldRoot: last.root, size, root, path }));
  if (!isGrowth)
    throw new LogError("LOG_PROOF_WRONG", "the head does not continue the last", details, cure);
}
