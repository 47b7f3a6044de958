import { describe, expect, it } from "vitest";
import { ROOT, removalLine, removeEach } from "./check-removal.js";
import { mutantsOf } from "./mutants.js";

/** Guards that are taken away on every run; the long suite takes away all. */
const SAMPLE = 6;

describe("check removal", () => {
  it("finds the guards of the engine", () => {
    const mutants = mutantsOf(ROOT);
    expect(mutants.length).toBeGreaterThan(50);
    const files = new Set(mutants.map(({ file }) => file));
    for (const name of ["coin", "open", "input"]) {
      expect([...files]).toContain(`packages/mpc/src/protocol/${name}.ts`);
    }
  });

  it("a sample of them is missed when it is gone", { timeout: 300_000 }, async () => {
    const mutants = mutantsOf(ROOT);
    const step = Math.floor(mutants.length / SAMPLE);
    const sample = mutants.filter((_, k) => k % step === 3).slice(0, SAMPLE);
    const { removals } = await removeEach(sample, 1);
    expect(removals.length).toBe(SAMPLE);
    expect(removals.filter((one) => !one.noticedBy).map(removalLine)).toEqual([]);
  });
});
