import type { DatasetId, MemberId, PartyIndex, RunId, SpaceId } from "@symbolon/base/id";
import type { Charter, CharterWitness, DecisionKind, Rule } from "./acts/charter.js";
import type { ConsentTerms } from "./acts/consent.js";
import {
  type Application,
  type Identity,
  type MemberKey,
  ROLES,
  type Role,
} from "./acts/identity.js";
import type { LedgerHead, PrivateContents, RunEnded, UseRequest } from "./acts/run.js";
import type { UseCase } from "./acts/use-case.js";
import { type Hash, hashOf } from "./hash.js";
import type { Instant } from "./instant.js";
import { EMPTY_FRONTIER, type Frontier } from "./log/frontier.js";
import { SIGNATURE_SUITE } from "./signatures.js";
import type { MemberClass, Space, SpaceNode } from "./space.js";
import type { AnyStatement, RunRequest } from "./statement.js";
import type { PasskeyOrigin } from "./webauthn.js";

/** An organisation in the space, with the keys that count from here on. */
export interface MemberState {
  readonly id: MemberId;
  readonly name: string;
  readonly class: MemberClass;
  readonly identity: Hash;
  readonly sequence: number;
  readonly keys: readonly MemberKey[];
  readonly twoPerson: readonly Role[];
  readonly sealingKey: string;
  /** The entry from which these keys count; −1 for the space file's. */
  readonly since: number;
  /** The entry by which it went, if it has. */
  readonly left?: number;
}

/** A proposal and who has said what: `member shelter`, `node 0`. */
export interface Proposal {
  readonly hash: Hash;
  readonly kind: DecisionKind;
  readonly statement: AnyStatement;
  readonly at: Instant;
  readonly votes: ReadonlyMap<string, "yes" | "no">;
  /** The entry that decided it. */
  readonly accepted?: number;
}

/** Terms of an offer of the first form have neither use case nor purpose nor fields. */
export type Terms = Omit<ConsentTerms, "useCase" | "purpose" | "fields"> &
  Partial<Pick<ConsentTerms, "useCase" | "purpose" | "fields">>;

/** A provider's consent, offered or agreed. */
export interface Consent {
  readonly hash: Hash;
  readonly provider: MemberId;
  readonly dataset: DatasetId;
  readonly terms: Terms;
  /** Who asked for these terms, if the provider did not offer them itself. */
  readonly askedBy?: MemberId;
  /** Counts without the other side's agreement: an offer of the first form. */
  readonly isOneSided: boolean;
  readonly agreed: ReadonlySet<MemberId>;
  /** The entry from which it counts: of a counter-offer, the one by which the provider agreed. */
  readonly index: number;
}

/** A version of a dataset, by the receipts of the nodes. */
export interface Holding {
  readonly provider: MemberId;
  readonly dataset: DatasetId;
  /** When the first receipt came. */
  readonly since: Instant;
  /** The entry of each node's receipt. */
  readonly receipts: ReadonlyMap<PartyIndex, number>;
  readonly deleted: ReadonlySet<PartyIndex>;
}

export interface LoggedRequest {
  readonly statement: RunRequest | UseRequest;
  readonly at: Instant;
  readonly index: number;
  readonly vetoes: readonly MemberId[];
  /** The consents that each node granted it under. */
  readonly granted: ReadonlyMap<PartyIndex, readonly Hash[]>;
  readonly ended: ReadonlyMap<PartyIndex, RunEnded["outcome"]>;
  readonly isReceived: boolean;
}

/** How the log's heads are signed. */
export interface HeadKeys {
  readonly log: string;
  readonly nodes: readonly [string, string, string];
  readonly witnesses: readonly CharterWitness[];
  readonly quorum: number;
}

/**
 * All that the log of a space says, up to one entry. It follows from the space file and the entries
 * alone, so that everybody who has them has the same.
 */
export interface SpaceState {
  readonly space: SpaceId;
  readonly name: string;
  /** The hash of the space file. */
  readonly genesis: Hash;
  /** What the log's root is made of, refused entries included. */
  readonly frontier: Frontier;
  readonly at: Instant | undefined;
  /** Without one, offers of the first form suffice and no log is asked for. */
  readonly charter: Hash | undefined;
  readonly rules: Charter["rules"];
  readonly classes: readonly MemberClass[];
  readonly twoPerson: Charter["twoPerson"];
  readonly passkeys: readonly PasskeyOrigin[];
  readonly epochHours: number;
  readonly vetoHours: number;
  readonly heads: HeadKeys | undefined;
  readonly nodes: readonly [SpaceNode, SpaceNode, SpaceNode];
  readonly builds: ReadonlySet<Hash>;
  readonly identities: ReadonlyMap<Hash, Identity>;
  readonly applications: ReadonlyMap<Hash, Application>;
  readonly members: ReadonlyMap<MemberId, MemberState>;
  readonly proposals: ReadonlyMap<Hash, Proposal>;
  readonly useCases: ReadonlyMap<Hash, UseCase>;
  /** The explanation that was approved, by the query's hash. */
  readonly queries: ReadonlyMap<Hash, Hash>;
  readonly consents: ReadonlyMap<Hash, Consent>;
  /** The entry of the last withdrawal, by `provider/dataset`. */
  readonly withdrawn: ReadonlyMap<string, number>;
  readonly holdings: ReadonlyMap<Hash, Holding>;
  /** How far each node's disclosure ledger has come, as its grants and ends of runs say. */
  readonly ledgers: ReadonlyMap<PartyIndex, LedgerHead>;
  readonly requests: ReadonlyMap<Hash, LoggedRequest>;
  /** The request of each run. */
  readonly runs: ReadonlyMap<RunId, Hash>;
  readonly spent: Spent;
  readonly privates: ReadonlyMap<Hash, PrivateContents>;
  /** Every statement that counted: none counts twice. */
  readonly seen: ReadonlySet<Hash>;
}

/** What was used up: at the first node's word, and never given back. */
export interface Spent {
  /** Runs by consent. */
  readonly consents: ReadonlyMap<Hash, ReadonlySet<RunId>>;
  /** The run by which a query was first started on a list, by `answerKey`. */
  readonly answered: ReadonlyMap<string, RunId>;
  /** Runs by `budgetKey`. */
  readonly budgets: ReadonlyMap<string, ReadonlySet<RunId>>;
}

const ALL_AND_NODES: Rule = { members: "all", nodes: 3 };
const MONTH_HOURS = 30 * 24;

/** The space as its file founds it: members with one key for everything, and no charter. */
export async function genesisOf(space: Space): Promise<SpaceState> {
  const { id, name, nodes, members, builds } = space;
  const states = members.map(async (member): Promise<[MemberId, MemberState]> => {
    const { signingKey, hpkeKey, ...about } = member;
    const keys = [{ suite: SIGNATURE_SUITE, key: signingKey, roles: ROLES }] as const;
    const identity = await hashOf(member);
    const own = { identity, sequence: 0, keys, twoPerson: [], sealingKey: hpkeKey, since: -1 };
    return [member.id, { ...about, ...own }];
  });
  return {
    ...{ space: id, name, genesis: await hashOf(space), frontier: EMPTY_FRONTIER },
    ...{ at: undefined, charter: undefined, heads: undefined, nodes, builds: new Set(builds) },
    rules: {
      charter: ALL_AND_NODES,
      enrolment: ALL_AND_NODES,
      recovery: ALL_AND_NODES,
      removal: ALL_AND_NODES,
      node: ALL_AND_NODES,
      software: ALL_AND_NODES,
      "use-case": ALL_AND_NODES,
      query: ALL_AND_NODES,
    },
    ...{ classes: ["ngo", "un", "public-body", "police"], twoPerson: [], passkeys: [] },
    ...{ epochHours: MONTH_HOURS, vetoHours: 0 },
    members: new Map(await Promise.all(states)),
    ...{ identities: new Map(), applications: new Map(), proposals: new Map() },
    ...{ useCases: new Map(), queries: new Map(), consents: new Map(), withdrawn: new Map() },
    ...{ holdings: new Map(), requests: new Map(), runs: new Map(), privates: new Map() },
    ledgers: new Map(),
    spent: { consents: new Map(), answered: new Map(), budgets: new Map() },
    seen: new Set(),
  };
}

/** Whether a ledger that has come to `now` cannot be the one that had come to `then`. */
export const isOlder = (
  now: { readonly size: number; readonly root: string },
  then: { readonly size: number; readonly root: string },
): boolean => now.size < then.size || (now.size === then.size && now.root !== then.root);

/** A member that has not gone. */
export function memberIn(state: SpaceState, id: MemberId): MemberState | undefined {
  const member = state.members.get(id);
  return member?.left === undefined ? member : undefined;
}

export const datasetName = (provider: MemberId, dataset: DatasetId): string =>
  `${provider}/${dataset}`;

const HOUR_MS = 3_600_000;

/** Which budget a request of this moment is charged to. */
export const budgetKey = (
  { epochHours }: Pick<SpaceState, "epochHours">,
  useCase: Hash,
  asker: MemberId,
  ms: number,
): string => `${useCase}/${asker}/${Math.floor(ms / (epochHours * HOUR_MS))}`;
