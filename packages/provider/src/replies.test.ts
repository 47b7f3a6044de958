import { describe, expect, it } from "vitest";
import { resultReply, runAccepted, statusReply } from "./replies.js";

describe("what a node answers", () => {
  it.each([null, undefined, 5, "run"])("is an object, not %j", (value) => {
    expect(() => runAccepted(value, "$")).toThrow("be an object");
  });

  it("has bytes as text, and yes or no as such", () => {
    expect(() => resultReply({ sealed: 5, enc: "" }, "$")).toThrow("$.sealed must be base64");
    const hash = "a".repeat(64);
    const about = { space: "north", node: 0, name: "A", version: "1", buildHash: hash };
    const peers = [{ node: 1, name: "B", up: "yes" }];
    expect(() => statusReply({ ...about, peers }, "$")).toThrow("up must be true or false");
  });
});
