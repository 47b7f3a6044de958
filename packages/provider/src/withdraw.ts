import type { DatasetId } from "@symbolon/base/id";
import type { Tombstone, Withdrawal } from "@symbolon/governance/acts/consent";
import type { WithdrawalReply } from "@symbolon/governance/api";
import { directoryOf, verifyAuthor } from "@symbolon/governance/author";
import { type Envelope, seal } from "@symbolon/governance/envelope";
import { instantOf } from "@symbolon/governance/instant";
import { parseStatement } from "@symbolon/governance/parse-statement";
import { readStatement, requireSpace } from "@symbolon/governance/verify-statement";
import type { NodeClient } from "./client.js";
import type { Trust } from "./descriptor-check.js";
import { ProviderError } from "./error.js";
import { signerOfIdentity } from "./identity.js";
import type { SubmissionContext } from "./submission.js";
import type { Clients } from "./submit.js";

/** How far one node has come with a withdrawal. */
export type WithdrawalState =
  | {
      readonly node: number;
      readonly name: string;
      /** `waiting`: a run that was granted before goes on; `nothing`: it had no such dataset. */
      readonly state: "deleted" | "waiting" | "nothing";
      /** The node's signed words that its keys are destroyed, verified. */
      readonly tombstones: readonly Envelope[];
    }
  | {
      readonly node: number;
      readonly name: string;
      readonly state: "failed";
      readonly error: ProviderError;
    };

/** A provider's word that it takes a dataset back. */
export async function signWithdrawal(
  { tools, identity, space, now }: Pick<SubmissionContext, "tools" | "identity" | "space" | "now">,
  dataset: DatasetId,
): Promise<Envelope> {
  const statement: Withdrawal = {
    type: "urn:symbolon:statement:withdrawal:v1",
    space: space.id,
    issuedAt: instantOf(now),
    provider: identity.member,
    dataset,
  };
  return seal(parseStatement(statement), await signerOfIdentity(tools, identity));
}

/**
 * Brings a withdrawal to each node by itself: one that cannot be reached does not hold up the
 * others. May be repeated until all have deleted.
 */
export function withdraw(
  clients: Clients,
  withdrawal: Envelope,
  dataset: DatasetId,
  trust: Pick<Trust, "space" | "signatures">,
): Promise<readonly WithdrawalState[]> {
  return Promise.all(
    clients.map(async (client): Promise<WithdrawalState> => {
      const { index: node, name } = client.node;
      try {
        const reply = await client.postWithdrawal(withdrawal);
        const tombstones = await verifiedTombstones(client, reply, dataset, trust);
        const { length } = reply.versions;
        const isDeleted = tombstones.length === length;
        const state = length === 0 ? "nothing" : isDeleted ? "deleted" : "waiting";
        return { node, name, state, tombstones };
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        return { node, name, state: "failed", error };
      }
    }),
  );
}

/** Tombstones that are for this dataset and version, and by this node. Throws `ProviderError`. */
async function verifiedTombstones(
  { node }: NodeClient,
  reply: WithdrawalReply,
  dataset: DatasetId,
  { space, signatures }: Pick<Trust, "space" | "signatures">,
): Promise<readonly Envelope[]> {
  const refuse = (): ProviderError =>
    new ProviderError(
      "REPLY_INVALID",
      `${node.name} gave a tombstone that is not its own word for this dataset`,
      { node: node.index, name: node.name },
      "do not count this node's part as deleted; tell the data space's board",
    );
  const found: Envelope[] = [];
  for (const { root, tombstone } of reply.versions) {
    if (tombstone === undefined) continue;
    let statement: Tombstone;
    try {
      statement = readStatement(tombstone, "urn:symbolon:statement:tombstone:v1");
      requireSpace({ space: space.id }, statement);
      await verifyAuthor(signatures, directoryOf(space), tombstone, statement);
    } catch {
      throw refuse();
    }
    const isMeant =
      statement.node === node.index && statement.dataset === dataset && statement.root === root;
    if (!isMeant) throw refuse();
    found.push(tombstone);
  }
  return found;
}
