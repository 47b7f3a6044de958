import type { MemberId } from "@symbolon/base/id";
import { type Envelope, statementHash, verifyEnvelope } from "./envelope.js";
import type { Hash } from "./hash.js";
import { InvalidDocument } from "./invalid-document.js";
import { statementIn } from "./parse-statement.js";
import { Refusal } from "./refusal.js";
import type { Signatures } from "./signatures.js";
import { memberOf, type Space } from "./space.js";
import type { AnyStatement } from "./statement.js";

/** A statement whose signature, data space and signer have been checked. */
export interface Verified<T> {
  readonly statement: T;
  readonly hash: Hash;
  readonly envelope: Envelope;
}

/** The public key of whoever the statement says has signed it. */
function signerKey(space: Space, statement: AnyStatement): string {
  switch (statement.type) {
    case "urn:symbolon:statement:node-descriptor:v1":
    case "urn:symbolon:statement:receipt:v1":
      return space.nodes[statement.node].signingKey;
    case "urn:symbolon:statement:run-request:v1":
    case "urn:symbolon:statement:result-request:v1":
      return memberKey(space, statement.asker);
    default:
      return memberKey(space, statement.provider);
  }
}

function memberKey(space: Space, id: MemberId): string {
  const member = memberOf(space, id);
  if (member === undefined)
    throw new Refusal("UNKNOWN_MEMBER", `${id} is not a member of ${space.id}`, { member: id });
  return member.signingKey;
}

/**
 * The statement of the given type in an envelope, once its form, its data space and its signature
 * by the member or node that it names are checked. Throws `Refusal`.
 */
export async function verifyStatement<T extends AnyStatement["type"]>(
  signatures: Signatures,
  space: Space,
  envelope: Envelope,
  type: T,
): Promise<Verified<Extract<AnyStatement, { type: T }>>> {
  const statement = readStatement(envelope, type);
  if (statement.space !== space.id)
    throw new Refusal("WRONG_SPACE", `the statement is for the data space ${statement.space}`, {
      space: statement.space,
    });
  const key = signerKey(space, statement);
  if (!(await verifyEnvelope(signatures, envelope, key)))
    throw new Refusal("BAD_SIGNATURE", "the statement is not signed by whom it names", { type });
  return { statement, hash: await statementHash(envelope), envelope };
}

function readStatement<T extends AnyStatement["type"]>(envelope: Envelope, type: T) {
  try {
    return statementIn(envelope, type);
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error;
    throw new Refusal("NOT_A_STATEMENT", `not a valid statement: ${error.message}`, { type });
  }
}
