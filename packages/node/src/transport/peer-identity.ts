import { X509Certificate } from "node:crypto";
import { createSecureContext, type SecureContextOptions, type TLSSocket } from "node:tls";
import type { PartyIndex } from "@symbolon/base/id";
import type { Credentials } from "../identity/certificate.js";
import { PEER_ALPN } from "./limits.js";

/** How a peer is known before it connects: what the data space's file says. */
export interface PeerAddress {
  readonly index: PartyIndex;
  /** For people. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** PEM: the peer's own certificate. Nothing else in its authority's name is accepted. */
  readonly certificate: string;
  /** PEM: who signed it; the certificate itself where it signed itself. */
  readonly ca: string;
}

/** The name that a node's certificate carries: one index of one data space. */
export const peerIdentity = (space: string, index: PartyIndex): string => `node-${index}.${space}`;

/** Whose certificate this is, or `undefined` if it is none of `peers`'. */
export const identify = (
  certificate: X509Certificate | undefined,
  peers: readonly PeerAddress[],
): PeerAddress | undefined =>
  peers.find(
    (peer) => certificate?.fingerprint256 === new X509Certificate(peer.certificate).fingerprint256,
  );

/** The certificate at the other end of a connection. */
export const certificateOf = (socket: TLSSocket): X509Certificate | undefined =>
  socket.getPeerX509Certificate();

/** TLS 1.3 only, for both ends; X25519 with ML-KEM-768 where this Node's OpenSSL has it. */
export function tlsOptions(own: Credentials, trusted: readonly string[]) {
  return {
    cert: own.certificate,
    key: own.privateKey,
    ca: [...trusted],
    minVersion: "TLSv1.3",
    maxVersion: "TLSv1.3",
    ciphers: "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384",
    ecdhCurve: keyExchange(),
    ALPNProtocols: [PEER_ALPN],
    rejectUnauthorized: true,
  } satisfies SecureContextOptions & Record<string, unknown>;
}

let chosen: string | undefined;
function keyExchange(): string {
  if (chosen !== undefined) return chosen;
  try {
    createSecureContext({ ecdhCurve: "X25519MLKEM768:X25519" });
    chosen = "X25519MLKEM768:X25519";
  } catch {
    chosen = "X25519";
  }
  return chosen;
}
