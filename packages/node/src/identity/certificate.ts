import { createHash, createPublicKey, sign } from "node:crypto";
import { isIP } from "node:net";
import { assert } from "@symbolon/base/assert";
import { concat, utf8 } from "@symbolon/base/bytes";
import * as der from "./der.js";
import { freshBytes, freshTlsKeys } from "./random.js";

/** A key pair and its certificate, in PEM. The private key is a secret. */
export interface Credentials {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What a certificate says. `hosts` are host names or IP addresses that it is valid for. */
export interface CertificateRequest {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly isAuthority: boolean;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
}

const ECDSA_SHA256 = der.sequence(der.objectId("1.2.840.10045.4.3.2"));
const SERIAL_SIZE = 16;

/**
 * Makes a P-256 key and an X.509 v3 certificate for it (RFC 5280), signed by `issuer` or, without
 * one, by itself. Usable for both ends of a TLS connection.
 */
export function issue(
  request: CertificateRequest,
  issuer?: Credentials & { name: string },
): Credentials {
  const keys = freshTlsKeys();
  const privateKey = keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const spki = keys.publicKey.export({ type: "spki", format: "der" });
  const issuerSpki = issuer
    ? createPublicKey(issuer.privateKey).export({ type: "spki", format: "der" })
    : spki;
  const body = der.sequence(
    der.explicit(0, der.integer(Uint8Array.of(2))),
    der.integer(serial()),
    ECDSA_SHA256,
    commonName(issuer?.name ?? request.name),
    der.sequence(der.time(request.notBefore), der.time(request.notAfter)),
    commonName(request.name),
    spki,
    der.explicit(3, extensions(request, keyId(spki), keyId(issuerSpki))),
  );
  const signature = sign("sha256", body, issuer?.privateKey ?? privateKey);
  const certificate = pem(der.sequence(body, ECDSA_SHA256, der.bits(signature)));
  return { certificate, privateKey };
}

/** A positive serial number of 127 random bits. */
function serial(): Uint8Array {
  const bytes = freshBytes(SERIAL_SIZE);
  bytes[0] = (bytes[0] & 0x7f) | 0x40;
  return bytes;
}

function commonName(name: string): der.Der {
  assert(name.length > 0 && name.length <= 64, "a common name has 1 to 64 characters");
  return der.sequence(der.setOf(der.sequence(der.objectId("2.5.4.3"), der.text(name))));
}

const keyId = (spki: Uint8Array): Uint8Array =>
  createHash("sha256").update(spki).digest().subarray(0, 20);

function extensions(request: CertificateRequest, own: Uint8Array, issuer: Uint8Array): der.Der {
  const { isAuthority, hosts } = request;
  const extension = (id: string, critical: boolean, value: der.Der) =>
    der.sequence(der.objectId(id), ...(critical ? [der.boolean(true)] : []), der.octets(value));
  const list = [
    extension("2.5.29.19", true, der.sequence(...(isAuthority ? [der.boolean(true)] : []))),
    // keyCertSign and cRLSign for an authority, digitalSignature for an end.
    extension(
      "2.5.29.15",
      true,
      isAuthority ? der.bits(Uint8Array.of(0x06), 1) : der.bits(Uint8Array.of(0x80), 7),
    ),
    extension("2.5.29.14", false, der.octets(own)),
    extension("2.5.29.35", false, der.sequence(der.implicit(0, issuer))),
  ];
  if (!isAuthority) {
    const usages = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"].map(der.objectId);
    list.push(extension("2.5.29.37", false, der.sequence(...usages)));
  }
  if (hosts.length > 0)
    list.push(extension("2.5.29.17", false, der.sequence(...hosts.map(generalName))));
  return der.sequence(...list);
}

function generalName(host: string): der.Der {
  const version = isIP(host);
  if (version === 0) return der.implicit(2, utf8(host));
  return der.implicit(7, version === 4 ? Uint8Array.from(host.split("."), Number) : ipv6(host));
}

function ipv6(address: string): Uint8Array {
  const [head, tail] = address.split("::").map((half) => half.split(":").filter((g) => g !== ""));
  const missing = 8 - head.length - (tail?.length ?? 0);
  const groups = [...head, ...Array<string>(missing).fill("0"), ...(tail ?? [])];
  return concat(
    ...groups.map((group) => {
      const value = Number.parseInt(group, 16);
      return Uint8Array.of(value >> 8, value & 255);
    }),
  );
}

function pem(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
