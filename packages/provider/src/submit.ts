import type { PartyIndex } from "@symbolon/base/id";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Signatures } from "@symbolon/governance/signatures";
import type { Space } from "@symbolon/governance/space";
import type { NodeDescriptor } from "@symbolon/governance/statement";
import { verifyStatement } from "@symbolon/governance/verify-statement";
import type { NodeClient } from "./client.js";
import { checkDescriptors, type Trust } from "./descriptor-check.js";
import { ProviderError } from "./error.js";
import { chunkPlaces, chunksFor, type Submission } from "./submission.js";

export type Clients = readonly [NodeClient, NodeClient, NodeClient];
export type Receipts = readonly [Envelope, Envelope, Envelope];

export interface SubmitProgress {
  readonly node: PartyIndex;
  readonly name: string;
  /** Chunks that the node has, of all that it is to have. */
  readonly done: number;
  readonly total: number;
  /** Bytes sent in this attempt. */
  readonly bytesSent: number;
}

export interface SubmitOptions {
  readonly space: Space;
  readonly signatures: Signatures;
  readonly onProgress?: (progress: SubmitProgress) => void;
}

/** Fetches and checks the descriptors of all three nodes: the first thing that is ever done. */
export async function meetNodes(
  clients: Clients,
  trust: Trust,
): Promise<readonly [NodeDescriptor, NodeDescriptor, NodeDescriptor]> {
  const [a, b, c] = await everyNode(clients, (client) => client.descriptor());
  return checkDescriptors(trust, [a, b, c]);
}

/**
 * Sends a prepared dataset to all three nodes at once and returns their verified receipts. May be
 * called again after any failure: chunks that a node already has are not sent again.
 */
export async function submit(
  clients: Clients,
  submission: Submission,
  options: SubmitOptions,
): Promise<Receipts> {
  return everyNode(clients, (client) => sendTo(client, submission, options));
}

async function sendTo(
  client: NodeClient,
  submission: Submission,
  { space, signatures, onProgress }: SubmitOptions,
): Promise<Envelope> {
  const { dataset, root, manifest, offer } = submission;
  const { index: node, name } = client.node;
  const reply = await client.putManifest(dataset, { manifest, offer });
  if (reply.root !== root || reply.dataset !== dataset)
    throw invalidReply(client, "took the dataset for another one");
  const present = new Set(reply.present);
  const has = (place: { table: string; column: string; chunk: number }) =>
    reply.state === "complete" || present.has(`${place.table}/${place.column}/${place.chunk}`);

  const places = [...chunkPlaces(submission, node)];
  const total = places.length;
  let done = places.filter(has).length;
  let bytesSent = 0;
  onProgress?.({ node, name, done, total, bytesSent });
  for await (const { bytes, ...place } of chunksFor(submission, node, has)) {
    await client.putChunk(dataset, place, bytes);
    done += 1;
    bytesSent += bytes.length;
    onProgress?.({ node, name, done, total, bytesSent });
  }

  const receipt = await client.commit(dataset);
  const type = "urn:symbolon:statement:receipt:v1";
  const { statement } = await verifyStatement(signatures, space, receipt, type).catch(() => {
    throw invalidReply(client, "gave a receipt that it did not sign");
  });
  if (statement.node !== node || statement.root !== root || statement.dataset !== dataset)
    throw invalidReply(client, "gave a receipt for something else");
  return receipt;
}

function invalidReply({ node }: NodeClient, what: string): ProviderError {
  return new ProviderError(
    "REPLY_INVALID",
    `${node.name} ${what}`,
    { node: node.index, name: node.name },
    "do not rely on this submission; tell the data space's board",
  );
}

/** Runs `work` for the three nodes side by side, to the end even if one fails; then reports it. */
export async function everyNode<T>(
  clients: Clients,
  work: (client: NodeClient) => Promise<T>,
): Promise<readonly [T, T, T]> {
  const outcomes = await Promise.allSettled(clients.map((client) => work(client)));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  const values = outcomes.map((outcome) => (outcome as PromiseFulfilledResult<T>).value);
  return values as unknown as readonly [T, T, T];
}
