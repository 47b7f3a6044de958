import { describe, expect, it } from "vitest";
import { manifestOf, OTHER_HASH, requestOf } from "./fixture.contract.js";
import { estimateRisk, missAt } from "./risk.js";

const calibration = {
  thresholds: [10, 20],
  missLow: [0, 0.1],
  missExpected: [0.1, 0.2],
  missHigh: [0.2, 0.3],
  presence: [],
};
const none = { ...calibration, thresholds: [], missLow: [], missExpected: [], missHigh: [] };
const { params } = requestOf({} as never, []);

describe("the chance of a miss", () => {
  it("is that of the next higher threshold that was measured", () => {
    expect(missAt(calibration, 10).expected).toBe(0.1);
    expect(missAt(calibration, 11).expected).toBe(0.2);
    expect(missAt(calibration, -5).expected).toBe(0.1);
  });

  it("is certain where nothing was measured", () => {
    expect(missAt(calibration, 21).high).toBe(1);
    expect(missAt(none, 1).high).toBe(1);
  });
});

describe("the risk of a picked name", () => {
  it("follows the worst list and the overlap", async () => {
    const ours = await manifestOf("police", OTHER_HASH, { calibration });
    const better = { ...calibration, missExpected: [0.01, 0.02], missHigh: [0.01, 0.02] };
    const theirs = [await manifestOf("shelter", OTHER_HASH, { calibration: better })];
    const about = { params: { ...params, threshold: 10, overlap: 0.5 }, ours, theirs };
    const risk = estimateRisk(about);
    expect(risk.low).toBe(0);
    expect(risk.expected).toBeCloseTo(0.05 / (0.05 + 0.4), 12);
    expect(risk.high).toBeCloseTo(0.1 / (0.1 + 0.4), 12);
    const more = estimateRisk({ ...about, params: { ...about.params, overlap: 0.9 } });
    expect(more.high).toBeGreaterThan(risk.high);
    const uncalibrated = [await manifestOf("shelter", OTHER_HASH, { calibration: none })];
    expect(estimateRisk({ ...about, theirs: uncalibrated }).high).toBeGreaterThan(0.5);
  });
});
