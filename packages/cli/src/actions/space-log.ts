import { type Envelope, seal } from "@symbolon/governance/envelope";
import { instantOf } from "@symbolon/governance/instant";
import { InvalidDocument } from "@symbolon/governance/invalid-document";
import { parseStatement } from "@symbolon/governance/parse-statement";
import type { AnyStatement } from "@symbolon/governance/statement";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { type Identity, importIdentity, signerOfIdentity } from "@symbolon/provider/identity";
import type { SpaceMemberOptions } from "../commands/space.js";
import { CliError } from "../error.js";
import { readText } from "../files.js";
import { LogClient } from "../log-client.js";
import type { Session } from "../program.js";

/** A member at the log of its space. */
export interface LogMember {
  readonly client: LogClient;
  readonly identity: Identity;
  /** Signs a statement: space and moment are filled in. */
  sign(type: string, says: object): Promise<Envelope>;
}

/** Does something as a member, and ends the connections. */
export async function asMember<T>(
  options: SpaceMemberOptions,
  { signal }: Session,
  work: (member: LogMember) => Promise<T>,
): Promise<T> {
  const identity = await importIdentity(nodeToolbox, readText(options.identity, "identity file"));
  const client = new LogClient(options.space, nodeToolbox.signatures, signal);
  const sign = async (type: string, says: object) => {
    const full = type.includes(":") && type.startsWith("urn:") ? type : urnOf(type);
    const about = { type: full, space: client.space.id, issuedAt: instantOf(Date.now()) };
    const isIdentity = full.startsWith("urn:symbolon:statement:identity:");
    const { space: _, ...unbound } = about;
    const statement = checked({ ...(isIdentity ? unbound : about), ...says });
    return seal(statement, await signerOfIdentity(nodeToolbox, identity));
  };
  try {
    return await work({ client, identity, sign });
  } finally {
    await client.close();
  }
}

const urnOf = (type: string): string => `urn:symbolon:statement:${type}`;

function checked(statement: object): AnyStatement {
  try {
    return parseStatement(statement as never);
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error;
    throw new CliError(
      "FILE_INVALID",
      `the statement is not right: ${error.message}`,
      {},
      error.cure,
    );
  }
}
