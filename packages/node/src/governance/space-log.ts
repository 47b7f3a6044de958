import { assert } from "@symbolon/base/assert";
import { toBase64 } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import { extendLog } from "@symbolon/governance/cosign-head";
import type { QueryRules } from "@symbolon/governance/decide";
import { headPolicy } from "@symbolon/governance/decide-charter";
import { type Envelope, payloadJson, statementHash } from "@symbolon/governance/envelope";
import { foldLog } from "@symbolon/governance/fold-log";
import { type Instant, instantOf, millisecondsOf } from "@symbolon/governance/instant";
import { ENTRY_BYTES_MAX } from "@symbolon/governance/log/entry-bundle";
import { frontierRoot } from "@symbolon/governance/log/frontier";
import { LogError } from "@symbolon/governance/log/log-error";
import { formatNote, type NoteSignature, parseNote } from "@symbolon/governance/log/note";
import { isOf, signNote, verifySignature } from "@symbolon/governance/log/note-key";
import type { LogPolicy } from "@symbolon/governance/log/policy";
import { appendTiles } from "@symbolon/governance/log/tile-writer";
import { verifyCheckpoint } from "@symbolon/governance/log/verify-checkpoint";
import { entryBytes, parseEntry } from "@symbolon/governance/log-entry";
import { parseStatement } from "@symbolon/governance/parse-statement";
import { Refusal } from "@symbolon/governance/refusal";
import type { Signatures } from "@symbolon/governance/signatures";
import type { Space } from "@symbolon/governance/space";
import { headKeysIn } from "@symbolon/governance/space-log";
import { genesisOf, type SpaceState } from "@symbolon/governance/space-state";
import type { HeadKey } from "../identity/head-key.js";
import { DoorError, SetupError } from "../node-error.js";
import type { LogStore, StoredHead } from "./log-store.js";

export interface SpaceLogServices {
  readonly space: Space;
  readonly self: PartyIndex;
  readonly signatures: Signatures;
  readonly headKey: HeadKey;
  readonly store: LogStore;
  readonly queries: readonly QueryRules[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Entries as this node judges them, before they are in its log. */
export interface Judged {
  readonly entries: readonly Uint8Array[];
  readonly state: SpaceState;
  /** The text of the head over them. */
  readonly head: string;
  /** Who signs it; the nodes alone are asked for here. */
  readonly policy: LogPolicy;
}

/** Heads for which cosignatures are still taken: witnesses sign the newest that they see. */
const HEADS_KEPT = 64;

/** What the log says up to a head, and the head. */
export interface LogView {
  readonly state: SpaceState;
  readonly note: string;
}

/**
 * A node's own copy of the space's log and what follows from it. It takes an entry only as its own
 * judgement, and a head only with the signatures of all three nodes.
 */
export class SpaceLog {
  readonly #services: SpaceLogServices;
  #state: SpaceState;
  /** The states at the heads since the newest one that witnesses enough have cosigned. */
  readonly #at = new Map<number, SpaceState>();
  #witnessed: LogView | undefined;

  private constructor(services: SpaceLogServices, genesis: SpaceState) {
    this.#services = services;
    this.#state = genesis;
  }

  /** Folds the whole log once. Throws `SetupError` if the copy is not what was signed. */
  static async open(services: SpaceLogServices): Promise<SpaceLog> {
    const { signatures, store, space } = services;
    const heads = [...store.heads()].reverse();
    const older = heads.at(-HEADS_KEPT - 1)?.size ?? 0;
    const before = store.entries(0, older);
    const { state } = await foldLog(signatures, await genesisOf(space), before);
    const log = new SpaceLog(services, state);
    for (const head of heads.slice(-HEADS_KEPT)) await log.#reopen(head);
    return log;
  }

  get state(): SpaceState {
    return this.#state;
  }
  get size(): number {
    return this.#state.frontier.size;
  }

  /** The log up to its end; `undefined` while it has no entry. */
  get newest(): LogView | undefined {
    const head = this.#services.store.head();
    return head && { state: this.#state, note: head.note };
  }

  /** The log up to the newest head that witnesses enough have cosigned. */
  get witnessed(): LogView | undefined {
    return this.#witnessed;
  }

  /** What the log would say with these statements after its end, those that count. */
  async with(statements: readonly Envelope[]): Promise<SpaceState> {
    const entries = statements.map((envelope) => this.entryOf(envelope, this.moment()));
    return (await foldLog(this.#services.signatures, this.#state, entries)).state;
  }

  /** The moment to date entries by: now, and never before the last one. */
  moment(after: Instant | undefined = this.#state.at): Instant {
    const now = instantOf(this.#services.now());
    return after !== undefined && now < after ? after : now;
  }

  /** The statement as the next entry. Throws `DoorError` if it is too long for one. */
  entryOf(envelope: Envelope, at: Instant): Uint8Array {
    const bytes = entryBytes({ at, envelope });
    if (bytes.length <= ENTRY_BYTES_MAX) return bytes;
    throw new DoorError(
      413,
      "BODY_TOO_LARGE",
      `an entry of the log has at most ${ENTRY_BYTES_MAX} bytes`,
      "shorten the texts of the statement",
    );
  }

  /**
   * What this node would sign over these entries, by its own copy and clock. `isAttested`: two
   * other nodes have signed the same head, so that the entries may be of earlier, but not of later.
   * Throws `Refusal` for the first entry that it does not sign, with its `index` in the log.
   */
  async judge(entries: readonly Uint8Array[], isAttested = false): Promise<Judged> {
    assert(entries.length > 0, "something is appended");
    const { signatures, now } = this.#services;
    const state = this.#state;
    const log = await this.#nameAfter(entries);
    const at = isAttested ? Math.min(now(), lastMoment(entries)) : now();
    const extended = await extendLog(signatures, { state, log, entries, now: at });
    const policy = await this.#policyOf(extended.state).catch(async (error) => {
      throw await this.#placed(error, entries);
    });
    for (const [k, entry] of entries.entries()) this.#requireExplained(entry, this.size + k);
    return { entries, state: extended.state, head: extended.head, policy };
  }

  /** This node's signature on a head that it has judged. */
  sign({ head, policy }: Judged): Promise<NoteSignature> {
    const { self, signatures, headKey } = this.#services;
    const sign = (message: Uint8Array) => signatures.sign(headKey.privateKey, message);
    return signNote(head, { key: policy.nodes[self], sign });
  }

  /** Whether the line is a node's signature on the judged head. */
  async isSignedBy(
    node: PartyIndex,
    line: NoteSignature,
    { head, policy }: Pick<Judged, "head" | "policy">,
  ): Promise<boolean> {
    const key = policy.nodes[node];
    if (!isOf(line, key)) return false;
    return (await verifySignature(this.#services.signatures, head, line, key)) !== undefined;
  }

  /** Whether a note is a head that all three nodes have signed. */
  async isWhole(note: string): Promise<boolean> {
    const policy = await this.#policyOf(this.#state);
    return verifyCheckpoint(this.#services.signatures, note, policy).then(
      () => true,
      () => false,
    );
  }

  /** Appends what all three nodes have signed. Throws `LogError` for fewer. */
  async append(judged: Judged, lines: readonly NoteSignature[]): Promise<void> {
    const { signatures, store } = this.#services;
    const { head, policy, entries, state } = judged;
    const ours = lines.filter((line) => policy.nodes.some((key) => isOf(line, key)));
    const note = formatNote({ text: head, signatures: ours });
    await verifyCheckpoint(signatures, note, policy);
    const tiles = await appendTiles(store.readTile, this.size, entries);
    const stored = entries.map(async (bytes) => {
      return { bytes, statement: await statementHash(parseEntry(bytes).envelope) };
    });
    const { size } = state.frontier;
    store.commit({ size, note, tiles, entries: await Promise.all(stored) });
    this.#state = state;
    this.#keep(size, state);
    await this.#lookForWitnesses({ size, note });
  }

  /** Adds cosignatures of witnesses to the head that they are about. Throws `DoorError`. */
  async cosign(file: string): Promise<void> {
    const note = parseNote(file);
    const size = Number(note.text.split("\n")[1]);
    const state = this.#at.get(size);
    if (state === undefined)
      throw unfit(`this node wants no cosignature for a head of ${size} entries`);
    const known = parseNote((this.#services.store.headAt(size) as StoredHead).note);
    if (known.text !== note.text) throw unfit(`this node has another head of ${size} entries`);
    const policy = await this.#policyOf(state);
    const added = await this.#verified(note.text, note.signatures, policy);
    if (added.length === 0) throw unfit("no witness that the charter names has signed it");
    const isReplaced = (line: NoteSignature) => added.some((it) => it.id === line.id);
    const kept = known.signatures.filter((line) => !isReplaced(line));
    const head = { size, note: formatNote({ text: note.text, signatures: [...kept, ...added] }) };
    this.#services.store.putNote(head);
    await this.#lookForWitnesses(head);
  }

  async #verified(text: string, lines: readonly NoteSignature[], { witnesses }: LogPolicy) {
    // Of each witness one: with many of its own it would leave no room for the others' in the note.
    const good = new Map<string, NoteSignature>();
    for (const line of lines) {
      const key = witnesses.find((it) => isOf(line, it));
      if (key === undefined) continue;
      if ((await verifySignature(this.#services.signatures, text, line, key)) === undefined)
        throw unfit(`the signature of ${key.name} is wrong`);
      good.set(line.id, line);
    }
    return [...good.values()];
  }

  async #reopen(head: StoredHead): Promise<void> {
    const { store, signatures } = this.#services;
    const entries = store.entries(this.size, head.size);
    const { state } = await foldLog(signatures, this.#state, entries);
    this.#state = state;
    const policy = await this.#policyOf(state, false);
    const damaged = new SetupError(
      "STORE_UNREADABLE",
      `the log's copy of ${head.size} entries is not what the nodes have signed`,
      { size: head.size },
      "restore a backup of the data directory; the other nodes have what came since",
    );
    const { frontier } = state;
    const checkpoint = await verifyCheckpoint(signatures, head.note, policy).catch((error) => {
      if (error instanceof LogError) throw damaged;
      throw error;
    });
    const root = toBase64(await frontierRoot(frontier));
    if (checkpoint.size !== frontier.size || toBase64(checkpoint.root) !== root) throw damaged;
    this.#keep(head.size, state);
    await this.#lookForWitnesses(head);
  }

  #keep(size: number, state: SpaceState): void {
    this.#at.set(size, state);
    const [oldest] = this.#at.keys();
    if (this.#at.size > HEADS_KEPT) this.#at.delete(oldest);
  }

  /** A head with witnesses enough takes the place of older ones; their states are let go. */
  async #lookForWitnesses({ size, note }: StoredHead): Promise<void> {
    const state = this.#at.get(size);
    if (state === undefined || size < (this.#witnessed?.state.frontier.size ?? 0)) return;
    const keys = headKeysIn(state);
    assert(keys !== undefined, "a log with entries has keys for its heads");
    const { witnesses } = await verifyCheckpoint(this.#services.signatures, note, {
      ...(await headPolicy(keys)),
      quorum: 0,
    });
    if (witnesses.length < keys.quorum) return;
    this.#witnessed = { state, note };
    for (const older of this.#at.keys()) if (older < size) this.#at.delete(older);
  }

  /** The nodes' keys for heads of a state, none of which may stand for this node but its own. */
  async #policyOf(state: SpaceState, isOwnAsked = true): Promise<LogPolicy> {
    const { self, headKey } = this.#services;
    const keys = headKeysIn(state);
    if (keys === undefined)
      throw new Refusal("NOT_IN_LOG", "the log of a data space begins with its charter");
    if (isOwnAsked && keys.nodes[self] !== toBase64(headKey.publicKey))
      throw new Refusal("HEAD_KEY_DIFFERS", `the charter names another head key for node ${self}`);
    const policy = await headPolicy(keys).catch((error: unknown) => {
      if (!(error instanceof LogError)) throw error;
      const why = `no head can be signed under this charter: ${error.message}`;
      throw new Refusal("HEAD_KEY_DIFFERS", why);
    });
    return { ...policy, quorum: 0 };
  }

  /** The same refusal, with the entry from which on it holds. */
  async #placed(error: unknown, entries: readonly Uint8Array[]): Promise<unknown> {
    if (!(error instanceof Refusal)) return error;
    let state = this.#state;
    for (const [k, entry] of entries.entries()) {
      ({ state } = await foldLog(this.#services.signatures, state, [entry]));
      const isFit = await this.#policyOf(state).then(Boolean, () => false);
      if (!isFit) return new Refusal(error.code, error.message, { index: this.size + k });
    }
    return error;
  }

  /** The log's name: known before its first entry only from that entry, if it counts. */
  async #nameAfter(entries: readonly Uint8Array[]): Promise<string> {
    const known = headKeysIn(this.#state);
    if (known !== undefined) return known.log;
    const { state } = await foldLog(this.#services.signatures, this.#state, entries);
    return headKeysIn(state)?.log ?? "none";
  }

  /** What a query reveals must be told by the very text that this node's program tells it by. */
  #requireExplained(entry: Uint8Array, index: number): void {
    const statement = parseStatement(payloadJson(parseEntry(entry).envelope));
    if (statement.type !== "urn:symbolon:statement:query-proposal:v1") return;
    const rules = this.#services.queries.find(({ hash }) => hash === statement.query);
    if (rules?.explanation === statement.explanation) return;
    const what = rules === undefined ? "does not know the query" : "explains the query otherwise";
    throw new Refusal("UNKNOWN_QUERY", `this node's program ${what}`, { index });
  }
}

const lastMoment = (entries: readonly Uint8Array[]): number =>
  millisecondsOf(parseEntry(entries[entries.length - 1]).at) as number;

const unfit = (why: string): DoorError =>
  new DoorError(409, "COSIGNATURE_UNFIT", why, "fetch the newest head, check it and cosign that");
