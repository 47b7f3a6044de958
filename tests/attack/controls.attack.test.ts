import { PARTIES } from "@symbolon/base/id";
import { Context } from "@symbolon/mpc/context";
import { and } from "@symbolon/mpc/protocol/and";
import { prepareCoin } from "@symbolon/mpc/protocol/coin";
import { passOn } from "@symbolon/mpc/protocol/reshare";
import { describe, expect, it } from "vitest";
import { drawn, flip, flipAmongAll, flipAt, spread, targetOf } from "./byte-flips.js";
import { fateWith, honestRun } from "./judged-run.js";
import { STRATEGIES } from "./library/strategies.js";
import { tryStrategy } from "./library/strategy.js";
import type { Piece } from "./pieces/piece.js";
import { pieceCalled } from "./pieces/pieces.js";
import { openedTooEarly } from "./strategies.js";
import type { Dealer } from "./trio.js";

/*
 * Would the attacks notice? Protocols that are broken on purpose, and the failures that must be
 * reported of them.
 */

const words = Uint32Array.of(1, 2, 3, 4);

const broken = (
  name: string,
  party: (ctx: Context, dealt: ReturnType<Dealer["share"]>[0] & object) => Promise<Uint32Array>,
): Piece => ({
  name,
  covers: [],
  prepare: (dealer) => {
    const x = dealer.share(words, "xor");
    return async (options, self) => {
      const own = await party(Context.start(options), x[self] as never);
      return { told: [...own].join() };
    };
  },
});

/** Two gates that nobody verifies, so that there is more than one random stream. */
const twoGates: Piece = {
  name: "two unverified gates",
  covers: [],
  prepare: (dealer) => {
    const x = dealer.share(words, "xor");
    return async (options, self) => {
      const ctx = Context.start(options);
      const first = await and(ctx.narrow("first"), x[self], x[self]);
      return { shares: await and(ctx.narrow("second"), first, x[self]), adding: "xor" };
    };
  },
};

describe("the attacks notice", () => {
  /** A product that nobody verifies. */
  const unverified: Piece = {
    name: "unverified and",
    covers: [],
    prepare: (dealer) => {
      const x = dealer.share(words, "xor");
      return async (options, self) => {
        const z = await and(Context.start(options), x[self], x[self]);
        return { shares: z, adding: "xor" };
      };
    },
  };

  it("a product that nobody verifies", async () => {
    const target = await targetOf(unverified);
    const { tally, flips } = await flipAt(target, spread(target.honest, 1));
    expect(tally.get("WRONG OUTPUT")).toBe(flips);
  });

  it.each(["1", "6", "7", "16", "17", "18"])("strategy %s in it", async (number) => {
    const strategy = STRATEGIES.find((one) => one.number === number);
    if (!strategy) throw new Error(`no strategy ${number}`);
    const cell = await tryStrategy(strategy, await targetOf(unverified), 1);
    expect(cell.accepted.length).toBeGreaterThanOrEqual(3);
    expect(cell.aborts).toBe(0);
  });

  it("randomness, keys and whole sessions exchanged in it", async () => {
    for (const number of ["10", "8", "9"]) {
      const strategy = STRATEGIES.find((one) => one.number === number);
      if (!strategy) throw new Error(`no strategy ${number}`);
      const cell = await tryStrategy(strategy, await targetOf(twoGates), 1);
      expect(cell.accepted.length).toBeGreaterThan(0);
    }
  });

  it("an opening without a second copy", async () => {
    const piece = broken("single opening", async (ctx, x) => {
      const shares = x as unknown as { own: Uint32Array; next: Uint32Array };
      const received = await ctx.exchange(
        { next: new Uint8Array(shares.own.buffer.slice(0)) },
        { previous: 16 },
      );
      const third = new Uint32Array(received.previous.slice().buffer);
      return third.map((word, k) => word ^ shares.own[k] ^ shares.next[k]);
    });
    const target = await targetOf(piece);
    expect(target.honest.output).toBe("1,2,3,4");
    const { failures } = await flipAt(target, spread(target.honest, 1));
    expect(failures.length).toBeGreaterThan(0);
  });

  it("a coin that is opened before the message it challenges", async () => {
    const piece = broken("early coin", async (ctx, x) => {
      const shares = x as unknown as { own: Uint32Array };
      const coin = prepareCoin(ctx).open();
      await passOn(ctx.narrow("product"), shares.own.slice());
      await coin;
      return words;
    });
    const strategy = STRATEGIES.find(({ number }) => number === "4, coins");
    const cell = strategy && (await tryStrategy(strategy, await targetOf(piece), 4));
    expect(cell?.accepted.length).toBeGreaterThan(0);
    const early = await openedTooEarly(piece, {
      piece: piece.name,
      challenged: /product\/message$/,
      coin: () => "attack/coin/open/message",
    });
    expect(early.length).toBe(6);
  });

  it("the same from the receiver alone as in a run of all three", async () => {
    for (const name of ["open, by hash", "coin", "same copies", "and", "shuffle"]) {
      const target = await targetOf(pieceCalled(name));
      for (const [index, byte] of drawn(target.honest, 60)) {
        const at = { index, byte, manner: "alone", kind: "drawn" } as const;
        expect(await flip(target, at)).toBe(await flipAmongAll(target, at));
      }
    }
  });

  it("a party that is left waiting, and one that crashes on what it receives", async () => {
    const piece = broken("careless", async (ctx) => {
      const out = { next: Uint8Array.of(1), previous: Uint8Array.of(1) };
      const received = await ctx.exchange(out, { next: 1, previous: 1 });
      if (received.previous[0] !== 1) throw new RangeError("not caught");
      return words;
    });
    const honest = await honestRun(piece);
    for (const liar of PARTIES) {
      const lie = (value: number | undefined) =>
        fateWith(piece, honest, liar, {
          tamper: (message, { from }) =>
            from !== liar ? message : value === undefined ? undefined : Uint8Array.of(value),
        });
      expect(await lie(undefined)).toBe("HANG");
      expect(await lie(2)).toBe("CRASH RangeError: not caught");
    }
  });
});
