import { planesOfRows } from "@symbolon/mpc/circuit/planes";
import { crossTab, type NamedColumn } from "@symbolon/mpc/table/cross-tab";
import { hotCodes } from "@symbolon/mpc/table/hot-codes";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { bits, joined, type Piece, piece } from "./piece.js";

const A: NamedColumn = { name: "a", kind: "one", codes: 2, most: 1 };
const B: NamedColumn = { name: "b", kind: "several", codes: 3, most: 2 };
const NOISE = { epsilon: { numerator: 8n, denominator: 1n }, sensitivity: 1n };
const RULE = {
  rows: A,
  columns: B,
  where: [{ column: A, code: 1 }],
  shown: {
    noise: NOISE,
    persons: 2,
    lists: { noise: NOISE, count: 1, visibleFrom: 1, shareMost: { numerator: 4, denominator: 5 } },
  },
};

/** Rows counted by their codes. */
export const countedTables: readonly Piece[] = [
  piece("hot codes", ["table/hot-codes"], (dealer) => {
    const column = dealer.share(Uint32Array.of(7, 0, 5, 2, 0x80000003), "xor");
    return async (ctx, self) => {
      const planes = planesOfRows(ctx, column[self], 1);
      const one = await hotCodes(ctx.narrow("one"), planes, { ...A, codes: 5 });
      const several = await hotCodes(ctx.narrow("several"), planes, B);
      await verifyProducts(ctx);
      return bits(joined([...one, ...several]));
    };
  }),
  piece(
    "counted table",
    ["table/cell-counts", "table/shown-cells", "table/cross-tab"],
    (dealer) => {
      const words = [
        [Uint32Array.of(1, 1, 2, 0), Uint32Array.of(7, 1, 2, 4)],
        [Uint32Array.of(1, 3, 1, 2), Uint32Array.of(1, 1, 3, 0)],
      ];
      const lists = words.map(([a, b]) => ({
        a: dealer.share(a, "xor"),
        b: dealer.share(b, "xor"),
      }));
      return async (ctx, self) => {
        const dealt = lists.map(({ a, b }) => ({
          rows: 4,
          columns: new Map([
            ["a", a[self]],
            ["b", b[self]],
          ]),
        }));
        return bits(await crossTab(ctx, dealt, RULE, selectionSeeds("table", self)));
      };
    },
  ),
];
