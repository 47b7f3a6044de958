import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { Transport } from "@symbolon/mpc/transport/transport";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Three connected transports of one run, and how to dispose of them. */
export type MakeTransports = () => Promise<{
  readonly transports: readonly [Transport, Transport, Transport];
  close(): unknown;
}>;

type Using = (work: (transports: readonly Transport[]) => Promise<void>) => Promise<void>;

/** What every implementation of `Transport` does. */
export function transportContract(name: string, make: MakeTransports): void {
  const using: Using = async (work) => {
    const { transports, close } = await make();
    try {
      await work(transports);
    } finally {
      await close();
    }
  };

  describe(`${name} as a Transport`, () => {
    it("delivers every message on its channel, whoever comes first", () =>
      using(async (transports) => {
        let round = 0;
        const message = fc.record({
          from: fc.constantFrom<PartyIndex>(0, 1, 2),
          hop: fc.constantFrom(1, 2),
          bytes: fc.uint8Array({ maxLength: 2000 }),
          isAwaitedFirst: fc.boolean(),
        });
        const property = fc.asyncProperty(
          fc.array(message, { maxLength: 20 }),
          async (messages) => {
            round += 1;
            const waits: Promise<Uint8Array>[] = [];
            const at = messages.map(({ from, hop }, k) => {
              const to = ((from + hop) % 3) as PartyIndex;
              return { from, to, channel: `round ${round}/message ${k}` };
            });
            const receive = (k: number) => {
              waits[k] = transports[at[k].to].receive(at[k].from, at[k].channel);
            };
            for (const [k, { isAwaitedFirst }] of messages.entries())
              if (isAwaitedFirst) receive(k);
            for (const [k, { bytes }] of messages.entries())
              transports[at[k].from].send(at[k].to, at[k].channel, bytes.slice());
            for (const [k, { isAwaitedFirst }] of messages.entries())
              if (!isAwaitedFirst) receive(k);
            for (const [k, { bytes }] of messages.entries()) expect(await waits[k]).toEqual(bytes);
          },
        );
        await fc.assert(property, { numRuns: 30 });
      }));

    it("keeps directions and channels apart, and counts what it sent", () =>
      using(async (transports) => {
        for (const from of PARTIES)
          for (const to of PARTIES)
            if (from !== to) transports[from].send(to, "same name", Uint8Array.of(from, to, 7));
        for (const to of PARTIES)
          for (const from of PARTIES)
            if (from !== to)
              expect(await transports[to].receive(from, "same name")).toEqual(
                Uint8Array.of(from, to, 7),
              );
        expect(transports[1].bytesSent).toEqual([3, 0, 3]);
      }));
  });
  endsOfTransport(name, using);
}

function endsOfTransport(name: string, using: Using): void {
  describe(`${name} as a Transport, at its end`, () => {
    it("rejects everything, at everybody, once a party has aborted", () =>
      using(async (transports) => {
        const waits = PARTIES.map((self) =>
          transports[self].receive(((self + 1) % 3) as PartyIndex, "x"),
        );
        transports[2].abort("OPEN_MISMATCH");
        for (const wait of waits)
          await expect(wait).rejects.toMatchObject({
            name: "PeerUnavailable",
            code: "PEER_ABORTED",
          });
        for (const self of PARTIES)
          await expect(
            transports[self].receive(((self + 1) % 3) as PartyIndex, "y"),
          ).rejects.toMatchObject({ code: "PEER_ABORTED" });
      }));

    it("never throws from `send`, also once it is over", () =>
      using(async (transports) => {
        transports[0].abort("OPEN_MISMATCH");
        transports[0].send(1, "late", Uint8Array.of(1));
        transports[1].close();
        transports[1].send(0, "late", Uint8Array.of(1));
      }));

    it("treats a channel that is received twice, and oneself as a peer, as a bug", () =>
      using(async (transports) => {
        const bug = { name: "AssertionError" };
        const attempt = async (work: () => unknown) => work();
        transports[0].send(1, "once", Uint8Array.of(1));
        await transports[1].receive(0, "once");
        await expect(attempt(() => transports[1].receive(0, "once"))).rejects.toMatchObject(bug);
        await expect(attempt(() => transports[1].receive(1, "x"))).rejects.toMatchObject(bug);
        await expect(
          attempt(() => transports[1].send(1, "x", Uint8Array.of(1))),
        ).rejects.toMatchObject(bug);
      }));
  });
}
