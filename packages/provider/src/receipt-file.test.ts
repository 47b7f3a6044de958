import type { DatasetId, SpaceId } from "@symbolon/base/id";
import { describe, expect, it } from "vitest";
import { QUERY } from "./fake-nodes.contract.js";
import { exportReceipt, importReceipt, type ReceiptFile, sourceLine } from "./receipt-file.js";

const file: ReceiptFile = {
  version: 1,
  kind: "symbolon-receipt",
  space: "north" as SpaceId,
  dataset: "shelter-2026" as DatasetId,
  root: QUERY,
  source: "list.csv",
  lines: [0, 7, 2],
  receipts: [],
};

describe("a receipt file", () => {
  it("comes back as it was written, and finds lines", () => {
    const read = importReceipt(exportReceipt(file));
    expect(read).toEqual(file);
    expect([0, 1, 2, 3, -1].map((row) => sourceLine(read, row))).toEqual([
      undefined,
      7,
      2,
      undefined,
      undefined,
    ]);
  });

  it.each([
    "",
    "{}",
    exportReceipt({ ...file, lines: [-1] }),
    exportReceipt({ ...file, source: "" }),
  ])("is refused if it is something else", (text) => {
    expect(() => importReceipt(text)).toThrow("this is not a receipt file");
  });
});
