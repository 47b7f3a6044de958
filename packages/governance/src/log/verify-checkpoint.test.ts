import { describe, expect, it } from "vitest";
import { signatures } from "../fixture.contract.js";
import { invented, noteSigner, ORIGIN, oracleRoot, signHead, TIME } from "./fixture.contract.js";
import { noteKey, verifierKey } from "./note-key.js";
import { checkPolicy, formatPolicy, type LogPolicy, parsePolicy } from "./policy.js";
import * as known from "./vectors.contract.js";
import { verifyCheckpoint } from "./verify-checkpoint.js";

const crowd = await many(58);
const malformed = expect.objectContaining({ code: "LOG_MALFORMED" });
const { nodes, witnesses, policy } = await invented();
const [node0, node1, node2] = nodes;
const [w0, w1, w2] = witnesses;
const head = { size: 1, root: oracleRoot([new Uint8Array(32)]) };

describe("a keys file", () => {
  it("comes back", async () => {
    const text = formatPolicy(policy);
    expect(await parsePolicy(text)).toEqual(policy);
    const spaced = `# the log of the north\n\n${text.replaceAll("\n", "\r\n")}`;
    expect(await parsePolicy(spaced.replaceAll("node ", "  node\t"))).toEqual(policy);
  });

  const lines = formatPolicy(policy).split("\n").slice(0, -1);
  const without = (word: string) => lines.filter((line) => !line.startsWith(word));
  it.each([
    ["no origin", without("origin"), "once"],
    ["two origins", [...lines, "origin south"], "once"],
    ["no quorum", without("quorum"), "once"],
    ["two quorums", [...lines, "quorum 1"], "once"],
    ["an origin without a name", ["origin", ...without("origin")], "line 1"],
    ["an unknown word", [...lines, "log x"], "line 9"],
    ["a word of every object", [...lines, "constructor x"], "line 9"],
    ["two nodes", lines.filter((_, k) => k !== 2), "be three, not 2"],
    ["a damaged key", lines.with(2, lines[2].replace("node1", "node9")), "key of line 3"],
    ["a witness with a plain key", [...lines, `witness ${known.EXAMPLE_KEY}`], "cosignatures"],
    ["a witness twice", [...lines, lines[4]], "the names of nodes"],
    ["a quorum out of reach", [...without("quorum"), "quorum 4"], "at most the number"],
    ["a quorum below 0", [...without("quorum"), "quorum -1"], "a number"],
    ["an origin that cannot be seen", [...without("origin"), "origin a\u202eb"], "control"],
    ["61 witnesses", [...lines, ...crowd.map((key) => `witness ${key}`)], "at most 60"],
  ])("with %s is refused", async (_name, text, reason) => {
    await expect(parsePolicy(text.join("\n"))).rejects.toThrow(reason);
    await expect(parsePolicy(text.join("\n"))).rejects.toThrow(malformed);
  });

  it("has no key twice under two names, also not as a key of two kinds", async () => {
    const again = await noteKey("shelter-again.example", "cosignature", w0.key.publicKey);
    expect(() => checkPolicy({ ...policy, witnesses: [...policy.witnesses, again] })).toThrow(
      "also under other names",
    );
    const node = await noteKey("node-as-witness.example", "cosignature", node0.key.publicKey);
    expect(() => checkPolicy({ ...policy, witnesses: [node] })).toThrow("also under other names");
  });

  it.each([
    ["no origin", { origin: "" }, "the origin"],
    ["an origin of 256 bytes", { origin: "é".repeat(128) }, "the origin"],
    ["half a quorum", { quorum: 0.5 }, "the quorum"],
    ["a quorum below 0", { quorum: -1 }, "the quorum"],
  ])("stands for no policy with %s", (_name, change, reason) => {
    expect(() => checkPolicy({ ...policy, ...change })).toThrow(reason);
  });
});

async function many(count: number): Promise<string[]> {
  const signers = Array.from({ length: count }, (_, k) => noteSigner(`w${k}`, "cosignature"));
  return (await Promise.all(signers)).map(({ key }) => verifierKey(key));
}

const verify = (file: string, by: LogPolicy = policy) => verifyCheckpoint(signatures, file, by);
const refused = (code: string) => expect.objectContaining({ code });

describe("the head of a log", () => {
  it("holds with all three nodes and enough witnesses, and says when they signed", async () => {
    const file = await signHead(head, [w1, node2, node0, w0, node1]);
    expect(await verify(file)).toEqual({
      ...head,
      origin: ORIGIN,
      extensions: [],
      nodes: [
        { name: node0.key.name },
        { name: node1.key.name },
        { name: node2.key.name, time: TIME },
      ],
      witnesses: [
        { name: "shelter.example", time: TIME },
        { name: "helpline.example", time: TIME },
      ],
    });
  });

  it.each([0, 1, 2])("without node %i is refused, whoever else has signed", async (k) => {
    const others = nodes.filter((_, it) => it !== k);
    const file = await signHead(head, [...others, w0, w1, w2]);
    await expect(verify(file)).rejects.toThrow(refused("LOG_NOT_COSIGNED"));
    await expect(verify(file)).rejects.toThrow(nodes[k].key.name);
  });

  it("with too few witnesses is refused, also if one signs twice", async () => {
    const few = await signHead(head, [...nodes, w2]);
    await expect(verify(few)).rejects.toThrow("1 of at least 2 witnesses");
    const twice = await signHead(head, [...nodes, w2, w2]);
    await expect(verify(twice)).rejects.toThrow("1 of at least 2 witnesses");
    await expect(verify(few, { ...policy, quorum: 1 })).resolves.toBeDefined();
    const none = await signHead(head, nodes);
    await expect(verify(none, { ...policy, quorum: 0 })).resolves.toMatchObject({ witnesses: [] });
  });

  it("passes over signatures by keys that it does not know", async () => {
    const stranger = await noteSigner("stranger.example", "cosignature");
    // A stranger's key under a known name has another id.
    const impostor = {
      ...stranger,
      key: await noteKey("police.example", "cosignature", stranger.key.publicKey),
    };
    const file = await signHead(head, [stranger, impostor, ...nodes, w0, w1]);
    expect((await verify(file)).witnesses.map(({ name }) => name)).toEqual([
      "shelter.example",
      "helpline.example",
    ]);
    const few = await signHead(head, [stranger, impostor, ...nodes, w0]);
    await expect(verify(few)).rejects.toThrow(refused("LOG_NOT_COSIGNED"));
  });

  it("is refused for one wrong signature by a known key, needed or not", async () => {
    const other = await signHead({ ...head, size: 2 }, [...nodes, ...witnesses]);
    const good = await signHead(head, [...nodes, ...witnesses]);
    const wrong = other.split("\n");
    for (let k = 4; k < 10; k += 1) {
      const mixed = good.split("\n").with(k, wrong[k]).join("\n");
      await expect(verify(mixed)).rejects.toThrow(refused("LOG_SIGNATURE_WRONG"));
      // Nor does a right one beside it help.
      const beside = `${good}${wrong[k]}\n`;
      await expect(verify(beside)).rejects.toThrow(refused("LOG_SIGNATURE_WRONG"));
    }
  });

  it("cosigned twice by a witness has the later time", async () => {
    const [first, later] = [await signHead(head, [...nodes, w0, w1]), TIME + 60];
    const again = (await signHead(head, [w0], later)).split("\n").at(-2);
    const { witnesses: seen } = await verify(`${first}${again}\n`);
    expect(seen).toEqual([
      { name: "shelter.example", time: later },
      { name: "helpline.example", time: TIME },
    ]);
  });

  it("of another log is refused, however well it is signed", async () => {
    const file = await signHead({ ...head, origin: "south.example/log" }, [...nodes, w0, w1]);
    await expect(verify(file)).rejects.toThrow(refused("LOG_OTHER_ORIGIN"));
  });

  it("may have further lines, which are signed as well", async () => {
    const file = await signHead({ ...head, extensions: ["more"] }, [...nodes, w0, w1]);
    expect((await verify(file)).extensions).toEqual(["more"]);
    const error = refused("LOG_SIGNATURE_WRONG");
    await expect(verify(file.replace("more", "less"))).rejects.toThrow(error);
    await expect(verify(file.replace("more\n", ""))).rejects.toThrow(error);
  });
});
