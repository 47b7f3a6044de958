import { describe, expect, it } from "vitest";
import { hpke } from "./fixture.contract.js";
import { openResult, type ResultLabel, SealedResultError, sealResult } from "./sealed-result.js";

const label: ResultLabel = {
  space: "north" as never,
  run: "0123456789abcdef0123456789abcdef" as never,
  node: 1,
  beneficiary: "police" as never,
};
const shares = { own: Uint32Array.of(1, 2, 4_294_967_295), next: Uint32Array.of(5, 6, 7) };
const keys = await hpke.generateKeyPair();
const key = Buffer.from(keys.publicKey).toString("base64");

describe("a sealed result", () => {
  it("opens for its beneficiary as the node sealed it", async () => {
    const result = await sealResult(hpke, key, label, shares);
    expect(await openResult(hpke, keys, label, result)).toEqual(shares);
  });

  it("has one length for one number of words", async () => {
    const none = { own: new Uint32Array(3), next: new Uint32Array(3) };
    const [a, b] = [
      await sealResult(hpke, key, label, shares),
      await sealResult(hpke, key, label, none),
    ];
    expect(a.sealed.length).toBe(b.sealed.length);
  });

  it("opens under no other label or key, and not altered", async () => {
    const result = await sealResult(hpke, key, label, shares);
    const refused = (about: ResultLabel, sealed = result, who = keys) =>
      expect(openResult(hpke, who, about, sealed)).rejects.toThrow(SealedResultError);
    await refused({ ...label, space: "south" as never });
    await refused({ ...label, run: "f".repeat(32) as never });
    await refused({ ...label, node: 2 });
    await refused({ ...label, beneficiary: "shelter" as never });
    await refused(label, result, await hpke.generateKeyPair());
    await refused(label, { ...result, sealed: `AAAA${result.sealed.slice(4)}` });
    await refused(label, { ...result, enc: "%" });
  });
});
