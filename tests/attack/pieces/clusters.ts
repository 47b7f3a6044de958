import { chooseCluster } from "@symbolon/mpc/linkage/cluster-votes";
import { clusters } from "@symbolon/mpc/linkage/clusters";
import { personCounts } from "@symbolon/mpc/linkage/person-counts";
import { tableOf } from "@symbolon/mpc/table/table";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { bits, joined, type Piece, piece, words } from "./piece.js";

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
    return async (ctx, self) => {
      const list = (count: number) => ({
        rows,
        real: real[self],
        partners: Array.from({ length: count }, () => ({
          rows,
          has: partner.has[self],
          weights: partner.weights.map((one) => one[self]),
          number: partner.number.map((one) => one[self]),
        })),
      });
      const table = await clusters(ctx, [list(0), list(1)], -1);
      return bits(table.shares);
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
];
