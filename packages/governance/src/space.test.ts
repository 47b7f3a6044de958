import { describe, expect, it } from "vitest";
import { keyOf, space } from "./fixture.contract.js";
import { memberOf, parseSpace } from "./space.js";

const changed = (change: (copy: Record<string, never>) => void): string => {
  const copy = structuredClone(space) as unknown as Record<string, never>;
  change(copy);
  return JSON.stringify(copy);
};
type Loose = { nodes: Record<string, unknown>[]; members: Record<string, unknown>[] };
const loose = (copy: unknown) => copy as Loose;

describe("space.json", () => {
  it("is read as it was written", () => {
    expect(parseSpace(JSON.stringify(space, null, 2))).toEqual(space);
    expect(memberOf(space, "shelter" as never)?.name).toBe("The shelter");
    expect(memberOf(space, "nobody" as never)).toBeUndefined();
  });

  const twice = "everybody a signing key of its own";
  it.each<[string, (copy: never) => void, string]>([
    [
      "an unknown field",
      (copy) => void Object.assign(copy, { x: 1 }),
      '$ must not have a field "x"',
    ],
    ["two nodes", (copy) => void loose(copy).nodes.pop(), "$.nodes must have 3 items"],
    ["another order", (copy) => void loose(copy).nodes.reverse(), "$.nodes must list the nodes"],
    [
      "an address with a path",
      (copy) => void Object.assign(loose(copy).nodes[1], { api: "https://a.example/x" }),
      "$.nodes[1].api must be an address",
    ],
    [
      "an address without encryption",
      (copy) => void Object.assign(loose(copy).nodes[1], { api: "http://a.example" }),
      "$.nodes[1].api",
    ],
    [
      "a peer without a port",
      (copy) => void Object.assign(loose(copy).nodes[2], { peer: "a.example" }),
      "$.nodes[2].peer must be a host and a port",
    ],
    [
      "a port out of range",
      (copy) => void Object.assign(loose(copy).nodes[2], { peer: "a.example:70000" }),
      "$.nodes[2].peer",
    ],
    [
      "a short key",
      (copy) => void Object.assign(loose(copy).members[0], { signingKey: "AAAA" }),
      "$.members[0].signingKey must be base64 of 32 bytes",
    ],
    [
      "an unknown class",
      (copy) => void Object.assign(loose(copy).members[0], { class: "army" }),
      "$.members[0].class",
    ],
    [
      "no certificate",
      (copy) => void Object.assign(loose(copy).nodes[0], { certificate: "x" }),
      "$.nodes[0].certificate must be one certificate",
    ],
    [
      "one certificate for two nodes",
      (copy) =>
        void Object.assign(loose(copy).nodes[0], { certificate: space.nodes[1].certificate }),
      "$.nodes must have different values of certificate",
    ],
    [
      "a member twice",
      (copy) => void Object.assign(loose(copy).members[0], { id: "shelter" }),
      "$.members must have different ids",
    ],
    [
      "one key for two members",
      (copy) => void Object.assign(loose(copy).members[0], { signingKey: keyOf("shelter") }),
      twice,
    ],
    [
      "one key for a member and a node",
      (copy) => void Object.assign(loose(copy).members[0], { signingKey: keyOf("node0") }),
      twice,
    ],
  ])("with %s is refused by its place", (_, change, message) => {
    expect(() => parseSpace(changed(change as never))).toThrow(message);
  });

  it("is refused if it is not JSON", () => {
    expect(() => parseSpace("{")).toThrow("$ must be JSON");
  });
});
