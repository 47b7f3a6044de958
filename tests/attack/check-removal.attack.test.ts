import { describe, expect, it } from "vitest";
import { ROOT, removalLine, removeEach } from "./removal/check-removal.js";
import { EXEMPT } from "./removal/exempt.js";
import { exemptionOf, mutantsOf } from "./removal/mutants.js";

/** Guards that are taken away on every run; `npm run attack -- guards` takes away all. */
const SAMPLE = 6;

describe("check removal", () => {
  const found = mutantsOf(ROOT);
  const mutants = found.filter((mutant) => exemptionOf(mutant) === undefined);

  it("finds the guards of the engine, of governance, of nodes and of providers", () => {
    expect(mutants.length).toBeGreaterThan(200);
    const files = new Set(mutants.map(({ file }) => file));
    for (const name of [
      "mpc/src/protocol/coin",
      "mpc/src/protocol/open",
      "mpc/src/protocol/input",
      "governance/src/decide",
      "governance/src/admit",
      "governance/src/envelope",
      "node/src/store/intake",
      "node/src/jobs/jobs",
      "node/src/routes/door",
      "provider/src/descriptor-check",
    ]) {
      expect([...files]).toContain(`packages/${name}.ts`);
    }
  });

  it("leaves in place only guards that there are", () => {
    const idle = EXEMPT.filter((e) => !found.some((m) => m.file === e.file && e.what.test(m.what)));
    expect(idle).toEqual([]);
  });

  it("a sample of them is missed when it is gone", { timeout: 900_000 }, async () => {
    const step = mutants.length / SAMPLE;
    const sample = Array.from({ length: SAMPLE }, (_, k) => mutants[Math.floor((k + 0.5) * step)]);
    const { removals } = await removeEach(sample, 1);
    expect(removals.length).toBe(SAMPLE);
    expect(removals.filter((one) => !one.noticedBy).map(removalLine)).toEqual([]);
  });
});
