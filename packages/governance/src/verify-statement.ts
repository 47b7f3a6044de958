import type { Application, Identity } from "./acts/identity.js";
import { type Directory, directoryOf, verifyAuthor } from "./author.js";
import { type Envelope, payloadJson, statementHash } from "./envelope.js";
import type { Hash } from "./hash.js";
import { InvalidDocument } from "./invalid-document.js";
import { statementIn } from "./parse-statement.js";
import { Refusal } from "./refusal.js";
import type { Signatures } from "./signatures.js";
import type { Space } from "./space.js";
import type { AnyStatement, DirectStatement } from "./statement.js";

/** A statement whose signature, data space and signer have been checked. */
export interface Verified<T> {
  readonly statement: T;
  readonly hash: Hash;
  readonly envelope: Envelope;
}

/**
 * The statement of the given type in an envelope, once its form, its data space and its signature
 * by the member or node that it names are checked. Throws `Refusal`.
 */
export const verifyStatement = <T extends DirectStatement["type"]>(
  signatures: Signatures,
  space: Space,
  envelope: Envelope,
  type: T,
): Promise<Verified<Extract<DirectStatement, { type: T }>>> =>
  verifyIn(signatures, directoryOf(space), envelope, type);

/** The same, by the keys of a directory. Throws `Refusal`. */
export async function verifyIn<T extends Exclude<AnyStatement, Identity | Application>["type"]>(
  signatures: Signatures,
  directory: Directory,
  envelope: Envelope,
  type: T,
): Promise<Verified<Extract<AnyStatement, { type: T }>>> {
  const statement = readStatement(envelope, type);
  requireSpace(directory, statement as DirectStatement);
  await verifyAuthor(signatures, directory, envelope, statement as DirectStatement);
  return { statement, hash: await statementHash(envelope), envelope };
}

/** Throws `Refusal` for a statement of another data space. */
export function requireSpace(
  { space }: Pick<Directory, "space">,
  statement: { readonly space: string },
): void {
  if (statement.space !== space)
    throw new Refusal("WRONG_SPACE", `the statement is for the data space ${statement.space}`, {
      space: statement.space,
    });
}

/** The statement of that type in an envelope, by its form. Throws `Refusal`. */
export function readStatement<T extends AnyStatement["type"]>(envelope: Envelope, type: T) {
  try {
    return statementIn(envelope, type);
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error;
    throw new Refusal("NOT_A_STATEMENT", `not a valid statement: ${error.message}`, { type });
  }
}

/** Whether the envelope says of itself that it is of this type; nothing of it is checked. */
export function isOfType(envelope: Envelope, type: AnyStatement["type"]): boolean {
  try {
    return (payloadJson(envelope) as { readonly type?: unknown } | null)?.type === type;
  } catch (error) {
    if (error instanceof InvalidDocument) return false;
    throw error;
  }
}
