import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { QueryRules } from "@symbolon/governance/decide";
import { type Envelope, statementHash } from "@symbolon/governance/envelope";
import { parseNote } from "@symbolon/governance/log/note";
import Database from "libsql";
import type { DataSpace } from "../data-space.contract.js";
import { headKeyOf } from "../identity/head-key.js";
import { nodeSignatures } from "../identity/signatures-node.js";
import type { Log } from "../log.js";
import { migrate } from "../store/schema.js";
import { Sqlite } from "../store/sqlite.js";
import { LogAgreement } from "./log-agreement.js";
import type { LogMessage } from "./log-messages.js";
import { LogStore } from "./log-store.js";
import { SpaceLog } from "./space-log.js";

/** What becomes of a message on its way: other messages, or none. */
export type Carrier = (
  from: PartyIndex,
  to: PartyIndex,
  message: LogMessage,
) => readonly LogMessage[];

const HONEST: Carrier = (_from, _to, message) => [message];

/** The logs of three nodes in one process, with somebody in between who may do anything. */
export class LogTrio {
  readonly world: DataSpace;
  readonly stores: readonly LogStore[];
  readonly clocks = [0, 0, 0];
  readonly warned: string[] = [];
  /** What each node can be asked. */
  queries: readonly (readonly QueryRules[])[] = [[], [], []];
  logs: SpaceLog[] = [];
  agreements: LogAgreement[] = [];
  carrier: Carrier = HONEST;
  areUp = true;
  #onTheWay = 0;
  #carried = 0;
  #life = 0;

  constructor(world: DataSpace) {
    this.world = world;
    this.stores = PARTIES.map(() => {
      const db = new Database(":memory:");
      migrate(db);
      return new LogStore(new Sqlite(db));
    });
  }

  /** Starts all three anew on what they have stored; what was on the way is lost. */
  async start(): Promise<this> {
    const { space, configs } = this.world;
    this.#life += 1;
    const life = this.#life;
    await Promise.all(this.agreements.map((agreement) => agreement.close()));
    this.#onTheWay = 0;
    const diary: Log = {
      info: () => undefined,
      warn: (_event, { code, reason } = {}) => this.warned.push(`${code}: ${reason}`),
      error: (_event, { code, reason } = {}) => this.warned.push(`${code}: ${reason}`),
    };
    this.logs = await Promise.all(
      PARTIES.map((self) =>
        SpaceLog.open({
          ...{ space, self, signatures: nodeSignatures, store: this.stores[self] },
          queries: this.queries[self],
          headKey: headKeyOf(configs[self].keys.signing),
          now: () => Date.now() + this.clocks[self],
        }),
      ),
    );
    this.agreements = PARTIES.map((self) => {
      const isUp = () => this.areUp;
      const links = {
        get areAllUp() {
          return isUp();
        },
        sendLogMessage: (to: PartyIndex, body: unknown) =>
          this.#carry(life, self, to, body as LogMessage),
      };
      const names = space.nodes.map(({ name }) => name);
      const [log, store] = [this.logs[self], this.stores[self]];
      return new LogAgreement({ self, names, log, store, links, diary, changed: () => undefined });
    });
    for (const self of PARTIES)
      for (const peer of PARTIES)
        if (self !== peer) this.agreements[self].peerChanged(peer, this.areUp);
    return this;
  }

  #carry(life: number, from: PartyIndex, to: PartyIndex, sent: LogMessage): void {
    if (!this.areUp) return;
    for (const message of this.carrier(from, to, structuredClone(sent))) {
      this.#onTheWay += 1;
      this.#carried += 1;
      setImmediate(() => {
        if (life !== this.#life) return;
        this.#onTheWay -= 1;
        this.agreements[to].hear(from, message);
      });
    }
  }

  /** Waits until nothing is on the way or being done. */
  async settled(): Promise<void> {
    for (let calm = 0, seen = -1; calm < 3; ) {
      await Promise.all(this.agreements.map((it) => it.idle()));
      await new Promise((resolve) => setImmediate(resolve));
      calm = this.#carried === seen && this.#onTheWay === 0 ? calm + 1 : 0;
      seen = this.#carried;
    }
  }

  async close(): Promise<void> {
    this.#life += 1;
    await Promise.all(this.agreements.map((agreement) => agreement.close()));
  }

  sizes = (): number[] => this.logs.map(({ size }) => size);
  stops = (): (string | undefined)[] => this.agreements.map(({ stopped }) => stopped);

  /** Whether two nodes have committed to different histories. */
  isForked(): boolean {
    const [a, b, c] = this.stores.map(
      (store) => new Map(store.heads().map(({ size, note }) => [size, parseNote(note).text])),
    );
    const differs = (one: typeof a, other: typeof a): boolean =>
      [...one].some(([size, text]) => (other.get(size) ?? text) !== text);
    return differs(a, b) || differs(b, c) || differs(a, c);
  }

  submit = async (envelope: Envelope, node: PartyIndex = 0) =>
    this.agreements[node].submit(envelope);

  isLogged = async (envelope: Envelope): Promise<boolean> => {
    const hash = await statementHash(envelope);
    return this.stores.every((store) => store.indexOf(hash) !== undefined);
  };
}
