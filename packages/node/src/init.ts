import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toBase64 } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import type { SpaceNode } from "@symbolon/governance/space";
import { stringify } from "smol-toml";
import { type Credentials, issue } from "./identity/certificate.js";
import { headKeyOf } from "./identity/head-key.js";
import { nodeHpke } from "./identity/hpke-node.js";
import { NodeKeys, writeKeyFile } from "./identity/key-file.js";
import { signingKeyPair } from "./identity/signatures-node.js";
import type { ThrowawayCa } from "./identity/throwaway-ca.js";
import { SetupError } from "./node-error.js";
import { peerIdentity } from "./transport/peer-identity.js";

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface InitOptions {
  readonly index: PartyIndex;
  /** For people. */
  readonly name: string;
  /** The data space's id. */
  readonly space: string;
  /** Gets `node.toml`, `node-card.json`, `keys/` and later `data/`. */
  readonly dir: string;
  /** Where providers and askers, and where the other nodes reach this node. */
  readonly api: Endpoint;
  readonly peer: Endpoint;
  /** Addresses to listen on, where they differ from the ones above. */
  readonly listen?: { readonly api?: string; readonly peer?: string };
  /** Signs the TLS certificate; without one the certificate signs itself. */
  readonly ca?: ThrowawayCa;
  /** Path of the space file from the directory; it may be written later. */
  readonly spaceFile?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Initialised {
  /** The node's entry in `space.json`; public. */
  readonly card: SpaceNode;
  readonly configFile: string;
  readonly keyFile: string;
  readonly cardFile: string;
}

const CERTIFICATE_YEARS = 5;
const YEAR_MS = 366 * 86_400_000;

/**
 * Makes a node: its keys in a file that only the owner can read, its configuration, and the public
 * card that goes into the data space's file. Never overwrites; throws `SetupError`.
 */
export async function initNode(options: InitOptions): Promise<Initialised> {
  const { dir, index, name, api, peer } = options;
  const configFile = join(dir, "node.toml");
  const cardFile = join(dir, "node-card.json");
  const keyFile = join(dir, "keys", "node-keys.json");
  if (existsSync(configFile))
    throw new SetupError(
      "KEYS_EXIST",
      `there is a node already in ${dir}`,
      { path: dir },
      "start it, or name another directory",
    );
  mkdirSync(join(dir, "keys"), { recursive: true, mode: 0o700 });
  const keys = new NodeKeys({
    signing: signingKeyPair(),
    hpke: await nodeHpke.generateKeyPair(),
    tls: tlsIdentity(options),
  });
  writeKeyFile(keyFile, keys);
  const card: SpaceNode = {
    index,
    name,
    api: `https://${hostPort(api)}`,
    peer: hostPort(peer),
    signingKey: toBase64(keys.signing.publicKey),
    certificate: keys.tls.certificate,
    ca: options.ca?.certificate ?? keys.tls.certificate,
  };
  const headKey = toBase64(headKeyOf(keys.signing).publicKey);
  const shown = { ...card, headKey };
  writeFileSync(cardFile, `${JSON.stringify(shown, undefined, 2)}\n`, { flag: "wx" });
  writeFileSync(configFile, configText(options), { flag: "wx" });
  return { card, configFile, keyFile, cardFile };
}

const hostPort = ({ host, port }: Endpoint): string =>
  host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;

function tlsIdentity({ space, index, api, peer, ca, now }: InitOptions): Credentials {
  const name = peerIdentity(space, index);
  const hosts = [...new Set([name, api.host, peer.host])];
  const notAfter = now + CERTIFICATE_YEARS * YEAR_MS;
  return ca
    ? ca.issue(commonName(name), hosts)
    : issue({
        name: commonName(name),
        hosts,
        isAuthority: false,
        notBefore: now - 3_600_000,
        notAfter,
      });
}

/** X.509 allows 64 characters here; who is meant stands in the alternative names. */
const commonName = (name: string): string => name.slice(0, 64);

function configText({ index, name, api, peer, listen, spaceFile }: InitOptions): string {
  const config = {
    index,
    name,
    space: spaceFile ?? "space.json",
    keys: "keys/node-keys.json",
    data: "data",
    api: { host: listen?.api ?? api.host, port: api.port },
    peer: { host: listen?.peer ?? peer.host, port: peer.port },
  };
  return `# A Symbolon node. Paths are relative to this file.\n${stringify(config)}\n`;
}
