import type { Approval } from "@symbolon/governance/acts/vote";
import { seal } from "@symbolon/governance/envelope";
import { instantOf } from "@symbolon/governance/instant";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { importIdentity, signerOfIdentity } from "@symbolon/provider/identity";
import { readText } from "../files.js";
import type { Voter } from "./voter.js";

/** A member's vote, with the key in its identity file. */
export async function memberVoter(path: string): Promise<Voter> {
  const identity = await importIdentity(nodeToolbox, readText(path, "identity file"));
  return {
    signatures: nodeToolbox.signatures,
    async sign(space, vote, now) {
      const type = "urn:symbolon:statement:approval:v1";
      const about = { type, space, issuedAt: instantOf(now), by: identity.member } as const;
      return seal(
        { ...about, ...vote } satisfies Approval,
        await signerOfIdentity(nodeToolbox, identity),
      );
    },
  };
}
