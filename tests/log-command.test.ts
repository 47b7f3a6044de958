import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { toBase64, utf8 } from "@symbolon/base/bytes";
import {
  entriesOf,
  ORIGIN,
  oracleLeaf,
  oracleProof,
  oracleRoot,
  signHead,
  wholeProof,
} from "@symbolon/governance/log/fixture.contract";
import { formatGrowth } from "@symbolon/governance/log/growth";
import { formatPolicy } from "@symbolon/governance/log/policy";
import { describe, expect, it } from "vitest";
import { scratchFolder, symbolon } from "./support/program.js";

/** What a court does: a folder with files in it, one command, no network. */
const whole = await wholeProof();
const bare = await wholeProof(false);
const signers = [...whole.nodes, ...whole.witnesses];

async function run(
  args: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>>,
): ReturnType<typeof symbolon> {
  const cwd = scratchFolder();
  const all = { "log.keys": formatPolicy(whole.policy), ...files };
  for (const [name, content] of Object.entries(all)) writeFileSync(join(cwd, name), content);
  return symbolon(["log", ...args, "--keys", "log.keys"], { cwd });
}

const oneLine = /^symbolon: [^\n]+ — [^\n]+\n$/;

describe("symbolon log verify", () => {
  const verify = ["verify", "a.tlog-proof"];

  it("says what the proof shows and who stands for it", async () => {
    const { code, out, err } = await run(verify, { "a.tlog-proof": whole.file });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("The proof holds: entry 5 of the 12 in the log.");
    expect(out).toContain(`signed     ${ORIGIN}/node1\n`);
    expect(out).toContain("witnessed  shelter.example, at 2026-03-01T12:00:00Z by its own clock");
    expect(out).toContain("entry      entry 5\n");
  });

  it("says the same in one line of JSON", async () => {
    const { code, out } = await run([...verify, "--json"], { "a.tlog-proof": whole.file });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      holds: true,
      index: 5,
      entry: toBase64(whole.entry),
      sha256: createHash("sha256").update(whole.entry).digest("hex"),
      log: ORIGIN,
      size: 12,
      root: toBase64(whole.root),
      nodes: [
        { name: `${ORIGIN}/node0` },
        { name: `${ORIGIN}/node1` },
        { name: `${ORIGIN}/node2`, time: "2026-03-01T12:00:00Z" },
      ],
      witnesses: [
        { name: "shelter.example", time: "2026-03-01T12:00:00Z" },
        { name: "helpline.example", time: "2026-03-01T12:00:00Z" },
      ],
    });
  });

  it("takes the entry from a file if the proof does not carry it", async () => {
    const files = { "a.tlog-proof": bare.file, entry: whole.entry };
    expect((await run([...verify, "--entry", "entry"], files)).code).toBe(0);
    const without = await run(verify, files);
    expect(without.code).toBe(1);
    expect(without.err).toContain("does not carry its entry");
  });

  const text = new TextDecoder().decode(whole.file);
  const keys = formatPolicy(whole.policy);
  it.each([
    ["another index", { "a.tlog-proof": text.replace("index 5", "index 6") }, "LOG_PROOF_WRONG"],
    ["a changed size", { "a.tlog-proof": text.replace("\n12\n", "\n13\n") }, "LOG_SIGNATURE_WRONG"],
    ["Windows line ends", { "a.tlog-proof": text.replaceAll("\n", "\r\n") }, "LOG_MALFORMED"],
    [
      "a node's signature missing",
      { "a.tlog-proof": text.replace(/— \S+node1 .*\n/, "") },
      "LOG_NOT_COSIGNED",
    ],
    ["a higher quorum", { "log.keys": keys.replace("quorum 2", "quorum 3") }, "LOG_NOT_COSIGNED"],
    ["the keys of another log", { "log.keys": keys.replace(ORIGIN, "south") }, "LOG_OTHER_ORIGIN"],
    ["a damaged keys file", { "log.keys": keys.replace("node ", "nod ") }, "LOG_MALFORMED"],
    ["a missing keys file", { "log.keys": "" }, "LOG_MALFORMED"],
    ["a binary file", { "a.tlog-proof": Uint8Array.of(0, 255, 1) }, "LOG_MALFORMED"],
  ])("refuses %s in one line, with a cure", async (_name, files, code) => {
    const all = { "a.tlog-proof": whole.file, ...files };
    const { code: exit, out, err } = await run([...verify, "--json"], all);
    expect(exit).toBe(1);
    expect(err).toMatch(oneLine);
    expect(JSON.parse(out).error).toMatchObject({ code, exit: 1 });
  });

  it("refuses a missing file", async () => {
    const { code, err } = await run(verify, {});
    expect(code).toBe(1);
    expect(err).toContain("there is no file a.tlog-proof");
  });

  it("prints no entry that would do something to a terminal", async () => {
    const entry = utf8("\u001b[2Jgone");
    const root = oracleRoot([oracleLeaf(entry)]);
    const checkpoint = await signHead({ size: 1, root }, signers);
    const proof = ["c2sp.org/tlog-proof@v1", `extra ${toBase64(entry)}`, "index 0", "", checkpoint];
    const { code, out } = await run(verify, { "a.tlog-proof": proof.join("\n") });
    expect(code).toBe(0);
    expect(out).toContain(`${toBase64(entry)} (base64)`);
    expect(out).not.toContain("\u001b");
  });
});

describe("symbolon log compare", async () => {
  const leaves = entriesOf(9).map(oracleLeaf);
  const head = (size: number, of = leaves) =>
    signHead({ size, root: oracleRoot(of.slice(0, size)) }, signers);
  const [five, nine] = [await head(5), await head(9)];
  const growth = (oldSize: number, checkpoint: string) =>
    formatGrowth({ oldSize, path: oracleProof(oldSize, leaves), checkpoint });

  it("shows one history, in either order", async () => {
    const files = { a: five, b: growth(5, nine) };
    for (const order of [
      ["a", "b"],
      ["b", "a"],
    ]) {
      const { code, out } = await run(["compare", ...order], files);
      expect(code).toBe(0);
      expect(out).toContain("One history: the head of 9 entries continues that of 5.");
    }
    const same = await run(["compare", "a", "b", "--json"], { a: five, b: five });
    expect(JSON.parse(same.out)).toMatchObject({ comparison: "consistent", oldSize: 5, size: 5 });
  });

  it("tells a fork by exit code 4", async () => {
    const other = await head(5, entriesOf(9, "other").map(oracleLeaf));
    const { code, out, err } = await run(["compare", "a", "b", "--json"], { a: five, b: other });
    expect(code).toBe(4);
    expect(err).toMatch(oneLine);
    expect(JSON.parse(out).error).toMatchObject({ code: "LOG_FORK", exit: 4 });
  });

  it("never takes a head that is not signed by all for a fork", async () => {
    const forged = await signHead({ size: 5, root: new Uint8Array(32) }, signers.slice(1));
    const { code, err } = await run(["compare", "a", "b"], { a: five, b: forged });
    expect(code).toBe(1);
    expect(err).toContain("head b: the checkpoint lacks the signature");
  });

  it("asks for a proof that is missing, and refuses one that is wrong", async () => {
    const missing = await run(["compare", "a", "b", "--json"], { a: five, b: nine });
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.out).error.code).toBe("LOG_PROOF_MISSING");
    const unfit = await run(["compare", "a", "b", "--json"], { a: five, b: growth(4, nine) });
    expect(JSON.parse(unfit.out).error.code).toBe("LOG_PROOF_MISSING");
    const forked = await head(9, [...leaves.slice(0, 3), ...entriesOf(6, "x").map(oracleLeaf)]);
    const wrong = await run(["compare", "a", "b", "--json"], { a: five, b: growth(5, forked) });
    expect(JSON.parse(wrong.out).error.code).toBe("LOG_PROOF_WRONG");
  });
});
