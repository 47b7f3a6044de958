import type { PartyIndex } from "@symbolon/base/id";
import type { EstimateRisk, QueryRules } from "@symbolon/governance/decide";
import type { Hash } from "@symbolon/governance/hash";
import type { Hpke } from "@symbolon/governance/hpke";
import type { Signatures } from "@symbolon/governance/signatures";
import type { Space } from "@symbolon/governance/space";
import type { SpaceState } from "@symbolon/governance/space-state";
import type { RunParams } from "@symbolon/governance/statement";
import type { Cost } from "@symbolon/release/ledger";
import type { NodeConfig, NodeLimits } from "../config.js";
import type { KnownLog } from "../governance/decide-by-log.js";
import type { Log } from "../log.js";
import type { AskedLists } from "../store/asked-lists.js";
import type { Ledger } from "../store/ledger.js";
import type { Store } from "../store/store.js";
import type { Vault } from "../store/vault.js";
import type { PeerLinks } from "../transport/peer-links.js";
import type { Execute } from "./execute.js";

/** What this node can be asked, and how it computes it. */
export interface Engine {
  readonly queries: readonly QueryRules[];
  readonly risk: EstimateRisk;
  readonly execute: Execute;
  /** What a run of a query uses up of each list that it names. */
  readonly costOf: (query: Hash) => Cost;
  /** What of the asker's list later runs of the same kind look at, if they look at any of it. */
  readonly remembers: (query: Hash, params: RunParams) => Remembered | undefined;
}

/** Columns of a list that are kept when it is asked about. Lists of one kind can be compared. */
export interface Remembered {
  readonly kind: string;
  readonly table: string;
  readonly columns: readonly string[];
}

export interface JobServices {
  readonly space: Space;
  readonly self: PartyIndex;
  /** What this node runs; under a charter the members accept it, or it runs nothing. */
  readonly buildHash: Hash;
  readonly signatures: Signatures;
  readonly hpke: Hpke;
  readonly store: Store;
  readonly vault: Vault;
  readonly links: Pick<
    PeerLinks,
    "areAllUp" | "sendRunMessage" | "announceAbort" | "interrupt" | "runTransport"
  >;
  readonly engine: Engine;
  readonly limits: NodeLimits;
  readonly budget: NodeConfig["budget"];
  readonly ledger: Ledger;
  readonly asked: AskedLists;
  readonly log: Log;
  /** The space's log, by which it is decided once there is a charter. */
  readonly spaceLog?: KnownLog & {
    readonly state: SpaceState;
    readonly stopped: string | undefined;
    /** A grant is to be logged. */
    tend(): void;
  };
  readonly now: () => number;
}
