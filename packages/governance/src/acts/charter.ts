import type { MemberId } from "@symbolon/base/id";
import {
  base64,
  distinct,
  hash,
  identifier,
  instant,
  integer,
  list,
  oneOf,
  record,
  set,
  text,
  triple,
  where,
} from "../check.js";
import type { Hash } from "../hash.js";
import { MEMBER_CLASSES, type MemberClass, type SpaceNode, spaceNode } from "../space.js";
import type { Statement } from "../statement.js";
import { isPasskeyOrigin, type PasskeyOrigin } from "../webauthn.js";
import { ROLES, type Role } from "./identity.js";

/** What is decided together. */
export const DECISIONS = [
  "charter",
  "enrolment",
  "recovery",
  "removal",
  "node",
  "software",
  "use-case",
  "query",
] as const;
export type DecisionKind = (typeof DECISIONS)[number];

/** Who must have said yes before a proposal counts. `half` is more than half. */
export interface Rule {
  readonly members: "none" | "half" | "all";
  readonly nodes: number;
}

/** A node with the key that it signs heads of the log with, which is not its statements' key. */
export interface CharterNode extends SpaceNode {
  /** Ed25519, raw, base64. */
  readonly headKey: string;
}

/** A member who watches the log: it cosigns heads, each only if it continues the last. */
export interface CharterWitness {
  readonly member: MemberId;
  readonly headKey: string;
}

/** The rules of a data space. A later charter replaces the one before, by that one's rules. */
export interface Charter extends Statement<"charter"> {
  readonly by: MemberId;
  /** The charter that this one replaces; at first the hash of `space.json`. */
  readonly previous: Hash;
  readonly name: string;
  /** The log's name (the origin of its heads). */
  readonly log: string;
  readonly nodes: readonly [CharterNode, CharterNode, CharterNode];
  readonly classes: readonly MemberClass[];
  readonly rules: Readonly<Record<DecisionKind, Rule>>;
  /** Acts of members of this class that two of their people must sign. */
  readonly twoPerson: readonly { readonly class: MemberClass; readonly roles: readonly Role[] }[];
  /** Pages on which passkeys may sign. */
  readonly passkeys: readonly PasskeyOrigin[];
  /** Budgets are counted anew in each epoch. */
  readonly epochHours: number;
  /** How long a provider whose data a request names may say no before it runs. */
  readonly vetoHours: number;
  readonly witnesses: readonly CharterWitness[];
  /** How many witnesses must have cosigned a head before a run relies on it. */
  readonly quorum: number;
  /** Hashes of the builds that are accepted at a node. */
  readonly builds: readonly Hash[];
}

export const HOURS_MAX = 24 * 366;

const rule = record<Rule>({ members: oneOf("none", "half", "all"), nodes: integer(0, 3) });

export const charterNode = record<CharterNode>({ ...spaceNode, headKey: base64(32) });

const memberClass = oneOf(...MEMBER_CLASSES);

const passkeyOrigin = where(
  record<PasskeyOrigin>({ origin: text(256), rpId: text(253) }),
  isPasskeyOrigin,
  "be a page's origin, and its host or a domain above it",
);

/** A rule that asks nobody would let anybody decide alone. */
const asksSomebody = ({ members, nodes }: Rule): boolean => members !== "none" || nodes > 0;

const shape = record<Charter>({
  type: oneOf("urn:symbolon:statement:charter:v1"),
  space: identifier,
  issuedAt: instant,
  by: identifier,
  previous: hash,
  name: text(),
  log: where(text(200), (name) => !/[\s+]/u.test(name), "have no spaces and plus signs", {
    pattern: "^[^\\s+]*$",
  }),
  nodes: where(
    triple(charterNode),
    (nodes) =>
      nodes.every(({ index }, k) => index === k) &&
      distinct(nodes.flatMap(({ signingKey, headKey }) => [signingKey, headKey])),
    "list the nodes 0, 1 and 2 in this order, each with keys of its own",
  ),
  classes: set(memberClass, 1, MEMBER_CLASSES.length),
  rules: where(
    record<Charter["rules"]>({
      charter: rule,
      enrolment: rule,
      recovery: rule,
      removal: rule,
      node: rule,
      software: rule,
      "use-case": rule,
      query: rule,
    }),
    (rules) => Object.values(rules).every(asksSomebody),
    "ask members or nodes for each decision",
  ),
  twoPerson: list(
    record<Charter["twoPerson"][number]>({
      class: memberClass,
      roles: set(oneOf(...ROLES), 1, ROLES.length),
    }),
    0,
    MEMBER_CLASSES.length,
  ),
  passkeys: list(passkeyOrigin, 0, 16),
  epochHours: integer(1, HOURS_MAX),
  vetoHours: integer(0, HOURS_MAX),
  witnesses: where(
    list(record<CharterWitness>({ member: identifier, headKey: base64(32) }), 0, 60),
    (witnesses) =>
      distinct(witnesses.map(({ member }) => member)) &&
      distinct(witnesses.map(({ headKey }) => headKey)),
    "name no member and no key twice",
  ),
  quorum: integer(0, 60),
  builds: set(hash, 1, 1_000),
});

export const charter = where(
  shape,
  ({ quorum, witnesses }) => quorum <= witnesses.length,
  "ask for no more witnesses than there are",
);
