import { KnownError } from "@symbolon/base/error";
import type { DatasetId } from "@symbolon/base/id";
import { refuseStale } from "@symbolon/governance/admit";
import type { WithdrawalReply } from "@symbolon/governance/api";
import { type Directory, directoryOf, verifyAuthor } from "@symbolon/governance/author";
import type { Envelope } from "@symbolon/governance/envelope";
import { millisecondsOf } from "@symbolon/governance/instant";
import { Refusal } from "@symbolon/governance/refusal";
import type { Signatures } from "@symbolon/governance/signatures";
import type { SpaceState } from "@symbolon/governance/space-state";
import { readStatement, requireSpace } from "@symbolon/governance/verify-statement";
import type { NodeConfig } from "../config.js";
import type { Log } from "../log.js";
import type { AskedLists } from "./asked-lists.js";
import { type DeletionServices, deleteDataset } from "./delete-dataset.js";
import { manifestIn } from "./manifest-in.js";
import {
  isWithdrawn,
  keptUntil,
  offerEnds,
  offerIn,
  runsKeptSince,
  useCaseDays,
} from "./retention.js";
import type { DeletionRow } from "./store.js";
import { seedsOf } from "./vault.js";

export interface KeeperServices extends DeletionServices {
  readonly signatures: Signatures;
  readonly keep: NodeConfig["keep"];
  readonly asked: AskedLists;
  /** How long a run that was granted before may go on with a dataset that is to go. */
  readonly waitHours: number;
  /** Whether its parts are being opened just now. */
  readonly isCommitting: (dataset: DatasetId) => boolean;
  /** Ends all runs that use a dataset and are not over. */
  readonly endRuns: (deletion: DeletionRow) => void;
  /** Whose word counts, once a charter is in force; the space file's members until then. */
  readonly directory?: () => Directory | undefined;
  /** What the log says, once there is a charter. */
  readonly charter?: () => SpaceState | undefined;
  readonly submitToLog?: (statement: Envelope) => Promise<unknown>;
  readonly log: Log;
}

const HOUR_MS = 3_600_000;
const WITHDRAWAL = "urn:symbolon:statement:withdrawal:v1";

/**
 * Sees to it that this node keeps nothing longer than it may: datasets that their provider takes
 * back or whose time is over, and runs that are over. By this node's own clock and word alone.
 *
 * A run that was granted before goes on: its asker and the other nodes rely on it, and what it
 * tells was allowed when it was asked. The dataset goes when the run is over, at the latest after
 * `waitHours`, when the run is ended.
 */
export class Keeper {
  readonly #services: KeeperServices;
  #work: Promise<unknown> = Promise.resolve();

  constructor(services: KeeperServices) {
    this.#services = services;
  }

  /** A provider takes a dataset back. May be repeated. Throws `Refusal`. */
  async withdraw(envelope: Envelope): Promise<WithdrawalReply> {
    const { store, space, signatures, now } = this.#services;
    const statement = readStatement(envelope, WITHDRAWAL);
    requireSpace({ space: space.id }, statement);
    const directory = this.#services.directory?.() ?? directoryOf(space);
    await verifyAuthor(signatures, directory, envelope, statement);
    const { provider, dataset, issuedAt } = statement;
    refuseStale(now(), issuedAt);
    const row = store.dataset(dataset);
    if (row !== undefined && row.provider !== provider)
      throw new Refusal("NOT_YOURS", `${dataset} belongs to another member`, { dataset });
    const before = store.withdrawnAt(provider, dataset);
    // What the provider has signed since then stays, whenever and by whom this was brought.
    const ended = store
      .offers([dataset])
      .filter((offer) => offer.provider === provider && offerIn(offer).issuedAt <= issuedAt);
    if (before === undefined || before < issuedAt)
      store.putWithdrawal(
        { provider, dataset, issuedAt },
        envelope,
        ended.map(({ hash }) => hash),
      );
    if (row !== undefined && manifestIn(row).issuedAt <= issuedAt)
      store.beginDeletion(row, "withdrawn", now());
    // Also of versions that are not here any more.
    this.#services.asked.forget(provider, dataset, millisecondsOf(issuedAt) ?? now());
    await this.tick();
    await this.#toLog(envelope);
    return this.deletions(dataset);
  }

  /** What has become of the versions of a dataset that are to go or are gone. */
  deletions(dataset: DatasetId): WithdrawalReply {
    const versions = this.#services.store
      .deletionsOf(dataset)
      .map(({ root, reason, tombstone }) => ({ root, reason, ...(tombstone && { tombstone }) }));
    return { dataset, versions };
  }

  /** Does what is due; to be called regularly. One call at a time does the work. */
  tick(): Promise<void> {
    const work = this.#work.then(() => this.#tick());
    this.#work = work.catch(() => undefined);
    return work;
  }

  /** The log wants to know under a charter, but what is deleted is deleted. */
  async #toLog(envelope: Envelope): Promise<void> {
    const { charter, submitToLog, log } = this.#services;
    if (charter?.() === undefined) return;
    await submitToLog?.(envelope).catch((error: unknown) => {
      if (!(error instanceof KnownError)) throw error;
      log.warn("the log does not take a withdrawal", { code: error.code, reason: error.message });
    });
  }

  async #tick(): Promise<void> {
    const { store, keep, now, vault } = this.#services;
    this.#beginDue();
    for (const deletion of store.pendingDeletions()) await this.#carryOut(deletion);
    this.#services.asked.expire(now());
    store.deleteRuns(runsKeptSince(now(), keep));
    const going = new Set(store.unfinishedRuns().map(({ run }) => seedsOf(run)));
    const seeds = vault.keys.names().filter((name) => name.startsWith(seedsOf("")));
    vault.keys.destroy(seeds.filter((name) => !going.has(name)));
  }

  #beginDue(): void {
    const { store, keep, now, charter, log } = this.#services;
    const state = charter?.();
    for (const row of store.datasets()) {
      if (store.deletion(row.root) !== undefined) continue;
      if (state !== undefined && isWithdrawn(state, row)) {
        store.beginDeletion(row, "withdrawn", now());
        continue;
      }
      const ends = offerEnds(row, store.offers([row.dataset]), state);
      const until = keptUntil(row, ends, keep, state && useCaseDays(state, row));
      if (now() < until) continue;
      store.beginDeletion(row, "expired", now());
      log.info("a dataset's time is over", { dataset: row.dataset });
    }
  }

  async #carryOut(deletion: DeletionRow): Promise<void> {
    const { store, waitHours, now, isCommitting, endRuns, log } = this.#services;
    if (isCommitting(deletion.dataset)) return;
    if (store.isInUse(deletion.root)) {
      if (now() < deletion.since + waitHours * HOUR_MS) return;
      endRuns(deletion);
    }
    const { provider, dataset, reason } = deletion;
    if (reason === "withdrawn") this.#services.asked.forget(provider, dataset, now());
    await deleteDataset(this.#services, deletion);
    log.info("deleted a dataset", { dataset, reason });
  }
}
