import { z } from "zod";

const Size = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const ENTRY_CHARACTERS_MAX = 65_535;
/** Entries of one head; a head is signed by all three nodes, so that many share one. */
export const BATCH_MAX = 64;
const Entries = z.array(z.string().max(ENTRY_CHARACTERS_MAX)).min(1).max(BATCH_MAX);
const Note = z.string().max(32_768);
const Text = z.string().max(1_024);
const Code = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/);

/** What two nodes tell each other about the log. Notes and heads are texts, entries as they are. */
const LogMessage = z.discriminatedUnion("kind", [
  /** Where a node stands: its newest head, and the head beyond it that it has signed, as notes. */
  z.strictObject({ kind: z.literal("state"), size: Size, head: Note, ahead: Note }),
  /** A signed statement for the log. */
  z.strictObject({ kind: z.literal("submit"), statement: z.record(z.string(), z.unknown()) }),
  /** What node 0 wants to append after `size` entries: `check` binds nobody, `sign` does. */
  z.strictObject({
    kind: z.literal("propose"),
    phase: z.enum(["check", "sign"]),
    size: Size,
    entries: Entries,
    /** The head with the signatures that are known, or an empty text. */
    note: Note,
  }),
  /** A node would sign this head. */
  z.strictObject({ kind: z.literal("agree"), head: Text }),
  /** A node does not sign: entry `index` (from 0, in the log) does not count for it. */
  z.strictObject({
    kind: z.literal("refuse"),
    size: Size,
    index: Size,
    code: Code,
    reason: z.string().max(500),
  }),
  /** A node's signature on the head, as a note; with the entries if it had signed before. */
  z.strictObject({ kind: z.literal("signed"), note: Note, entries: Entries }),
  /** Entries after `size`, and the head that all three nodes have signed. */
  z.strictObject({ kind: z.literal("commit"), size: Size, entries: Entries, note: Note }),
  z.strictObject({ kind: z.literal("fetch"), size: Size }),
]);
export type LogMessage = z.infer<typeof LogMessage>;
export type Message<Kind extends LogMessage["kind"]> = Extract<LogMessage, { kind: Kind }>;

/** A message about the log from a peer, or `undefined` if it is none. */
export const parseLogMessage = (body: unknown): LogMessage | undefined =>
  LogMessage.safeParse(body).data;
