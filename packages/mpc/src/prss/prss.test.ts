import { createCipheriv, createHmac } from "node:crypto";
import { toHex } from "@symbolon/base/bytes";
import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../crypto/node.js";
import { permutationFrom } from "../table/permutation.js";
import { Prss } from "./prss.js";

const KEYS = { own: new Uint8Array(32).fill(1), next: new Uint8Array(32).fill(2) };

describe("Prss", () => {
  it("give one of the two by itself", () => {
    const both = new Prss(KEYS, nodeCrypto).streams("a", 40_000);
    for (const which of ["own", "next"] as const)
      expect(new Prss(KEYS, nodeCrypto).stream(which, "a", 40_000)).toEqual(both[which]);
  });

  it("is AES-128-CTR under the first half of HMAC-SHA-256(key, name)", () => {
    const { own, next } = new Prss(KEYS, nodeCrypto).streams("run/1/step", 100_000);
    for (const [stream, key] of [
      [own, KEYS.own],
      [next, KEYS.next],
    ] as const) {
      const derived = createHmac("sha256", key).update("run/1/step").digest().subarray(0, 16);
      const cipher = createCipheriv("aes-128-ctr", derived, Buffer.alloc(16));
      expect(Buffer.from(stream).equals(cipher.update(Buffer.alloc(100_000)))).toBe(true);
    }
  });

  it("gives the answers that it has always given", () => {
    const { own, next } = new Prss(KEYS, nodeCrypto).streams("vector", 16);
    expect([toHex(own), toHex(next)]).toMatchInlineSnapshot(`
      [
        "d9dd0087f21552f06ca886247444e1c2",
        "0402c0178884b64f0465f91c7778e5ca",
      ]
    `);
  });

  it("crashes when a stream is asked for twice", () => {
    const prss = new Prss(KEYS, nodeCrypto);
    prss.streams("a", 1);
    prss.streams("b", 1);
    expect(() => prss.streams("a", 1)).toThrow("used once");
    expect(() => prss.stream("own", "b", 1)).toThrow("used once");
    prss.stream("next", "c", 1);
    expect(() => prss.streams("c", 1)).toThrow("used once");
  });

  it("never prints its keys", () => {
    expect(JSON.stringify(new Prss(KEYS, nodeCrypto))).toBe('"Prss"');
  });
});

describe("permutationFrom", () => {
  it("gives the answers that it has always given", () => {
    const order = permutationFrom(nodeCrypto, new Uint8Array(16).fill(7), 12);
    expect([...order]).toMatchInlineSnapshot(`
      [
        2,
        7,
        9,
        1,
        10,
        6,
        0,
        4,
        8,
        3,
        5,
        11,
      ]
    `);
  });

  it("is a permutation, and every position is as likely", () => {
    const counts = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));
    const runs = 5000;
    for (let seed = 0; seed < runs; seed += 1) {
      const key = nodeCrypto.sha256(Uint8Array.of(seed & 255, seed >> 8)).subarray(0, 16);
      const order = permutationFrom(nodeCrypto, key, 5);
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
      order.forEach((from, to) => {
        counts[to][from] += 1;
      });
    }
    // Chi-square with 16 degrees of freedom; 39.3 is its 99.9 % point. The seeds are fixed.
    const expected = runs / 5;
    const chi = counts.flat().reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(chi).toBeLessThan(39.3);
  });
});
