import type { MemberId, SpaceId } from "@symbolon/base/id";
import {
  type Application,
  type Identity,
  keysNeeded,
  type MemberKey,
  ROLES,
  type Role,
} from "./acts/identity.js";
import { type Envelope, signersOf } from "./envelope.js";
import { Refusal } from "./refusal.js";
import { type PublicKey, SIGNATURE_SUITE, type Signatures } from "./signatures.js";
import type { MemberClass, Space } from "./space.js";
import { memberIn, type SpaceState } from "./space-state.js";
import type { AnyStatement } from "./statement.js";
import type { PasskeyOrigin } from "./webauthn.js";

/** Whose word counts in a space, and under which keys. */
export interface Directory {
  readonly space: SpaceId;
  readonly nodes: readonly { readonly signingKey: string }[];
  readonly passkeys: readonly PasskeyOrigin[];
  keysOf(member: MemberId): MemberKeys | undefined;
}

export interface MemberKeys {
  readonly keys: readonly MemberKey[];
  readonly twoPerson: readonly Role[];
}

/** The directory of a space file. */
export const directoryOf = ({ id, nodes, members }: Space): Directory => ({
  space: id,
  nodes,
  passkeys: [],
  keysOf(wanted) {
    const member = members.find((entry) => entry.id === wanted);
    if (member === undefined) return undefined;
    const key = { suite: SIGNATURE_SUITE, key: member.signingKey, roles: ROLES } as const;
    return { keys: [key], twoPerson: [] };
  },
});

/** The directory of a log's state. The charter can ask for two people where a member does not. */
export const directoryIn = (state: SpaceState): Directory => ({
  space: state.space,
  nodes: state.nodes,
  passkeys: state.passkeys,
  keysOf(wanted) {
    const member = memberIn(state, wanted);
    if (member === undefined) return undefined;
    const asked = rolesOfTwo(state, member.class);
    return { keys: member.keys, twoPerson: [...new Set([...member.twoPerson, ...asked])] };
  },
});

const rolesOfTwo = ({ twoPerson }: SpaceState, kind: MemberClass): readonly Role[] =>
  twoPerson.filter((entry) => entry.class === kind).flatMap(({ roles }) => roles);

type MemberStatement = Exclude<AnyStatement, Identity | Application | { readonly node: unknown }>;

/** The member that a statement names as its author, and the role of the key that it takes. */
function authorOf(statement: MemberStatement): { readonly id: MemberId; readonly role: Role } {
  switch (statement.type) {
    case "urn:symbolon:statement:run-request:v1":
    case "urn:symbolon:statement:run-request:v2":
    case "urn:symbolon:statement:result-request:v1":
    case "urn:symbolon:statement:result-received:v1":
      return { id: statement.asker, role: "ask" };
    case "urn:symbolon:statement:dataset-manifest:v1":
    case "urn:symbolon:statement:offer:v1":
    case "urn:symbolon:statement:offer:v2":
    case "urn:symbolon:statement:veto:v1":
    case "urn:symbolon:statement:withdrawal:v1":
      return { id: statement.provider, role: "data" };
    case "urn:symbolon:statement:departure:v1":
      return { id: statement.member, role: "admin" };
    default:
      return { id: statement.by, role: "approve" };
  }
}

type NodeStatement = Extract<AnyStatement, { readonly node: 0 | 1 | 2 }>;

const isByNode = (statement: AnyStatement): statement is NodeStatement =>
  "node" in statement && typeof statement.node === "number";

/**
 * Checks that the envelope is signed by whom its statement names, with keys in the right role, and
 * by two of them where two are asked for. Not for identities and applications, which bring their
 * own keys. Throws `Refusal`.
 */
export async function verifyAuthor(
  signatures: Signatures,
  directory: Directory,
  envelope: Envelope,
  statement: Exclude<AnyStatement, Identity | Application>,
): Promise<void> {
  const { type } = statement;
  if (isByNode(statement)) {
    const { signingKey: key } = directory.nodes[statement.node];
    return requireSigners(signatures, directory, envelope, {
      ...{ type, needed: 1, keys: [{ suite: SIGNATURE_SUITE, key }] },
    });
  }
  const { id, role } = authorOf(statement as MemberStatement);
  const member = directory.keysOf(id);
  if (member === undefined)
    throw new Refusal("UNKNOWN_MEMBER", `${id} is not a member of ${directory.space}`, {
      member: id,
    });
  const fit = member.keys.filter(({ roles }) => roles.includes(role));
  const needed = keysNeeded(member, role);
  await requireSigners(signatures, directory, envelope, {
    ...{ type, needed, keys: fit, others: member.keys },
  });
}

interface Expected {
  readonly type: AnyStatement["type"];
  readonly needed: number;
  readonly keys: readonly PublicKey[];
  /** Keys of the same member in other roles. */
  readonly others?: readonly PublicKey[];
}

/** Throws `Refusal` unless every signature is by one of `keys`, and there are as many as needed. */
export async function requireSigners(
  signatures: Signatures,
  { passkeys }: Pick<Directory, "passkeys">,
  envelope: Envelope,
  { type, needed, keys, others }: Expected,
): Promise<void> {
  const verifier = { signatures, origins: passkeys };
  const signers = await signersOf(verifier, envelope, keys);
  if (signers === undefined) {
    const isOther = others !== undefined && (await signersOf(verifier, envelope, others));
    if (isOther)
      throw new Refusal("WRONG_ROLE", "a key signed that has no role for this", { type });
    throw new Refusal("BAD_SIGNATURE", "the statement is not signed by whom it names", { type });
  }
  if (signers.length < needed)
    throw new Refusal("TWO_PEOPLE_NEEDED", "one person signed where two must", { type });
}
