import { describe, expect, it } from "vitest";
import { count, duration, percent, plural, progressLine, size } from "./format.js";

describe("numbers for people", () => {
  it("gives sizes in three digits at most", () => {
    expect([0, 999, 1_000, 41_230_000, 9_940_000, 999_600].map(size)).toEqual([
      "0 bytes",
      "999 bytes",
      "1.0 kB",
      "41 MB",
      "9.9 MB",
      "1.0 MB",
    ]);
  });

  it("gives durations in the units that matter", () => {
    expect([0, 0.6, 3.21, 59.4, 200, 7_260].map(duration)).toEqual([
      "0 s",
      "0.6 s",
      "3.2 s",
      "59 s",
      "3 min 20 s",
      "2 h 1 min",
    ]);
  });

  it("separates thousands and knows one from many", () => {
    expect([count(20_000), plural(1, "row"), plural(1_500, "row")]).toEqual([
      "20,000",
      "1 row",
      "1,500 rows",
    ]);
  });

  it("tells a small risk from none", () => {
    expect([0, 0.001, 0.000_034, 0.5].map(percent)).toEqual(["0 %", "0.1 %", "0.0034 %", "50.0 %"]);
  });

  it("shows progress with rate and remaining time", () => {
    expect(progressLine("Sending", 25, 100, "rows", 5)).toBe(
      "Sending █████░░░░░░░░░░░░░░░ 25 % (5 rows/s, 15 s left)",
    );
  });
});
