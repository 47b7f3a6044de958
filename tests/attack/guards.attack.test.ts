import { utf8 } from "@symbolon/base/bytes";
import { PARTIES } from "@symbolon/base/id";
import { Context } from "@symbolon/mpc/context";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import { runTerms } from "@symbolon/mpc/linkage/run-terms";
import { validateList } from "@symbolon/mpc/linkage/validity";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { open } from "@symbolon/mpc/protocol/open";
import { Prss } from "@symbolon/mpc/prss/prss";
import { Shares, Verified } from "@symbolon/mpc/sharing/shares";
import { countDistinct } from "@symbolon/mpc/table/group";
import { orderOf } from "@symbolon/mpc/table/shuffle";
import { tableOf } from "@symbolon/mpc/table/table";
import { memoryTransports } from "@symbolon/mpc/transport/memory";
import { agree, verified } from "@symbolon/mpc/verify/checked";
import { ProductClaims } from "@symbolon/mpc/verify/claims";
import { requireSound } from "@symbolon/mpc/verify/soundness";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { describe, expect, it } from "vitest";
import { flipAt, spread, targetOf } from "./byte-flips.js";
import { type Fate, fateOf, fateWith, honestRun, outputOf } from "./judged-run.js";
import { comparison, TINY_LAYOUT, validity } from "./pieces/linkage.js";
import { bits, type Piece, piece } from "./pieces/piece.js";
import { PIECES, pieceCalled } from "./pieces/pieces.js";
import {
  addTo,
  eachLiarChanges,
  eachLiarSends,
  mirrorCoins,
  ORDERS,
  openedTooEarly,
  xorWords,
} from "./strategies.js";
import { Dealer, runTrio } from "./trio.js";
import { type Spoil, WHOLE_RUN_PROFILE, wholeRun } from "./whole-run.js";

/*
 * One quick attack on every guard of the engine. `check-removal` takes the guards away one by one
 * and expects this suite to notice each.
 */

const only = (fates: readonly Fate[]): Fate[] => [...new Set(fates)];
const TIMEOUT = { timeout: 120_000 };

/** What a whole run of two lists comes to, when something is wrong from the beginning. */
async function fateOfWhole(spoil: Spoil): Promise<Fate> {
  const piece = wholeRun([128, 128], spoil);
  const result = await runTrio(
    { seed: "guards", profile: WHOLE_RUN_PROFILE },
    piece.prepare(new Dealer("guards")),
  );
  return fateOf(result, 2, "no output is right");
}

describe("every protocol", () => {
  const quick = PIECES.filter(({ name }) => !/validity|none match|pick/.test(name));
  it.each(quick)("$name ends with everything verified", async (piece) => {
    expect((await honestRun(piece)).output).not.toBe("none");
  });
});

describe("messages", () => {
  it("of a wrong length", async () => {
    const fates = await eachLiarSends(pieceCalled("same copies"), /./, () => new Uint8Array(2));
    expect(only(fates)).toEqual(["abort MESSAGE_LENGTH"]);
  });

  it.each([false, true])("that come twice, the first of them received: %s", async (isReceived) => {
    const [one, other] = memoryTransports();
    one.send(1, "x", Uint8Array.of(1));
    if (isReceived) await other.receive(0, "x");
    one.send(1, "x", Uint8Array.of(2));
    await expect(other.receive(2, "y")).rejects.toMatchObject({ code: "MESSAGE_DUPLICATE" });
  });

  it("that are received twice", async () => {
    const [one, other] = memoryTransports();
    one.send(1, "x", Uint8Array.of(1));
    await other.receive(0, "x");
    expect(() => other.receive(0, "x")).toThrow("received once");
  });
});

/** What goes wrong when one party uses a context. */
const context = async (use: (ctx: Context) => Promise<void> | void): Promise<Error | undefined> => {
  const result = await runTrio({ seed: "names" }, async (options, self) => {
    const ctx = Context.start(options);
    if (self === 0) await use(ctx);
  });
  const ending = result.endings[0];
  return ending && "error" in ending ? ending.error : undefined;
};

describe("names and types", () => {
  it("a step's name is taken once, in every way", async () => {
    for (const take of ["narrow", "fork", "batch"] as const) {
      const error = await context((ctx) => {
        ctx.narrow("x");
        ctx[take]("x");
      });
      expect(error?.message).toContain("taken once");
    }
    const random = await context((ctx) => {
      ctx.random(4);
      ctx.random(4);
    });
    expect(random?.message).toContain("taken once");
  });

  it("a random stream is used once", () => {
    const keys = { own: new Uint8Array(32), next: new Uint8Array(32) };
    const prss = new Prss(keys, nodeCrypto);
    prss.streams("x", 4);
    expect(() => prss.streams("x", 4)).toThrow("used once");
  });

  it("a claim is made once a step, and none may be left at the end", async () => {
    const claims = new ProductClaims();
    const bits = new Shares(new Uint32Array(4), new Uint32Array(4));
    claims.and("x", { x: bits, y: bits, z: bits });
    expect(() => claims.and("x", { x: bits, y: bits, z: bits })).toThrow("one claim a step");
    const error = await context((ctx) => {
      ctx.batch("b").claims.and("x", { x: bits, y: bits, z: bits });
      ctx.assertAllVerified();
    });
    expect(error?.message).toContain("verified");
  });

  it("nothing is verified while products of another context are not", async () => {
    const bits = new Shares(new Uint32Array(4), new Uint32Array(4));
    const open = [
      (ctx: Context) => ctx.batch("b").claims.and("x", { x: bits, y: bits, z: bits }),
      (ctx: Context) => ctx.claims.owe("matrix products"),
    ];
    for (const leave of open) {
      const error = await context(async (ctx) => {
        leave(ctx);
        await verified(ctx.batch("other"), bits);
      });
      expect(error?.message).toContain("before anything is opened");
    }
  });

  it("only a check makes a value verified", () => {
    expect(() => new Verified(1, Symbol("verified"))).toThrow("only a check");
  });
});

describe("coins and openings", () => {
  it("a coin with two faces, another value, or another's commitment", async () => {
    const coin = pieceCalled("coin");
    const honest = await honestRun(coin);
    for (const liar of PARTIES) {
      const two = await fateWith(coin, honest, liar, { isTwoFaced: true });
      expect(two).toBe("abort COIN_EQUIVOCATION");
      const mirrored = await fateWith(coin, honest, liar, { liarTransport: mirrorCoins });
      expect(mirrored).toBe("abort COIN_COMMITMENT");
    }
    const lie = (message: Uint8Array) => xorWords(message, 0, [1]);
    expect(only(await eachLiarChanges(coin, /open\/message$/, lie))).toEqual([
      "abort COIN_COMMITMENT",
    ]);
  });

  it.each(ORDERS.filter(({ piece }) => !/none match|validity|sign/.test(piece)))(
    "in $piece a coin waits for $challenged",
    TIMEOUT,
    async (order) => {
      expect(await openedTooEarly(pieceCalled(order.piece), order)).toEqual([]);
    },
  );

  it.each(ORDERS.filter(({ piece }) => /none match|validity/.test(piece)))(
    "in $piece a coin waits for $challenged",
    TIMEOUT,
    async (order) => {
      expect(await openedTooEarly(pieceCalled(order.piece), order)).toEqual([]);
    },
  );

  it.each(["open, short", "open, by hash", "reveal"])("%s, flipped", TIMEOUT, async (name) => {
    const target = await targetOf(pieceCalled(name));
    const { failures } = await flipAt(target, spread(target.honest, 1 << 20));
    expect(failures).toEqual([]);
  });

  it("an opening of something unverified first verifies it", async () => {
    const piece: Piece = pieceCalled("and");
    const lie = (message: Uint8Array) => xorWords(message, 1, [16]);
    const fates = await eachLiarChanges(piece, /attack\/and\/message$/, lie);
    expect(only(fates)).toEqual(["abort PRODUCT_CHECK_FAILED"]);
  });
});

describe("products", () => {
  const cases: readonly [string, RegExp, Fate][] = [
    ["all and any", /level-0\/and\/message$/, "abort PRODUCT_CHECK_FAILED"],
    ["dot and mul", /dot\/message$/, "abort PRODUCT_CHECK_FAILED"],
    ["dot and mul, 16 bits", /dot\/message$/, "abort PRODUCT_CHECK_FAILED"],
    ["dot and mul, 64 bits", /dot\/message$/, "abort PRODUCT_CHECK_FAILED"],
    ["field product", /field-mul\/message$/, "abort PRODUCT_CHECK_FAILED"],
    ["inner product, field", /claim\/message$/, "abort PRODUCT_CHECK_FAILED"],
    ["inner product, ring", /claim\/message$/, "abort PRODUCT_CHECK_FAILED"],
    ["matrix product", /tile\/message$/, "abort MATRIX_CHECK_FAILED"],
    ["matrix of bits", /bit-matmul\/message$/, "abort MATRIX_CHECK_FAILED"],
    ["second look", /bit-matmul\/message$/, "abort MATRIX_CHECK_FAILED"],
    ["shuffle", /(before|after)\/.*field-mul\/message$/, "abort PRODUCT_CHECK_FAILED"],
  ];
  it.each(cases)("%s, one element off", TIMEOUT, async (name, channel, fate) => {
    const lie = (message: Uint8Array) => addTo(message, 0, 4, 1);
    expect(only(await eachLiarChanges(pieceCalled(name), channel, lie))).toEqual([fate]);
  });

  it("of a comparison: scores, gates, and gates over several bands", TIMEOUT, async () => {
    const piece = comparison(128, 5, "all");
    const lie = (message: Uint8Array) => addTo(message, 0, 2, 1);
    const scores = await eachLiarChanges(piece, /tile-0\/message$/, lie);
    expect(only(scores)).toEqual(["abort MATRIX_CHECK_FAILED"]);
    const gates = await eachLiarChanges(piece, /band-0-0\/all\/.*and\/message$/, lie);
    expect(only(gates)).toEqual(["abort PRODUCT_CHECK_FAILED"]);
    const rows = await eachLiarChanges(piece, /rows\/block-0\/.*and\/message$/, lie);
    expect(only(rows)).toEqual(["abort PRODUCT_CHECK_FAILED"]);
  });

  it("of a draw: the last gate", TIMEOUT, async () => {
    const lie = (message: Uint8Array) => addTo(message, 0, 4, 1);
    const fates = await eachLiarChanges(pieceCalled("pick"), /answer\/and\/message$/, lie);
    expect(only(fates)).toEqual(["abort PRODUCT_CHECK_FAILED"]);
  });

  it("of a count of different keys: the last gate", async () => {
    const distinct = piece("distinct", [], (dealer) => {
      const x = dealer.share(Uint32Array.of(3, 1, 3), "xor");
      return async (ctx, self) => {
        const planes = await countDistinct(ctx, tableOf(x[self], 1), 2);
        return bits(planes[0]);
      };
    });
    const lie = (message: Uint8Array) => addTo(message, 0, 4, 1);
    const fates = await eachLiarChanges(
      distinct,
      /distinct\/count\/bits-1\/carry-0\/and\/message$/,
      lie,
    );
    expect(only(fates)).toEqual(["abort PRODUCT_CHECK_FAILED"]);
  });

  it("of a shuffle: rows exchanged by their known difference", async () => {
    const words = (await honestRows()).slice(0, 2);
    const lie = (message: Uint8Array) => {
      for (const at of [0, 4]) xorWords(message, at, [words[0] ^ words[1], 0, 0, 0]);
    };
    const fates = await eachLiarChanges(shuffleOf(ROWS), /pair-0\/rows-0\/message$/, lie);
    expect(only(fates)).toEqual(["abort SHUFFLE_CHECK_FAILED"]);
  });
});

const ROWS = [0x1000, 0x2000, 0x3000];

function shuffleOf(rows: readonly number[]): Piece {
  const known = pieceCalled("shuffle");
  return {
    ...known,
    prepare: (dealer) =>
      known.prepare(
        Object.assign(Object.create(dealer) as Dealer, {
          share: () => dealer.share(Uint32Array.from(rows), "xor"),
        }),
      ),
  };
}

/** The rows in the order of the first pair's permutation. */
const honestRows = async (): Promise<number[]> =>
  [...orderOf(nodeCrypto, selectionSeeds(1, 0).own, ROWS.length)].map((k) => ROWS[k]);

describe("inputs", () => {
  it(
    "presence that is no bit, content out of bounds, content that wraps around",
    TIMEOUT,
    async () => {
      const verdict = async (spoil: Parameters<typeof validity>[1]) =>
        (await honestRun(validity(1, spoil))).output;
      expect(await verdict(undefined)).toBe("valid");
      expect(await verdict((list) => list.present.fill(2))).toBe("presence-not-a-bit");
      expect(await verdict((list) => list.content.fill(11))).toBe("content-out-of-bounds");
      expect(await verdict((list) => list.content.fill(1))).toBe("content-out-of-bounds");
      // Squares of 2^16 vanish mod 2^32: only the projections see them, each half of the time.
      for (let k = 0; k < 8; k += 1) {
        const wrap = (list: { content: Uint32Array }) => {
          list.content[k] = 2 ** 16;
        };
        expect(await verdict(wrap)).toBe("content-out-of-bounds");
      }
    },
  );

  it("a layout with elements that no bound covers", async () => {
    const field = TINY_LAYOUT.fields[0];
    const gaps: LinkageLayout[] = [
      { ...TINY_LAYOUT, dims: 16 },
      { ...TINY_LAYOUT, dims: 16, fields: [{ ...field, offset: 8 }] },
    ];
    for (const layout of gaps) {
      const error = await context(async (ctx) => {
        const none = new Shares(new Uint32Array(0), new Uint32Array(0));
        await validateList(ctx, layout, { rows: 0, content: none, present: none, real: none });
      });
      expect(error?.message).toContain("blocks");
    }
  });

  it("copies that differ between any two nodes", async () => {
    for (const component of PARTIES) {
      const piece = pieceCalled("same copies");
      const dealt = (dealer: Dealer): Dealer =>
        Object.assign(Object.create(dealer) as Dealer, {
          share: (value: Uint32Array) => {
            const shares = dealer.share(value, "add");
            shares[component].own[3] ^= 1;
            return shares;
          },
        });
      const result = await runTrio({ seed: "guards" }, piece.prepare(dealt(new Dealer("guards"))));
      expect(fateOf(result, component, "")).toBe("refused INPUT_INCONSISTENT");
      const codes = result.endings.map((one) => one && "error" in one && one.error.name);
      expect(codes).toEqual(Array(3).fill("InputRefused"));
    }
  });

  it("a verdict of one node is heard by both others", async () => {
    const lie = (message: Uint8Array) => message.fill(0);
    const fates = await eachLiarChanges(pieceCalled("same copies"), /verdict\/message$/, lie);
    expect(only(fates)).toEqual(["refused INPUT_INCONSISTENT"]);
  });

  it("something else to agree on, told to one or to both", async () => {
    for (const odd of PARTIES) {
      const result = await runTrio({ seed: "guards", isAbortLost: true }, async (options, self) =>
        agree(Context.start(options), "roots", utf8(self === odd ? "a" : "b")),
      );
      const names = result.endings.map((one) => one && "error" in one && one.error.name);
      expect(names).toEqual(Array(3).fill("ProtocolAbort"));
    }
    const fates = await eachLiarSends(pieceCalled("agree"), /./, () => new Uint8Array(32));
    expect(only(fates)).toEqual(["abort TRANSCRIPT_MISMATCH"]);
  });
});

describe("a whole run", () => {
  const spoilList = (spoil: Spoil["list"]): Spoil => ({
    list: spoil as NonNullable<Spoil["list"]>,
  });

  it("begins only with the same question, roots, copies and bounds", TIMEOUT, async () => {
    const mismatch: Fate = "abort TRANSCRIPT_MISMATCH";
    expect(await fateOfWhole({ terms: (self) => (self === 1 ? "a" : "b") })).toBe(mismatch);
    const roots = spoilList((list, self) => (self === 1 ? { ...list, root: utf8("x") } : list));
    expect(await fateOfWhole(roots)).toBe(mismatch);
    const marks = spoilList((list, self) => ({ ...list, isChecked: self === 1 }));
    expect(await fateOfWhole(marks)).toBe(mismatch);
    const copies = spoilList((list, self, index) => {
      if (self === 1 && index === 1 && "present" in list.list) list.list.present.own[0] += 1;
      return list;
    });
    expect(await fateOfWhole(copies)).toBe("refused INPUT_INCONSISTENT");
    const bounds: Spoil = { clear: (list, index) => index === 1 && list.content.fill(11) };
    expect(await fateOfWhole(bounds)).toBe("refused INPUT_INVALID");
  });

  it("does not begin with too many rows for its soundness", () => {
    const layout: LinkageLayout = TINY_LAYOUT;
    const sizes = { layout, ours: 2 ** 40, theirs: [2 ** 40], profile: PRODUCTION };
    expect(() => requireSound(runTerms(sizes))).toThrow("undetected");
  });

  it("releases nothing at one node if another has found a lie", TIMEOUT, async () => {
    const piece = wholeRun([128, 128]);
    const honest = await honestRun(piece, WHOLE_RUN_PROFILE, "guards");
    const isLast = ({ channel }: { channel: string }) => /sacrifice\/t\/message$/.test(channel);
    const last = honest.places.filter(isLast).at(-1)?.channel;
    const result = await runTrio(
      {
        seed: "guards",
        profile: WHOLE_RUN_PROFILE,
        liar: 0,
        isAbortLost: true,
        // The last opening of all is spoilt for P_1 alone, whose abort reaches nobody.
        tamper: (message, { from, to, channel }) =>
          from === 0 && to === 1 && channel === last ? new Uint8Array(message.length) : message,
      },
      piece.prepare(new Dealer(`guards/${piece.name}`)),
    );
    expect(result.endings[1]).toHaveProperty("error.code", "OPEN_MISMATCH");
    expect(result.endings[2]).toBe(undefined);
    expect(outputOf(result, 0)).toBe("none");
  });

  it("verifies the gates that join its steps", TIMEOUT, async () => {
    const piece = wholeRun([128, 128]);
    const target = await targetOf(piece, WHOLE_RUN_PROFILE);
    const places = target.honest.places.filter(({ channel }) =>
      /both\/and\/message$/.test(channel),
    );
    expect(places.length).toBeGreaterThan(2);
    const index = target.honest.places.indexOf(places[0]);
    const chosen = [[index, 5]] as const;
    const { tally } = await flipAt(target, chosen);
    expect([...tally.keys()].filter((fate) => !fate.startsWith("abort"))).toEqual([]);
  });
});

describe("one party", () => {
  it("cannot open an unverified value: the type does not allow it", () => {
    const shares = new Shares(new Uint32Array(4), new Uint32Array(4));
    // @ts-expect-error Only a Verified value may be opened.
    const attempt = () => open({} as Context, shares, "xor");
    expect(attempt).toBeTypeOf("function");
  });
});
