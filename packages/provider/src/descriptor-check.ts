import type { PartyIndex } from "@symbolon/base/id";
import { CLOCK_SKEW_MS } from "@symbolon/governance/admit";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { SEAL_SUITE } from "@symbolon/governance/hpke";
import { millisecondsOf } from "@symbolon/governance/instant";
import { Refusal } from "@symbolon/governance/refusal";
import { keyIdOf, type Signatures } from "@symbolon/governance/signatures";
import type { Space } from "@symbolon/governance/space";
import type { NodeDescriptor } from "@symbolon/governance/statement";
import { verifyStatement } from "@symbolon/governance/verify-statement";
import { ProviderError } from "./error.js";

export interface Trust {
  readonly space: Space;
  readonly signatures: Signatures;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The member's own choice among the builds that the space accepts; all of them if not given. */
  readonly builds?: readonly Hash[];
}

/**
 * Before anything is sent: is this the node that the space file means, running a build that is
 * accepted, with a key of its own to seal to? Throws `ProviderError` NODE_NOT_TRUSTED.
 */
export async function checkDescriptor(
  trust: Trust,
  index: PartyIndex,
  envelope: Envelope,
): Promise<NodeDescriptor> {
  const { space, signatures, now, builds = space.builds } = trust;
  const node = space.nodes[index];
  const distrust = (reason: string, cure: string) =>
    new ProviderError(
      "NODE_NOT_TRUSTED",
      `${node.name} ${reason}; nothing was sent`,
      { node: index, name: node.name },
      cure,
    );
  const type = "urn:symbolon:statement:node-descriptor:v1";
  const verified = await verifyStatement(signatures, space, envelope, type).catch((error) => {
    if (!(error instanceof Refusal)) throw error;
    throw distrust(`sent a descriptor that is not its own (${error.message})`, ASK_BOARD);
  });
  const it = verified.statement;
  if (it.node !== index || it.name !== node.name || it.signingKey !== node.signingKey)
    throw distrust("describes itself as another node", ASK_BOARD);
  if ((millisecondsOf(it.issuedAt) as number) - now > CLOCK_SKEW_MS)
    throw distrust("signed its descriptor in the future", "check this computer's clock");
  if (!space.builds.includes(it.buildHash) || !builds.includes(it.buildHash))
    throw distrust(`runs version ${it.version} of a build that is not accepted`, ASK_BOARD);
  if (!it.suites.includes(SEAL_SUITE))
    throw distrust(
      `does not know the suite ${SEAL_SUITE}`,
      "install a version that fits the node's",
    );
  if (it.hpkeKeyId !== (await keyIdOf(it.hpkeKey)))
    throw distrust("names its sealing key wrongly", ASK_BOARD);
  return it;
}

const ASK_BOARD = "ask the data space's board before you send anything";

/** All three descriptors; two nodes with one sealing key could read each other's parts. */
export async function checkDescriptors(
  trust: Trust,
  envelopes: readonly [Envelope, Envelope, Envelope],
): Promise<readonly [NodeDescriptor, NodeDescriptor, NodeDescriptor]> {
  const checked = await Promise.all(
    envelopes.map((envelope, k) => checkDescriptor(trust, k as PartyIndex, envelope)),
  );
  if (new Set(checked.map(({ hpkeKey }) => hpkeKey)).size !== 3)
    throw new ProviderError(
      "NODE_NOT_TRUSTED",
      "two nodes have the same sealing key; nothing was sent",
      {},
      ASK_BOARD,
    );
  return checked as unknown as readonly [NodeDescriptor, NodeDescriptor, NodeDescriptor];
}
