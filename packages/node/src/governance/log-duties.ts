import { KnownError } from "@symbolon/base/error";
import type { PartyIndex, RunId, SpaceId } from "@symbolon/base/id";
import type { Tombstone } from "@symbolon/governance/acts/consent";
import type { LedgerHead, RunEnded, RunGranted } from "@symbolon/governance/acts/run";
import { type Envelope, seal } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { instantOf } from "@symbolon/governance/instant";
import type { Signer } from "@symbolon/governance/signatures";
import type { SpaceState } from "@symbolon/governance/space-state";
import { type Receipt, runIdOf } from "@symbolon/governance/statement";
import type { Log } from "../log.js";
import type { Ledger } from "../store/ledger.js";
import type { Store, StoredRunState } from "../store/store.js";

export interface LogDutiesServices {
  readonly space: SpaceId;
  readonly self: PartyIndex;
  readonly signer: Signer;
  readonly store: Pick<Store, "datasets" | "deletion" | "unfinishedRuns" | "run">;
  readonly ledger: Pick<Ledger, "head">;
  readonly state: () => SpaceState;
  readonly submit: (statement: Envelope) => Promise<unknown>;
  readonly now: () => number;
  readonly diary: Log;
}

/** What was sent and is not in the log after this long is sent again. */
const AGAIN_MS = 60_000;

interface Sent {
  readonly at: number;
  /** Unless the log did not take it. */
  readonly statement?: Envelope;
}

type Due =
  | Omit<Receipt, "issuedAt">
  | Omit<Tombstone, "issuedAt">
  | Omit<RunGranted, "issuedAt">
  | Omit<RunEnded, "issuedAt">;

const OUTCOMES = new Map<StoredRunState, RunEnded["outcome"]>([
  ["done", "done"],
  ["aborted", "aborted"],
  ["refused", "refused"],
]);

/**
 * What this node owes the log under a charter: a receipt for each dataset that it holds, a
 * tombstone for each that it has deleted, and for each run that it allows the grant, and the end.
 * What is owed follows from its store and the log, so that nothing is forgotten over a crash.
 */
export class LogDuties {
  readonly #services: LogDutiesServices;
  readonly #sent = new Map<string, Sent>();

  constructor(services: LogDutiesServices) {
    this.#services = services;
  }

  /** Sends what is owed and not on its way. Called whenever something may have changed. */
  async tend(): Promise<void> {
    const { now, signer, submit, diary } = this.#services;
    for (const [key, due] of this.#due()) {
      const before = this.#sent.get(key);
      if (before !== undefined && now() - before.at < AGAIN_MS) continue;
      // The same statement: while a node is away another one would wait beside it each minute.
      const fresh = { ...due, issuedAt: instantOf(now()) };
      const statement = before?.statement ?? (await seal(fresh, signer));
      this.#sent.set(key, { at: now(), statement });
      try {
        await submit(statement);
      } catch (error) {
        if (!(error instanceof KnownError)) throw error;
        this.#sent.set(key, { at: now() });
        diary.warn("the log does not take what this node owes it", {
          code: error.code,
          reason: error.message,
        });
      }
    }
  }

  #due(): readonly (readonly [string, Due])[] {
    const { state } = this.#services;
    const now = state();
    if (now.charter === undefined) return [];
    return [
      ...this.#receipts(now),
      ...this.#tombstones(now),
      ...this.#grants(now),
      ...this.#ends(now),
    ];
  }

  #receipts({ holdings }: SpaceState) {
    const { self: node, space, store } = this.#services;
    const isLogged = (root: Receipt["root"]) => holdings.get(root)?.receipts.has(node) === true;
    return store
      .datasets()
      .filter(({ state, root }) => state === "complete" && !isLogged(root))
      .map(({ provider, dataset, root }): readonly [string, Due] => {
        const type = "urn:symbolon:statement:receipt:v1";
        return [`receipt ${root}`, { type, space, node, provider, dataset, root }];
      });
  }

  #tombstones({ holdings }: SpaceState) {
    const { self: node, space, store } = this.#services;
    return [...holdings].flatMap(
      ([root, { dataset, receipts, deleted }]): (readonly [string, Due])[] => {
        if (!receipts.has(node) || deleted.has(node)) return [];
        if (store.deletion(root)?.tombstone === undefined) return [];
        const type = "urn:symbolon:statement:tombstone:v1";
        return [[`tombstone ${root}`, { type, space, node, dataset, root }]];
      },
    );
  }

  #grants({ requests }: SpaceState) {
    const { self: node, space, store } = this.#services;
    const ledger = this.#ledger;
    return store.unfinishedRuns().flatMap(({ run, state, grant }): (readonly [string, Due])[] => {
      if (grant === undefined || state !== "waiting") return [];
      const { requestHash: request, offers } = grant;
      const logged = requests.get(request);
      if (logged === undefined || logged.granted.has(node)) return [];
      const type = "urn:symbolon:statement:run-granted:v2";
      const consents = [...new Set(offers)];
      // Where another grant has come in between, this one is said anew: it would be too old.
      return [[`grant ${run} ${ledger.size}`, { type, space, node, request, consents, ledger }]];
    });
  }

  get #ledger(): LedgerHead {
    const { size, root } = this.#services.ledger.head;
    return { size, root: root as Hash };
  }

  #ends({ requests }: SpaceState) {
    const { self: node, space, store } = this.#services;
    const ledger = this.#ledger;
    return [...requests].flatMap(([request, { granted, ended }]): (readonly [string, Due])[] => {
      if (!granted.has(node) || ended.has(node)) return [];
      const run: RunId = runIdOf(request);
      const outcome = OUTCOMES.get(store.run(run)?.state ?? "waiting");
      const type = "urn:symbolon:statement:run-ended:v2";
      if (outcome === undefined) return [];
      return [[`end ${run}`, { type, space, node, run, outcome, ledger }]];
    });
  }
}
