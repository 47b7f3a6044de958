import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { World } from "@symbolon/sim/world/world";
import { describe, expect, it } from "vitest";
import { wasmKernels } from "../kernels/wasm.js";
import type { Shares } from "../sharing/shares.js";
import { verified } from "../verify/checked.js";
import { revealShares } from "./reveal.js";

const VALUE = Uint32Array.of(1, 20, 3000, 77, 5);

async function reveal(world: World): Promise<Uint32Array> {
  const shares = world.share(VALUE, "xor");
  const revealed = await world.each(async (ctx, self) => {
    const fresh = await revealShares(ctx, await verified(ctx, shares[self]));
    ctx.assertAllVerified();
    return fresh.value;
  });
  return world.combine(revealed as Shares[], "xor").slice(0, VALUE.length);
}

describe("revealShares", () => {
  it("keeps the value and makes its shares new", async () => {
    const world = new World(1);
    expect(await reveal(world)).toEqual(VALUE);
  });

  // A party that changes its part in its own state *and* in its message leaves two equal copies
  // behind; only the check of the fresh masking sees it.
  for (const party of PARTIES) {
    it(`catches party ${party} if it changes its part consistently`, async () => {
      const honest = wasmKernels();
      const lying = {
        ...honest,
        andLocal: (...vectors: Parameters<typeof honest.andLocal>) => {
          const z = honest.andLocal(...vectors);
          z[1] ^= 1;
          return z;
        },
      };
      const world = new World(2, { liar: { party: party as PartyIndex, kernels: lying } });
      await expect(reveal(world)).rejects.toMatchObject({ code: "PRODUCT_CHECK_FAILED" });
    });
  }
});
