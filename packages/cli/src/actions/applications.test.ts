import { fingerprintOf } from "@symbolon/governance/acts/identity";
import { describe, expect, it } from "vitest";
import { applicationHeard, otherApplications, ownApplication } from "./applications.js";

const hash = (digit: string) => digit.repeat(64) as never;
const applied = (identity: string) => ({ member: "harbour", identity: hash(identity) }) as never;
const keys = (...all: string[]) => ({ keys: all.map((key) => ({ key })) }) as never;
const state = {
  applications: new Map([
    [hash("1"), applied("a")],
    [hash("2"), applied("b")],
    [hash("3"), applied("c")],
  ]),
  identities: new Map([
    [hash("a"), keys("impostor's")],
    [hash("b"), keys("own")],
    [hash("c"), keys("impostor's", "own")],
  ]),
};

describe("applications under one name", () => {
  it("are one's own only with one's own key, and no other beside it", () => {
    expect(ownApplication(state, "harbour", "own")).toBe(hash("2"));
    expect(ownApplication(state, "harbour", "another")).toBeUndefined();
    expect(ownApplication(state, "shelter", "own")).toBeUndefined();
    expect(otherApplications(state, "harbour", hash("2"))).toBe(2);
  });

  it("are told apart by what was heard, not by who came last", () => {
    expect(applicationHeard(state, "harbour", fingerprintOf(hash("2")))).toBe(hash("2"));
    expect(applicationHeard(state, "harbour", "others")).toBe(hash("3"));
    expect(applicationHeard(state, "shelter", "others")).toBeUndefined();
  });
});
