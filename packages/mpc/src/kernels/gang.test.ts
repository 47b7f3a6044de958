import { World } from "@symbolon/sim/world/world";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PRODUCTION } from "../profile.js";
import { and } from "../protocol/and.js";
import { verifyProducts } from "../verify/products.js";
import { claimsOf } from "./bits.contract.js";
import { gangKernels } from "./gang-node.js";
import { kernelsContract } from "./kernels.contract.js";
import { fieldVector, words16, words32 } from "./samples.contract.js";
import { wasmKernels } from "./wasm.js";

// Threads run compiled code.
const code = new URL("../../dist/kernels/gang-thread-node.js", import.meta.url);
const one = wasmKernels();
const gang = gangKernels(3, code);
beforeAll(() => gang.ready);
afterAll(() => gang.close());

describe("kernels on three threads", () => kernelsContract(gang));

describe("three threads agree with one", () => {
  it("in matrix products, onto what was there", () => {
    for (const [n, m, d] of [
      [130, 261, 512],
      [129, 64, 2048],
      [80, 1030, 1024],
    ]) {
      const [a, b, c] = [words16(1, n * d), words16(2, m * d), words16(3, n * m)];
      for (let again = 0; again < 5; again += 1) {
        const expected = one.matmul16(a, b, n, m, d, c.slice());
        expect(gang.matmul16(a, b, n, m, d, c.slice())).toEqual(expected);
      }
    }
  });

  it("in blocks of bits of which the last is shorter, many calls in a row", () => {
    const [variables, slots] = [3, 8];
    const coefs = fieldVector(6, slots);
    for (let count = 1; count < 60; count += 7) {
      const sizes = Array.from({ length: count }, (_, k) => (k < count - 1 ? 64 : 4));
      const blocks = sizes.map((words, k) => ({
        claims: claimsOf(k, slots * words),
        w: fieldVector(k, 32 * words),
      }));
      const expected = blocks
        .map(({ claims, w }) => one.bitGrid(claims, variables, w))
        .reduce((a, b) => a.map((word, k) => word ^ b[k]));
      expect(gang.bitGrids?.(blocks, variables)).toEqual(expected);
      const inputs = sizes.map((words, k) => words32(k, slots * words));
      const made: Uint32Array[] = [];
      gang.bitFolds?.(inputs, slots, coefs, (part, k) => {
        made[k] = part;
      });
      expect(made).toEqual(inputs.map((x) => one.bitFold(x, slots, coefs)));
    }
  });
});

it("a party on three threads passes the checks of two on one, and its lie does not", async () => {
  const [a, b] = [words32(1, 40_000), words32(2, 40_000)];
  const run = async (kernels: typeof gang, isLie: boolean): Promise<Uint32Array> => {
    const world = new World(5, {
      profile: PRODUCTION,
      liar: { party: 1, kernels },
      tamper: (message, { from, channel }) => {
        if (isLie && from === 1 && channel.endsWith("/and/message")) message[77_777] ^= 1;
        return message;
      },
    });
    const [x, y] = [world.share(a, "xor"), world.share(b, "xor")];
    const results = await world.each(async (ctx, self) => {
      const z = await and(ctx, x[self], y[self]);
      await verifyProducts(ctx);
      return z;
    });
    return world.combine(results, "xor");
  };
  expect(await run(gang, false)).toEqual(a.map((word, k) => word & b[k]));
  await expect(run(gang, true)).rejects.toMatchObject({ name: "ProtocolAbort" });
});
