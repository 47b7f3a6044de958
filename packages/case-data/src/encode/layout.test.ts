import { describe, expect, it } from "vitest";
import {
  layoutById,
  normalThreshold,
  personLayout,
  SCORE_MAX,
  THRESHOLD_BITS_MAX,
} from "./layout.js";

describe.each([512, 1024, 2048] as const)("the layout of %i dims", (dims) => {
  const layout = personLayout(dims);

  it("leaves no score room to wrap around mod 2^16", () => {
    const most = layout.fields.reduce(
      (sum, { cap, constant: [a, b] }) => sum + cap + Math.abs(a * b),
      THRESHOLD_BITS_MAX * layout.unitsPerBit,
    );
    expect(most).toBeLessThanOrEqual(SCORE_MAX);
    expect(most).toBeGreaterThan(0.97 * SCORE_MAX);
  });

  it("has adjacent blocks of a multiple of 8, at most 512 elements", () => {
    let offset = 0;
    for (const field of layout.fields) {
      expect(field.offset).toBe(offset);
      expect(field.size % 8).toBe(0);
      expect(field.size).toBeLessThanOrEqual(512);
      expect(Number.isInteger(field.cap) && field.cap > 0).toBe(true);
      offset += field.size;
    }
    expect(offset).toBe(layout.dims);
  });

  it("is found again by its identifier", () => {
    expect(layoutById(layout.id)).toEqual(layout);
  });
});

it("no unknown layout is found", () => expect(layoutById("person-0.1024")).toBeUndefined());

it("the normal threshold is the prior odds in units, between 1 and the maximum", () => {
  const layout = personLayout();
  expect(normalThreshold(layout, 1024 * 1000, 1000)).toBe(10 * layout.unitsPerBit);
  expect(normalThreshold(layout, 1, 1)).toBe(1);
  expect(normalThreshold(layout, 2 ** 60, 1)).toBe(THRESHOLD_BITS_MAX * layout.unitsPerBit);
});
