import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { recordCopies, type Stored } from "@symbolon/mpc/protocol/copies";
import { type Refreshed, refresh } from "@symbolon/mpc/protocol/refresh";
import { replaceParty } from "@symbolon/mpc/protocol/replace";
import { Shares } from "@symbolon/mpc/sharing/shares";
import { World } from "@symbolon/sim/world/world";
import { describe, expect, it } from "vitest";

/*
 * One quick attack on every guard of what is stored; `check-removal` takes them away one by one.
 */

const VALUE = Uint32Array.of(11, 22, 33, 44);
const MISMATCH = { name: "ProtocolAbort", code: "TRANSCRIPT_MISMATCH" };
const COLUMN = { like: new Uint32Array(0), length: VALUE.length, adding: "add" } as const;

const stored = (change?: { readonly component: PartyIndex; readonly by: PartyIndex }): Stored[] => {
  const dealt = new World("stored").share(VALUE, "add");
  return PARTIES.map((party) => {
    const spoil = (part: Uint32Array, component: number): Uint32Array => {
      const isSpoilt = change?.component === component && change.by === party;
      return part.map((word, k) => (isSpoilt && k === 1 ? word + 1 : word));
    };
    const shares = new Shares(
      spoil(dealt[party].own, party),
      spoil(dealt[party].next, (party + 1) % 3),
    );
    return { name: "list", epoch: 1, columns: [{ shares, adding: "add" }] };
  });
};

/** A newcomer takes a seat from two who bring this. */
const replace = (seat: PartyIndex, bring: readonly Refreshed[]): Promise<Refreshed[]> =>
  new World("after").each((ctx, self) =>
    replaceParty(
      ctx,
      seat,
      self === seat ? { name: "list", epoch: 1, columns: [COLUMN] } : bring[self],
    ),
  );

const recorded = async (kept: readonly Stored[]): Promise<Refreshed[]> => {
  const records = await new World("before").each((ctx, self) => recordCopies(ctx, kept[self]));
  return PARTIES.map((party) => ({ stored: kept[party], record: records[party] }));
};

/** P_{seat+1} brings component seat + 1, P_{seat−1} component seat. */
const brought = (seat: PartyIndex): { component: PartyIndex; by: PartyIndex }[] => {
  const [after, before] = [(seat + 1) % 3, (seat + 2) % 3] as PartyIndex[];
  return [
    { component: after, by: after },
    { component: seat, by: before },
  ];
};

describe("what is stored", () => {
  it("is refreshed only where both copies are one", async () => {
    for (const component of PARTIES) {
      for (const by of [component, ((component + 2) % 3) as PartyIndex]) {
        const kept = stored({ component, by });
        const run = new World("odd").each((ctx, self) => refresh(ctx, kept[self]));
        await expect(run).rejects.toMatchObject(MISMATCH);
      }
    }
  });

  it("goes to a newcomer only as it is on record", async () => {
    const honest = await recorded(stored());
    for (const seat of PARTIES) {
      for (const lie of brought(seat)) {
        const changed = stored(lie);
        const bring = honest.map((one, party) => ({ ...one, stored: changed[party] }));
        await expect(replace(seat, bring)).rejects.toMatchObject(MISMATCH);
      }
    }
  });

  it("goes to a newcomer only with one record", async () => {
    const honest = await recorded(stored());
    for (const seat of PARTIES) {
      for (const lie of brought(seat)) {
        // The record of a world in which the other holder's copy was the changed one as well.
        const other = ((lie.component + (lie.by === lie.component ? 2 : 0)) % 3) as PartyIndex;
        const changed = stored(lie);
        const both = stored({ component: lie.component, by: other });
        const forged = await recorded(
          PARTIES.map((party) => (party === other ? both[party] : changed[party])),
        );
        const bring = honest.map((one, party) => (party === lie.by ? forged[party] : one));
        await expect(replace(seat, bring)).rejects.toMatchObject(MISMATCH);
      }
    }
  });

  it("is on record with a salt: the same shares look different each time", async () => {
    const records = await Promise.all(
      ["one", "two"].map((seed) =>
        new World(seed).each((ctx, self) => recordCopies(ctx, stored()[self])),
      ),
    );
    for (const component of PARTIES) {
      const [one, two] = records.map(([{ digests }]) => digests[component]);
      expect(one).not.toEqual(two);
    }
  });
});
