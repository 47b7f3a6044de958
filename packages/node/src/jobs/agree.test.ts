import { PARTIES } from "@symbolon/base/id";
import { memoryTransports, type Tamper } from "@symbolon/mpc/transport/memory";
import { describe, expect, it } from "vitest";
import { memoryFolder } from "../identity/secret-folder.js";
import { KeyStore } from "../store/key-store.js";
import { seedsOf } from "../store/vault.js";
import { agreeKeys, settleSelection } from "./agree.js";

const all = <T>(work: (party: 0 | 1 | 2) => Promise<T>) => Promise.all(PARTIES.map(work));

describe("agreeKeys", () => {
  it("gives each pair one secret of its own, different every time", async () => {
    const once = memoryTransports();
    const first = await all((party) => agreeKeys(once[party], "keys run 1"));
    for (const party of PARTIES) expect(first[party].next).toEqual(first[(party + 1) % 3].own);
    const again = memoryTransports();
    const second = await all((party) => agreeKeys(again[party], "keys run 1"));
    const names = [...first, ...second].map(({ own }) => Buffer.from(own).toString("hex"));
    expect(new Set(names).size).toBe(6);
  });

  it("aborts when a party opens something else than it committed to", async () => {
    for (const liar of PARTIES) {
      const lie: Tamper = (message, { from, channel }) =>
        from === liar && channel.endsWith("/open") ? message.map((byte) => byte ^ 1) : message;
      const transports = memoryTransports(lie);
      const ends = await Promise.allSettled(
        PARTIES.map((party) => agreeKeys(transports[party], "keys")),
      );
      for (const party of PARTIES)
        if (party !== liar)
          expect(ends[party]).toMatchObject({
            reason: { code: "COIN_COMMITMENT", details: { party: liar } },
          });
    }
  });
});

describe("settleSelection", () => {
  /** What each node has kept, and whether it knows that its neighbours have. */
  const three = () => PARTIES.map(() => ({ keys: new KeyStore(memoryFolder()), isSettled: false }));
  const settle = (nodes: ReturnType<typeof three>, tamper?: Tamper) => {
    const transports = memoryTransports(tamper);
    return Promise.allSettled(
      PARTIES.map((party) =>
        settleSelection(transports[party], "r1", {
          ...nodes[party],
          settle: () => {
            nodes[party].isSettled = true;
          },
        }),
      ),
    );
  };
  const values = (ends: Awaited<ReturnType<typeof settle>>) =>
    ends.map((end) => (end.status === "fulfilled" ? end.value : end.reason));

  it("keeps the same seeds for every attempt", async () => {
    const nodes = three();
    const first = values(await settle(nodes));
    for (const party of PARTIES) expect(first[party].next).toEqual(first[(party + 1) % 3].own);
    expect(nodes.map(({ isSettled }) => isSettled)).toEqual([true, true, true]);
    expect(values(await settle(nodes))).toEqual(first);
  });

  it("goes on after a crash between storing and confirming, at any of the nodes", async () => {
    const nodes = three();
    const first = values(await settle(nodes));
    nodes[1].isSettled = false;
    expect(values(await settle(nodes))).toEqual(first);
    expect(nodes[1].isSettled).toBe(true);
    for (const node of nodes) node.isSettled = false;
    nodes[2].keys.destroy([seedsOf("r1")]);
    const anew = values(await settle(nodes));
    for (const party of PARTIES) expect(anew[party].next).toEqual(anew[(party + 1) % 3].own);
    expect(anew[0].next).toEqual(first[0].next);
  });

  it("ends the run when a node has stored other seeds than its neighbours", async () => {
    for (const liar of PARTIES) {
      const lie: Tamper = (message, { from, channel }) =>
        from === liar && channel === "selection/stored" ? message.map((byte) => byte ^ 1) : message;
      const ends = values(await settle(three(), lie));
      for (const party of PARTIES)
        if (party !== liar)
          expect(ends[party]).toMatchObject({
            code: "TRANSCRIPT_MISMATCH",
            details: { party: liar },
          });
    }
  });

  it("ends the run when this node has lost what was settled", async () => {
    const nodes = three();
    await settle(nodes);
    nodes[2].keys.destroy([seedsOf("r1")]);
    expect(values(await settle(nodes))[2]).toMatchObject({ code: "TRANSCRIPT_MISMATCH" });
  });

  it("ends the run when a node claims to have lost what was settled, to choose again", async () => {
    const nodes = three();
    await settle(nodes);
    nodes[2] = three()[2];
    const ends = values(await settle(nodes));
    for (const party of [0, 1] as const)
      expect(ends[party]).toMatchObject({ code: "TRANSCRIPT_MISMATCH", details: { party: 2 } });
  });
});
