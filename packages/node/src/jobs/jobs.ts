import { assert } from "@symbolon/base/assert";
import type { PartyIndex, RunId } from "@symbolon/base/id";
import type { UseRequest } from "@symbolon/governance/acts/run";
import { admitResultRequest } from "@symbolon/governance/admit";
import type { ResultReply, RunAccepted, RunReply, RunState } from "@symbolon/governance/api";
import { directoryIn } from "@symbolon/governance/author";
import { type Decision, decide, type Grant, type HeldDataset } from "@symbolon/governance/decide";
import { type Envelope, statementHash } from "@symbolon/governance/envelope";
import { foldUnlogged } from "@symbolon/governance/fold-log";
import { InvalidDocument } from "@symbolon/governance/invalid-document";
import { statementIn } from "@symbolon/governance/parse-statement";
import { Refusal, type RefusalCode } from "@symbolon/governance/refusal";
import { genesisOf, type SpaceState } from "@symbolon/governance/space-state";
import { answerKey, type RunRequest, runIdOf } from "@symbolon/governance/statement";
import { isOfType } from "@symbolon/governance/verify-statement";
import { decideByLog } from "../governance/decide-by-log.js";
import { DoorError } from "../node-error.js";
import type {
  DeletionReason,
  DeletionRow,
  RunGrant,
  RunRow,
  StoredRunState,
} from "../store/store.js";
import type { PeerAddress } from "../transport/peer-identity.js";
import { AskedBefore } from "./asked-before.js";
import { runCharges } from "./charges.js";
import type { JobServices } from "./job-services.js";
import { parseRunMessage, type RunMessage } from "./messages.js";
import { RunJob } from "./run-job.js";

/** Refused requests that are remembered, to tell peers who were asked the same. */
const REFUSALS_MAX = 1_000;
/** Characters of a reason; clients take no longer ones. */
const REASON_MAX = 500;
const REQUESTS = [
  "urn:symbolon:statement:run-request:v1",
  "urn:symbolon:statement:run-request:v2",
] as const;
/** Refusals of requests that nobody who may ask has made. */
const ANONYMOUS = new Set(["NOT_A_STATEMENT", "WRONG_SPACE", "UNKNOWN_MEMBER", "BAD_SIGNATURE"]);

const DELETED: ReadonlyMap<DeletionReason, RefusalCode> = new Map([
  ["withdrawn", "DATASET_WITHDRAWN"],
]);

const publicState = (state: StoredRunState): RunState =>
  state === "finishing" ? "running" : state;

function refused(refuse: RefusalCode, reason: string): Decision {
  return { allow: false, refuse, reason, cure: new Refusal(refuse, reason).cure };
}

/** The runs of this node: decides on requests, keeps runs going, hands out results. */
export class Jobs {
  readonly #services: JobServices;
  readonly #jobs = new Map<RunId, RunJob>();
  readonly #refused = new Map<string, RunMessage>();
  /** Runs that are allowed and whose grants are not in the log yet. */
  readonly #held = new Map<RunId, RunRow>();
  /** What the space file says, once for all decisions. */
  readonly #genesis: Promise<SpaceState>;
  #deciding: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(services: JobServices) {
    this.#services = services;
    this.#genesis = genesisOf(services.space);
  }

  /** Takes up what was not over when the process ended. */
  start(): void {
    for (const row of this.#services.store.unfinishedRuns()) this.#beginOrHold(row);
  }

  stop(): void {
    this.#isStopped = true;
    for (const job of this.#jobs.values()) job.stop();
  }

  /** Resolves once nothing is being decided or computed, after `stop`. */
  async settled(): Promise<void> {
    await this.#deciding;
    await Promise.all([...this.#jobs.values()].map((job) => job.settled()));
  }

  /**
   * Decides on a signed request; one decision at a time, so that no consent is used twice. The same
   * request again is no second run. Throws `Refusal` or `DoorError`.
   */
  ask(request: Envelope): Promise<RunAccepted> {
    const decision = this.#deciding.then(() => this.#ask(request));
    this.#deciding = decision.catch(() => undefined);
    return decision;
  }

  /** Throws `DoorError`. */
  status(run: RunId): RunReply {
    const row = this.#row(run);
    const progress = this.#jobs.get(run)?.progress;
    return {
      run,
      state: publicState(row.state),
      ...(progress && { progress }),
      ...(row.grant?.risk && { risk: row.grant.risk }),
      ...row.stats,
      ...(row.reason !== undefined && {
        reason: row.reason.replace(/\p{Control}/gu, " ").slice(0, REASON_MAX),
      }),
    };
  }

  /** This node's part of the answer, for the asker. Throws `Refusal` or `DoorError`. */
  async result(run: RunId, envelope: Envelope): Promise<ResultReply> {
    const row = this.#row(run);
    const { space, signatures, now } = this.#services;
    const directory = this.#charter && directoryIn(this.#charter);
    const door = { space, signatures, directory, now: now() };
    const { statement } = await admitResultRequest(door, envelope, row.asker);
    if (statement.run !== run) throw new Refusal("NOT_YOURS", "the request is for another run");
    const { state, result, reason } = this.#row(run);
    if (state !== "done") {
      throw new DoorError(
        409,
        "RUN_NOT_DONE",
        `the run is ${publicState(state)}${reason === undefined ? "" : `: ${reason}`}`,
        state === "aborted" || state === "refused" ? "ask again" : "wait until it is done",
      );
    }
    assert(result !== undefined, "a run that is done has a result");
    return result;
  }

  /** The log has grown: a run whose grant stands in it begins. */
  logChanged(): void {
    const { spaceLog, self, store, limits, now } = this.#services;
    if (this.#isStopped) return;
    for (const [run, row] of [...this.#held]) {
      const request = row.grant && spaceLog?.state.requests.get(row.grant.requestHash);
      const isLate = now() > row.since + limits.waitHours * 3_600_000;
      if (request?.granted.has(self) !== true && !isLate) continue;
      this.#held.delete(run);
      if (isLate) store.refuseRun(run, "the grant did not get into the log in time");
      else this.#begin(row);
    }
  }

  peerChanged(peer: PeerAddress, isUp: boolean): void {
    for (const job of [...this.#jobs.values()]) {
      if (!isUp) job.peerLost(peer.index);
      else job.wake();
    }
  }

  runMessage(from: PartyIndex, run: string, body: unknown): void {
    const message = parseRunMessage(body);
    if (message === undefined) {
      this.#services.log.warn("a peer sent no message of this version", {
        run,
        peer: String(from),
      });
      return;
    }
    if (this.#held.has(run as RunId)) {
      this.#heardOfHeld(from, run as RunId, message);
      return;
    }
    const job = this.#jobs.get(run as RunId) ?? this.#revive(run as RunId);
    const refusal = this.#refused.get(run);
    if (job) job.hear(from, message);
    else if (refusal && message.kind === "hello")
      this.#services.links.sendRunMessage(from, run, refusal);
  }

  runAborted(from: PartyIndex, run: string, code: string): void {
    this.#jobs.get(run as RunId)?.peerAborted(from, code);
  }

  /** Ends every run that uses a dataset which is to go. */
  endRuns({ root, dataset, reason }: DeletionRow): void {
    for (const { run, grant } of this.#services.store.unfinishedRuns()) {
      const refs = grant === undefined ? [] : [grant.request.ours, ...grant.request.theirs];
      if (!refs.some((ref) => ref.root === root)) continue;
      this.#jobs.get(run)?.end(`${dataset} is ${reason}`, DELETED.get(reason) ?? "DATASET_DELETED");
    }
  }

  async #ask(envelope: Envelope): Promise<RunAccepted> {
    const { store, limits } = this.#services;
    const run = runIdOf(await statementHash(envelope));
    const before = store.run(run);
    if (before) return { run, state: publicState(before.state) };
    if (store.unfinishedRuns().length >= limits.runs)
      throw new DoorError(
        503,
        "NODE_BUSY",
        `${limits.runs} runs are waiting or running`,
        "ask again later",
      );
    const grant = await this.#decide(run, envelope);
    const { request, requestHash, offers, answerKey: key, risk } = grant;
    const kept: RunGrant = {
      ...{ run, request, requestHash, offers, answerKey: key },
      ...(risk && { risk }),
    };
    const about = { run, request: envelope, asker: request.asker, since: this.#services.now() };
    store.putRun({ ...about, state: "waiting", attempt: 0, grant: kept, reason: undefined });
    this.#services.log.info("run", { run, state: "waiting" });
    this.#beginOrHold(store.run(run) as RunRow);
    return { run, state: publicState((store.run(run) as RunRow).state) };
  }

  async #decide(run: RunId, envelope: Envelope): Promise<Grant> {
    const decision = this.#askedBefore(this.#withinBudget(await this.#judge(envelope)), run);
    if (decision.allow) return decision.grant;
    const gone = decision.refuse === "DATASET_MISSING" ? this.#deletedIn(envelope) : undefined;
    const { refuse: code, reason } = gone ?? decision;
    this.#services.log.info("run refused", { run, code });
    if (!ANONYMOUS.has(code))
      this.#tellPeers(run, { kind: "refuse", code, reason: reason.slice(0, 500) });
    throw new Refusal(code, reason);
  }

  /** A run that its datasets' budgets cannot take is refused before it waits for the others. */
  #withinBudget(decision: Decision): Decision {
    if (!decision.allow) return decision;
    const { request, theirs } = decision.grant;
    const reason = this.#services.ledger.problem(runCharges(this.#services, request, theirs));
    if (reason === undefined) return decision;
    return refusedBy(new Refusal("BUDGET_SPENT", reason));
  }

  /** A run that could not be told from what its asker has asked before, or is asking. */
  #askedBefore(decision: Decision, run: RunId): Decision {
    if (!decision.allow) return decision;
    const before = new AskedBefore(this.#services, { run, request: decision.grant.request });
    before.look();
    const problem = before.stillAsking() ?? before.problem();
    return problem === undefined ? decision : refusedBy(problem);
  }

  /** The state of the space under its charter, if it has one. */
  get #charter(): SpaceState | undefined {
    const state = this.#services.spaceLog?.state;
    return state?.charter === undefined ? undefined : state;
  }

  /**
   * A refusal if the members do not accept this node's build, or its ledger is not the one that its
   * last grant in the log was given by.
   */
  #unfit(): Decision | undefined {
    const { self, ledger, buildHash } = this.#services;
    if (this.#charter?.builds.has(buildHash) === false)
      return refused(
        "BUILD_NOT_ACCEPTED",
        "the members do not accept the build that this node runs",
      );
    const logged = this.#charter?.ledgers.get(self);
    if (logged === undefined || ledger.continues(logged)) return undefined;
    const sizes = `${ledger.head.size} entries; by the log it had ${logged.size}, or others`;
    return refused("LEDGER_OLDER", `this node's disclosure ledger has ${sizes}`);
  }

  async #judge(envelope: Envelope): Promise<Decision> {
    const { space, signatures, spaceLog } = this.#services;
    const stopped = spaceLog?.stopped;
    if (stopped !== undefined) return refused("HEAD_OF_OTHER_LOG", stopped);
    const unfit = this.#unfit();
    if (unfit !== undefined) return unfit;
    const { offers, ...about } = await this.#caseOf(envelope);
    if (spaceLog && this.#charter) return decideByLog(spaceLog, space.id, about);
    const state = await foldUnlogged(signatures, await this.#genesis, offers);
    return decide({ ...about, spaces: new Map([[space.id, { state }]]) });
  }

  /** All that this node knows of what the request names, beside the space's rules. */
  async #caseOf(request: Envelope) {
    const { store, signatures, engine, now } = this.#services;
    const named = requestIn(request);
    const refs = named ? [named.ours, ...named.theirs] : [];
    const datasets = new Map<(typeof refs)[number]["dataset"], HeldDataset>();
    for (const { dataset } of refs) {
      const row = store.dataset(dataset);
      // What is to go is not there for a new run.
      if (row === undefined || store.deletion(row.root) !== undefined) continue;
      const { manifest, state, inputCheck } = row;
      datasets.set(dataset, { manifest, complete: state === "complete", inputCheck });
    }
    const offers = store.offers([...new Set(refs.map(({ dataset }) => dataset))]);
    const key = named && answerKey(named.query, named.ours);
    const answered = new Set(key !== undefined && store.isAnswered(key) ? [key] : []);
    const consents = this.#charter ? [...this.#charter.consents.keys()] : [];
    const runs = store.runsUsed([...consents, ...offers.map(({ hash }) => hash)]);
    return {
      ...{ signatures, now: now(), request, datasets },
      ...{ used: { runs, answered }, queries: engine.queries, risk: engine.risk },
      offers: offers.map(({ envelope }) => envelope),
    };
  }

  /** The reason why a dataset is not here, if it was deleted: a better one than that it is not. */
  #deletedIn(
    envelope: Envelope,
  ): { readonly refuse: RefusalCode; readonly reason: string } | undefined {
    const named = requestIn(envelope);
    for (const { dataset, root } of named ? [named.ours, ...named.theirs] : []) {
      const deletion = this.#services.store.deletion(root);
      if (deletion === undefined) continue;
      const refuse = DELETED.get(deletion.reason) ?? "DATASET_DELETED";
      return { refuse, reason: `this version of ${dataset} was ${deletion.reason}` };
    }
    return undefined;
  }

  #tellPeers(run: RunId, refusal: RunMessage): void {
    const { links, space, self } = this.#services;
    this.#refused.set(run, refusal);
    for (const oldest of this.#refused.keys()) {
      if (this.#refused.size <= REFUSALS_MAX) break;
      this.#refused.delete(oldest);
    }
    for (const { index } of space.nodes)
      if (index !== self) links.sendRunMessage(index, run, refusal);
  }

  /** Under a charter a run waits until what it uses up stands in the log. */
  #beginOrHold(row: RunRow): void {
    const { spaceLog } = this.#services;
    const isLogged = this.#charter !== undefined && row.state === "waiting";
    if (isLogged && spaceLog !== undefined) {
      this.#held.set(row.run, row);
      spaceLog.tend();
      this.logChanged();
    } else this.#begin(row);
  }

  #heardOfHeld(from: PartyIndex, run: RunId, message: RunMessage): void {
    if (message.kind !== "refuse") return;
    const { store, space } = this.#services;
    this.#held.delete(run);
    store.refuseRun(run, `${space.nodes[from].name} refuses: ${message.reason}`);
  }

  #begin(row: RunRow): void {
    const job = new RunJob(this.#services, row);
    this.#jobs.set(row.run, job);
    job.wake();
  }

  /** A run that is over, for a peer that does not know it yet. */
  #revive(run: RunId): RunJob | undefined {
    const row = this.#services.store.run(run);
    if (row?.grant === undefined) return undefined;
    return new RunJob(this.#services, row);
  }

  #row(run: RunId): RunRow {
    const row = this.#services.store.run(run);
    if (row) return row;
    throw new DoorError(404, "NOT_FOUND", "this node has no such run", "ask it first");
  }
}

const refusedBy = ({ code, message, cure }: Refusal): Decision => ({
  allow: false,
  refuse: code,
  reason: message,
  cure,
});

function requestIn(envelope: Envelope): RunRequest | UseRequest | undefined {
  try {
    const type = REQUESTS.find((it) => isOfType(envelope, it));
    return type && (statementIn(envelope, type) as RunRequest | UseRequest);
  } catch (error) {
    if (error instanceof InvalidDocument) return undefined;
    throw error;
  }
}
