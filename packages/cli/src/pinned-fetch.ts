import { X509Certificate } from "node:crypto";
import type { SpaceNode } from "@symbolon/governance/space";
import { Agent, fetch as undiciFetch } from "undici";
import { CliError } from "./error.js";

/** A fetch that speaks to one node only, and its connections to close afterwards. */
export interface PinnedFetch {
  readonly fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 60_000;

/**
 * Fetches over TLS 1.3 from a node that shows exactly the certificate written in space.json: a
 * name and an authority are not enough to be taken for that node.
 */
export function pinnedFetch(node: Pick<SpaceNode, "name" | "certificate" | "ca">): PinnedFetch {
  const pinned = pinnedCertificate(node);
  const agent = new Agent({
    headersTimeout: HEADERS_TIMEOUT_MS,
    connect: {
      ca: [node.ca, node.certificate],
      minVersion: "TLSv1.3",
      rejectUnauthorized: true,
      checkServerIdentity: (_host, shown) =>
        shown.raw.equals(pinned.raw)
          ? undefined
          : new Error(`the certificate is not the one that space.json has for ${node.name}`),
    },
  });
  const fetch = (input: Parameters<typeof undiciFetch>[0], init?: object) =>
    undiciFetch(input, { ...init, dispatcher: agent });
  return {
    fetch: fetch as unknown as typeof globalThis.fetch,
    close: () => agent.close(),
  };
}

function pinnedCertificate(node: Pick<SpaceNode, "name" | "certificate">): X509Certificate {
  try {
    return new X509Certificate(node.certificate);
  } catch {
    throw new CliError(
      "FILE_INVALID",
      `space.json: the certificate of ${node.name} is not one`,
      {},
      "ask whoever made the data space for the file again",
    );
  }
}
