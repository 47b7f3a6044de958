import { dirname } from "node:path";
import { toBase64 } from "@symbolon/base/bytes";
import { PARTIES } from "@symbolon/base/id";
import type { RunState, StatusReply } from "@symbolon/governance/api";
import { type Directory, directoryIn } from "@symbolon/governance/author";
import { seal } from "@symbolon/governance/envelope";
import { type Hash, sha256 } from "@symbolon/governance/hash";
import { SEAL_SUITE } from "@symbolon/governance/hpke";
import { instantOf } from "@symbolon/governance/instant";
import { type Signer, signerOf } from "@symbolon/governance/signatures";
import type { SpaceState } from "@symbolon/governance/space-state";
import type { NodeDescriptor } from "@symbolon/governance/statement";
import { PeerUnavailable, ProtocolAbort } from "@symbolon/mpc/error";
import { ownBuildHash } from "./build-hash.js";
import type { NodeConfig } from "./config.js";
import { type NodeLog, openNodeLog } from "./governance/node-log.js";
import { nodeHpke } from "./identity/hpke-node.js";
import { nodeSignatures } from "./identity/signatures-node.js";
import { budgetsUsed } from "./jobs/charges.js";
import type { Engine } from "./jobs/job-services.js";
import { Jobs } from "./jobs/jobs.js";
import { createLog, type Log } from "./log.js";
import { createApp } from "./routes/app.js";
import type { About } from "./routes/status.js";
import { portTaken, serve } from "./server.js";
import { AskedLists } from "./store/asked-lists.js";
import { Intake } from "./store/intake.js";
import { Keeper } from "./store/keeper.js";
import { Ledger } from "./store/ledger.js";
import { lockKeys } from "./store/node-lock.js";
import { openKeys } from "./store/open-keys.js";
import { openSqlite } from "./store/sqlite.js";
import { SqliteStore } from "./store/sqlite-store.js";
import type { Store } from "./store/store.js";
import { Vault } from "./store/vault.js";
import type { LinkTiming } from "./transport/limits.js";
import type { PeerAddress } from "./transport/peer-identity.js";
import { PeerLinks } from "./transport/peer-links.js";

export const VERSION = "0.1.0";

export interface NodeOptions {
  readonly config: NodeConfig;
  /** What it can be asked. */
  readonly engine: Engine;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log?: Log;
  readonly buildHash?: Hash;
  readonly timing?: LinkTiming;
}

export interface RunningNode {
  readonly buildHash: Hash;
  readonly ports: { readonly api: number; readonly peer: number };
  status(): StatusReply;
  /** Ends connections, keeps everything: unfinished runs go on at the next start. */
  close(): Promise<void>;
}

/** Starts a computing party's program. Throws `SetupError` if it cannot. */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { config, engine, now } = options;
  const { index: self, space, keys, limits } = config;
  const log = options.log ?? createLog(config.logLevel);
  const buildHash = options.buildHash ?? ownBuildHash();
  const { db, store, vault, ledger } = openStored(config);
  const asked = new AskedLists(db, vault, self);
  const signer = await signerOf(nodeSignatures, keys.signing);
  const hpkeKeyId = await sha256(keys.hpke.publicKey);
  const shared = { space, self, signatures: nodeSignatures, hpke: nodeHpke };
  const tools = { ...shared, store, vault, ledger, asked, limits, budget: config.budget, now };
  const spaceLog = await openNodeLog({
    ...{ config, db, store, ledger, signer, queries: engine.queries, now, diary: log },
    links: () => links,
    changed: () => jobs.logChanged(),
  }).catch((error) => {
    store.close();
    throw error;
  });
  const directory = () => charterDirectory(spaceLog);
  const intake = new Intake({ ...tools, directory, signer, hpkeKeys: keys.hpke, hpkeKeyId });

  const links = linksOf(options, buildHash, log, () => ({ jobs, spaceLog }));
  const jobs = new Jobs({ ...tools, buildHash, links, engine, log, spaceLog: spaceLog.forJobs });
  const keeper = new Keeper({
    ...{ ...tools, directory, signer, log, keep: config.keep, waitHours: limits.waitHours },
    isCommitting: (dataset) => intake.isCommitting(dataset),
    endRuns: (deletion) => jobs.endRuns(deletion),
    charter: () => charterState(spaceLog),
    submitToLog: (statement) => spaceLog.door.agreement.submit(statement),
  });
  const parts = { buildHash, hpkeKeyId, signer, store, links, ledger, spaceLog };
  const about = aboutNode(options, parts);
  const app = createApp({ about, intake, keeper, jobs, diary: log, log: spaceLog.door });

  const peerPort = await links.start().catch((error: NodeJS.ErrnoException) => {
    store.close();
    throw portTaken(config.peer.host, config.peer.port, error);
  });
  const server = await serve(app, keys.tls, config.api).catch(async (error) => {
    await links.close();
    store.close();
    throw error;
  });
  const stray = (error: unknown) => hearStray(error, log);
  process.on("unhandledRejection", stray);
  jobs.start();
  const keeping = keepTime(keeper, log);
  log.info("started", { port: server.port, version: VERSION });
  return {
    buildHash,
    ports: { api: server.port, peer: peerPort },
    status: about.status,
    async close() {
      keeping.stop();
      jobs.stop();
      await Promise.all([server.close(), links.close()]);
      await Promise.all([jobs.settled(), keeping.settled(), spaceLog.close()]);
      store.close();
      process.off("unhandledRejection", stray);
      log.info("stopped");
    },
  };
}

const KEEPING_MS = 60_000;

/** What is due at the start, and then every minute. */
function keepTime(keeper: Keeper, log: Log) {
  let work: Promise<void> = Promise.resolve();
  const tick = () => {
    work = keeper.tick().catch((error: unknown) => {
      const reason = error instanceof Error ? error.name : "unknown";
      log.error("keeping failed by a bug", { reason });
    });
  };
  tick();
  const timer = setInterval(tick, KEEPING_MS).unref();
  return { stop: () => clearInterval(timer), settled: () => work };
}

/** The database with its keys, and the ledger in it, each found to be as it was left. */
function openStored(config: NodeConfig) {
  const release = lockKeys(dirname(config.keyFile));
  const db = openLocked(config.dataDir, release);
  try {
    const store = new SqliteStore(db);
    const vault = new Vault(openKeys(config, db, store));
    const ledger = new Ledger(db, (mark) => vault.keys.markLedger(mark));
    ledger.check(vault.keys.ledger);
    return { db, store, vault, ledger };
  } catch (error) {
    db.close();
    throw error;
  }
}

function openLocked(dir: string, release: () => void) {
  try {
    return openSqlite(dir, release);
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * When a peer goes away in the middle of many messages, each of them fails; the run hears of the
 * first. The others must not end the program. Anything else that nobody caught is a bug.
 */
function hearStray(error: unknown, log: Log): void {
  if (!(error instanceof PeerUnavailable || error instanceof ProtocolAbort)) throw error;
  log.warn("an error of a run that had ended already", { code: error.code });
}

/** Who may send what, by the log's state once there is a charter. */
function charterDirectory(spaceLog: NodeLog): Directory | undefined {
  const state = charterState(spaceLog);
  return state && directoryIn(state);
}

/** What the log says, once there is a charter. */
const charterState = ({ forJobs: { state } }: NodeLog): SpaceState | undefined =>
  state.charter === undefined ? undefined : state;

interface Listeners {
  readonly jobs: Jobs;
  readonly spaceLog: NodeLog;
}

function linksOf(
  { config, now, timing }: NodeOptions,
  build: Hash,
  log: Log,
  listeners: () => Listeners,
) {
  const { index: self, space, keys, builds } = config;
  const accepts = (hash: string) =>
    builds.includes(hash) || listeners().spaceLog.forJobs.state.builds.has(hash as Hash);
  if (!space.builds.includes(build) && !builds.includes(build))
    log.warn("the space file does not accept this build: peers and members will refuse it", {
      code: "BUILD_NOT_ACCEPTED",
    });
  const peers = PARTIES.filter((party) => party !== self).map((index): PeerAddress => {
    const { name, certificate, ca, peer } = space.nodes[index];
    const { hostname, port } = new URL(`tls://${peer}`);
    return {
      index,
      name,
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port),
      certificate,
      ca,
    };
  });
  return new PeerLinks(
    {
      space: space.id,
      self,
      listen: config.peer,
      peers,
      credentials: keys.tls,
      build,
      version: VERSION,
      acceptsBuild: accepts,
      now,
      ...(timing && { timing }),
    },
    {
      changed(peer, isUp, reason) {
        log.info("peer", { peer: peer.name, isUp, reason });
        const { jobs, spaceLog } = listeners();
        jobs.peerChanged(peer, isUp);
        spaceLog.peerChanged(peer.index, isUp);
      },
      runMessage: (from, run, body) => listeners().jobs.runMessage(from, run, body),
      runAborted: (from, run, _attempt, code) => listeners().jobs.runAborted(from, run, code),
      logMessage: (from, body) => listeners().spaceLog.hear(from, body),
    },
  );
}

interface AboutParts {
  readonly buildHash: Hash;
  readonly hpkeKeyId: Hash;
  readonly signer: Signer;
  readonly store: Store;
  readonly links: PeerLinks;
  readonly ledger: Ledger;
  readonly spaceLog: NodeLog;
}

function aboutNode({ config, now }: NodeOptions, parts: AboutParts): About {
  const { index: node, name, space, keys } = config;
  const { buildHash, hpkeKeyId, signer, store, links, ledger, spaceLog } = parts;
  return {
    async descriptor() {
      const statement: NodeDescriptor = {
        type: "urn:symbolon:statement:node-descriptor:v1",
        space: space.id,
        issuedAt: instantOf(now()),
        node,
        name,
        signingKey: toBase64(keys.signing.publicKey),
        hpkeKey: toBase64(keys.hpke.publicKey),
        hpkeKeyId,
        suites: [SEAL_SUITE],
        buildHash,
        version: VERSION,
        evidence: [],
      };
      return { descriptor: await seal(statement, signer) };
    },
    status() {
      const { finishing, ...counts } = store.runCounts();
      const runs: Record<RunState, number> = { ...counts, running: counts.running + finishing };
      const peers = links.status().map((link) => ({
        node: link.party,
        name: link.name,
        up: link.state === "up",
        state: link.state,
        since: instantOf(link.since),
        reason: link.reason,
      }));
      const datasets = store.datasets().length;
      const { size, root } = ledger.head;
      const services = { ledger, budget: config.budget, spaceLog: spaceLog.forJobs, now };
      const budgets = budgetsUsed(services, store.datasets());
      const told = { ledger: { size, root: root as Hash }, budgets };
      const about = { space: space.id, node, name, version: VERSION, buildHash };
      return { ...about, peers, datasets, runs, ...told };
    },
  };
}
