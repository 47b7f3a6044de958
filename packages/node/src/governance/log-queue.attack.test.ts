import { toBase64 } from "@symbolon/base/bytes";
import { PARTIES } from "@symbolon/base/id";
import type { Charter } from "@symbolon/governance/acts/charter";
import { type Envelope, statementHash } from "@symbolon/governance/envelope";
import { instantOf } from "@symbolon/governance/instant";
import { formatNote } from "@symbolon/governance/log/note";
import { signNote } from "@symbolon/governance/log/note-key";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type DataSpace, dataSpace } from "../data-space.contract.js";
import { nodeSignatures, signingKeyPair } from "../identity/signatures-node.js";
import { DoorError } from "../node-error.js";
import { charterOf, headKeyAt, signNode, witnessKey } from "./founded-space.contract.js";
import { LogQuota } from "./log-quota.js";
import { LogTrio } from "./log-trio.contract.js";

/** A member, a stranger or a witness that wants to fill or jam what waits for the log. */

let world: DataSpace;
let trio: LogTrio;

beforeAll(async () => {
  world = await dataSpace();
});
beforeEach(async () => {
  trio = await new LogTrio(world).start();
  await trio.submit(await world.sign("shelter", await charterOf(world)));
  await trio.settled();
});
afterEach(() => trio.close());
afterAll(() => world.remove());

const about = () => ({ space: world.space.id, issuedAt: instantOf(Date.now()) });
const sign = (by: string, type: string, says: object): Promise<Envelope> =>
  world.sign(by, { type: `urn:symbolon:statement:${type}`, ...about(), ...says });
const software = (by: string, version: string) =>
  sign(by, "software-acceptance:v1", { by, version, build: "34".repeat(32), ends: [] });

/** What waits at each node while node 0 cannot propose; then the links come back. */
async function meanwhile(work: () => Promise<void>): Promise<void> {
  trio.areUp = false;
  await work();
  trio.areUp = true;
  for (const self of PARTIES)
    for (const peer of PARTIES) if (self !== peer) trio.agreements[self].peerChanged(peer, true);
  await trio.settled();
}

describe("a charter under which no head can be signed", () => {
  /** Proposed by the shelter; then all say yes, node 2 last. */
  async function votes(changes: Partial<Charter>): Promise<readonly Envelope[]> {
    const charter = await charterOf(world, { name: "Another", ...changes });
    const hash = await trio.submit(await world.sign("shelter", charter));
    await trio.settled();
    const vote = { about: hash, shown: hash, verdict: "yes" };
    const type = "urn:symbolon:statement:node-approval:v1";
    return Promise.all([
      sign("police", "approval:v1", { by: "police", ...vote }),
      ...PARTIES.map((node) => signNode(world, node, { type, ...about(), node, ...vote })),
    ]);
  }

  it("for a witness with a node's key, does not jam the node that has the last vote", async () => {
    const witnesses = [{ member: "shelter" as never, headKey: headKeyAt(world, 0) }];
    const all = await votes({ witnesses });
    await meanwhile(async () => {
      for (const [k, one] of all.entries()) await trio.submit(one, k < 3 ? 1 : 2);
    });
    const more = await software("shelter", "3");
    await trio.submit(more, 2);
    await trio.settled();
    expect(await trio.isLogged(more)).toBe(true);
    expect(trio.logs.map(({ state }) => state.charter)).toEqual(new Array(3).fill(undefined));
  });

  it("for a node that has another key, costs nobody else's statement its place", async () => {
    const [a, b, c] = (await charterOf(world)).nodes;
    const other = toBase64(signingKeyPair().publicKey);
    const innocent = await software("police", "2");
    const all = await votes({ nodes: [a, { ...b, headKey: other }, c] });
    await meanwhile(async () => {
      for (const one of [innocent, ...all]) await trio.submit(one);
    });
    await meanwhile(async () => undefined);
    expect(await trio.agreements[0].fate(await statementHash(innocent))).toMatchObject({
      state: "logged",
    });
  });
});

describe("a witness", () => {
  it("leaves room for the others, however often it cosigns one head", async () => {
    const log = trio.logs[0];
    const note = log.newest?.note ?? "";
    const { policy } = await log.judge([log.entryOf(await software("police", "2"), log.moment())]);
    const [key] = policy.witnesses;
    const { privateKey } = witnessKey(world);
    const signer = { key, sign: (bytes: Uint8Array) => nodeSignatures.sign(privateKey, bytes) };
    const text = `${note.split("\n\n")[0]}\n`;
    const signatures = await Promise.all(
      Array.from({ length: 60 }, (_, k) => signNote(text, signer, 1_800_000_000 + k)),
    );
    await trio.agreements[0].cosign(formatNote({ text, signatures }));
    expect(trio.stores[0].head()?.note.trimEnd().split("\n\u2014 ").length).toBe(1 + 3 + 1);
  });
});

describe("what waits", () => {
  it("counts against its author's hour", async () => {
    const take = vi.spyOn(LogQuota.prototype, "take").mockImplementationOnce(() => {
      throw new DoorError(503, "NODE_BUSY", "too much of one member", "");
    });
    await expect(trio.submit(await software("police", "2"))).rejects.toThrow("too much of one");
    expect(trio.stores[0].pendingCount()).toBe(0);
    take.mockRestore();
  });

  it("is judged anew as a whole, not once for each that waits", async () => {
    trio.areUp = false;
    for (let k = 0; k < 12; k += 1) await trio.submit(await software("police", `${k}`));
    const verify = vi.spyOn(nodeSignatures, "verify");
    await trio.submit(await software("shelter", "last"));
    expect(verify.mock.calls.length).toBeLessThan(4 * 13);
    verify.mockRestore();
  });
});
