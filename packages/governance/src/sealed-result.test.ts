import { utf8 } from "@symbolon/base/bytes";
import { describe, expect, it } from "vitest";
import { canonicalBytes } from "./canonical-json.js";
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

  it("is refused if a cheating node sealed something else under the right label", async () => {
    const honest = { run: label.run, node: label.node, own: "AQAAAA==", next: "AgAAAA==" };
    const sealedAs = async (content: object) => {
      const sender = await hpke.sender(keys.publicKey, utf8("symbolon sealed result v1"));
      const aad = canonicalBytes({ ...label, suite: hpke.suite });
      const sealed = await sender.seal(canonicalBytes(content), aad);
      const [a, b] = [sealed, sender.enc].map((it) => Buffer.from(it).toString("base64"));
      return openResult(hpke, keys, label, { sealed: a, enc: b });
    };
    expect((await sealedAs(honest)).next).toEqual(Uint32Array.of(2));
    for (const change of [
      { run: "f".repeat(32) },
      { node: 2 },
      { own: "AQAAAA" },
      { own: "AQAA" },
      { own: "" },
      { own: 1 },
      { more: 1 },
    ])
      await expect(sealedAs({ ...honest, ...change })).rejects.toThrow(SealedResultError);
  });
});
