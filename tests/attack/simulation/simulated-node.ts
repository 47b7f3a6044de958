import { next, type PartyIndex, previous } from "@symbolon/base/id";
import type { Hash } from "@symbolon/governance/hash";
import type { Space } from "@symbolon/governance/space";
import { PeerUnavailable } from "@symbolon/mpc/error";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { DEFAULT_BUDGET, DEFAULT_LIMITS } from "@symbolon/node/config";
import { nodeSignatures } from "@symbolon/node/identity/signatures-node";
import type { JobServices } from "@symbolon/node/jobs/job-services";
import { Jobs } from "@symbolon/node/jobs/jobs";
import type { AskedLists } from "@symbolon/node/store/asked-lists";
import type { KeyStore } from "@symbolon/node/store/key-store";
import type { Ledger } from "@symbolon/node/store/ledger";
import type { SqliteStore } from "@symbolon/node/store/sqlite-store";
import type { Store } from "@symbolon/node/store/store";
import { Vault } from "@symbolon/node/store/vault";
import type { PeerAddress } from "@symbolon/node/transport/peer-identity";
import { RunTransport } from "@symbolon/node/transport/run-transport";
import type { Connection, SimulatedLinks } from "@symbolon/sim/network/simulated-links";
import { openHpke } from "./node-data.js";

/** What happens to all code of a process that has been killed. */
export class ProcessDied extends Error {}

/** What a simulated node is made of, and what outlives its processes. */
export interface NodeParts {
  readonly self: PartyIndex;
  readonly store: SqliteStore;
  readonly keys: KeyStore;
  readonly ledger: Ledger;
  readonly asked: AskedLists;
  readonly links: SimulatedLinks;
  readonly execute: JobServices["engine"]["execute"];
  readonly now: () => number;
  /** The process that runs at a party now. */
  readonly peerNow: (party: PartyIndex) => NodeProcess | undefined;
  /** The process is killed around this call of its store, counted from its start; 0: never. */
  readonly dieAt: number;
  /** What the owner of the node makes of its way to the others. */
  readonly wayOf: (transport: Transport) => Transport;
  readonly told: (event: string) => void;
  /** The state of the run may have changed. */
  readonly changed: () => void;
}

/** One life of a node's process: the real jobs, on simulated links. */
export class NodeProcess {
  readonly #parts: NodeParts;
  readonly #jobs: Jobs;
  readonly #transports = new Map<number, RunTransport>();
  #isDead = false;
  #calls = 0;

  constructor(parts: NodeParts) {
    this.#parts = parts;
    const { self, execute, now } = parts;
    const nodes = ["A", "B", "C"].map((name, index) => ({ index, name: `Node ${name}` }));
    this.#jobs = new Jobs({
      buildHash: "cd".repeat(32) as Hash,
      space: {
        version: 1,
        id: "north",
        name: "North",
        nodes,
        members: [],
        builds: [],
      } as unknown as Space,
      self,
      signatures: nodeSignatures,
      hpke: openHpke,
      store: this.#mortal(parts.store),
      vault: new Vault(parts.keys),
      ledger: parts.ledger,
      asked: parts.asked,
      budget: DEFAULT_BUDGET,
      links: this.#links(),
      engine: {
        queries: [],
        risk: () => ({ low: 0, expected: 0, high: 0 }),
        execute,
        costOf: () => COST,
        remembers: () => undefined,
      },
      limits: DEFAULT_LIMITS,
      log: { info: () => undefined, warn: () => undefined, error: (_, is) => this.#bug(is) },
      now,
    });
  }

  /** Takes up what its store holds, and connects. */
  start(): void {
    this.#parts.links.start(this.#parts.self, {
      up: (peer) => this.#alive(() => this.#jobs.peerChanged(this.#address(peer), true)),
      down: (peer) => this.#alive(() => this.#down(peer)),
      died: () => this.#die(),
    });
    this.#alive(() => this.#jobs.start());
  }

  /** At the end of the simulation: nothing of this process goes on. */
  stop(): void {
    this.#die();
  }

  #address(index: PartyIndex): PeerAddress {
    return { index, name: `Node ${"ABC"[index]}` } as PeerAddress;
  }

  #die(): void {
    this.#isDead = true;
    this.#jobs.stop();
    // What it was computing may end in `ProcessDied`, which then concerns nobody.
    this.#jobs.settled().catch(() => undefined);
    for (const transport of this.#transports.values()) transport.fail(lost(this.#parts.self));
  }

  /** A process that dies in the middle of something does nothing more. */
  #alive(work: () => void): void {
    if (this.#isDead) return;
    try {
      work();
    } catch (error) {
      if (!(error instanceof ProcessDied)) throw error;
    }
  }

  #bug(fields: { readonly reason?: string } = {}): void {
    if (!this.#isDead) this.#parts.told(`BUG at P${this.#parts.self}: ${fields.reason}`);
  }

  /** The store as this process reaches it: every call may be its last, done or not done. */
  #mortal(store: SqliteStore): Store {
    const { dieAt, self, links } = this.#parts;
    return new Proxy(store as Store, {
      get: (_, name: keyof Store) => {
        const method = store[name];
        return (...args: never[]) => {
          if (this.#isDead) throw new ProcessDied();
          this.#calls += 1;
          if (/Run$/.test(name)) this.#parts.changed();
          const isLast = this.#calls === Math.abs(dieAt);
          if (!isLast) return (method as (...a: never[]) => unknown).apply(store, args);
          if (dieAt > 0) (method as (...a: never[]) => unknown).apply(store, args);
          this.#parts.told(`P${self} dies ${dieAt > 0 ? "after" : "before"} ${name}`);
          links.crash(self);
          throw new ProcessDied();
        };
      },
    });
  }

  #down(peer: PartyIndex): void {
    for (const transport of [...this.#transports.values()]) transport.fail(lost(peer));
    this.#jobs.peerChanged(this.#address(peer), false);
  }

  get #peers(): readonly PartyIndex[] {
    return [next(this.#parts.self), previous(this.#parts.self)];
  }

  /** Does something at a peer's process, once the message has come. */
  #post(to: PartyIndex, lane: string, act: (process: NodeProcess) => void, on?: Connection): void {
    const { links, self, peerNow } = this.#parts;
    if (this.#isDead) return;
    (on ?? links.connection(self, to))?.send(lane, () => {
      const process = peerNow(to);
      if (process) process.#alive(() => act(process));
    });
  }

  #links(): JobServices["links"] {
    const { links, self } = this.#parts;
    const peers = this.#peers;
    const announceAbort = (run: string, attempt: number, code: string) => {
      for (const to of peers)
        this.#post(to, "control", (peer) => peer.#aborted(self, run, attempt, code));
    };
    return {
      get areAllUp() {
        return peers.every((peer) => links.connection(self, peer) !== undefined);
      },
      sendRunMessage: (to, run, body) => {
        const copy = structuredClone(body);
        this.#post(to, "control", (peer) => peer.#jobs.runMessage(self, run, copy));
      },
      announceAbort,
      interrupt: (_run, attempt, by) => this.#transports.get(attempt)?.fail(lost(by)),
      runTransport: (run, attempt) => this.#open(run, attempt, announceAbort),
    };
  }

  #aborted(from: PartyIndex, run: string, attempt: number, code: string): void {
    const details = { party: from, cause: code };
    const error = new PeerUnavailable("PEER_ABORTED", "a peer ended the run", details);
    this.#transports.get(attempt)?.fail(error);
    this.#jobs.runAborted(from, run, code);
  }

  #open(
    run: string,
    attempt: number,
    announceAbort: (run: string, attempt: number, code: string) => void,
  ): Transport {
    const { links, self, told } = this.#parts;
    if (this.#transports.has(attempt)) told(`BUG at P${self}: attempt ${attempt} is opened twice`);
    const lines = new Map(this.#peers.map((peer) => [peer, links.connection(self, peer)]));
    const transport = new RunTransport({
      self,
      send: (to, key, message) => {
        const payload = message.slice();
        const frame = { tag: `${attempt}`, key, payload };
        const line = lines.get(to);
        const take = (peer: NodeProcess) => peer.#transports.get(attempt)?.deliver(self, frame);
        if (line) this.#post(to, `${attempt} ${key}`, take, line);
      },
      changed: () => undefined,
      announceAbort: (code) => announceAbort(run, attempt, code),
      release: () => this.#transports.delete(attempt),
    });
    this.#transports.set(attempt, transport);
    for (const [peer, line] of lines) if (!line) transport.fail(lost(peer));
    return this.#parts.wayOf(transport);
  }
}

const COST = { epsilon: { numerator: 1n, denominator: 1n }, exact: 0 };

const lost = (party: PartyIndex): PeerUnavailable =>
  new PeerUnavailable("PEER_CLOSED", `node ${party} is not reachable`, { party });
