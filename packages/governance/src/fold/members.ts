import {
  type Application,
  type Departure,
  fingerprintOf,
  type Identity,
  keysNeeded,
  type MemberKey,
} from "../acts/identity.js";
import { type Directory, requireSigners } from "../author.js";
import type { Envelope } from "../envelope.js";
import type { Hash } from "../hash.js";
import { Refusal } from "../refusal.js";
import { keyIdOf, type Signatures } from "../signatures.js";
import { type MemberState, memberIn, type SpaceState } from "../space-state.js";
import { type Act, change, type Draft, known, type Placed } from "./draft.js";

/** Keys that sign for the organisation itself. */
const admins = (keys: readonly MemberKey[]) => keys.filter(({ roles }) => roles.includes("admin"));

/**
 * An identity is signed by its own administrators. Where it follows a member's present one, theirs
 * must sign as well, and then it counts at once; signed by the new ones only, it waits for others
 * to vouch for it (recovery). Throws `Refusal`.
 */
export async function takeIdentity(
  signatures: Signatures,
  draft: Draft,
  directory: Directory,
  envelope: Envelope,
  placed: Placed<Identity>,
): Promise<void> {
  const { statement, hash, index } = placed;
  const member = memberIn(draft, statement.member);
  const { type } = statement;
  const own = admins(statement.keys);
  const old = member === undefined ? [] : admins(member.keys);
  const ids = new Set(envelope.signatures.map(({ keyid }) => keyid));
  await requireSigners(signatures, directory, envelope, {
    ...{ type, needed: 1, keys: distinctKeys([...own, ...old]) },
  });
  const count = async (keys: readonly MemberKey[], needed: number): Promise<boolean> =>
    (await signedAmong(ids, keys)) >= needed;
  if (!(await count(own, keysNeeded(statement, "admin"))))
    throw new Refusal("TWO_PEOPLE_NEEDED", "too few of the identity's own administrators signed");
  refuseSharedKeys(draft, statement);
  const needed = old.length === 0 ? 1 : needOf(directory, statement.member);
  const isSuccession = member !== undefined && (await count(old, needed));
  if (isSuccession) {
    const follows =
      statement.previous === member.identity && statement.sequence === member.sequence + 1;
    if (!follows)
      throw new Refusal("IDENTITY_BROKEN", "the identity does not follow the present one");
  }
  draft.identities.set(hash, statement);
  if (isSuccession) change(draft.members, statement.member, keysFrom(statement, hash, index));
}

const needOf = (directory: Directory, id: Identity["member"]): number => {
  const keys = directory.keysOf(id);
  return keys === undefined ? 1 : keysNeeded(keys, "admin");
};

async function signedAmong(ids: ReadonlySet<Hash>, keys: readonly MemberKey[]): Promise<number> {
  const names = await Promise.all(keys.map(({ key }) => keyIdOf(key)));
  return names.filter((id) => ids.has(id)).length;
}

const distinctKeys = (keys: readonly MemberKey[]): MemberKey[] => [
  ...new Map(keys.map((entry) => [entry.key, entry])).values(),
];

/** A key that two organisations had would let one speak as the other. */
function refuseSharedKeys(draft: Draft, { member, keys }: Identity): void {
  const others = [...draft.members.values()].filter(({ id }) => id !== member);
  const taken = new Set([
    ...others.flatMap((other) => other.keys.map(({ key }) => key)),
    ...draft.nodes.map(({ signingKey }) => signingKey),
  ]);
  if (keys.some(({ key }) => taken.has(key)))
    throw new Refusal("SHARED_KEY", `${member} names a key that somebody else has`, { member });
}

const keysFrom = (identity: Identity, hash: Hash, index: number) => ({
  identity: hash,
  sequence: identity.sequence,
  keys: identity.keys,
  twoPerson: identity.twoPerson,
  sealingKey: identity.sealingKey,
  since: index,
});

/** Somebody asks to be let in. */
export const takeApplication: Act<Application> = (draft, { statement, hash }) => {
  const identity = known(draft.identities, statement.identity, "identity");
  if (identity.member !== statement.member)
    throw new Refusal("NOT_YOURS", "the identity is another organisation's");
  refusePresent(draft, statement);
  draft.applications.set(hash, statement);
};

function refusePresent(state: SpaceState, application: Application): void {
  const { member, class: kind } = application;
  // A name that was somebody's stays that one's: old entries must not speak of another.
  const before = state.members.get(member);
  if (before !== undefined)
    throw new Refusal("ALREADY_MEMBER", `${member} is, or was, a member`, { member });
  if (!state.classes.includes(kind))
    throw new Refusal("CLASS_NOT_ADMITTED", `the charter does not admit the class ${kind}`);
}

/** The two channels agree: what was read out is the application's own fingerprint. */
export function requireFingerprint(about: Hash, heard: string): void {
  if (fingerprintOf(about) !== heard)
    throw new Refusal("CHANNELS_DIFFER", "what was read out is not what came in");
}

/** Lets an applicant in, once that is decided. Throws `Refusal`. */
export function enrol(draft: Draft, application: Hash, index: number): void {
  const statement = known(draft.applications, application, "application");
  refusePresent(draft, statement);
  const identity = known(draft.identities, statement.identity, "identity");
  refuseSharedKeys(draft, identity);
  const { member: id, name, class: kind } = statement;
  const state: MemberState = {
    ...{ id, name, class: kind },
    ...keysFrom(identity, statement.identity, index),
  };
  draft.members.set(id, state);
}

/** Whether an identity can take the place of a member's, whose keys are lost. Throws `Refusal`. */
export function requireSuccessor(draft: Draft, id: MemberState["id"], hash: Hash): Identity {
  const member = known(draft.members, id, "member");
  const identity = known(draft.identities, hash, "identity");
  const follows = identity.previous === member.identity;
  if (identity.member !== id || !follows || identity.sequence <= member.sequence)
    throw new Refusal("IDENTITY_BROKEN", "the identity does not follow the member's present one");
  return identity;
}

/** Gives a member new keys, once others have vouched for them. Throws `Refusal`. */
export function recover(draft: Draft, id: MemberState["id"], hash: Hash, index: number): void {
  const identity = requireSuccessor(draft, id, hash);
  refuseSharedKeys(draft, identity);
  change(draft.members, id, keysFrom(identity, hash, index));
}

/** A member goes: by its own word or by the others'. Its consents and its right to ask end. */
export function leave(draft: Draft, id: MemberState["id"], index: number): void {
  change(draft.members, id, { left: index });
}

export const takeDeparture: Act<Departure> = (draft, { statement, index }) =>
  leave(draft, statement.member, index);
