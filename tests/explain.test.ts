import { createHash } from "node:crypto";
import { catalogue } from "@symbolon/queries/catalogue/catalogue";
import { describe, expect, it } from "vitest";
import { symbolon } from "./support/program.js";

describe("symbolon explain", () => {
  it("lists every question, in words and as data", async () => {
    const { code, out } = await symbolon(["explain"]);
    expect(code).toBe(0);
    for (const { name, question } of catalogue) {
      expect(out.split("\n").some((line) => line.startsWith(name) && line.includes(question))).toBe(
        true,
      );
    }
    const { queries } = JSON.parse((await symbolon(["explain", "--json"])).out);
    expect(queries.map((one: { name: string }) => one.name)).toEqual(
      catalogue.map(({ name }) => name),
    );
  });

  it("prints the text that approvers sign the hash of, and no more", async () => {
    const { code, out, err } = await symbolon(["explain", "matches"]);
    expect(code).toBe(0);
    const hash = createHash("sha256").update(out).digest("hex");
    expect(err).toContain(hash);
    const data = JSON.parse((await symbolon(["explain", "matches", "--json"])).out);
    expect(data).toMatchObject({ name: "matches", epsilon: "1/1", text: out, explanation: hash });
  });

  it.each(["nothing", "constructor"])("names the questions if asked for %s", async (name) => {
    const { code, err } = await symbolon(["explain", name]);
    expect(code).toBe(2);
    expect(err).toContain(catalogue.map((query) => query.name).join(", "));
  });
});
