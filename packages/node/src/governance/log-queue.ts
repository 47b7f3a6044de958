import type { StatementFate } from "@symbolon/governance/api";
import { type Envelope, statementHash } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import type { Instant } from "@symbolon/governance/instant";
import { Refusal } from "@symbolon/governance/refusal";
import type { SpaceState } from "@symbolon/governance/space-state";
import { DoorError } from "../node-error.js";
import { BATCH_MAX } from "./log-messages.js";
import { LogQuota } from "./log-quota.js";
import type { LogStore } from "./log-store.js";
import type { SpaceLog } from "./space-log.js";

/** Characters of the entries of one head: with the rest of the message below the link's limit. */
const BATCH_CHARACTERS_MAX = 120_000;
const PENDING_MAX = 1_000;
/** Refused statements that are remembered, for whoever asks what became of them. */
const REFUSED_MAX = 1_000;

/** Refusals of today that may be none tomorrow: a clock is wrong. */
export const isOfTime = (code: string): boolean =>
  code === "ENTRY_OUT_OF_ORDER" || code === "REQUEST_IN_FUTURE";

/** Keys and applications of organisations that nobody has let in: anybody can sign such. */
const STRANGERS_MAX = 100;

/** The identities that members have or had; others may be published in their names. */
function membersIdentities({ identities, members }: SpaceState): ReadonlySet<Hash> {
  const own = new Set<Hash>();
  for (const member of members.values())
    for (let it: Hash | null = member.identity; it !== null && !own.has(it); ) {
      own.add(it);
      it = identities.get(it)?.previous ?? null;
    }
  return own;
}

function strangersIn(state: SpaceState): number {
  const own = membersIdentities(state);
  const keys = [...state.identities.keys()].filter((hash) => !own.has(hash));
  const applied = [...state.applications.values()].filter(({ identity }) => !own.has(identity));
  return keys.length + applied.length;
}

/** Else whoever reaches this node's port could make the log grow without end. */
function refuseCrowd(before: SpaceState, after: SpaceState): void {
  const count = strangersIn(after);
  if (count <= STRANGERS_MAX || count <= strangersIn(before)) return;
  const cure = "call a member: the board has to look at who has applied";
  const message = `${STRANGERS_MAX} keys and applications of others are in the log already`;
  throw new DoorError(409, "STRANGERS_TOO_MANY", message, cure);
}

export interface Waiting {
  readonly hash: Hash;
  /** The entry that it would be. */
  readonly bytes: Uint8Array;
}

/** Statements that count and are not in the log yet, in the order in which they came. */
export class LogQueue {
  readonly #log: SpaceLog;
  readonly #store: LogStore;
  readonly #reasons = new Map<Hash, string>();
  readonly #quota = new LogQuota();

  constructor(log: SpaceLog, store: LogStore) {
    this.#log = log;
    this.#store = store;
  }

  /** Keeps a statement that counts after all that wait. Throws `Refusal` or `DoorError`. */
  async take(envelope: Envelope): Promise<Hash> {
    const hash = await statementHash(envelope);
    if (this.#store.indexOf(hash) !== undefined || this.#store.isPending(hash)) return hash;
    if (this.#store.pendingCount() >= PENDING_MAX)
      throw new DoorError(503, "NODE_BUSY", "too much waits for the log", "send it again later");
    const at = this.#log.moment();
    const before = await this.batch(at);
    const own = this.#log.entryOf(envelope, at);
    const { state } = await this.#log.judge([...before.map(({ bytes }) => bytes), own]);
    refuseCrowd(this.#log.state, state);
    this.#quota.take(envelope, own.length, at);
    this.#store.putPending(hash, envelope);
    this.#reasons.delete(hash);
    return hash;
  }

  /** What waits, as entries that count one after the other; what can count no more is dropped. */
  async batch(at: Instant = this.#log.moment()): Promise<readonly Waiting[]> {
    const batch = await this.#first(at);
    while (batch.length > 0) {
      try {
        await this.#log.judge(batch.map(({ bytes }) => bytes));
        break;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const wrong = Number(error.details["index"]) - this.#log.size;
        const [{ hash }] = batch.splice(wrong, 1);
        // This node's own clock may be what is wrong: nothing is lost by it.
        if (isOfTime(error.code)) this.delay(hash, error.message);
        else this.drop(hash, `${error.message} — ${error.cure}`);
      }
    }
    return batch;
  }

  /** The first that wait, as many as fit under one head with one more. */
  async #first(at: Instant): Promise<Waiting[]> {
    const first: Waiting[] = [];
    let characters = 0;
    for (const envelope of this.#store.pending()) {
      const bytes = this.#log.entryOf(envelope, at);
      characters += bytes.length;
      if (first.length === BATCH_MAX - 1 || characters > BATCH_CHARACTERS_MAX) break;
      first.push({ hash: await statementHash(envelope), bytes });
    }
    return first;
  }

  drop(statement: Hash, reason: string): void {
    this.#store.dropPending(statement);
    this.delay(statement, reason);
  }

  /** It waits on, and this is why. */
  delay(statement: Hash, reason: string): void {
    this.#reasons.set(statement, reason);
    const [oldest] = this.#reasons.keys();
    if (this.#reasons.size > REFUSED_MAX) this.#reasons.delete(oldest);
  }

  fate(statement: Hash): StatementFate {
    const index = this.#store.indexOf(statement);
    if (index !== undefined) return { state: "logged", index };
    const reason = this.#reasons.get(statement);
    if (this.#store.isPending(statement))
      return { state: "pending", ...(reason !== undefined && { reason }) };
    return reason === undefined ? { state: "unknown" } : { state: "refused", reason };
  }
}
