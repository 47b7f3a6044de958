import type { Envelope } from "@symbolon/governance/envelope";
import { payloadJson } from "@symbolon/governance/envelope";
import { DoorError } from "../node-error.js";

/** What one author may have logged in an hour: work for people, and no flood. */
const STATEMENTS_MAX = 300;
const BYTES_MAX = 4 * 1024 * 1024;

const AUTHORS = ["by", "asker", "provider"] as const;

/**
 * Whose statement it is, by its own word, which has been verified. Nodes have no limit, since they
 * can stop the log in any case. Keys and applications, which name whom they like, share one.
 */
function authorOf(envelope: Envelope): string | undefined {
  const fields = new Map(Object.entries(payloadJson(envelope) as object));
  if (fields.has("node")) return undefined;
  const name: unknown = AUTHORS.map((field) => fields.get(field)).find((it) => it !== undefined);
  return typeof name === "string" ? `member ${name}` : "newcomers and new keys";
}

/** Counts what each author has had taken in the present hour; a restart begins anew. */
export class LogQuota {
  #hour = "";
  readonly #used = new Map<string, { readonly count: number; readonly bytes: number }>();

  /** Counts one more statement of this many bytes. Throws `DoorError` if it is too much. */
  take(envelope: Envelope, bytes: number, at: string): void {
    const author = authorOf(envelope);
    if (author === undefined) return;
    const hour = at.slice(0, "2026-01-31T08".length);
    if (hour !== this.#hour) this.#used.clear();
    this.#hour = hour;
    const used = this.#used.get(author) ?? { count: 0, bytes: 0 };
    const next = { count: used.count + 1, bytes: used.bytes + bytes };
    if (next.count > STATEMENTS_MAX || next.bytes > BYTES_MAX) {
      const message = `${author} has had ${used.count} statements taken in this hour`;
      throw new DoorError(503, "NODE_BUSY", message, "send it again in the next hour");
    }
    this.#used.set(author, next);
  }
}
