import { inspect } from "node:util";
import { fromHex, toBase64, toHex, utf8 } from "@symbolon/base/bytes";
import type { MemberId } from "@symbolon/base/id";
import { describe, expect, it } from "vitest";
import { nodeToolbox } from "./crypto/node.js";
import type { Toolbox } from "./crypto/toolbox.js";
import { webToolbox } from "./crypto/web.js";
import { createIdentity, exportIdentity, importIdentity, memberCard } from "./identity.js";

const both: readonly [string, Toolbox][] = [
  ["node", nodeToolbox],
  ["web", webToolbox],
];
const hex = (text: string) => fromHex(text) as Uint8Array;

/** RFC 8032, section 7.1, tests 1 and 3. */
const ED25519 = [
  [
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155" +
      "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac" +
      "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
].map((row) => row.map(hex));

describe.each(both)("cryptography on %s", (_, tools) => {
  it("signs as RFC 8032 says", async () => {
    for (const [privateKey, publicKey, message, signature] of ED25519) {
      expect(toHex(await tools.signatures.sign(privateKey, message))).toBe(toHex(signature));
      expect(await tools.signatures.verify(publicKey, message, signature)).toBe(true);
      expect(await tools.signatures.verify(publicKey, utf8("x"), signature)).toBe(false);
      expect(await tools.signatures.verify(publicKey.subarray(1), message, signature)).toBe(false);
      expect(await tools.signatures.verify(publicKey, message, signature.subarray(1))).toBe(false);
    }
  });

  it("makes keys that fit each other, of both kinds, on either side", async () => {
    const { privateKey, publicKey } = await tools.newSigningKeys();
    for (const [, other] of both) {
      const signature = await other.signatures.sign(privateKey, utf8("text"));
      expect(await other.signatures.verify(publicKey, utf8("text"), signature)).toBe(true);
    }
  });

  it("draws as many random bytes as asked", () => {
    expect(tools.random(200_001).length).toBe(200_001);
    expect(toHex(tools.random(16))).not.toBe(toHex(tools.random(16)));
  });
});

describe("an identity", () => {
  it("comes back from its file, and its card has no secrets", async () => {
    const identity = await createIdentity(nodeToolbox, "shelter" as MemberId);
    const file = exportIdentity(identity);
    expect(await importIdentity(nodeToolbox, file)).toEqual(identity);
    expect(await importIdentity(webToolbox, file)).toEqual(identity);
    const card = JSON.stringify(memberCard(identity, "The shelter", "ngo"));
    for (const { privateKey } of [identity.signing, identity.hpke])
      expect(card).not.toContain(toBase64(privateKey));
  });

  it("is never printed", async () => {
    const identity = await createIdentity(nodeToolbox, "shelter" as MemberId);
    const printed = `${identity} ${inspect(identity)} ${JSON.stringify({ identity })}`;
    expect(printed).toBe('Identity(shelter) Identity(shelter) {"identity":"Identity(shelter)"}');
  });

  it("is refused if its file is damaged, without quoting it", async () => {
    const identity = await createIdentity(nodeToolbox, "shelter" as MemberId);
    const other = await createIdentity(nodeToolbox, "shelter" as MemberId);
    const file = exportIdentity(identity);
    const secrets = [identity.signing, identity.hpke].map((it) => toBase64(it.privateKey));
    const damaged = [
      file.slice(0, -20),
      file.replace('"version": 1', '"version": 2'),
      file.replace(toBase64(identity.signing.publicKey), toBase64(other.signing.publicKey)),
      file.replace(toBase64(identity.hpke.publicKey), toBase64(other.hpke.publicKey)),
      file.replace(secrets[0], secrets[0].slice(4)),
    ];
    for (const text of damaged) {
      const failure = await importIdentity(nodeToolbox, text).catch((error) => error);
      expect(failure.code).toBe("IDENTITY_INVALID");
      for (const secret of secrets) expect(failure.message).not.toContain(secret.slice(4, 20));
    }
  });
});
