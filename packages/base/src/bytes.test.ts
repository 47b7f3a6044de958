import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, fromBase64, fromHex, sameBytes, toBase64, toHex, utf8, wordsOf } from "./bytes.js";

describe("base64", () => {
  it("is that of RFC 4648, section 10", () => {
    const vectors = ["", "", "f", "Zg==", "fo", "Zm8=", "foo", "Zm9v", "foobar", "Zm9vYmFy"];
    for (let k = 0; k < vectors.length; k += 2) {
      expect(toBase64(utf8(vectors[k]))).toBe(vectors[k + 1]);
    }
  });

  it("comes back, at any size", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40_000 }), (bytes) => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
    );
    const large = new Uint8Array(6 << 20).fill(7);
    expect(fromBase64(toBase64(large))?.length).toBe(large.length);
  });

  it("refuses every other spelling", () => {
    for (const text of [
      "Zg",
      "Zg=",
      "Zh==",
      "Z===",
      "=Zg=",
      "Zg==\n",
      "Z_==",
      "Zg==Zg==",
      "é===",
    ]) {
      expect(fromBase64(text)).toBeUndefined();
    }
  });
});

describe("bytes", () => {
  it("come back from hexadecimal, and only from it", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
    expect(fromHex("abc")).toBeUndefined();
    expect(fromHex("zz")).toBeUndefined();
  });

  it("are equal only if all are", () => {
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
  });

  it("give words at any address", () => {
    const bytes = concat(Uint8Array.of(9), Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 1));
    expect([...wordsOf(bytes.subarray(1))]).toEqual([1, 0x01000002]);
  });
});
