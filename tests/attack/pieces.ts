import { bytesOf, toHex } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import { all, any } from "@symbolon/mpc/circuit/all";
import { popcount } from "@symbolon/mpc/circuit/popcount";
import { sign16 } from "@symbolon/mpc/circuit/sign";
import { Context, type RunOptions } from "@symbolon/mpc/context";
import { noneMatch, type Pairs } from "@symbolon/mpc/linkage/compare";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import { leftFactor, multiply, rightFactor } from "@symbolon/mpc/linkage/matrix";
import { validateList } from "@symbolon/mpc/linkage/validity";
import { and } from "@symbolon/mpc/protocol/and";
import { prepareCoin } from "@symbolon/mpc/protocol/coin";
import { dot, mul } from "@symbolon/mpc/protocol/dot";
import { fieldMul, fieldProduct } from "@symbolon/mpc/protocol/field-mul";
import { sameCopies } from "@symbolon/mpc/protocol/input";
import { open } from "@symbolon/mpc/protocol/open";
import { reshare } from "@symbolon/mpc/protocol/reshare";
import { revealShares } from "@symbolon/mpc/protocol/reveal";
import type { Adding } from "@symbolon/mpc/ring/vector";
import { type RingVector, Shares } from "@symbolon/mpc/sharing/shares";
import { pickFlagged } from "@symbolon/mpc/table/pick";
import { shuffle } from "@symbolon/mpc/table/shuffle";
import { agree, verified } from "@symbolon/mpc/verify/checked";
import { fieldExtension, ringExtension } from "@symbolon/mpc/verify/extension";
import { verifyInner } from "@symbolon/mpc/verify/inner-product";
import { verifyMatrix } from "@symbolon/mpc/verify/matrix";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import type { Dealer, Dealt } from "./trio.js";

/** What a party has at the end: a public value, shares of a secret one, or both. */
export interface PieceResult {
  readonly told?: string;
  readonly shares?: Shares<RingVector>;
  readonly adding?: Adding;
  /** Rounds that the run took; public. */
  readonly rounds?: number;
}

export type PartyCode = (options: RunOptions, self: PartyIndex) => Promise<PieceResult>;

/** One protocol and all that must verify it, at the least size that has all its messages. */
export interface Piece {
  readonly name: string;
  /** Deals the inputs and gives what each party runs. */
  prepare(dealer: Dealer): PartyCode;
}

const words = (count: number, seed: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, k) => Math.imul(k + seed, 2654435761) ^ (k << 7));

const bits = (result: Shares): PieceResult => ({ shares: result, adding: "xor" });
const told = (bytes: RingVector | Uint8Array): PieceResult => ({
  told: toHex(bytesOf(bytes)),
});

/** A piece of one context, which must have verified all that it claimed. */
const piece = (
  name: string,
  prepare: (dealer: Dealer) => (ctx: Context, self: PartyIndex) => Promise<PieceResult>,
): Piece => ({
  name,
  prepare: (dealer) => {
    const party = prepare(dealer);
    return async (options, self) => {
      const ctx = Context.start(options);
      const result = await party(ctx, self);
      ctx.assertAllVerified();
      return { ...result, rounds: ctx.metrics.rounds };
    };
  },
});

const openings: readonly Piece[] = [
  piece("open, short", (dealer) => {
    const x = dealer.share(words(4, 1), "xor");
    return async (ctx, self) => told(await open(ctx, await verified(ctx, x[self]), "xor"));
  }),
  piece("open, by hash", (dealer) => {
    const x = dealer.share(Uint16Array.from(words(40, 1)), "add");
    return async (ctx, self) => told(await open(ctx, await verified(ctx, x[self]), "add"));
  }),
  piece("coin", () => async (ctx) => told(await prepareCoin(ctx).open())),
  piece("agree", () => async (ctx) => {
    await agree(ctx, "roots", Uint8Array.of(1, 2, 3));
    return { told: "agreed" };
  }),
  piece("same copies", (dealer) => {
    const x = dealer.share(words(8, 2), "add");
    return async (ctx, self) => {
      await sameCopies(ctx, "list", [x[self]]);
      return { told: "same" };
    };
  }),
  piece("reveal", (dealer) => {
    const x = dealer.share(words(6, 3), "xor");
    return async (ctx, self) => {
      const fresh = await revealShares(ctx, await verified(ctx, x[self]));
      return bits(fresh.value);
    };
  }),
];

const products: readonly Piece[] = [
  piece("and", (dealer) => {
    const [x, y] = [dealer.share(words(4, 1), "xor"), dealer.share(words(4, 2), "xor")];
    return async (ctx, self) => {
      const z = await and(ctx, x[self], y[self]);
      return bits((await verified(ctx, z)).value);
    };
  }),
  piece("all and any", (dealer) => {
    const x = dealer.share(words(12, 4), "xor");
    return async (ctx, self) => {
      const [every, some] = [await all(ctx, x[self], 4), await any(ctx, x[self], 4)];
      await verifyProducts(ctx);
      return bits(
        new Shares(
          Uint32Array.of(...every.own, ...some.own),
          Uint32Array.of(...every.next, ...some.next),
        ),
      );
    };
  }),
  piece("sign", (dealer) => {
    const x = dealer.share(Uint16Array.from(words(128, 5)), "add");
    return async (ctx, self) => {
      const z = await sign16(ctx, x[self]);
      await verifyProducts(ctx);
      return bits(z);
    };
  }),
  piece("count", (dealer) => {
    const x = dealer.share(words(4, 6), "xor");
    return async (ctx, self) => {
      const planes = await popcount(ctx, x[self]);
      await verifyProducts(ctx);
      // Only the lowest bit of each plane says something.
      const low = (part: (plane: Shares) => Uint32Array): Uint32Array =>
        Uint32Array.from(planes, (plane) => part(plane)[0] & 1);
      return bits(
        new Shares(
          low((plane) => plane.own),
          low((plane) => plane.next),
        ),
      );
    };
  }),
  piece("dot and mul", (dealer) => {
    const [x, y] = [dealer.share(words(6, 7), "add"), dealer.share(words(6, 8), "add")];
    return async (ctx, self) => {
      const z = await dot(ctx, x[self], y[self], 3);
      const square = await mul(ctx, z, z);
      await verifyProducts(ctx);
      return { shares: square, adding: "add" };
    };
  }),
  piece("field product", (dealer) => {
    const element = (k: number) => words(12, k).map((word, w) => (w % 4 === 3 ? 0 : word));
    const x = dealer.share(element(9), "xor");
    return async (ctx, self) => {
      const product = await fieldProduct(ctx, canonicalShares(x[self]));
      const square = await fieldMul(ctx, product, product);
      await verifyProducts(ctx);
      return bits(square);
    };
  }),
];

const canonicalShares = (x: Shares): Shares => {
  const clear = (part: Uint32Array) => part.map((word, w) => (w % 4 === 3 ? 0 : word));
  return new Shares(clear(x.own), clear(x.next));
};

const checks: readonly Piece[] = [
  piece("inner product, field", (dealer) => {
    const [a, b] = [dealer.share(words(12, 1), "xor"), dealer.share(words(12, 2), "xor")];
    return async (ctx, self) => {
      const extension = fieldExtension(ctx.kernels);
      const [x, y] = [canonicalShares(a[self]), canonicalShares(b[self])];
      const part = extension.cross(x.own, x.next, y.own, y.next);
      const c = await reshare(ctx.narrow("claim"), part, "xor");
      await verifyInner(ctx, extension, { a: x, b: y, c });
      // The fourth word of an element means nothing.
      return bits(canonicalShares(c));
    };
  }),
  piece("inner product, ring", (dealer) => {
    const [a, b] = [dealer.share(words(160, 1), "add"), dealer.share(words(160, 2), "add")];
    return async (ctx, self) => {
      const extension = ringExtension(ctx.kernels);
      const [x, y] = [a[self], b[self]];
      const part = extension.cross(x.own, x.next, y.own, y.next);
      const c = await reshare(ctx.narrow("claim"), part, "add");
      await verifyInner(ctx, extension, { a: x, b: y, c });
      return { shares: c, adding: "add" };
    };
  }),
  piece("matrix product", (dealer) => {
    const [a, b] = [
      dealer.share(Uint16Array.from(words(64, 1)), "add"),
      dealer.share(Uint16Array.from(words(16, 2)), "add"),
    ];
    return async (ctx, self) => {
      const coin = prepareCoin(ctx);
      const left = leftFactor(ctx, { rows: 8, width: 8, shares: a[self] });
      const right = rightFactor(ctx, { rows: 2, width: 8, shares: b[self] });
      const z = await multiply(ctx.narrow("tile"), left, right);
      await verifyMatrix(ctx, { left, right, tiles: [z] }, coin);
      return { shares: z, adding: "add" };
    };
  }),
];

/** One field of eight components, small enough to be flipped whole. */
export const TINY_LAYOUT: LinkageLayout = {
  id: "tiny",
  dims: 8,
  unitsPerBit: 10,
  fields: [{ name: "name", offset: 0, size: 8, cap: 900, floor: 400, constant: [20, -20] }],
};

/** Rows of the tiny layout that an honest provider could send; every fifth lacks its field. */
export function tinyRows(
  rows: number,
  seed: number,
): { content: Uint32Array; present: Uint32Array } {
  const content = new Uint32Array(rows * 8);
  const present = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    if ((row + seed) % 5 === 0) continue;
    present[row] = 1;
    const place = (Math.imul(row + seed, 2654435761) >>> 8) % 64;
    const other = (place >> 3) + (place >> 3 === (place & 7) ? 1 : 0);
    content[8 * row + (place & 7)] += 21;
    content[8 * row + (other & 7)] -= 21;
  }
  return { content, present };
}

/** The comparison of a few rows of the tiny layout, without the constant slots. */
export const comparison = (rows: number, columns: number, pairs: Pairs, width = 8): Piece =>
  piece(`none match, ${rows} × ${pairs === "all" ? columns : "earlier"}`, (dealer) => {
    const low = (count: number, seed: number) =>
      Uint16Array.from({ length: count * width }, (_, k) => {
        const value = (Math.imul(k + seed, 2654435761) >>> 20) % 41;
        return value - 20;
      });
    const a = dealer.share(low(rows, 1), "add");
    const b = pairs === "all" ? dealer.share(low(columns, 77), "add") : a;
    const side = (shares: Shares<Uint16Array>) => ({ rows: shares.length / width, width, shares });
    return async (ctx, self) =>
      bits(await noneMatch(ctx, side(a[self]), side(b[self]), 20 * width, pairs));
  });

/** The validity check of a few rows of the tiny layout; `spoil` may change what is dealt. */
export const validity = (
  rows: number,
  spoil: (list: { content: Uint32Array; present: Uint32Array }) => void = () => undefined,
): Piece =>
  piece("validity", (dealer) => {
    const clear = tinyRows(rows, 1);
    spoil(clear);
    const content = dealer.share(clear.content, "add");
    const present = dealer.share(clear.present, "add");
    const real: Dealt = dealer.share(new Uint32Array(4), "xor");
    return async (ctx, self) => ({
      told: await validateList(ctx, TINY_LAYOUT, {
        rows,
        content: content[self],
        present: present[self],
        real: real[self],
      }),
    });
  });

const tables: readonly Piece[] = [
  piece("shuffle", (dealer) => {
    const x = dealer.share(words(3, 11), "xor");
    return async (ctx, self) => bits(await shuffle(ctx, x[self], selectionSeeds(1, self)));
  }),
  piece("pick", (dealer) => {
    const flags = dealer.share(Uint32Array.of(0b1011_0111, 0, 0, 0), "xor");
    const rule = { pick: 1, marginMin: 1, marginBits: 1 };
    return async (ctx, self) =>
      bits(await pickFlagged(ctx, flags[self], 8, rule, selectionSeeds(1, self)));
  }),
];

/** Every protocol that the query is made of. */
export const PIECES: readonly Piece[] = [
  ...openings,
  ...products,
  ...checks,
  ...tables,
  validity(1),
  comparison(128, 3, "all"),
];

export function pieceCalled(name: string): Piece {
  const found = PIECES.find((one) => one.name === name);
  if (!found) throw new Error(`no piece is called ${name}`);
  return found;
}
