import { fromBase64, fromHex, toBase64, toHex, utf8 } from "@symbolon/base/bytes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Envelope,
  parseEnvelope,
  passkeyChallenge,
  seal,
  signedBy,
  signersOf,
  withSignature,
} from "./envelope.js";
import { isLowSignature, lowSignatureFromDer } from "./es256.js";
import { keyOf, keysOf, offerOf, signatures, signer } from "./fixture.contract.js";
import { sha256 } from "./hash.js";
import { InvalidDocument } from "./invalid-document.js";
import { type PasskeyWords, PORTAL, passkeyOf } from "./passkey-fixture.contract.js";
import { isPasskeyOrigin, type PasskeySignature, passkeySignature } from "./webauthn.js";

const board = passkeyOf("board");
const statement = offerOf("shelter");
const origins = [PORTAL, { origin: "https://other.example", rpId: "other.example" }];
const verifier = { signatures, origins };
const isGood = async (envelope: Envelope, key = board.publicKey, by = verifier) =>
  (await signersOf(by, envelope, [key])) !== undefined;
const signedAs = async (words?: PasskeyWords) =>
  signedBy(statement, [await board.signStatement(statement, words)]);

/** Made by `passkey-browser.test.ts` over the fixture's offer of no runs. */
const REAL = {
  key:
    "BKTwOMEkJWLjcYXXMrlJ+SiaLhkMeXBYQXfQgJHR6T/9YVY254yr0uJ9w+zOQg8wABqEczHDqFXl5P9Y" + "FRefNHc=",
  sig:
    "4inTLoTD4kwcrPWKxngx5IlR2AZ8FyTmornMe28nMlwRQCn9ZOARhZ02H0nwdQYd+tBCDGoZKRHr5zlK" + "4c1X8w==",
  authenticatorData: "SZYN5YgOjGh0NBcPZHZgW4/krrmihjLHmVzzuoMdl2MFAAAAAg==",
  clientDataJSON:
    "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiSHliSlBMbmxTNUdiT2pQUlhUSHAtR1VC" +
    "VzVIc1J4TUV1UzNSZGVCZGcxZyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6NTE3MyIsImNyb3Nz" +
    "T3JpZ2luIjpmYWxzZX0=",
};

describe("a passkey's signature", () => {
  it("verifies on the charter's pages, and is read back as it was written", async () => {
    const envelope = await signedAs();
    expect(parseEnvelope(JSON.parse(JSON.stringify(envelope)), "$")).toEqual(envelope);
    expect(await signersOf(verifier, envelope, [board.publicKey])).toEqual([await board.keyid()]);
    expect(await isGood(envelope, board.publicKey, { signatures, origins: [] })).toBe(false);
    expect(await isGood(envelope, board.publicKey, { signatures } as never)).toBe(false);
    expect(await isGood(envelope, passkeyOf("other").publicKey)).toBe(false);
  });

  it.each<[string, PasskeyWords]>([
    ["has no counter that must be kept", { flags: 0x05 }],
    ["is by a key that may be and is backed up", { flags: 0x1d }],
    ["has extensions after the flag for them", { flags: 0x85, tail: Uint8Array.of(0xa0) }],
    ["says nothing of frames", { clientText: (text) => text.replace(',"crossOrigin":false', "") }],
    ["comes from a browser that says more", { more: { later: "fields" } }],
  ])("may be one that %s", async (_, words) => {
    expect(await isGood(await signedAs(words))).toBe(true);
  });

  it.each<[string, PasskeyWords]>([
    ["of another type", { type: "webauthn.create" }],
    ["of no type", { type: null }],
    ["over another challenge", { challenge: "A".repeat(43) }],
    [
      "with a padded challenge",
      { clientText: (text) => text.replace(/(challenge":"[^"]+)/, "$1=") },
    ],
    ["of a page that the charter does not list", { origin: "https://evil.example" }],
    ["of the page below it", { origin: "https://x.portal.north.example" }],
    ["of the page over http", { origin: "http://portal.north.example" }],
    ["of no page", { origin: 7 }],
    ["of a page that is listed for another name", { origin: "https://other.example" }],
    ["in another page's frame", { crossOrigin: true }],
    ["in a frame of an odd spelling", { crossOrigin: "false" }],
    ["under another page", { more: { topOrigin: PORTAL.origin } }],
    ["with another spelling of its fields", { clientText: (text) => text.replace(":", ": ") }],
    [
      "with a field twice",
      { clientText: (text) => text.replace("{", '{"origin":"https://evil.example",') },
    ],
    ["with no fields", { clientText: () => "[]" }],
    ["with nothing", { clientText: () => "null" }],
    ["with no JSON", { clientText: (text) => text.slice(1) }],
    ["with a byte order mark", { clientText: (text) => `\ufeff${text}` }],
    ["with too long fields", { more: { long: "x".repeat(2_048) } }],
    ["for another relying party", { rpId: "portal.north.example" }],
    ["of nobody present", { flags: 0x1c }],
    ["of a user who was not verified", { flags: 0x19 }],
    ["that brings a key", { flags: 0x5d }],
    ["backed up without being eligible", { flags: 0x15 }],
    ["with extensions that are not announced", { tail: Uint8Array.of(0xa0) }],
    ["with announced extensions that are not there", { flags: 0x9d }],
    ["with endless extensions", { flags: 0x9d, tail: new Uint8Array(1_000) }],
  ])("does not count %s", async (_, words) => {
    expect(await isGood(await signedAs(words))).toBe(false);
  });

  it("is that of a real authenticator: Chromium's, on localhost", async () => {
    const origins = [{ origin: "http://localhost:5173", rpId: "localhost" }];
    const key = {
      suite: "webauthn-es256",
      key: REAL.key,
    } as const;
    const signature = {
      suite: "webauthn-es256",
      keyid: await sha256(fromBase64(REAL.key) as Uint8Array),
      sig: REAL.sig,
      authenticatorData: REAL.authenticatorData,
      clientDataJSON: REAL.clientDataJSON,
    } as const;
    const one = signedBy(offerOf("shelter", { runsMax: 0 }), [signature]);
    expect(await isGood(one, key, { signatures, origins })).toBe(true);
    expect(await isGood(one, key)).toBe(false);
    expect(
      await isGood(signedBy(offerOf("shelter"), [signature]), key, { signatures, origins }),
    ).toBe(false);
  });

  it("does not count for another statement, or under another suite's name", async () => {
    const signature = await board.signStatement(statement);
    const other = signedBy({ ...statement, runsMax: 2 }, [signature]);
    expect(await isGood(other)).toBe(false);
    const { keyid, sig } = signature;
    const plain = signedBy(statement, [{ keyid, sig, suite: "ed25519" }]);
    expect(await isGood(plain)).toBe(false);
    expect(await isGood(plain, { ...board.publicKey, suite: "ed25519" })).toBe(false);
    const member = await seal(statement, await signer("shelter"));
    const fake = { ...signature, keyid: member.signatures[0].keyid };
    const key = { suite: "webauthn-es256", key: keyOf("shelter") } as const;
    expect(await isGood(signedBy(statement, [fake]), key)).toBe(false);
  });

  it("does not count with one bit of any byte of any field changed", async () => {
    const signature = await board.signStatement(statement);
    let tried = 0;
    const fields = ["sig", "authenticatorData", "clientDataJSON"] as const;
    for (const field of fields) {
      const bytes = fromBase64(signature[field]) as Uint8Array;
      for (let k = 0; k < bytes.length; k += 1) {
        const changed = bytes.slice();
        changed[k] ^= 1 << (k % 8);
        const bad: PasskeySignature = { ...signature, [field]: toBase64(changed) };
        expect(await isGood(signedBy(statement, [bad]))).toBe(false);
        tried += 1;
      }
    }
    expect(tried).toBe(64 + 37 + (fromBase64(signature.clientDataJSON) as Uint8Array).length);
    for (const field of [...fields, "keyid"] as const)
      for (const value of ["", "%%%", "AA==", "0".repeat(64)])
        expect(await isGood(signedBy(statement, [{ ...signature, [field]: value } as never]))).toBe(
          false,
        );
  });

  it("is refused by its form without a field, with one more, and with too much", async () => {
    const envelope = await signedAs();
    const [signature] = envelope.signatures;
    const long = toBase64(new Uint8Array(1_025));
    const bad: object[] = [
      { ...signature, more: 1 },
      { ...signature, authenticatorData: long },
      { ...signature, clientDataJSON: "" },
      { ...signature, sig: toBase64(new Uint8Array(63)) },
      { ...signature, suite: "webauthn-rs256" },
    ];
    for (const name of Object.keys(signature))
      bad.push(Object.fromEntries(Object.entries(signature).filter(([key]) => key !== name)));
    for (const one of bad)
      expect(() => parseEnvelope({ ...envelope, signatures: [one] }, "$")).toThrow(
        "$.signatures[0]",
      );
  });

  it("needs a point of the curve as its key, in one spelling", async () => {
    const envelope = await signedAs();
    const off = board.point.slice();
    off[40] ^= 1;
    const compressed = Uint8Array.of(2 + (board.point[64] % 2), ...board.point.slice(1, 33));
    for (const point of [off, compressed, new Uint8Array(65), new Uint8Array()]) {
      const [signature] = envelope.signatures;
      const forged = { ...envelope, signatures: [{ ...signature, keyid: await sha256(point) }] };
      const key = { suite: "webauthn-es256", key: toBase64(point) } as const;
      expect(await isGood(forged, key)).toBe(false);
    }
  });
});

describe("several signatures", () => {
  const machine = { suite: "ed25519", key: keyOf("shelter") } as const;
  const both = [board.publicKey, machine];

  it("count each once, of either suite, and only if all are right", async () => {
    const one = await seal(statement, await signer("shelter"));
    const two = withSignature(one, await board.signStatement(statement));
    expect(await signersOf(verifier, two, both)).toEqual([
      await sha256(keysOf("shelter").publicKey),
      await board.keyid(),
    ]);
    expect(await signersOf(verifier, two, [machine])).toBeUndefined();
    const again = withSignature(two, await board.signStatement(statement));
    expect(await signersOf(verifier, again, both)).toBeUndefined();
    const stranger = await passkeyOf("stranger").signStatement(statement);
    expect(await signersOf(verifier, withSignature(one, stranger), both)).toBeUndefined();
    expect(await signersOf(verifier, { ...one, signatures: [] }, both)).toBeUndefined();
  });
});

describe("ECDSA's numbers", () => {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const half = order / 2n;
  const hex = (value: bigint) => value.toString(16).padStart(64, "0");
  const raw = (r: bigint, s: bigint) => fromHex(hex(r) + hex(s)) as Uint8Array;
  const integer = (value: bigint) => {
    let digits = value.toString(16);
    if (digits.length % 2 === 1) digits = `0${digits}`;
    const bytes = fromHex(/^[89a-f]/.test(digits) ? `00${digits}` : digits) as Uint8Array;
    return [2, bytes.length, ...bytes];
  };
  const der = (r: bigint, s: bigint) => {
    const body = [...integer(r), ...integer(s)];
    return Uint8Array.of(0x30, body.length, ...body);
  };

  it("come out of DER, with the lower s", () => {
    const number = fc.bigInt({ min: 1n, max: order - 1n });
    const small = fc.bigInt({ min: 1n, max: 300n });
    fc.assert(
      fc.property(fc.oneof(number, small), fc.oneof(number, small), (r, s) => {
        const low = s > half ? order - s : s;
        expect(toHex(lowSignatureFromDer(der(r, s)) ?? new Uint8Array())).toBe(hex(r) + hex(low));
      }),
    );
  });

  it("are in range, the second in the lower half", () => {
    expect(isLowSignature(raw(1n, half))).toBe(true);
    expect(isLowSignature(raw(order - 1n, 1n))).toBe(true);
    for (const [r, s] of [
      [1n, half + 1n],
      [0n, 1n],
      [1n, 0n],
      [order, 1n],
    ])
      expect(isLowSignature(raw(r, s))).toBe(false);
    expect(isLowSignature(new Uint8Array(65))).toBe(false);
  });

  it.each([
    ["nothing", ""],
    ["no sequence", "31060201010201 01".replace(" ", "")],
    ["a length that is too long", "3007020101020101"],
    ["a length in two bytes", "308106020101020101"],
    ["something left over", "300702010102010100"],
    ["no second number", "3003020101"],
    ["a third number", "3009020101020101020101"],
    ["a number of no bytes", "30050200020101"],
    ["a negative number", "3006020181020101"],
    ["a zero", "3006020100020101"],
    ["a needless zero in front", "300702020001020101"],
    ["a number that ends outside", "3006020105020201"],
    ["another kind of number", "30060a0101020101"],
  ])("are not read from %s", (_, text) => {
    expect(lowSignatureFromDer(fromHex(text) as Uint8Array)).toBeUndefined();
  });

  it("are not read from DER beyond the order, and the maker says so", async () => {
    expect(lowSignatureFromDer(der(order, 1n))).toBeUndefined();
    expect(lowSignatureFromDer(der(1n, order))).toBeUndefined();
    const assertion = board.assertion(await passkeyChallenge(statement));
    expect(() => passkeySignature("" as never, { ...assertion, signature: utf8("no") })).toThrow(
      InvalidDocument,
    );
  });
});

describe("an origin for passkeys", () => {
  it.each([
    ["https://portal.north.example", "north.example", true],
    ["https://north.example", "north.example", true],
    ["https://north.example:8443", "north.example", true],
    ["http://localhost:5173", "localhost", true],
    ["http://north.example", "north.example", false],
    ["https://portal.north.example/", "north.example", false],
    ["https://portal.north.example", "example", false],
    ["https://portal.north.example", "rth.example", false],
    ["https://north.example", "portal.north.example", false],
    ["https://PORTAL.north.example", "north.example", false],
    ["https://localhost.evil.example", "localhost", false],
    ["ftp://localhost", "localhost", false],
    ["portal", "portal", false],
    ["https://portal.north.example", ".example", false],
  ])("%s for %s: %s", (origin, rpId, fits) => {
    expect(isPasskeyOrigin({ origin, rpId })).toBe(fits);
  });
});
