import { assert } from "@symbolon/base/assert";
import { KnownError } from "@symbolon/base/error";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { RunProgress } from "@symbolon/governance/api";
import type { Hash } from "@symbolon/governance/hash";
import { Refusal } from "@symbolon/governance/refusal";
import { isOlder } from "@symbolon/governance/space-state";
import { InputRefused, PeerUnavailable, ProtocolAbort } from "@symbolon/mpc/error";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { ATTEMPTS_MAX } from "@symbolon/mpc/verify/soundness";
import type { RunGrant, RunRow, StoredRunState } from "../store/store.js";
import { seedsOf } from "../store/vault.js";
import { AskedBefore } from "./asked-before.js";
import { runCharges } from "./charges.js";
import type { JobServices } from "./job-services.js";
import type { RunHello, RunMessage } from "./messages.js";
import { Progress } from "./progress.js";
import { runAttempt } from "./run-attempt.js";

const RETRY_MS_MIN = 250;
const RETRY_MS_MAX = 10_000;
const RELAY_MS = 1_000;

/** For a query that this program does not know (any more): nothing was found valid by these. */
const NO_RULES = "0".repeat(64) as Hash;

/**
 * One run at this node, from its grant to its end. Every node decides on its own when to begin an
 * attempt: when both peers say that they are ready for the same attempt at the same request. An
 * attempt number that was announced is never used again. A result is released only once all three
 * nodes have theirs of one attempt, so that a finished run is never computed again.
 */
export class RunJob {
  readonly run: RunRow["run"];
  readonly #services: JobServices;
  readonly #grant: RunGrant;
  readonly #hellos = new Map<PartyIndex, RunHello>();
  #state: StoredRunState;
  #attempt: number;
  #transport: Transport | undefined;
  /** What this node tells its peers to be checked, fixed for an attempt so that all agree. */
  #checked: readonly string[] = [];
  readonly #asked: AskedBefore;
  #isExecuting = false;
  /** Nothing of this run was computed before this execution. */
  #isFirst = false;
  #retryMs = RETRY_MS_MIN;
  #retry: NodeJS.Timeout | undefined;
  #patience: NodeJS.Timeout | undefined;
  #progress: Progress | undefined;
  #isStopped = false;
  #peerRefusal: { readonly told: string; readonly code: string } | undefined;
  #execution: Promise<void> = Promise.resolve();

  constructor(services: JobServices, row: RunRow) {
    assert(row.grant !== undefined, "a run has a grant");
    this.run = row.run;
    this.#services = services;
    this.#grant = row.grant;
    this.#asked = new AskedBefore(services, row.grant);
    this.#attempt = row.attempt;
    this.#state = row.state === "running" ? "interrupted" : row.state;
    if (row.state === "running") services.store.changeRun(row.run, { state: "interrupted" });
    if (row.state === "waiting") this.#waitUntil(row.since + services.limits.waitHours * 3_600_000);
  }

  get isOver(): boolean {
    return this.#state === "done" || this.#state === "aborted" || this.#state === "refused";
  }

  get progress(): RunProgress | undefined {
    return this.#progress?.current;
  }

  /** Tells the peers where this node stands, if both can be reached. */
  wake(): void {
    if (this.isOver || this.#isExecuting || this.#isStopped) return;
    clearTimeout(this.#retry);
    if (!this.#services.links.areAllUp) return;
    if (this.#state !== "finishing" && !this.#transport) this.#prepare(this.#attempt + 1);
    if (this.isOver) return;
    this.#announce(true);
    this.#evaluate();
  }

  /** What the lost peer said no longer holds, and an attempt that it was to take part in is off. */
  peerLost(peer: PartyIndex): void {
    this.#hellos.delete(peer);
    if (!this.#isExecuting) this.#dropTransport();
  }

  hear(from: PartyIndex, message: RunMessage): void {
    if (this.#isStopped) return;
    if (message.kind === "refuse") this.#heardRefusal(from, message.code, message.reason);
    else this.#heardHello(from, message);
  }

  /** A peer has ended the run for good. */
  peerAborted(from: PartyIndex, code: string): void {
    if (this.isOver) return;
    this.#end(`${this.#nameOf(from)} ended the run: ${code}`);
    // Should the peer have told only this node, the third would wait for ever.
    this.#retry = setTimeout(() => this.#announceAbort(code), RELAY_MS);
  }

  /** Ends the run for good, at this node's own decision. */
  end(reason: string, code: string): void {
    if (!this.isOver) this.#abort(reason, code);
  }

  /** Resolves once nothing of this run is being computed here. */
  settled(): Promise<void> {
    return this.#execution;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#patience);
    this.#dropTransport();
  }

  #heardHello(from: PartyIndex, hello: RunHello): void {
    const { links } = this.#services;
    const rolledBack = this.#rolledBack(from, hello);
    if (this.isOver) {
      this.#answerLate(from, hello);
      return;
    }
    const differing = this.#differing(hello);
    if (rolledBack !== undefined) {
      if (this.#state === "waiting") this.#refuse("LEDGER_OLDER", rolledBack);
      else this.#abort(rolledBack, "LEDGER_OLDER");
      return;
    }
    if (differing) {
      const reason = `${this.#nameOf(from)} was asked something else: the ${differing} differs`;
      // Once the run has begun, no peer's word may give the grant back: it may be used elsewhere.
      if (this.#state === "waiting") this.#refuse("PEERS_DISAGREE", reason);
      else this.#abort(reason, "PEERS_DISAGREE");
      return;
    }
    this.#hellos.set(from, hello);
    if (this.#isExecuting) {
      const hasGivenUp = hello.phase === "ready" && hello.attempt > this.#attempt;
      if (hasGivenUp) links.interrupt(this.run, this.#attempt, from);
      return;
    }
    if (hello.phase === "ready" && !this.#heardAsked(hello)) return;
    if (hello.wantsReply && (this.#transport || this.#state === "finishing"))
      this.#send(from, this.#hello(from, false));
    this.#evaluate();
  }

  /** What a peer remembers of the asker's earlier lists. `false` if this ends the run. */
  #heardAsked({ asked }: RunHello): boolean {
    try {
      if (this.#asked.hear(asked) && this.#transport) this.#announce(false);
      return true;
    } catch (error) {
      this.#endBy(error);
      return false;
    }
  }

  /** A refusal ends the run: its grant is given back if nothing has begun. */
  #endBy(error: unknown): void {
    if (!(error instanceof Refusal)) throw error;
    if (this.#state === "waiting") this.#refuse(error.code, error.message);
    else this.#abort(error.message, error.code);
  }

  /** A peer still wants to run what is over here. */
  #answerLate(from: PartyIndex, hello: RunHello): void {
    if (this.#state === "refused") this.#send(from, this.#refusal());
    else if (this.#state === "aborted")
      this.#services.links.announceAbort(this.run, hello.attempt, "RUN_ABORTED");
    else if (hello.wantsReply) this.#send(from, this.#hello(from, false));
  }

  /**
   * Why a peer's disclosure ledger, or this node's own, is older than it was when the other last
   * heard of it: what has been used up since is forgotten there, and must not be told again.
   */
  #rolledBack(from: PartyIndex, { ledger: theirs, seen }: RunHello): string | undefined {
    const { ledger } = this.#services;
    const key = this.#keyOf(from);
    const known = ledger.seen(from, key);
    const logged = this.#services.spaceLog?.state.ledgers.get(from);
    if ([known, logged].some((before) => before !== undefined && isOlder(theirs, before)))
      return `the disclosure ledger of ${this.#nameOf(from)} is older than it was`;
    if (known === undefined || theirs.size > known.size) ledger.noteSeen(from, key, theirs);
    if (seen !== null && !ledger.continues(seen))
      return `this node's disclosure ledger is older than ${this.#nameOf(from)} has seen it`;
    return undefined;
  }

  /** Another machine in a node's place has another key, and a ledger of its own. */
  #keyOf(party: PartyIndex): string {
    return this.#services.space.nodes[party].signingKey ?? "";
  }

  /** The field in which a peer's idea of the run differs from this node's. */
  #differing(hello: RunHello): string | undefined {
    if (hello.request !== this.#grant.requestHash) return "request";
    if (hello.datasets.join() !== this.#roots().join()) return "list of dataset roots";
    return undefined;
  }

  #evaluate(): void {
    if (this.#isExecuting || this.isOver || this.#isStopped) return;
    const heard = [...this.#hellos.values()];
    if (this.#state === "finishing") {
      const isDone = heard.filter((h) => h.phase === "finished" && h.attempt === this.#attempt);
      if (isDone.length === 2) this.#finish();
      if (!heard.some((h) => h.phase === "ready" && h.attempt > this.#attempt)) return;
      if (!this.#services.links.areAllUp) return;
      this.#change("interrupted", { result: undefined, stats: undefined });
    } else if (!this.#transport) return;
    const wanted = Math.max(
      this.#attempt,
      ...heard.map((h) => (h.phase === "ready" ? h.attempt : h.attempt + 1)),
    );
    if (wanted > this.#attempt || !this.#transport) {
      this.#prepare(wanted);
      if (this.isOver) return;
      this.#announce(false);
    }
    const isReady = (h: RunHello): boolean =>
      h.phase === "ready" && h.attempt === this.#attempt && this.#asked.isSame(h.asked);
    const ready = heard.filter(isReady);
    if (ready.length === 2) this.#execution = this.#execute();
  }

  /** Opens the attempt's transport before the peers hear of it, so that no message is lost. */
  #prepare(attempt: number): void {
    this.#dropTransport();
    if (attempt > ATTEMPTS_MAX) {
      // Each attempt is another chance to pass a check by luck: soundness counts this many.
      this.#abort(`cut off ${ATTEMPTS_MAX} times; it is not tried again`, "TOO_MANY_ATTEMPTS");
      return;
    }
    this.#attempt = attempt;
    this.#checked = this.#checkedNow();
    this.#asked.look();
    this.#services.store.changeRun(this.run, { attempt });
    this.#transport = this.#services.links.runTransport(this.run, attempt);
  }

  /**
   * Before anything that depends on data is sent, it is written down what the run uses up, and what
   * it asks about.
   */
  #spend(): boolean {
    const { ledger, store } = this.#services;
    const { theirs } = this.#grant.request;
    const owned = theirs.flatMap(({ root }) => store.datasetByRoot(root) ?? []);
    try {
      const charges = runCharges(this.#services, this.#grant.request, owned);
      ledger.spend(this.run, charges, () => this.#asked.remember());
      return true;
    } catch (error) {
      this.#endBy(error);
      return false;
    }
  }

  async #execute(): Promise<void> {
    if (!this.#spend()) return;
    const { services, transport, attempt } = this.#begin();
    try {
      const { result, stats } = await runAttempt(services, {
        grant: this.#grant,
        attempt,
        transport,
        inputRules: this.#inputRules(),
        checked: this.#checkedByAll(),
        asked: this.#asked.inputs,
        onProgress: (progress) => this.#progress?.note(progress),
      });
      if (!this.isOver && !this.#isStopped) this.#change("finishing", { result, stats });
    } catch (error) {
      if (!this.isOver && !this.#isStopped) this.#failed(error, transport);
    } finally {
      this.#isExecuting = false;
      this.#progress = undefined;
      this.#dropTransport();
    }
    if (this.#state === "finishing") this.wake();
    else if (!this.isOver && !this.#isStopped) this.#retryLater();
  }

  #begin() {
    const transport = this.#transport;
    assert(transport !== undefined, "an attempt has a transport");
    clearTimeout(this.#patience);
    this.#isExecuting = true;
    this.#isFirst = this.#state === "waiting";
    this.#progress = new Progress(this.#services.now);
    this.#change("running", { reason: undefined });
    return { services: this.#services, transport, attempt: this.#attempt };
  }

  #failed(error: unknown, transport: Transport): void {
    const refusal = this.#peerRefusal;
    if (refusal && !(error instanceof InputRefused)) {
      this.#abort(refusal.told, refusal.code);
    } else if (error instanceof PeerUnavailable && error.code !== "PEER_ABORTED") {
      this.#change("interrupted", { reason: error.message });
    } else if (error instanceof InputRefused) {
      this.#inputRefused(error);
    } else {
      const isKnown = error instanceof KnownError;
      const code =
        error instanceof ProtocolAbort ? error.code : isKnown ? error.code : "INTERNAL_ERROR";
      transport.abort(code);
      const where = error instanceof ProtocolAbort ? ` (${describe(error)})` : "";
      const reason = isKnown ? `${code}: ${error.message}${where}` : code;
      if (!isKnown)
        this.#services.log.error("a run failed by a bug", { run: this.run, reason: nameOf(error) });
      this.#abort(reason, code);
    }
  }

  #inputRefused(error: InputRefused): void {
    const { ours, theirs } = this.#grant.request;
    const bad = [ours, ...theirs].find(({ dataset }) => dataset === error.details["dataset"]);
    // Out of bounds is proved by a checked computation. Different copies may also be the doing of
    // one node, which must not be able to bar a provider's data for good.
    const isProved = error.code === "INPUT_INVALID";
    if (bad && isProved) this.#services.store.setInputCheck(bad.root, "failed", this.#inputRules());
    // Inputs are checked before anything else is computed, so the first time nothing has been told
    // and the grant is given back. Later an earlier attempt may have told the nodes what noise
    // hides only once: a peer that spoils an input then must not get it drawn anew.
    if (this.#isFirst) this.#refuse("INPUT_CHECK_FAILED", error.message);
    else this.#abort(error.message, "INPUT_CHECK_FAILED");
  }

  /** The seeds of the choice have served: nothing of this run is computed again. */
  #finish(): void {
    this.#change("done", { reason: undefined });
    this.#services.vault.keys.destroy([seedsOf(this.run)]);
  }

  #refuse(code: string, reason: string): void {
    this.#services.store.refuseRun(this.run, reason);
    this.#over("refused", reason);
    for (const peer of this.#peers()) this.#send(peer, { kind: "refuse", code, reason });
  }

  /** A peer's refusal gives the grant back, but only before the run has begun. */
  #heardRefusal(from: PartyIndex, code: string, reason: string): void {
    if (this.isOver) return;
    const told = `${this.#nameOf(from)} refuses: ${reason}`;
    if (this.#isExecuting) {
      // All honest nodes find a bad input by themselves. What only one peer says in the middle of a
      // run must not give the grant back: if this node does not find it too, the run is aborted.
      this.#peerRefusal ??= { told, code };
      const { links } = this.#services;
      setTimeout(() => {
        if (this.#isExecuting) links.interrupt(this.run, this.#attempt, from);
      }, RELAY_MS);
      return;
    }
    if (this.#state === "waiting") {
      this.#services.store.refuseRun(this.run, told);
      this.#over("refused", told);
    } else this.#abort(told, code);
  }

  #abort(reason: string, code: string): void {
    this.#end(reason);
    this.#announceAbort(code);
  }

  #end(reason: string): void {
    this.#services.store.abortRun(this.run, reason);
    this.#over("aborted", reason);
  }

  #announceAbort(code: string): void {
    this.#services.links.announceAbort(this.run, Math.max(1, this.#attempt), code);
  }

  #over(state: "aborted" | "refused", reason: string): void {
    this.#state = state;
    clearTimeout(this.#patience);
    clearTimeout(this.#retry);
    this.#dropTransport();
    this.#services.vault.keys.destroy([seedsOf(this.run)]);
    if (state === "refused") this.#services.asked.drop(this.run);
    this.#services.log.warn("run ended", { run: this.run, state, reason });
  }

  #change(
    state: StoredRunState,
    change: Omit<Parameters<JobServices["store"]["changeRun"]>[1], "state">,
  ) {
    this.#services.store.changeRun(this.run, { ...change, state });
    this.#state = state;
    this.#services.log.info("run", { run: this.run, state, attempt: this.#attempt });
  }

  #retryLater(): void {
    this.#retry = setTimeout(() => this.wake(), this.#retryMs);
    this.#retryMs = Math.min(2 * this.#retryMs, RETRY_MS_MAX);
  }

  #waitUntil(moment: number): void {
    const ms = Math.min(Math.max(0, moment - this.#services.now()), 2 ** 31 - 1);
    this.#patience = setTimeout(() => {
      if (this.#state === "waiting")
        this.#refuse("NOT_ASKED_IN_TIME", "the other nodes were not asked in time, or were away");
    }, ms);
  }

  #dropTransport(): void {
    this.#transport?.close();
    this.#transport = undefined;
  }

  #announce(wantsReply: boolean): void {
    for (const peer of this.#peers()) this.#send(peer, this.#hello(peer, wantsReply));
  }

  #send(to: PartyIndex, message: RunMessage): void {
    this.#services.links.sendRunMessage(to, this.run, message);
  }

  #hello(to: PartyIndex, wantsReply: boolean): RunHello {
    const hasResult = this.#state === "finishing" || this.#state === "done";
    return {
      kind: "hello",
      request: this.#grant.requestHash,
      datasets: this.#roots(),
      phase: hasResult ? "finished" : "ready",
      attempt: this.#attempt,
      inputRules: this.#inputRules(),
      checked: [...this.#checked],
      asked: this.#asked.marks,
      wantsReply,
      ledger: this.#services.ledger.head,
      seen: this.#services.ledger.seen(to, this.#keyOf(to)) ?? null,
    };
  }

  #refusal(): RunMessage {
    const reason = this.#services.store.run(this.run)?.reason ?? "refused";
    return { kind: "refuse", code: "REFUSED", reason: reason.slice(0, 500) };
  }

  /** What is checked about the values of the datasets of this run's query. */
  #inputRules(): Hash {
    const { query } = this.#grant.request;
    const rules = this.#services.engine.queries.find(({ hash }) => hash === query);
    return rules?.inputRules ?? NO_RULES;
  }

  #roots(): string[] {
    const { ours, theirs } = this.#grant.request;
    return [ours, ...theirs].map(({ root }) => root);
  }

  #checkedNow(): string[] {
    const { store } = this.#services;
    const { ours, theirs } = this.#grant.request;
    const rules = this.#inputRules();
    const isChecked = ({ root }: { readonly root: Hash }): boolean => {
      const row = store.datasetByRoot(root);
      return row?.inputCheck === "passed" && row.inputRules === rules;
    };
    return [ours, ...theirs].filter(isChecked).map(({ root }) => root);
  }

  #checkedByAll(): ReadonlySet<string> {
    const rules = this.#inputRules();
    const heard = [...this.#hellos.values()];
    const knows = (peer: RunHello, root: string): boolean =>
      peer.inputRules === rules && peer.checked.includes(root);
    return new Set(this.#checked.filter((root) => heard.every((peer) => knows(peer, root))));
  }

  #peers(): readonly PartyIndex[] {
    return PARTIES.filter((party) => party !== this.#services.self);
  }

  #nameOf(party: PartyIndex): string {
    return this.#services.space.nodes[party].name;
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "unknown");

/** Public facts of an abort: step and suspected party. */
const describe = ({ details }: ProtocolAbort): string =>
  Object.entries(details)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
