import { createPrivateKey, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { issue } from "./certificate.js";
import { throwawayCa } from "./throwaway-ca.js";

const now = Date.UTC(2026, 0, 31);
const request = { name: "node-1.demo", isAuthority: false, notBefore: now, notAfter: now + 1e9 };

describe("issue", () => {
  it("makes a certificate that OpenSSL reads back as it was meant", () => {
    const hosts = ["node-1.demo", "example.org", "127.0.0.1", "::1", "2001:db8::8:0"];
    const made = issue({ ...request, hosts });
    const read = new X509Certificate(made.certificate);
    expect(read.subject).toBe("CN=node-1.demo");
    expect(read.subjectAltName).toBe(
      "DNS:node-1.demo, DNS:example.org, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, " +
        "IP Address:2001:DB8:0:0:0:0:8:0",
    );
    expect(read.ca).toBe(false);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(made.privateKey))).toBe(true);
    expect(Date.parse(read.validFrom)).toBe(now);
    expect(Date.parse(read.validTo)).toBe(now + 1e9);
  });

  it("spells years after 2049 as RFC 5280 asks", () => {
    const notAfter = Date.UTC(2061, 4, 5, 6, 7, 8);
    const read = new X509Certificate(issue({ ...request, hosts: [], notAfter }).certificate);
    expect(Date.parse(read.validTo)).toBe(notAfter);
  });
});

describe("throwawayCa", () => {
  it("issues certificates that verify under it, and under no other", () => {
    const ca = throwawayCa(now);
    const authority = new X509Certificate(ca.certificate);
    const leaf = new X509Certificate(ca.issue("node-0.demo", ["node-0.demo"]).certificate);
    expect(authority.ca).toBe(true);
    expect(leaf.checkIssued(authority)).toBe(true);
    expect(leaf.verify(authority.publicKey)).toBe(true);
    const other = new X509Certificate(throwawayCa(now).certificate);
    expect(leaf.verify(other.publicKey)).toBe(false);
  });
});
