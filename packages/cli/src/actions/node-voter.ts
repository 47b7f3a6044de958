import type { NodeApproval } from "@symbolon/governance/acts/vote";
import { seal } from "@symbolon/governance/envelope";
import { instantOf } from "@symbolon/governance/instant";
import { signerOf } from "@symbolon/governance/signatures";
import { readConfig } from "@symbolon/node/config";
import { nodeSignatures } from "@symbolon/node/identity/signatures-node";
import type { Voter } from "./voter.js";

/** The vote of a node's operator, with the node's key. */
export async function nodeVoter(path: string): Promise<Voter> {
  const { index: node, keys } = readConfig(path);
  return {
    signatures: nodeSignatures,
    async sign(space, vote, now) {
      const type = "urn:symbolon:statement:node-approval:v1";
      const about = { type, space, issuedAt: instantOf(now), node } as const;
      const signer = await signerOf(nodeSignatures, keys.signing);
      return seal({ ...about, ...vote } satisfies NodeApproval, signer);
    },
  };
}
