import { toBase64, utf8 } from "@symbolon/base/bytes";
import { describe, expect, it } from "vitest";
import {
  PAYLOAD_BYTES_MAX,
  parseEnvelope,
  payloadJson,
  preAuthEncoding,
  seal,
  statementHash,
  verifyEnvelope,
} from "./envelope.js";
import { keyOf, offerOf, signatures, signed, signer } from "./fixture.contract.js";
import { InvalidDocument } from "./invalid-document.js";

describe("an envelope (DSSE v1)", () => {
  it("encodes what is signed as the protocol's own example does", () => {
    const encoded = preAuthEncoding("http://example.com/HelloWorld", utf8("hello world"));
    expect(new TextDecoder().decode(encoded)).toBe(
      "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
    );
  });

  it("counts bytes, not characters", () => {
    expect(new TextDecoder().decode(preAuthEncoding("é", utf8("€")))).toBe("DSSEv1 2 é 3 €");
  });

  it("verifies under the signer's key only", async () => {
    const envelope = await signed(offerOf("shelter"), "shelter");
    expect(await verifyEnvelope(signatures, envelope, keyOf("shelter"))).toBe(true);
    expect(await verifyEnvelope(signatures, envelope, keyOf("police"))).toBe(false);
    expect(await verifyEnvelope(signatures, envelope, "AAAA")).toBe(false);
  });

  it("keeps its hash when it is signed again", async () => {
    const [one, two] = [await signer("shelter"), await signer("police")];
    const statement = offerOf("shelter");
    expect(await statementHash(await seal(statement, one))).toBe(
      await statementHash(await seal(statement, two)),
    );
  });

  it("reads back what was sealed", async () => {
    const envelope = await signed(offerOf("shelter"), "shelter");
    expect(parseEnvelope(JSON.parse(JSON.stringify(envelope)), "$")).toEqual(envelope);
    expect(payloadJson(envelope)).toEqual(offerOf("shelter"));
  });

  it("refuses other forms, naming the place", async () => {
    const good = await signed(offerOf("shelter"), "shelter");
    const [signature] = good.signatures;
    const bad: [unknown, string][] = [
      [null, "$ must be an object"],
      [{ ...good, payloadType: "text/plain" }, "$.payloadType must"],
      [{ ...good, payload: 1 }, "$.payload must"],
      [{ ...good, payload: "A".repeat(PAYLOAD_BYTES_MAX * 1.5 + 4) }, "$.payload must"],
      [{ ...good, signatures: [] }, "$.signatures must have 1 to 4 items"],
      [{ ...good, signatures: Array(5).fill(signature) }, "$.signatures must have 1 to 4 items"],
      [{ ...good, signatures: [{ ...signature, sig: "AA==" }] }, "$.signatures[0].sig must"],
      [{ ...good, signatures: [{ ...signature, sig: 1 }] }, "$.signatures[0].sig must"],
      [{ ...good, signatures: [{ ...signature, suite: "none" }] }, "$.signatures[0].suite must"],
      [{ ...good, extra: 1 }, 'not have a field "extra"'],
    ];
    for (const [value, message] of bad) expect(() => parseEnvelope(value, "$")).toThrow(message);
  });

  it.each([
    ["no base64", "%%%", "$.payload must be base64"],
    ["no UTF-8", toBase64(Uint8Array.of(0xff)), "$.payload must be UTF-8"],
    ["a byte order mark", toBase64(utf8("\ufeff{}")), "$ must be JSON"],
    ["no canonical JSON", toBase64(utf8('{"a": 1}')), "$ must be canonical JSON"],
  ])("does not read a payload that is %s", async (_, payload, message) => {
    const good = await signed(offerOf("shelter"), "shelter");
    expect(() => payloadJson({ ...good, payload })).toThrow(InvalidDocument);
    expect(() => payloadJson({ ...good, payload })).toThrow(message);
  });

  it("has no hash if its payload is no base64", async () => {
    const good = await signed(offerOf("shelter"), "shelter");
    expect(() => statementHash({ ...good, payload: "%%%" })).toThrow(InvalidDocument);
  });
});
