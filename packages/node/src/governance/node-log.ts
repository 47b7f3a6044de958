import type { PartyIndex } from "@symbolon/base/id";
import type { QueryRules } from "@symbolon/governance/decide";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Signer } from "@symbolon/governance/signatures";
import type { NodeConfig } from "../config.js";
import { headKeyOf } from "../identity/head-key.js";
import { nodeSignatures } from "../identity/signatures-node.js";
import type { JobServices } from "../jobs/job-services.js";
import type { Log } from "../log.js";
import type { LogDoor } from "../routes/log.js";
import type { Ledger } from "../store/ledger.js";
import type { Sqlite } from "../store/sqlite.js";
import type { Store } from "../store/store.js";
import { LogAgreement, type LogAgreementServices } from "./log-agreement.js";
import { LogDuties } from "./log-duties.js";
import { LogStore } from "./log-store.js";
import { SpaceLog } from "./space-log.js";

export interface NodeLogOptions {
  readonly config: NodeConfig;
  readonly db: Sqlite;
  readonly store: Store;
  readonly ledger: Pick<Ledger, "head">;
  readonly signer: Signer;
  readonly queries: readonly QueryRules[];
  readonly links: () => LogAgreementServices["links"];
  readonly now: () => number;
  readonly diary: Log;
  /** The log has grown, or time has passed. */
  readonly changed: () => void;
}

/** How often a node looks whether it owes the log something. */
const TEND_MS = 500;

/** The space's log at this node: its copy, its part in the agreement, and what it owes. */
export interface NodeLog {
  readonly door: LogDoor;
  readonly forJobs: NonNullable<JobServices["spaceLog"]>;
  hear(from: PartyIndex, body: unknown): void;
  peerChanged(peer: PartyIndex, isUp: boolean): void;
  close(): Promise<void>;
}

const isBy = ({ keyid }: Signer, { signatures }: Envelope): boolean =>
  signatures.some((signature) => signature.keyid === keyid);

/** Opens this node's copy of the log. Throws `SetupError` if it is damaged. */
export async function openNodeLog(options: NodeLogOptions): Promise<NodeLog> {
  const { config, db, now, diary, queries } = options;
  const { space, index: self, keys } = config;
  const store = new LogStore(db);
  const headKey = headKeyOf(keys.signing);
  const about = { space, self, signatures: nodeSignatures, headKey, store, queries, now };
  const log = await SpaceLog.open(about);
  const names = space.nodes.map(({ name }) => name);
  const links: LogAgreementServices["links"] = {
    get areAllUp() {
      return options.links().areAllUp;
    },
    sendLogMessage: (to, body) => options.links().sendLogMessage(to, body),
  };
  let tending: Promise<void> | undefined;
  const owe = () => {
    const failed = (error: Error) =>
      diary.error("what this node owes the log failed by a bug", { reason: error.name });
    const done = () => {
      tending = undefined;
    };
    tending ??= duties.tend().catch(failed).finally(done);
  };
  const tend = () => {
    owe();
    options.changed();
  };
  const agreement = new LogAgreement({ self, names, log, store, links, diary, changed: tend });
  const duties = new LogDuties({
    ...{ space: space.id, self, signer: options.signer, store: options.store, now, diary },
    ledger: options.ledger,
    state: () => log.state,
    submit: (statement) => agreement.submit(statement),
  });
  const timer = setInterval(tend, TEND_MS);
  return {
    door: { log, store, agreement },
    forJobs: {
      get state() {
        return log.state;
      },
      get newest() {
        return log.newest;
      },
      get witnessed() {
        return log.witnessed;
      },
      // What this node has signed itself it knows: a grant that waits may be of a run that is over.
      expected: () => log.with(store.pending().filter((one) => !isBy(options.signer, one))),
      get stopped() {
        return agreement.stopped;
      },
      tend: owe,
    },
    hear: (from, body) => agreement.hear(from, body),
    peerChanged: (peer, isUp) => agreement.peerChanged(peer, isUp),
    async close() {
      clearInterval(timer);
      await tending;
      await agreement.close();
    },
  };
}
