import { chooseCluster } from "@symbolon/mpc/linkage/cluster-votes";
import { clusters } from "@symbolon/mpc/linkage/clusters";
import { personCodes } from "@symbolon/mpc/linkage/person-codes";
import { personCounts } from "@symbolon/mpc/linkage/person-counts";
import { personTab } from "@symbolon/mpc/linkage/person-tab";
import type { CrossTabRule } from "@symbolon/mpc/table/cross-tab";
import { tableOf } from "@symbolon/mpc/table/table";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { bits, joined, type Piece, piece, words } from "./piece.js";

const NOISE = { epsilon: { numerator: 8n, denominator: 1n }, sensitivity: 1n };
const BY_CODE: CrossTabRule = {
  rows: { name: "code", kind: "one", codes: 2, most: 1 },
  where: [],
  shown: {
    noise: NOISE,
    persons: 1,
    lists: { noise: NOISE, count: 1, visibleFrom: 1, shareMost: { numerator: 4, denominator: 5 } },
  },
};

/** Records of several lists are put together by their one-to-one links. */
export const clusterPieces: readonly Piece[] = [
  piece("cluster votes", ["linkage/cluster-votes"], (dealer) => {
    const plane = (seed: number) => dealer.share(words(4, seed), "xor");
    const dealt = [1, 2, 3].map((seed) => ({
      has: plane(seed),
      weights: [plane(10 * seed), plane(11 * seed)],
      head: [plane(12 * seed)],
      members: [plane(13 * seed), plane(14 * seed), plane(15 * seed)],
    }));
    return async (ctx, self) => {
      const votes = dealt.map(({ has, weights, head, members }) => ({
        has: has[self],
        weights: weights.map((one) => one[self]),
        head: head.map((one) => one[self]),
        members: members.map((one) => one[self]),
      }));
      const { joins, head } = await chooseCluster(ctx, votes, -1);
      await verifyProducts(ctx);
      return bits(joined([joins, ...head]));
    };
  }),
  piece("clusters", ["linkage/clusters"], (dealer) => {
    const rows = 2;
    const plane = (value: number) => dealer.share(Uint32Array.of(value, 0, 0, 0), "xor");
    const real = plane(0b01);
    // Rows 0 and 1 are each other's partners crosswise, on either list.
    const partner = { has: plane(0b11), weights: [plane(0b01)], number: [plane(0b01)] };
    const carried = dealer.share(words(rows, 9), "xor");
    return async (ctx, self) => {
      const list = (count: number) => ({
        rows,
        real: real[self],
        carried: tableOf(carried[self], 1),
        partners: Array.from({ length: count }, () => ({
          rows,
          has: partner.has[self],
          weights: partner.weights.map((one) => one[self]),
          number: partner.number.map((one) => one[self]),
        })),
      });
      const { persons, brought } = await clusters(ctx, [list(0), list(1)], -1);
      return bits(joined([persons, ...brought].map(({ shares }) => shares)));
    };
  }),
  piece("person counts", ["linkage/person-counts"], (dealer) => {
    // Heads of a person on the first list, on the second, on both; the others head nobody.
    const heads = new Uint32Array(128);
    heads.set([0b011, 0b101, 0b111, 0b111]);
    const dealt = dealer.share(heads, "xor");
    const noise = { epsilon: { numerator: 8n, denominator: 1n }, sensitivity: 2n };
    return async (ctx, self) => {
      const table = tableOf(dealt[self], 1);
      const seeds = selectionSeeds("persons", self);
      return bits(await personCounts(ctx, table, 2, { noise, persons: 2 }, seeds));
    };
  }),
  piece("codes of persons", ["linkage/person-codes"], (dealer) => {
    // Three records of each person.
    const dealt = [1, 2, 3].map((seed) =>
      [1, 2, 3].map((plane) => dealer.share(words(4, 10 * seed + plane), "xor")),
    );
    return async (ctx, self) => {
      const records = dealt.map((planes) => planes.map((one) => one[self]));
      const one = { kind: "one", codes: 5, most: 1 } as const;
      const several = { kind: "several", codes: 3, most: 2 } as const;
      const least = await personCodes(ctx.narrow("one"), records, one);
      const all = await personCodes(ctx.narrow("several"), records, several);
      await verifyProducts(ctx);
      return bits(joined([...least, ...all]));
    };
  }),
  piece("table of persons", ["linkage/person-tab"], (dealer) => {
    // A person on both lists, whose records say 2 and nothing known, and one on the second alone.
    const persons = dealer.share(Uint32Array.of(0b111, 0, 0, 0b101), "xor");
    const first = dealer.share(Uint32Array.of(2, 0, 0, 0), "xor");
    const second = dealer.share(Uint32Array.of(1, 0, 0, 2), "xor");
    const own = [Uint32Array.of(2, 0), Uint32Array.of(1, 2)].map((one) => dealer.share(one, "xor"));
    return async (ctx, self) => {
      const brought = [first, second].map((one) => tableOf(one[self], 1));
      const linked = { persons: tableOf(persons[self], 1), brought };
      const lists = own.map((one) => ({ rows: 2, columns: new Map([["code", one[self]]]) }));
      const seeds = selectionSeeds("persons by code", self);
      return bits(await personTab(ctx, lists, linked, BY_CODE, seeds));
    };
  }),
];
