import { sumPlanes } from "@symbolon/mpc/circuit/weighted-sum";
import type { BandRule } from "@symbolon/mpc/linkage/band-rule";
import { weighBands } from "@symbolon/mpc/linkage/bands";
import { edgesOf } from "@symbolon/mpc/linkage/edges";
import { type WeighedPairs, weighBlock } from "@symbolon/mpc/linkage/link";
import { lookUp, storedList } from "@symbolon/mpc/linkage/look-up";
import { matchWeights, weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { oneToOne } from "@symbolon/mpc/linkage/one-to-one";
import {
  partBits,
  RARITY_BITS,
  type RecordField,
  type RecordLayout,
  type RecordParts,
} from "@symbolon/mpc/linkage/record-layout";
import { recordTable } from "@symbolon/mpc/linkage/records";
import { matchedRows, rowBests } from "@symbolon/mpc/linkage/row-bests";
import { weightHistogram } from "@symbolon/mpc/linkage/weight-histogram";
import type { Bits } from "@symbolon/mpc/sharing/shares";
import { compactRows } from "@symbolon/mpc/table/compact";
import { tableOf } from "@symbolon/mpc/table/table";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { bits, joined, type Piece, piece, words } from "./piece.js";

const few = (count: number) => ({ count, bits: 1 });
const NAME: RecordParts = {
  kind: "name",
  whole: 1,
  letters: few(4),
  sounds: few(3),
  words: few(1),
};

/** One field of each kind, with as few bits as the kind can have. */
function tinyLayout(
  parts: readonly RecordParts[],
  weights: readonly (readonly number[])[],
): RecordLayout {
  let offset = 0;
  const fields = parts.map((part, f): RecordField => {
    const at = offset;
    offset += 1 + partBits(part) + (f === 0 ? RARITY_BITS : 0);
    const field = { name: `${f}`, presence: 0, offset: at, parts: part, weights: weights[f] };
    return f === 0 ? { ...field, rarity: { from: 3, to: 4 } } : field;
  });
  const swap = { fields: [0, 1], level: 5 } as const;
  return { id: "tiny", bits: 32 * Math.ceil(offset / 32), unitsPerBit: 2, fields, swap };
}

const NAME_WEIGHTS = [-2, 0, 1, 2, 3, 1];
const NAMES = tinyLayout([NAME, NAME], [NAME_WEIGHTS, NAME_WEIGHTS]);
const ALL = tinyLayout(
  [
    NAME,
    NAME,
    { kind: "text", whole: 1, letters: few(3), words: few(1) },
    { kind: "code", whole: 1, letters: few(2) },
    { kind: "email", whole: 1, local: 1, letters: few(3) },
    { kind: "date" },
    { kind: "values", values: few(2) },
  ],
  [
    NAME_WEIGHTS,
    NAME_WEIGHTS,
    [-1, 1, 2, 3],
    [-1, 1, 2],
    [-1, 1, 2, 3],
    [-3, 0, 1, 2, 5, 1, 2],
    [-1, 1],
  ],
);

/** Pairs of records are compared in places; those that are near by score are found for them. */
export const links: readonly Piece[] = [
  piece(
    "match weight",
    ["linkage/match-weight", "linkage/record-levels", "linkage/together", "circuit/weighted-sum"],
    (dealer) => {
      const side = (seed: number) =>
        Array.from({ length: ALL.bits }, (_, p) => dealer.share(words(4, seed + 3 * p), "xor"));
      const [x, y] = [side(1), side(2)];
      return async (ctx, self) => {
        const of = (planes: typeof x): Bits[] => planes.map((plane) => plane[self]);
        const weights = await matchWeights(ctx, ALL, of(x), of(y));
        await verifyProducts(ctx);
        return bits(joined(weights));
      };
    },
  ),
  piece("compact", ["table/compact"], (dealer) => {
    const flags = dealer.share(words(4, 7), "xor");
    const rows = dealer.share(words(128, 8), "xor");
    return async (ctx, self) => {
      const { table, isFlagged, restore } = await compactRows(
        ctx,
        flags[self],
        tableOf(rows[self], 1),
        128,
      );
      const back = await restore(ctx, table);
      return bits(joined([isFlagged, table.shares, back.shares]));
    };
  }),
  piece(
    "link",
    ["linkage/link", "linkage/pair-floor", "linkage/records", "linkage/row-bests"],
    (dealer) => {
      const mask = words(512, 14);
      const matches = dealer.share(
        words(512, 5).map((word, k) => word & mask[k]),
        "xor",
      );
      const lists = [3, 4].map((seed) => dealer.share(words(128, seed), "xor"));
      const present = dealer.share(new Uint32Array(128).fill(1), "add");
      const rule = {
        records: NAMES,
        score: 1,
        rankBits: 1,
        groupColumns: 128,
        perRow: 1,
        slotRowsMax: 128,
        floor: { least: weightBounds(NAMES).least + 1, without: 0, own: [0] },
      };
      return async (ctx, self) => {
        const [ours, theirs] = lists.map((records, k) => {
          const shares = { content: present[self], present: present[self], real: records[self] };
          const list = { rows: 128, ...shares, records: records[self] };
          return { records: recordTable(ctx.narrow(`list-${k}`), NAMES, list, 1) };
        });
        const block = { row: 0, rows: 128, column: 0, columns: 128 };
        const weighed = await weighBlock(ctx, block, matches[self], { ours, theirs, rule });
        return bits(await matchedRows(ctx, await rowBests(ctx, weighed), NAMES, 1));
      };
    },
  ),
  piece("one to one", ["linkage/one-to-one", "linkage/edges"], (dealer) => {
    const { least, most } = weightBounds(NAMES);
    const sizes = { rows: 3, columns: 4 };
    const weights = Array.from({ length: sumPlanes(most - least) }, (_, p) =>
      dealer.share(words(4, 9 + p), "xor"),
    );
    const isPair = dealer.share(words(4, 8), "xor");
    // Crowded rows; the sort compares all lines of so few in one level.
    const number = (seed: number) =>
      dealer.share(
        words(128, seed).map((word) => word % 3),
        "xor",
      );
    const numbers = [number(5), number(6)];
    return async (ctx, self) => {
      const pairs: WeighedPairs = {
        row: 0,
        rows: 128,
        places: 128,
        isPair: isPair[self],
        weights: weights.map((plane) => plane[self]),
        carried: [tableOf(numbers[0][self], 1), tableOf(numbers[1][self], 1)],
        restore: async (_, table) => table,
      };
      const edges = { ...edgesOf(ctx, [pairs], sizes), places: 10 };
      const few = { edges: { ...edges, places: 2 }, sizes: { rows: 3, columns: 3 } };
      const tasks = [{ edges, sizes }, few].map((task) => ({ ...task, least: least + 3 }));
      const found = await oneToOne(ctx, NAMES, tasks);
      const all = found.flatMap(({ isLink, ours, theirs }) => [
        isLink,
        ...[ours, theirs].flatMap((side) => [side.has, ...side.weights, ...side.number]),
      ]);
      return bits(joined(all));
    };
  }),
  piece("bands", ["linkage/bands"], (dealer) => {
    const lists = [3, 4].map((seed) => dealer.share(words(128, seed), "xor"));
    const rule: BandRule = {
      records: NAMES,
      parts: [{ name: "0", known: [0], bits: [[1], [2, 3]], worth: 1 }],
      bands: [{ name: "0", parts: [0], near: [{ part: 0, bits: 1 }], window: 1, perRow: 1 }],
      least: 1,
      slotRowsMax: 256,
    };
    return async (ctx, self) => {
      const [ours, theirs] = lists.map((list) => tableOf(list[self], 1));
      const { edges, bests } = await weighBands(ctx, ours, theirs, rule);
      const found = [edges.isPair, ...edges.row, ...edges.column, bests.has, ...bests.weights];
      return bits(joined(found));
    };
  }),
  piece("look-up", ["linkage/look-up"], (dealer) => {
    const vectors = [5, 6].map((seed) => {
      const near = words(128 * 8, seed).map((word) => (word >>> 13) % 4);
      return dealer.share(Uint16Array.from(near), "add");
    });
    const lists = [3, 4].map((seed) => dealer.share(words(128, seed), "xor"));
    const rule = { records: NAMES, score: 20, places: 128 };
    return async (ctx, self) => {
      const [fresh, stored] = lists.map((list, k) => ({
        side: { rows: 128, width: 8, shares: vectors[k][self] },
        records: tableOf(list[self], 1),
      }));
      const [edges] = await lookUp(ctx, storedList(ctx, stored), fresh, 1, rule);
      return bits(joined([edges.isPair, ...edges.weights, ...edges.column]));
    };
  }),
  piece("weight histogram", ["linkage/weight-histogram"], (dealer) => {
    const { least, most } = weightBounds(NAMES);
    const planes = Array.from({ length: sumPlanes(most - least) }, (_, p) =>
      dealer.share(words(4, 9 + p), "xor"),
    );
    const has = dealer.share(words(4, 8), "xor");
    const noise = { epsilon: { numerator: 20n, denominator: 1n }, sensitivity: 2n };
    const rule = { from: 0, to: 1, noise };
    return async (ctx, self) => {
      const weights = planes.map((plane) => plane[self]);
      const bests = { rows: 128, has: has[self], weights };
      const counts = await weightHistogram(ctx, bests, NAMES, rule, selectionSeeds("noise", self));
      return { told: counts.join() };
    };
  }),
];
