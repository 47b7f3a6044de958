import { canonicalBytes, parseCanonicalJson } from "./canonical-json.js";
import { instant, record } from "./check.js";
import { type Envelope, parseEnvelope } from "./envelope.js";
import type { Instant } from "./instant.js";
import { decodeText } from "./log/note.js";

/** An entry of a space's log: a signed statement, and when the nodes took it in. */
export interface LogEntry {
  /** By the nodes' clocks; never before the entry in front of it. */
  readonly at: Instant;
  readonly envelope: Envelope;
}

const check = record<LogEntry>({ at: instant, envelope: parseEnvelope });

/** The entry's bytes, whose hash is the leaf of the log. */
export const entryBytes = (entry: LogEntry): Uint8Array => canonicalBytes(entry);

/** An entry from the log. Throws `InvalidDocument` or `LogError` for any other spelling. */
export const parseEntry = (bytes: Uint8Array): LogEntry =>
  check(parseCanonicalJson(decodeText(bytes, "an entry")), "$");
