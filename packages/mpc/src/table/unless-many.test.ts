import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PRODUCTION } from "../profile.js";
import { gatesError } from "../verify/soundness.js";
import { unlessMany, unlessManyTerms } from "./unless-many.js";

const pack = (flags: readonly boolean[]): Uint32Array => {
  const words = new Uint32Array(Math.ceil(flags.length / 128) * 4);
  flags.forEach((flag, k) => {
    if (flag) words[k >> 5] |= 1 << (k & 31);
  });
  return words;
};

async function onShares(kept: readonly boolean[], real: readonly boolean[], oneIn: number) {
  const world = new World(1);
  const [a, b] = [world.share(pack(kept), "xor"), world.share(pack(real), "xor")];
  let bytes = 0;
  let gates = 0;
  const outs = await world.each(async (ctx, self) => {
    const out = await unlessMany(ctx, a[self], b[self], oneIn);
    ctx.assertAllVerified();
    gates = ctx.metrics.andGates;
    bytes += ctx.bytesSent.reduce((sum, one) => sum + one, 0);
    return out;
  });
  const words = world.combine(outs, "xor");
  return { flags: kept.map((_, k) => ((words[k >> 5] >>> (k & 31)) & 1) === 1), bytes, gates };
}

/** The same in the clear. */
function inTheClear(kept: readonly boolean[], real: readonly boolean[], oneIn: number) {
  const out = kept.filter((flag, k) => real[k] && !flag).length;
  const isMet = oneIn * out <= real.filter(Boolean).length;
  return kept.map((flag) => flag && isMet);
}

describe("unlessMany", () => {
  it("keeps the bits or none, as in the clear, in as many bytes either way", async () => {
    const rows = fc.array(fc.tuple(fc.boolean(), fc.boolean()), {
      minLength: 140,
      maxLength: 140,
    });
    let bytes: number | undefined;
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(1, 2, 4), async (given, oneIn) => {
        const [kept, real] = [given.map(([one]) => one), given.map(([, two]) => two)];
        const seen = await onShares(kept, real, oneIn);
        expect(seen.flags).toEqual(inTheClear(kept, real, oneIn));
        if (oneIn !== 4) return;
        bytes ??= seen.bytes;
        expect(seen.bytes).toBe(bytes);
      }),
      { numRuns: 12 },
    );
  });

  it("meets the limit exactly, and not with one row more", async () => {
    const real = Array.from({ length: 256 }, (_, k) => k % 2 === 0);
    const leftOut = (count: number) => real.map((_, k) => k >= 2 * count);
    expect((await onShares(leftOut(32), real, 4)).flags).toEqual(leftOut(32));
    expect((await onShares(leftOut(33), real, 4)).flags.some(Boolean)).toBe(false);
    const { gates } = await onShares(leftOut(1), real, 4);
    const [term] = unlessManyTerms(PRODUCTION, 256);
    expect(gatesError(PRODUCTION, gates)).toBeLessThanOrEqual(term.error);
    const none = real.map(() => false);
    expect(
      (
        await onShares(
          none.map(() => true),
          none,
          4,
        )
      ).flags.every(Boolean),
    ).toBe(true);
  });
});
