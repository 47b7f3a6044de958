import type { PartyIndex } from "@symbolon/base/id";
import { PARTIES } from "@symbolon/base/id";
import type { Credentials } from "../identity/certificate.js";
import { type ThrowawayCa, throwawayCa } from "../identity/throwaway-ca.js";
import { freePorts } from "./free-ports.js";
import type { LinkTiming } from "./limits.js";
import { peerIdentity } from "./peer-identity.js";
import { type PeerEvents, PeerLinks, type PeerLinksOptions } from "./peer-links.js";

/** Quick enough for tests; still the real code over real sockets. */
export const QUICK: LinkTiming = {
  heartbeatMs: 100,
  silentBeatsMax: 4,
  greetingMs: 2000,
  retryMsMin: 20,
  retryMsMax: 100,
};

export const HOST = "127.0.0.1";

export interface Network {
  readonly ca: ThrowawayCa;
  readonly ports: readonly number[];
  readonly credentials: readonly Credentials[];
  options(party: PartyIndex, changes?: Partial<PeerLinksOptions>): PeerLinksOptions;
}

export async function network(): Promise<Network> {
  const ca = throwawayCa(Date.now());
  const credentials = PARTIES.map((party) => {
    const name = peerIdentity("demo", party);
    return ca.issue(name, [name, HOST]);
  });
  const ports = await freePorts(HOST, 3);
  return {
    ca,
    ports,
    credentials,
    options: (party, changes) => ({
      space: "demo",
      self: party,
      listen: { host: HOST, port: ports[party] },
      peers: PARTIES.filter((index) => index !== party).map((index) => ({
        index,
        name: `Node ${"ABC"[index]}`,
        host: HOST,
        port: ports[index],
        certificate: credentials[index].certificate,
        ca: ca.certificate,
      })),
      credentials: credentials[party],
      build: "build-1",
      version: "0.1.0",
      acceptsBuild: (build) => build === "build-1",
      now: Date.now,
      timing: QUICK,
      ...changes,
    }),
  };
}

export const NO_EVENTS: PeerEvents = {
  changed: () => undefined,
  runMessage: () => undefined,
  logMessage: () => undefined,
  runAborted: () => undefined,
};

/** Polls until `holds`, for at most `ms`. */
export async function until(holds: () => boolean, ms = 5000): Promise<void> {
  const end = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Three linked nodes in this process. */
export async function threeLinks(
  events: Partial<PeerEvents> = {},
  changes: Partial<PeerLinksOptions> = {},
) {
  const net = await network();
  const links = PARTIES.map(
    (party) => new PeerLinks(net.options(party, changes), { ...NO_EVENTS, ...events }),
  );
  for (const link of links) await link.start();
  await until(() => links.every((link) => link.areAllUp));
  return { net, links, close: () => Promise.all(links.map((link) => link.close())) };
}
