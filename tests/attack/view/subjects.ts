import { bytesOf } from "@symbolon/base/bytes";
import { equal } from "@symbolon/mpc/circuit/equal";
import { lessThan } from "@symbolon/mpc/circuit/less-than";
import { mux } from "@symbolon/mpc/circuit/mux";
import { sign16 } from "@symbolon/mpc/circuit/sign";
import { Context } from "@symbolon/mpc/context";
import { and } from "@symbolon/mpc/protocol/and";
import { mul } from "@symbolon/mpc/protocol/dot";
import { type Adding, vectorLike } from "@symbolon/mpc/ring/vector";
import type { Bits, RingVector, Shares } from "@symbolon/mpc/sharing/shares";
import { permutationSeeds, shuffleTable } from "@symbolon/mpc/table/shuffle";
import { tableOf } from "@symbolon/mpc/table/table";
import { seededCrypto } from "@symbolon/sim/world/seeded-crypto";
import { Dealer, type Dealt } from "../trio.js";
import type { Watched } from "./record-view.js";

/** Deals one vector: the fixed value in all rows, or a random one in each. */
type Deal = <V extends RingVector>(like: V, adding: Adding, length: number) => Dealt<V>;

/** A protocol over many rows, each of which is one sample. */
export interface ViewSubject {
  readonly name: string;
  /** Rows are words of 32 lanes side by side (planes), or elements. */
  readonly layout: "planes" | "rows";
  prepare(deal: Deal, rows: number): (ctx: Context, self: 0 | 1 | 2) => Promise<unknown>;
}

/** Every word of the fixed input; nothing is special about it. */
const FIXED = 0x0f37_a5c2;

const dealWith =
  (kind: "fixed" | "random", seed: string): Deal =>
  (like, adding, length) => {
    const size = length * like.BYTES_PER_ELEMENT;
    const random = seededCrypto(`${seed}/input/${(dealt += 1)}`)
      .random(size)
      .slice();
    if (kind === "fixed") new Uint32Array(random.buffer, 0, size >> 2).fill(FIXED);
    return new Dealer(`${seed}/${dealt}`, (dealt % 3) as 0 | 1 | 2).share(
      vectorLike(like, random),
      adding,
    );
  };
let dealt = 0;

const WORDS = new Uint32Array(0);
const planes = (deal: Deal, count: number, rows: number) => {
  const all = Array.from({ length: count }, () => deal(WORDS, "xor", rows));
  return (self: 0 | 1 | 2): Bits[] => all.map((one) => one[self]);
};

export const SUBJECTS: readonly ViewSubject[] = [
  {
    name: "and, twice",
    layout: "planes",
    prepare: (deal, rows) => {
      const [x, y] = [deal(WORDS, "xor", rows), deal(WORDS, "xor", rows)];
      return async (ctx, self) => {
        const z = await and(ctx.narrow("first"), x[self], y[self]);
        return and(ctx.narrow("second"), z, x[self]);
      };
    },
  },
  {
    name: "mul, 32 bits",
    layout: "rows",
    prepare: (deal, rows) => {
      const [x, y] = [deal(WORDS, "add", rows), deal(WORDS, "add", rows)];
      return async (ctx, self) => {
        const z = await mul(ctx, x[self], y[self]);
        return mul(ctx.narrow("square"), z, z);
      };
    },
  },
  {
    name: "equal, 6 bits",
    layout: "planes",
    prepare: (deal, rows) => {
      const [a, b] = [planes(deal, 6, rows), planes(deal, 6, rows)];
      return (ctx, self) => equal(ctx, a(self), b(self));
    },
  },
  {
    name: "less than, 4 bits",
    layout: "planes",
    prepare: (deal, rows) => {
      const [a, b] = [planes(deal, 4, rows), planes(deal, 4, rows)];
      return (ctx, self) => lessThan(ctx, a(self), b(self), "few-gates");
    },
  },
  {
    name: "mux, 3 bits",
    layout: "planes",
    prepare: (deal, rows) => {
      const [a, b] = [planes(deal, 3, rows), planes(deal, 3, rows)];
      const condition = deal(WORDS, "xor", rows);
      return (ctx, self) => mux(ctx, condition[self], a(self), b(self));
    },
  },
  {
    name: "sign, 16 bits",
    layout: "planes",
    prepare: (deal, rows) => {
      const x = deal(new Uint16Array(0), "add", 32 * rows);
      return (ctx, self) => sign16(ctx, x[self]);
    },
  },
  {
    name: "shuffle of a table",
    layout: "rows",
    prepare: (deal, rows) => {
      const x = deal(WORDS, "xor", 2 * rows);
      return (ctx, self) => shuffleTable(ctx, tableOf(x[self], 2), permutationSeeds(ctx));
    },
  },
];

/** One run of a subject; the watched party also sees what it was dealt. */
export function watched(
  subject: ViewSubject,
  kind: "fixed" | "random",
  seed: string,
  rows: number,
): Watched {
  dealt = 0;
  const inputs: Dealt<RingVector>[] = [];
  const deal = dealWith(kind, seed);
  const party = subject.prepare((like, adding, length) => {
    const shares = deal(like, adding, length);
    inputs.push(shares as unknown as Dealt<RingVector>);
    return shares;
  }, rows);
  return async (options, self, see) => {
    for (const dealtTo of inputs) {
      const { own, next }: Shares<RingVector> = dealtTo[self];
      see("own share", bytesOf(own));
      see("next share", bytesOf(next));
    }
    await party(Context.start(options), self);
  };
}
