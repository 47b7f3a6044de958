import { inspect } from "node:util";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { tellLie } from "@symbolon/sim/world/lie";
import { seededCrypto } from "@symbolon/sim/world/seeded-crypto";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Adding, addUp, vectorLike, zerosLike } from "../ring/vector.js";
import { type RingVector, Shares } from "../sharing/shares.js";
import { recordCopies, type Stored } from "./copies.js";
import { type Refreshed, refresh, refreshTerms } from "./refresh.js";
import { replaceParty, replaceTerms, type StoredShape } from "./replace.js";

interface Clear {
  readonly value: RingVector;
  readonly adding: Adding;
}

/** One column of every ring, and one of bits. */
function columnsOf(seed: number | string, length: number): Clear[] {
  const random = (like: RingVector): RingVector =>
    vectorLike(
      like,
      seededCrypto(`column/${seed}`)
        .random(length * like.BYTES_PER_ELEMENT)
        .slice(),
    );
  return [
    { value: random(new Uint16Array(0)), adding: "add" },
    { value: random(new Uint32Array(0)), adding: "add" },
    { value: random(new BigUint64Array(0)), adding: "add" },
    { value: random(new Uint32Array(0)), adding: "xor" },
  ];
}

/** What each party has stored of these columns. */
function store(world: World, columns: readonly Clear[], epoch = 4): Stored[] {
  const dealt = columns.map(({ value, adding }) => world.share(value, adding));
  return PARTIES.map((party) => ({
    name: "persons",
    epoch,
    columns: columns.map(({ adding }, k) => ({ adding, shares: dealt[k][party] })),
  }));
}

/** The values that three parties hold, with copies that agree. */
const combined = (world: World, stored: readonly Stored[]): RingVector[] =>
  stored[0].columns.map(({ adding }, k) =>
    world.combine(
      stored.map(({ columns }) => columns[k].shares),
      adding,
    ),
  );

const shapeOf = ({ name, epoch, columns }: Stored): StoredShape => ({
  name,
  epoch,
  columns: columns.map(({ shares, adding }) => ({
    like: zerosLike(shares.own, 0),
    length: shares.length,
    adding,
  })),
});

const seats = fc.constantFrom(...PARTIES);
const lies = fc.record({
  by: fc.constantFrom(...PARTIES),
  message: fc.nat(),
  byte: fc.nat(),
  bit: fc.nat(7),
});

/** Records in one run, and lets a newcomer take a seat in the next. */
async function replaced(
  seat: PartyIndex,
  stored: readonly Stored[],
  world: World,
  change: (holding: Refreshed, party: PartyIndex) => Refreshed = (holding) => holding,
): Promise<Refreshed[]> {
  const records = await new World("before").each((ctx, self) => recordCopies(ctx, stored[self]));
  return world.each((ctx, self) => {
    if (self === seat) return replaceParty(ctx, seat, shapeOf(stored[self]));
    return replaceParty(ctx, seat, change({ stored: stored[self], record: records[self] }, self));
  });
}

/** Adds one to the first element of one part. */
function spoil(stored: Stored, part: "own" | "next", k = 0): Stored {
  const columns = stored.columns.map(({ shares, adding }, at) => {
    if (at !== k) return { shares, adding };
    const changed = shares[part].slice();
    changed[0] = typeof changed[0] === "bigint" ? changed[0] + 1n : changed[0] ^ 1;
    const both = { own: shares.own, next: shares.next, [part]: changed };
    return { shares: new Shares(both.own, both.next), adding };
  });
  return { ...stored, columns };
}

describe("Π_refresh", () => {
  it("keeps every value and changes every component, for all rings and bits", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 40 }), async (seed, length) => {
        const columns = columnsOf(seed, 8 + length);
        const world = new World(seed);
        const before = store(world, columns);
        const after = await world.each((ctx, self) => refresh(ctx, before[self]));
        const stored = after.map((one) => one.stored);
        expect(combined(world, stored)).toEqual(columns.map(({ value }) => value));
        for (const party of PARTIES) {
          expect(stored[party].epoch).toBe(5);
          stored[party].columns.forEach(({ shares }, k) => {
            expect(shares.own).not.toEqual(before[party].columns[k].shares.own);
          });
          expect(after[party].record.digests).toEqual(after[0].record.digests);
          expect(after[party].record.salts.next).toEqual(after[(party + 1) % 3].record.salts.own);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("makes noise of components of two epochs, whichever are mixed", async () => {
    const length = 2 ** 14;
    const world = new World("mixed");
    const value = new Uint32Array(length).fill(7);
    for (const adding of ["add", "xor"] as const) {
      const before = store(world, [{ value, adding }]);
      const run = new World(`mixed/${adding}`);
      const after = await run.each((ctx, self) => refresh(ctx, before[self]));
      for (let mix = 1; mix < 7; mix += 1) {
        const parts = PARTIES.map((j) => {
          const from = (mix >> j) & 1 ? after[j].stored : before[j];
          return from.columns[0].shares.own as Uint32Array;
        });
        const [a, b, c] = parts;
        const mixed = new Uint8Array(addUp(adding, a, b, c).buffer);
        const seen = new Array<number>(256).fill(0);
        for (const byte of mixed) seen[byte] += 1;
        const expected = mixed.length / 256;
        const chiSquare = seen.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
        // 255 degrees of freedom: outside of these with probability below 10^-6 each.
        expect(chiSquare).toBeGreaterThan(155);
        expect(chiSquare).toBeLessThan(380);
      }
    }
  });

  it("takes four rounds and as many bytes whatever it refreshes", async () => {
    for (const length of [8, 800]) {
      const world = new World(1);
      const before = store(world, columnsOf(1, length));
      const costs = await world.each(async (ctx, self) => {
        await refresh(ctx, before[self]);
        return { rounds: ctx.metrics.rounds, bytes: [...ctx.bytesSent] };
      });
      costs.forEach(({ rounds, bytes }, party) => {
        // The counter takes a coin's commitment to run beside what the coin challenges.
        expect(rounds).toBe(3);
        // Coin: commitment, value and three commitments as seen. Digest, and digest of all three.
        const expected = [0, 0, 0];
        expected[(party + 1) % 3] = 32 + 128 + 32 + 32;
        expected[(party + 2) % 3] = 32 + 128 + 32;
        expect(bytes).toEqual(expected);
      });
    }
  });

  it("aborts when any one party changes any bit of any message", async () => {
    const go = async (world: World): Promise<string> => {
      const before = store(world, columnsOf(1, 8));
      const after = await world.each((ctx, self) => refresh(ctx, before[self]));
      return combined(
        world,
        after.map(({ stored }) => stored),
      ).join();
    };
    await fc.assert(
      fc.asyncProperty(lies, fc.nat(), async (lie, seed) => {
        expect((await tellLie(seed, lie, go)).outcome).toBe("aborted");
      }),
      { numRuns: 60 },
    );
  });

  it("leaves nobody behind: copies of two epochs, or spoilt ones, are no record", async () => {
    const world = new World(9);
    const before = store(world, columnsOf(9, 8));
    const abort = { name: "ProtocolAbort", code: "TRANSCRIPT_MISMATCH" };
    for (const behind of PARTIES) {
      const run = new World(`behind/${behind}`);
      const left = run.each(async (ctx, self) => {
        const { stored } = await refresh(ctx, before[self]);
        const own = self === behind ? { ...before[self], epoch: stored.epoch } : stored;
        return recordCopies(ctx, own);
      });
      await expect(left).rejects.toMatchObject(abort);
      const late = new World(`late/${behind}`).each((ctx, self) =>
        recordCopies(ctx, self === behind ? { ...before[self], epoch: 3 } : before[self]),
      );
      await expect(late).rejects.toMatchObject(abort);
      for (const part of ["own", "next"] as const) {
        for (const k of [0, 1, 2, 3]) {
          const spoilt = new World(`spoilt/${behind}/${part}/${k}`).each((ctx, self) =>
            refresh(ctx, self === behind ? spoil(before[self], part, k) : before[self]),
          );
          await expect(spoilt).rejects.toMatchObject(abort);
        }
      }
    }
  });

  it("salts what it puts on record, and prints no salt", async () => {
    const world = new World(2);
    const before = store(world, columnsOf(2, 8));
    const [a, b] = await Promise.all(
      ["one", "two"].map((seed) =>
        new World(seed).each((ctx, self) => recordCopies(ctx, before[self])),
      ),
    );
    PARTIES.forEach((j) => {
      expect(a[0].digests[j]).not.toEqual(b[0].digests[j]);
    });
    expect(`${inspect(a[0])}${JSON.stringify(a[0])}${a[0]}`).toBe(
      'CopyRecord"CopyRecord"CopyRecord',
    );
  });

  it("fails with the chance of a collision, which follows from the number of datasets", () => {
    expect(refreshTerms(5)).toEqual([expect.objectContaining({ count: 15, error: 2 ** -128 })]);
    expect(replaceTerms(5).map(({ count }) => count)).toEqual([10, 15]);
  });
});

describe("Π_replace", () => {
  it("gives any seat to a newcomer, who held nothing; every value stays", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), seats, async (seed, seat) => {
        const columns = columnsOf(seed, 9);
        const world = new World(seed);
        const before = store(world, columns);
        const after = await replaced(seat, before, world);
        const stored = after.map((one) => one.stored);
        expect(combined(world, stored)).toEqual(columns.map(({ value }) => value));
        expect(stored.map(({ epoch }) => epoch)).toEqual([5, 5, 5]);
        // What the leaving party knew is no part of the new sharing.
        before[seat].columns.forEach(({ shares }, k) => {
          expect(stored[seat].columns[k].shares.own).not.toEqual(shares.own);
          expect(stored[seat].columns[k].shares.next).not.toEqual(shares.next);
        });
      }),
      { numRuns: 20 },
    );
  });

  it("catches a remaining party that hands over another component", async () => {
    const before = store(new World(3), columnsOf(3, 8));
    for (const seat of PARTIES) {
      for (const by of PARTIES.filter((party) => party !== seat)) {
        for (const k of [0, 1, 2, 3]) {
          const part = by === (seat + 1) % 3 ? "own" : "next";
          const run = replaced(seat, before, new World(`${seat}/${by}`), (holding, party) =>
            party === by ? { ...holding, stored: spoil(holding.stored, part, k) } : holding,
          );
          await expect(run).rejects.toMatchObject({
            code: "TRANSCRIPT_MISMATCH",
            message: expect.stringContaining("not the one on record"),
          });
        }
      }
    }
  });

  it("catches one that makes its record fit the component it has changed", async () => {
    const before = store(new World(3), columnsOf(3, 8));
    for (const seat of PARTIES) {
      for (const by of PARTIES.filter((party) => party !== seat)) {
        const part = by === (seat + 1) % 3 ? "own" : "next";
        const other = (from: Stored, party: PartyIndex): Stored =>
          party === by || (party + (part === "own" ? 1 : 2)) % 3 === by
            ? spoil(from, party === by ? part : part === "own" ? "next" : "own")
            : from;
        // The record of a world in which both copies were changed, with the same keys: only
        // the digest of that component differs.
        const forged = await new World("before").each((ctx, self) =>
          recordCopies(ctx, other(before[self], self)),
        );
        const run = replaced(seat, before, new World(`${seat}/${by}`), (holding, party) =>
          party === by ? { stored: spoil(holding.stored, part), record: forged[party] } : holding,
        );
        await expect(run).rejects.toMatchObject({
          code: "TRANSCRIPT_MISMATCH",
          message: expect.stringContaining("different digests"),
        });
      }
    }
  });

  it("aborts when any one party changes any bit of any message", async () => {
    await fc.assert(
      fc.asyncProperty(lies, fc.nat(), seats, async (lie, seed, seat) => {
        const go = async (world: World): Promise<string> => {
          const before = store(new World(seed), columnsOf(1, 8));
          const after = await replaced(seat, before, world);
          return combined(
            world,
            after.map(({ stored }) => stored),
          ).join();
        };
        expect((await tellLie(seed, lie, go)).outcome).toBe("aborted");
      }),
      { numRuns: 60 },
    );
  });

  it("sends the newcomer both of its parts and nobody else anything secret", async () => {
    for (const length of [8, 80]) {
      const before = store(new World(4), columnsOf(4, length));
      const records = await new World("before").each((ctx, self) =>
        recordCopies(ctx, before[self]),
      );
      const costs = await new World(5).each(async (ctx, self) => {
        const holding = { stored: before[self], record: records[self] };
        await replaceParty(ctx, 1, self === 1 ? shapeOf(before[self]) : holding);
        return { rounds: ctx.metrics.rounds, bytes: [...ctx.bytesSent] };
      });
      const part = length * (2 + 4 + 8 + 4) + 32 + 96;
      const previous = 32 + 128 + 32;
      const next = previous + 32;
      expect(costs).toEqual([
        { rounds: 4, bytes: [0, next + part, previous] },
        { rounds: 4, bytes: [previous, 0, next] },
        { rounds: 4, bytes: [next, previous + part, 0] },
      ]);
    }
  });
});
