import { toBase64 } from "@symbolon/base/bytes";
import type { MemberId } from "@symbolon/base/id";
import { MAPPING_TYPE, type Mapping } from "@symbolon/case-data/mapping/mapping";
import { describe, expect, it } from "vitest";
import { nodeToolbox } from "./crypto/node.js";
import { createIdentity, signerOfIdentity } from "./identity.js";
import { exportMapping, importMapping, requireSignature } from "./mapping-file.js";

const mapping: Mapping = {
  type: MAPPING_TYPE,
  target: "htcds@2.0+x@1",
  source: { system: "plain", rows: 3 },
  columns: [{ from: "DOB", to: "prs_Birthdate", filled: 0.95, dateOrder: "dmy" }],
  stays: ["Notes"],
};
const tools = nodeToolbox;
const ours = await createIdentity(tools, "ngo" as MemberId);
const theirs = await createIdentity(tools, "other" as MemberId);
const keyOf = ({ signing }: typeof ours) => toBase64(signing.publicKey);
const signed = await exportMapping(mapping, await signerOfIdentity(tools, ours));

describe("mapping.json", () => {
  it("is read as it was written, and named by what it says", async () => {
    const stored = await importMapping(signed);
    expect(stored.mapping).toEqual(mapping);
    const { hash } = await importMapping(await exportMapping(mapping));
    expect(hash).toBe(stored.hash);
    const other = { ...mapping, stays: [] };
    expect((await importMapping(await exportMapping(other))).hash).not.toBe(hash);
  });

  it("has the same name however its fields are ordered and spaced", async () => {
    const { mapping: inner, ...rest } = JSON.parse(signed);
    const turned = Object.fromEntries(Object.entries(inner).reverse());
    const text = JSON.stringify({ mapping: turned, ...rest });
    const stored = await importMapping(text);
    await expect(requireSignature(tools, stored, keyOf(ours))).resolves.toBeUndefined();
  });

  it("is refused if anything in it was changed", async () => {
    for (const [from, to] of [
      ["prs_Birthdate", "x_registeredOn"],
      ["dmy", "mdy"],
      ["Notes", "Note"],
      ["0.95", "0.9"],
    ]) {
      await expect(importMapping(signed.replace(from, to))).rejects.toMatchObject({
        code: "FILE_INVALID",
        message: expect.stringContaining("changed"),
      });
    }
  });

  it("counts as signed by whose key signed it, and by nobody else", async () => {
    const stored = await importMapping(signed);
    await expect(requireSignature(tools, stored, keyOf(ours))).resolves.toBeUndefined();
    await expect(requireSignature(tools, stored, keyOf(theirs))).rejects.toMatchObject({
      code: "FILE_INVALID",
    });
    const unsigned = await importMapping(await exportMapping(mapping));
    await expect(requireSignature(tools, unsigned, keyOf(ours))).rejects.toMatchObject({
      message: expect.stringContaining("nobody has signed it"),
    });
    const { signatures: ofAnother } = JSON.parse(
      await exportMapping({ ...mapping, stays: [] }, await signerOfIdentity(tools, ours)),
    );
    const moved = JSON.stringify({ ...JSON.parse(signed), signatures: ofAnother });
    const stolen = await importMapping(moved);
    await expect(requireSignature(tools, stolen, keyOf(ours))).rejects.toMatchObject({
      code: "FILE_INVALID",
    });
  });

  it.each([
    ["no JSON", "{"],
    ["another file", '{"version": 1, "kind": "symbolon-identity"}'],
    ["a field too many", signed.replace('"version"', '"extra": 1, "version"')],
    ["two signatures", signed.replace('"signatures": [', '"signatures": [1, ')],
    ["a signature that is none", signed.replace(/"sig": ".{8}/, '"sig": "')],
  ])("is refused if it is %s, without quoting it", async (_, text) => {
    const error = await importMapping(text).catch((it: unknown) => it);
    expect(error).toMatchObject({ name: "ProviderError", code: "FILE_INVALID" });
    expect(String(error)).not.toContain("DOB");
  });

  it("says where a mapping is not valid", async () => {
    const wrong = { ...mapping, stays: [1] } as unknown as Mapping;
    await expect(importMapping(await exportMapping(wrong))).rejects.toMatchObject({
      code: "MAPPING_INVALID",
      message: expect.stringContaining("mapping.stays[0]"),
    });
  });
});
