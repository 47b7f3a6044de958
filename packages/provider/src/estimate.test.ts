import { paddedRows } from "@symbolon/base/dataset";
import { describe, expect, it } from "vitest";
import { durationText, estimate, sizeText } from "./estimate.js";
import { smallDataset } from "./fake-nodes.contract.js";

const content = (rows: number, width: number) => ({
  version: 1 as const,
  layout: "persons-v1",
  tables: [
    {
      name: "persons",
      rows: paddedRows(rows),
      columns: [{ name: "content", kind: "linkage-vector", sharing: "arithmetic", width } as const],
    },
  ],
});

describe("the estimate before sending", () => {
  it("says what the data steward wants to know", () => {
    const { text, bytesPerNode } = estimate(20_000, content(20_000, 512), 500_000);
    expect(text).toBe("20,000 rows: 3 minutes, 41 MB to each of two nodes");
    expect(bytesPerNode[0]).toBeLessThan(1_000);
    expect(bytesPerNode[1]).toBe(bytesPerNode[2]);
  });

  it("is near what is sent", async () => {
    const { schema, values } = smallDataset();
    const bytes = [...values.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    const [, one] = estimate(512, schema, 1e6).bytesPerNode;
    expect(one / bytes).toBeGreaterThan(1);
    expect(one / bytes).toBeLessThan(1.01);
  });

  it.each([
    [0.2, "1 second"],
    [59, "59 seconds"],
    [61, "2 minutes"],
    [3_600, "1 hour"],
    [7_201, "3 hours"],
  ])("says %s seconds as %s", (seconds, text) => expect(durationText(seconds)).toBe(text));

  it.each([
    [999, "999 bytes"],
    [1_000, "1 kB"],
    [1_250_000, "1.3 MB"],
    [999_600, "1 MB"],
    [4.1e7, "41 MB"],
    [5e15, "5000 TB"],
  ])("says %s bytes as %s", (bytes, text) => expect(sizeText(bytes)).toBe(text));
});
