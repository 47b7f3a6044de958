import { utf8 } from "@symbolon/base/bytes";
import { KnownError } from "@symbolon/base/error";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { StatementFate } from "@symbolon/governance/api";
import { type Envelope, parseEnvelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { parseCheckpoint } from "@symbolon/governance/log/checkpoint";
import { formatNote, type NoteSignature, parseNote } from "@symbolon/governance/log/note";
import { Refusal } from "@symbolon/governance/refusal";
import type { Log } from "../log.js";
import { DoorError } from "../node-error.js";
import { type LogMessage, type Message, parseLogMessage } from "./log-messages.js";
import { isOfTime, LogQueue } from "./log-queue.js";
import type { LogStore, StoredHead } from "./log-store.js";
import type { Judged, SpaceLog } from "./space-log.js";

export interface LogAgreementServices {
  readonly self: PartyIndex;
  readonly names: readonly string[];
  readonly log: SpaceLog;
  readonly store: LogStore;
  readonly links: {
    readonly areAllUp: boolean;
    sendLogMessage(to: PartyIndex, body: unknown): void;
  };
  /** Writes for the operator. */
  readonly diary: Log;
  /** The log has grown, or a head has been cosigned. */
  readonly changed: () => void;
}

/** Who says which entries come next. It cannot choose what counts, only when. */
const PROPOSER: PartyIndex = 0;
/** How long a proposal waits for both answers. */
const ANSWER_MS_MAX = 10_000;
/** After a refusal that time may heal, such as a clock that is put right. */
const RETRY_MS = 1_000;

interface Round {
  readonly judged: Judged;
  readonly entries: readonly string[];
  readonly statements: readonly Hash[];
  phase: "check" | "sign";
  readonly agreed: Set<PartyIndex>;
  readonly lines: Map<PartyIndex, NoteSignature>;
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/**
 * How the three nodes agree on what their log says next. Node 0 proposes, the two others check by
 * their own copies and clocks, then all sign. A node signs one head of each size and writes it down
 * first, so that no two heads can ever get three signatures; whoever is shown another one than a
 * peer has signed stops, and says so. A node that is away means "not yet".
 */
export class LogAgreement {
  readonly #services: LogAgreementServices;
  readonly #queue: LogQueue;
  #turn: Promise<unknown> = Promise.resolve();
  #round: Round | undefined;
  #ahead: Judged | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(services: LogAgreementServices) {
    this.#services = services;
    this.#queue = new LogQueue(services.log, services.store);
  }

  /** Why this node takes no more entries, if it has stopped. */
  get stopped(): string | undefined {
    return this.#services.store.stopped();
  }

  /**
   * Takes a statement for the log: checked as if it came next, kept, and handed to the node that
   * proposes. Throws `Refusal` with what is wrong, or `DoorError`.
   */
  submit(envelope: Envelope): Promise<Hash> {
    return this.#serial(() => this.#submit(envelope));
  }

  async fate(statement: Hash): Promise<StatementFate> {
    return this.#queue.fate(statement);
  }

  /** A witness's cosignature, as a note. Throws `DoorError` or `LogError`. */
  async cosign(note: string): Promise<void> {
    await this.#serial(() => this.#services.log.cosign(note));
    this.#services.changed();
  }

  hear(from: PartyIndex, body: unknown): void {
    const message = parseLogMessage(body);
    if (message === undefined) {
      this.#warn("LOG_MESSAGE_UNKNOWN", from, "a peer sent no message of this version");
      return;
    }
    void this.#serial(() => this.#hear(from, message)).catch((error) => this.#failed(from, error));
  }

  /** A peer came back or went away. */
  peerChanged(peer: PartyIndex, isUp: boolean): void {
    if (!isUp) this.#round = undefined;
    else
      void this.#serial(async () => {
        await this.#tellState(peer);
        await this.#forward();
        await this.#propose();
      }).catch((error) => this.#failed(peer, error));
  }

  /** Resolves once what has come so far is dealt with. */
  async idle(): Promise<void> {
    await this.#turn;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#turn;
  }

  /** One thing at a time: what a step has read stays true until it has written. */
  #serial<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #submit(envelope: Envelope): Promise<Hash> {
    this.#refuseStopped();
    const hash = await this.#queue.take(envelope);
    await this.#forward();
    await this.#propose();
    return hash;
  }

  #refuseStopped(): void {
    const reason = this.stopped;
    if (reason === undefined) return;
    const cure = "ask the operators: members compare heads, and decide which history counts";
    throw new DoorError(409, "LOG_STOPPED", `this node takes no more entries: ${reason}`, cure);
  }

  /** Hands what waits here to the node that proposes. */
  async #forward(): Promise<void> {
    const { self, store, links } = this.#services;
    if (self === PROPOSER || this.stopped !== undefined) return;
    for (const envelope of store.pending())
      links.sendLogMessage(PROPOSER, { kind: "submit", statement: { ...envelope } });
  }

  async #propose(): Promise<void> {
    const { self, links, store, log } = this.#services;
    if (self !== PROPOSER || this.#round || this.#isClosed || this.stopped !== undefined) return;
    if (!links.areAllUp) return;
    const ahead = store.signedAhead();
    const batch = ahead ? [] : await this.#queue.batch();
    const entries = ahead?.entries ?? batch.map(({ bytes }) => textOf(bytes));
    if (entries.length === 0) return;
    const judged = await log.judge(entries.map(utf8), ahead !== undefined);
    const statements = batch.map(({ hash }) => hash);
    const round: Round = {
      ...{ judged, entries, statements, agreed: new Set(), lines: new Map() },
      phase: ahead ? "sign" : "check",
    };
    if (ahead) round.lines.set(self, await log.sign(judged));
    this.#round = round;
    this.#ask(round);
    this.#later(ANSWER_MS_MAX, round);
  }

  #ask({ phase, entries, judged, lines }: Round): void {
    const { log } = this.#services;
    const note = noteOf(judged.head, lines);
    this.#tellBoth({ kind: "propose", phase, size: log.size, entries: [...entries], note });
  }

  /** Gives up a round that nothing came of, and tries again. */
  #later(ms: number, round: Round | undefined): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      const again = async () => {
        if (this.#round === round) this.#round = undefined;
        await this.#propose();
      };
      void this.#serial(again).catch((error) => this.#failed(PROPOSER, error));
    }, ms);
    this.#timer.unref();
  }

  async #hear(from: PartyIndex, message: LogMessage): Promise<void> {
    if (this.stopped !== undefined) return;
    switch (message.kind) {
      case "state":
        return this.#heardState(from, message);
      case "submit":
        await this.#submit(parseEnvelope(message.statement, "$.statement"));
        return;
      case "propose":
        return this.#heardProposal(from, message);
      case "agree":
        return this.#heardAgreement(from, message);
      case "refuse":
        return this.#heardRefusal(from, message);
      case "signed":
        return this.#heardSignature(from, message);
      case "commit":
        return this.#heardCommit(from, message);
      case "fetch":
        this.#sendCommit(from, message.size);
    }
  }

  async #heardProposal(from: PartyIndex, message: Message<"propose">): Promise<void> {
    const { log, store, links, self } = this.#services;
    if (from !== PROPOSER || self === PROPOSER) return;
    if (message.size !== log.size) return this.#tellState(from);
    const ahead = store.signedAhead();
    const entries = message.entries.map(utf8);
    try {
      const judged = await this.#judgeProposal(entries, message, ahead !== undefined);
      if (ahead !== undefined && ahead.head !== judged.head) return this.#showAhead(from);
      if (message.phase === "check") {
        links.sendLogMessage(from, { kind: "agree", head: judged.head } satisfies LogMessage);
        return;
      }
      if (ahead === undefined) store.putSignedAhead({ head: judged.head, ...message });
      await this.#sendSignature(from, judged, message.entries);
      for (const peer of this.#peers()) if (peer !== from) await this.#tellState(peer);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (ahead !== undefined) return this.#showAhead(from);
      const index = Number(error.details["index"]);
      const about = { size: log.size, index, code: error.code };
      const reason = error.message.slice(0, 500);
      links.sendLogMessage(from, { kind: "refuse", ...about, reason } satisfies LogMessage);
    }
  }

  /** By this node's clock, or by two other nodes' word where both have signed already. */
  async #judgeProposal(entries: Uint8Array[], { note }: Message<"propose">, hasSigned: boolean) {
    const { log, self } = this.#services;
    if (hasSigned || note === "") return log.judge(entries, hasSigned);
    const judged = await log.judge(entries, true);
    const lines = parseNote(note).signatures;
    const others = this.#peers().map(async (peer) => {
      const signed = lines.map((line) => log.isSignedBy(peer, line, judged));
      return (await Promise.all(signed)).includes(true);
    });
    const isAttested = (await Promise.all(others)).every((has) => has);
    return isAttested || self === PROPOSER ? judged : log.judge(entries);
  }

  async #sendSignature(to: PartyIndex, judged: Judged, entries: readonly string[]) {
    const line = await this.#services.log.sign(judged);
    const note = formatNote({ text: judged.head, signatures: [line] });
    this.#send(to, { kind: "signed", note, entries: [...entries] });
  }

  /** Another head is proposed than this node has signed: it shows that one, and signs no other. */
  async #showAhead(to: PartyIndex): Promise<void> {
    const judged = await this.#judgedAhead();
    if (judged !== undefined) await this.#sendSignature(to, judged, judged.entries.map(textOf));
  }

  /** The head beyond the log's end that this node has signed. */
  async #judgedAhead(): Promise<Judged | undefined> {
    const { store, log } = this.#services;
    const ahead = store.signedAhead();
    if (ahead === undefined) return undefined;
    if (this.#ahead?.head !== ahead.head)
      this.#ahead = await log.judge(ahead.entries.map(utf8), true);
    return this.#ahead;
  }

  async #heardAgreement(from: PartyIndex, { head }: Message<"agree">): Promise<void> {
    const round = this.#round;
    if (round === undefined || round.phase !== "check" || head !== round.judged.head) return;
    round.agreed.add(from);
    if (round.agreed.size < 2) return;
    this.#services.store.putProposed(head);
    round.phase = "sign";
    this.#ask(round);
  }

  /** An entry that counts here and not there: it waits if that is a matter of time. */
  async #heardRefusal(from: PartyIndex, message: Message<"refuse">): Promise<void> {
    const { log, names } = this.#services;
    const round = this.#round;
    if (round === undefined || message.size !== log.size) return;
    const { code, index } = message;
    const isTime = isOfTime(code);
    const clocks = isTime ? ": its clock and this node's differ" : "";
    const reason = `${names[from]} does not take it: ${message.reason}${clocks}`;
    // Entries of earlier wait for the second of two signatures, which tell the third their time.
    if (isTime && round.lines.has(this.#services.self)) return;
    this.#warn(code, from, reason);
    this.#round = undefined;
    const statement = round.statements[index - log.size];
    if (statement !== undefined && !isTime) this.#queue.drop(statement, reason);
    if (statement !== undefined && isTime) this.#queue.delay(statement, reason);
    this.#later(RETRY_MS, undefined);
  }

  async #heardSignature(from: PartyIndex, { note, entries }: Message<"signed">): Promise<void> {
    const { self, log, names } = this.#services;
    const { text, signatures } = parseNote(note);
    const round = this.#round;
    if (self !== PROPOSER || round === undefined) return;
    if (text !== round.judged.head) return this.#heardAhead(from, text, signatures, entries);
    if (!(await log.isSignedBy(from, signatures[0], round.judged))) {
      this.#warn("LOG_SIGNATURE_WRONG", from, `${names[from]} signed with another key`);
      return;
    }
    round.lines.set(from, signatures[0]);
    if (round.phase !== "sign") return;
    if (!this.#peers().every((peer) => round.lines.has(peer))) {
      // Two signatures are word enough of the time of entries that the third node sees only now.
      if (round.lines.has(self)) this.#ask(round);
      return;
    }
    round.lines.set(self, await log.sign(round.judged));
    const size = log.size;
    await log.append(round.judged, [...round.lines.values()]);
    this.#round = undefined;
    const head = this.#services.store.head() as StoredHead;
    this.#tellBoth({ kind: "commit", size, entries: [...round.entries], note: head.note });
    await this.#grown();
  }

  /**
   * A peer has signed another head of this size: if this node has not, that one comes first. If
   * this node has not asked for it, its own clock judges: one peer's word must not backdate.
   */
  async #heardAhead(
    from: PartyIndex,
    head: string,
    lines: readonly NoteSignature[],
    entries: readonly string[],
  ): Promise<void> {
    const { log, store } = this.#services;
    const judged = await log.judge(entries.map(utf8), store.proposed() === head);
    const isTheirs = await log.isSignedBy(from, lines[0], judged);
    if (judged.head !== head || !isTheirs) return;
    // In the second phase all have agreed to one head: who signs another one now was shown that.
    if (this.#round?.phase === "sign") return this.#stop(from, judged.state.frontier.size);
    store.putSignedAhead({ head, entries });
    this.#round = undefined;
    await this.#propose();
  }

  async #heardCommit(from: PartyIndex, message: Message<"commit">): Promise<void> {
    const { log } = this.#services;
    if (message.size !== log.size) return;
    const judged = await log.judge(message.entries.map(utf8), true);
    const { text, signatures } = parseNote(message.note);
    if (text !== judged.head)
      return this.#warn("HEAD_OF_OTHER_LOG", from, "a head came that is not of these entries");
    await log.append(judged, signatures);
    this.#round = undefined;
    await this.#grown();
    await this.#tellState(from);
  }

  /** Heads of one size with different roots, or signatures on two next ones: this node stops. */
  async #heardState(from: PartyIndex, message: Message<"state">): Promise<void> {
    const { log, store } = this.#services;
    const own = store.headAt(message.size);
    if (own !== undefined && message.head !== "" && textIn(own.note) !== textIn(message.head)) {
      const isOfSize = sizeIn(textIn(message.head)) === message.size;
      if (isOfSize && (await log.isWhole(message.head))) this.#stop(from, message.size);
      return;
    }
    const ahead = await this.#judgedAhead();
    if (message.size === log.size && ahead !== undefined && message.ahead !== "") {
      const { text, signatures } = parseNote(message.ahead);
      const theirs = { head: text, policy: ahead.policy };
      // What the peer signed long ago is no second word about what comes next.
      const isNext = text !== ahead.head && sizeIn(text) > log.size;
      const isOther = isNext && (await log.isSignedBy(from, signatures[0], theirs));
      if (isOther) return this.#stop(from, ahead.state.frontier.size);
    }
    if (message.size > log.size) this.#send(from, { kind: "fetch", size: log.size });
    else if (message.size < log.size) this.#sendCommit(from, message.size);
    else await this.#propose();
  }

  #sendCommit(to: PartyIndex, size: number): void {
    const { store } = this.#services;
    const head = store.headAfter(size);
    const isStart = size === 0 || store.headAt(size) !== undefined;
    if (head === undefined || !isStart) return;
    const entries = store.entries(size, head.size).map(textOf);
    this.#send(to, { kind: "commit", size, entries, note: head.note });
  }

  async #tellState(to: PartyIndex): Promise<void> {
    const { log, store } = this.#services;
    const ahead = await this.#judgedAhead();
    const note = ahead && formatNote({ text: ahead.head, signatures: [await log.sign(ahead)] });
    const head = store.head()?.note ?? "";
    this.#send(to, { kind: "state", size: log.size, head, ahead: note ?? "" });
  }

  async #grown(): Promise<void> {
    const { log, diary, changed, store } = this.#services;
    diary.info("log", { count: log.size });
    changed();
    if (store.pendingCount() > 0) await this.#queue.batch();
    await this.#forward();
    await this.#propose();
  }

  /** For good: an operator has to look. */
  #stop(from: PartyIndex, size: number): void {
    const { store, names, diary } = this.#services;
    const reason = `${names[from]} has signed another head of ${size} entries than this node`;
    store.putStopped(reason);
    this.#round = undefined;
    clearTimeout(this.#timer);
    diary.error("the log is stopped", { code: "HEAD_OF_OTHER_LOG", reason, count: size });
    this.#services.changed();
  }

  #peers(): readonly PartyIndex[] {
    return PARTIES.filter((party) => party !== this.#services.self);
  }

  #send(to: PartyIndex, message: LogMessage): void {
    this.#services.links.sendLogMessage(to, message);
  }

  #tellBoth(message: LogMessage): void {
    for (const peer of this.#peers()) this.#send(peer, message);
  }

  #warn(code: string, from: PartyIndex, reason: string): void {
    const peer = this.#services.names[from];
    this.#services.diary.warn("log", { code, peer, reason });
  }

  #failed(from: PartyIndex, error: unknown): void {
    const isKnown = error instanceof KnownError;
    const code = isKnown ? error.code : "INTERNAL_ERROR";
    this.#warn(code, from, isKnown ? error.message : (error as Error).name);
  }
}

const textIn = (note: string): string => parseNote(note).text;
const sizeIn = (head: string): number => parseCheckpoint(head).size;

const noteOf = (text: string, lines: ReadonlyMap<PartyIndex, NoteSignature>): string =>
  lines.size === 0 ? "" : formatNote({ text, signatures: [...lines.values()] });
