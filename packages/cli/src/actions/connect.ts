import { setTimeout as wait } from "node:timers/promises";
import type { MemberId } from "@symbolon/base/id";
import { parseSpace, type Space } from "@symbolon/governance/space";
import { memberIn } from "@symbolon/governance/space-state";
import { NodeClient } from "@symbolon/provider/client";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { type Identity, importIdentity } from "@symbolon/provider/identity";
import type { Clients } from "@symbolon/provider/submit";
import { CliError } from "../error.js";
import { readText, readWith } from "../files.js";
import { LogClient } from "../log-client.js";
import { pinnedFetch } from "../pinned-fetch.js";

/** A member at work: who it is, where, and its connections to the three nodes. */
export interface Connection {
  readonly space: Space;
  readonly identity: Identity;
  readonly clients: Clients;
  readonly clock: { now(): number; sleep(ms: number): Promise<void> };
  close(): Promise<void>;
}

/** Reads the two files that every member has, and prepares connections; asks nobody yet. */
export async function connect(
  files: { readonly space: string; readonly identity: string },
  signal: AbortSignal,
): Promise<Connection> {
  const space = readWith(files.space, "space file", parseSpace);
  const identity = await importIdentity(nodeToolbox, readText(files.identity, "identity file"));
  const isFounder = space.members.some(({ id }) => id === identity.member);
  if (!isFounder && !(await isInLog(files.space, identity.member, signal))) {
    throw new CliError(
      "FILE_INVALID",
      `${identity.member} is not a member of the data space ${space.id}`,
      {},
      "give your member-card.json to the data space's board and get its new space.json",
    );
  }
  const clock = {
    now: () => Date.now(),
    sleep: async (ms: number) => {
      await wait(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
    },
  };
  const connections = space.nodes.map((node) => pinnedFetch(node));
  const clients = space.nodes.map((node, k) => {
    const { fetch } = connections[k];
    return new NodeClient(node, {
      clock,
      fetch: (url, request) => {
        signal.throwIfAborted();
        return fetch(url, { ...request, signal: AbortSignal.any([request.signal, signal]) });
      },
    });
  });
  return {
    space,
    identity,
    clock,
    clients: clients as unknown as Clients,
    close: async () => {
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}

/** Whether the space's log has let this organisation in since its file was written. */
async function isInLog(space: string, member: MemberId, signal: AbortSignal): Promise<boolean> {
  const client = new LogClient(space, nodeToolbox.signatures, signal);
  try {
    return memberIn((await client.read()).state, member) !== undefined;
  } finally {
    await client.close();
  }
}
