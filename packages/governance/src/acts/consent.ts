import type { DatasetId, MemberId, PartyIndex } from "@symbolon/base/id";
import {
  hash,
  identifier,
  instant,
  integer,
  number,
  oneOf,
  orNull,
  record,
  set,
  where,
} from "../check.js";
import type { Hash } from "../hash.js";
import type { Instant } from "../instant.js";
import { MEMBER_CLASSES, type MemberClass } from "../space.js";
import { RUNS_MAX, type Statement } from "../statement.js";
import { HOURS_MAX } from "./charter.js";

/** For whom: whole classes of organisations, and single members. */
export interface Beneficiaries {
  readonly classes: readonly MemberClass[];
  readonly members: readonly MemberId[];
}

/** Everything that a provider says yes to, at once. What is not in it is not allowed. */
export interface ConsentTerms {
  readonly query: Hash;
  readonly useCase: Hash;
  readonly beneficiaries: Beneficiaries;
  /** Columns that may be read, by name. */
  readonly fields: readonly string[];
  readonly purpose: string;
  readonly expires: Instant;
  /** Who may learn from a run: the asker alone, or the providers of its lists as well. */
  readonly direction: Direction;
  readonly riskMax: number;
  readonly overlapMin: number;
  /** 0 takes the consent back. */
  readonly runsMax: number;
  /** How long this provider may say no to a request; the charter's time if that is longer. */
  readonly vetoHours: number;
}

export type Direction = "asker" | "all";

/**
 * A provider offers a dataset on terms. They count for a beneficiary once it has agreed to them.
 * The provider's last word on a dataset, query and beneficiary is the one that counts.
 */
export interface TermsOffer extends Statement<"offer", "v2"> {
  readonly provider: MemberId;
  readonly dataset: DatasetId;
  readonly terms: ConsentTerms;
  /** The counter-offer that it answers. */
  readonly answers: Hash | null;
}

/** A beneficiary asks for other terms. They count once the provider has agreed to them. */
export interface CounterOffer extends Statement<"counter-offer"> {
  readonly by: MemberId;
  readonly offer: Hash;
  readonly terms: ConsentTerms;
}

/** The other side agrees to an offer or counter-offer, as it stands. */
export interface Agreement extends Statement<"agreement"> {
  readonly by: MemberId;
  readonly about: Hash;
}

/** A provider stops one request, within the time that it has. */
export interface Veto extends Statement<"veto"> {
  readonly provider: MemberId;
  readonly request: Hash;
}

/** A provider takes a dataset back: no run after this entry uses it. */
export interface Withdrawal extends Statement<"withdrawal"> {
  readonly provider: MemberId;
  readonly dataset: DatasetId;
}

/** A node says that it has destroyed its keys to a dataset, and with them its part. */
export interface Tombstone extends Statement<"tombstone"> {
  readonly node: PartyIndex;
  readonly dataset: DatasetId;
  readonly root: Hash;
}

export const beneficiaries = where(
  record<Beneficiaries>({
    classes: set(oneOf(...MEMBER_CLASSES), 0, MEMBER_CLASSES.length),
    members: set<MemberId>(identifier, 0, 100),
  }),
  ({ classes, members }) => classes.length + members.length > 0,
  "name a class or a member",
);

const terms = record<ConsentTerms>({
  query: hash,
  useCase: hash,
  beneficiaries,
  fields: set<string>(identifier, 1, 64),
  purpose: identifier,
  expires: instant,
  direction: oneOf("asker", "all"),
  riskMax: number(0, 1),
  overlapMin: number(0, 0.999),
  runsMax: integer(0, RUNS_MAX),
  vetoHours: integer(0, HOURS_MAX),
});

const base = { space: identifier, issuedAt: instant };

export const termsOffer = record<TermsOffer>({
  type: oneOf("urn:symbolon:statement:offer:v2"),
  ...base,
  provider: identifier,
  dataset: identifier,
  terms,
  answers: orNull(hash),
});

export const counterOffer = record<CounterOffer>({
  type: oneOf("urn:symbolon:statement:counter-offer:v1"),
  ...base,
  by: identifier,
  offer: hash,
  terms,
});

export const agreement = record<Agreement>({
  type: oneOf("urn:symbolon:statement:agreement:v1"),
  ...base,
  by: identifier,
  about: hash,
});

export const veto = record<Veto>({
  type: oneOf("urn:symbolon:statement:veto:v1"),
  ...base,
  provider: identifier,
  request: hash,
});

export const withdrawal = record<Withdrawal>({
  type: oneOf("urn:symbolon:statement:withdrawal:v1"),
  ...base,
  provider: identifier,
  dataset: identifier,
});

export const tombstone = record<Tombstone>({
  type: oneOf("urn:symbolon:statement:tombstone:v1"),
  ...base,
  node: oneOf(0, 1, 2),
  dataset: identifier,
  root: hash,
});
