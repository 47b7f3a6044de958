import type { MemberId } from "@symbolon/base/id";
import {
  base64,
  type Check,
  distinct,
  hash,
  identifier,
  instant,
  integer,
  list,
  oneOf,
  orNull,
  record,
  set,
  tagged,
  text,
  where,
} from "../check.js";
import type { Hash } from "../hash.js";
import type { Instant } from "../instant.js";
import { PASSKEY_SUITE, type PublicKey, SIGNATURE_SUITE } from "../signatures.js";
import { MEMBER_CLASSES, type MemberClass } from "../space.js";
import type { Statement } from "../statement.js";

/** What a key may sign: `admin` keys and membership, `data` offers, `ask` runs, `approve` votes. */
export const ROLES = ["admin", "data", "ask", "approve"] as const;
export type Role = (typeof ROLES)[number];

export interface MemberKey extends PublicKey {
  readonly roles: readonly Role[];
}

/**
 * An organisation's keys, the same in every data space. A later one names the one before and is
 * signed by keys of both: so keys are changed. Keys have no names of people.
 */
export interface Identity {
  readonly type: "urn:symbolon:statement:identity:v1";
  readonly issuedAt: Instant;
  readonly member: MemberId;
  readonly sequence: number;
  readonly previous: Hash | null;
  readonly keys: readonly MemberKey[];
  /** Roles in which two of the keys must sign. */
  readonly twoPerson: readonly Role[];
  /** X25519: what is meant for this member alone is sealed to it. */
  readonly sealingKey: string;
}

/** An organisation asks to be let in: the first of two channels. Signed by its own identity. */
export interface Application extends Statement<"application"> {
  readonly member: MemberId;
  readonly identity: Hash;
  readonly name: string;
  readonly class: MemberClass;
}

/**
 * A member vouches for an application: the second channel. `fingerprint` is what it was read out,
 * on the phone or in a room, by somebody whom it knows; it must be the application's own.
 */
export interface Enrolment extends Statement<"enrolment"> {
  readonly by: MemberId;
  readonly application: Hash;
  readonly fingerprint: string;
}

/** A member has lost its keys: another one vouches for new ones, again over two channels. */
export interface Recovery extends Statement<"recovery"> {
  readonly by: MemberId;
  readonly member: MemberId;
  readonly identity: Hash;
  readonly fingerprint: string;
}

/** A member goes. Its consents end with the entry. */
export interface Departure extends Statement<"departure"> {
  readonly member: MemberId;
}

/** Others decide that a member goes. */
export interface Removal extends Statement<"removal"> {
  readonly by: MemberId;
  readonly member: MemberId;
}

export const KEYS_MAX = 32;

const roles = set(oneOf(...ROLES), 1, ROLES.length);
const role = oneOf(...ROLES);

const memberKey: Check<MemberKey> = tagged<MemberKey>("suite", {
  [SIGNATURE_SUITE]: record<MemberKey>({ suite: oneOf(SIGNATURE_SUITE), key: base64(32), roles }),
  [PASSKEY_SUITE]: record<MemberKey>({ suite: oneOf(PASSKEY_SUITE), key: base64(65), roles }),
});

/** How many keys must sign in a role, by the member's own word. */
export const keysNeeded = ({ twoPerson }: Pick<Identity, "twoPerson">, role: Role): 1 | 2 =>
  twoPerson.includes(role) ? 2 : 1;

const canAct = (keys: readonly MemberKey[], twoPerson: readonly Role[]): boolean =>
  (["admin", ...twoPerson] as const).every(
    (role) =>
      keys.filter(({ roles }) => roles.includes(role)).length >= keysNeeded({ twoPerson }, role),
  );

export const identity: Check<Identity> = where(
  record<Identity>({
    type: oneOf("urn:symbolon:statement:identity:v1"),
    issuedAt: instant,
    member: identifier,
    sequence: integer(0, 1_000_000),
    previous: orNull(hash),
    keys: where(
      list(memberKey, 1, KEYS_MAX),
      (keys) => distinct(keys.map(({ key }) => key)),
      "have no key twice",
    ),
    twoPerson: set(role, 0, ROLES.length),
    sealingKey: base64(32),
  }),
  ({ sequence, previous, keys, twoPerson }) =>
    (sequence === 0) === (previous === null) && canAct(keys, twoPerson),
  "name the identity before it, unless it is the first, and have keys enough for each role",
);

const base = { space: identifier, issuedAt: instant };

/** Eight groups of five digits. */
const fingerprint: Check<string> = where(
  text(47),
  (value) => /^\d{5}(?: \d{5}){7}$/.test(value),
  "be eight groups of five digits",
  { pattern: "^[0-9]{5}(?: [0-9]{5}){7}$" },
);

export const application = record<Application>({
  type: oneOf("urn:symbolon:statement:application:v1"),
  ...base,
  member: identifier,
  identity: hash,
  name: text(),
  class: oneOf(...MEMBER_CLASSES),
});

export const enrolment = record<Enrolment>({
  type: oneOf("urn:symbolon:statement:enrolment:v1"),
  ...base,
  by: identifier,
  application: hash,
  fingerprint,
});

export const recovery = record<Recovery>({
  type: oneOf("urn:symbolon:statement:recovery:v1"),
  ...base,
  by: identifier,
  member: identifier,
  identity: hash,
  fingerprint,
});

export const departure = record<Departure>({
  type: oneOf("urn:symbolon:statement:departure:v1"),
  ...base,
  member: identifier,
});

export const removal = record<Removal>({
  type: oneOf("urn:symbolon:statement:removal:v1"),
  ...base,
  by: identifier,
  member: identifier,
});

/**
 * A hash as it is read out: each three bytes of its first 24 as five digits. Somebody who wants to
 * pass another hash off has to find one among 10^40 that reads the same.
 */
export function fingerprintOf(about: Hash): string {
  const groups = Array.from({ length: 8 }, (_, k) =>
    Number.parseInt(about.slice(6 * k, 6 * k + 6), 16),
  );
  return groups.map((value) => String(value % 100_000).padStart(5, "0")).join(" ");
}
