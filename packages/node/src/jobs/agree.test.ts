import { PARTIES } from "@symbolon/base/id";
import { memoryTransports, type Tamper } from "@symbolon/mpc/transport/memory";
import { describe, expect, it } from "vitest";
import type { SelectionRow } from "../store/store.js";
import { Vault } from "../store/vault.js";
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
  const vault = new Vault(new Uint8Array(32).fill(3));
  const settle = (rows: (SelectionRow | undefined)[], tamper?: Tamper) => {
    const transports = memoryTransports(tamper);
    return Promise.allSettled(
      PARTIES.map((party) =>
        settleSelection(transports[party], "r1", {
          vault,
          kept: rows[party],
          keep: (row) => {
            rows[party] = row;
          },
        }),
      ),
    );
  };
  const values = (ends: Awaited<ReturnType<typeof settle>>) =>
    ends.map((end) => (end.status === "fulfilled" ? end.value : end.reason));

  it("keeps the same seeds for every attempt", async () => {
    const rows: (SelectionRow | undefined)[] = [undefined, undefined, undefined];
    const first = values(await settle(rows));
    for (const party of PARTIES) expect(first[party].next).toEqual(first[(party + 1) % 3].own);
    expect(rows.map((row) => row?.isSettled)).toEqual([true, true, true]);
    expect(values(await settle(rows))).toEqual(first);
  });

  it("goes on after a crash between storing and confirming, at any of the nodes", async () => {
    const rows: (SelectionRow | undefined)[] = [undefined, undefined, undefined];
    const first = values(await settle(rows));
    rows[1] = { wrapped: rows[1]!.wrapped, isSettled: false };
    expect(values(await settle(rows))).toEqual(first);
    expect(rows[1]?.isSettled).toBe(true);
    for (const party of PARTIES) rows[party] = { wrapped: rows[party]!.wrapped, isSettled: false };
    rows[2] = undefined;
    const anew = values(await settle(rows));
    for (const party of PARTIES) expect(anew[party].next).toEqual(anew[(party + 1) % 3].own);
    expect(anew[0].next).toEqual(first[0].next);
  });

  it("ends the run when a node has stored other seeds than its neighbours", async () => {
    for (const liar of PARTIES) {
      const lie: Tamper = (message, { from, channel }) =>
        from === liar && channel === "selection/stored" ? message.map((byte) => byte ^ 1) : message;
      const ends = values(await settle([undefined, undefined, undefined], lie));
      for (const party of PARTIES)
        if (party !== liar)
          expect(ends[party]).toMatchObject({
            code: "TRANSCRIPT_MISMATCH",
            details: { party: liar },
          });
    }
  });

  it("ends the run when a node claims to have lost what was settled, to choose again", async () => {
    const rows: (SelectionRow | undefined)[] = [undefined, undefined, undefined];
    await settle(rows);
    rows[2] = undefined;
    const ends = values(await settle(rows));
    for (const party of [0, 1] as const)
      expect(ends[party]).toMatchObject({ code: "TRANSCRIPT_MISMATCH", details: { party: 2 } });
  });
});
