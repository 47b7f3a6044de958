import { PARTIES } from "@symbolon/base/id";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { addUp } from "@symbolon/mpc/ring/vector";
import { describe, expect, it } from "vitest";
import { BenchUsage, numbers } from "./bench.js";
import { dealTo, inTheClear } from "./deal.js";
import { column16, column32, column64, columnBits } from "./works/work.js";

const seeds = PARTIES.map((j) => nodeCrypto.sha256(Uint8Array.of(j)));
const columns = {
  a: column16(5),
  b: column32(3, (seed) => Uint32Array.from(seed.subarray(0, 3))),
  c: column64(4, () => BigUint64Array.of(1n, 2n, 3n, 2n ** 64n - 1n)),
  d: columnBits(4, () => Uint32Array.of(1, 0, 0xffffffff, 7)),
};

describe("dealing", () => {
  it("gives neighbours the same copies, which add up to the clear", () => {
    const parts = PARTIES.map((party) => dealTo(party, seeds, columns));
    const clear = inTheClear(seeds, columns);
    for (const name of ["a", "b", "c", "d"] as const) {
      const [x0, x1, x2] = parts.map((part) => part[name].own);
      PARTIES.forEach((party) => {
        expect(parts[party][name].next).toEqual(parts[(party + 1) % 3][name].own);
      });
      expect(addUp(columns[name].adding, x0, x1, x2)).toEqual(clear[name]);
    }
    expect(clear.c).toEqual(BigUint64Array.of(1n, 2n, 3n, 2n ** 64n - 1n));
    expect(clear.d).toEqual(Uint32Array.of(1, 0, 0xffffffff, 7));
  });

  it("gives every input a randomness of its own", () => {
    const two = dealTo(0, seeds, { a: column32(4), b: column32(4) });
    expect(two.a.own).not.toEqual(two.b.own);
  });
});

describe("options", () => {
  it("takes one size or several", () => {
    expect(numbers("rows", "1000,2000", [1, 5000])).toEqual([1000, 2000]);
    expect(numbers("latency-ms", "0.5", [0, 10], true)).toEqual([0.5]);
  });

  it.each(["", "0", "1.5", "x", "5001", "1000,", "1,-2"])("refuses %s", (text) => {
    expect(() => numbers("rows", text, [1, 5000])).toThrow(BenchUsage);
  });
});
