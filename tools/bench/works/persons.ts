import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { planesOfRows } from "@symbolon/mpc/circuit/planes";
import { sumPlanes } from "@symbolon/mpc/circuit/weighted-sum";
import type { Context } from "@symbolon/mpc/context";
import { clusterTerms } from "@symbolon/mpc/linkage/cluster-terms";
import { clusters } from "@symbolon/mpc/linkage/clusters";
import { type Edges, numberBits } from "@symbolon/mpc/linkage/edges";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { oneToOne, oneToOneTerms, type Partners } from "@symbolon/mpc/linkage/one-to-one";
import { PRODUCTION } from "@symbolon/mpc/profile";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import {
  type ClearLinks,
  clustersInTheClear,
  personsInTheClear,
} from "@symbolon/queries/plaintext/clusters";
import type { ClearPair } from "@symbolon/queries/plaintext/link";
import { mutualBests } from "@symbolon/queries/plaintext/one-to-one";
import { Dice } from "@symbolon/sim/people/dice";
import { CHECK_SECONDS_PER_AND } from "../costs.js";
import { type Column, columnBits, defineWork, type Work } from "./work.js";

type PersonsSizes = { readonly lists: number; readonly rows: number };

/** Places of a pair of lists for each row, as `linkRule` has it. */
const PER_ROW = 8;
const LEAST = 60;
const { least, most } = weightBounds(RECORDS);
const PLANES = sumPlanes(most - least);

const padded = ({ rows }: PersonsSizes): number => Math.ceil(rows / 256) * 256;
const sizesOf = (sizes: PersonsSizes) => ({ rows: padded(sizes), columns: padded(sizes) });

/** All pairs of lists a < b, by b. */
const listPairs = ({ lists }: PersonsSizes) =>
  Array.from({ length: lists }, (_, b) => Array.from({ length: b }, (__, a) => ({ a, b }))).flat();

const edgesName = (a: number, b: number): string => `edges-${a}-${b}`;

/** Weighed pairs of lists that share people are dealt, not compared: what comes after weighing. */
export const persons: Work = defineWork<PersonsSizes, ReturnType<typeof inputs>>({
  name: "persons",
  about: "one-to-one links of all pairs of lists, and who is one person, from weighed pairs",
  unit: "rows/s",
  options: { lists: 3, rows: 2000 },
  bounds: { lists: [2, 8], rows: [1, 20_000] },
  operations: ({ lists, rows }) => lists * rows,
  inputs,
  run: async (ctx, columns, sizes) => {
    const partners: Partners[][] = Array.from({ length: sizes.lists }, () => []);
    const tasks = listPairs(sizes).map(({ a, b }) => ({
      edges: edgesFrom(ctx, columns[edgesName(a, b)], sizes),
      sizes: sizesOf(sizes),
      least: LEAST,
    }));
    const links = await oneToOne(ctx, RECORDS, tasks);
    for (const [k, { b }] of listPairs(sizes).entries()) partners[b].push(links[k].theirs);
    const lists = partners.map((of) => ({
      rows: padded(sizes),
      real: columns["real"],
      partners: of,
    }));
    const { persons: table } = await clusters(ctx, lists, least);
    return [{ shares: table.shares, adding: "xor" }];
  },
  isRight: ([words], _, sizes) => {
    const expected = personsOf(sizes);
    return (
      words.length === expected.length && expected.every((word, k) => word === Number(words[k]))
    );
  },
  soundnessBits: (sizes) => {
    const rows = padded(sizes);
    const one = { sizes: sizesOf(sizes), places: PER_ROW * rows };
    const pairs = listPairs(sizes).map(() => one);
    const lists = Array.from({ length: sizes.lists }, () => rows);
    const all = [
      ...oneToOneTerms(PRODUCTION, RECORDS, pairs),
      ...clusterTerms(PRODUCTION, RECORDS, lists),
    ];
    return soundnessBits(all);
  },
  sketch: (sizes) => {
    const rows = padded(sizes);
    const lines = listPairs(sizes).length * (2 + 2 * PER_ROW) * rows;
    const log = Math.log2(lines);
    const links = lines * ((log + 1) * (2 * Math.log2(rows) + PLANES + 3 + log) + 30);
    const joined = listPairs(sizes).length * 5 * rows * (Math.log2(rows) + 2) * 40;
    const gates = links + joined;
    return {
      check: gates * CHECK_SECONDS_PER_AND,
      // A gate one bit; a line some 20 words in all shuffles, and their checks.
      bytes: gates / 8 + lines * (4 * 40 + 4 * 32),
      rounds: (1 + 3 * (sizes.lists - 1)) * 600,
    };
  },
  goals: () => undefined,
});

function edgesFrom(ctx: Context, words: Shares<Uint32Array>, sizes: PersonsSizes): Edges {
  const planes = planesOfRows(ctx, words, 3);
  const side = numberBits(sizesOf(sizes));
  return {
    places: PER_ROW * padded(sizes),
    isPair: planes[0],
    weights: planes.slice(1, 1 + PLANES),
    row: planes.slice(32, 32 + side),
    column: planes.slice(64, 64 + side),
  };
}

interface Invented {
  readonly a: number;
  readonly b: number;
  readonly pairs: readonly ClearPair[];
}

const made = new Map<string, readonly Invented[]>();

/** Two thirds of the people of a list are on each other one; most are found, among others. */
function inventedPairs(sizes: PersonsSizes): readonly Invented[] {
  const name = `${sizes.lists} ${sizes.rows}`;
  const found = made.get(name);
  if (found !== undefined) return found;
  const dice = new Dice(1);
  const { rows } = sizes;
  const everybody = Array.from({ length: Math.ceil(1.5 * rows) }, (_, person) => person);
  const lists = Array.from({ length: sizes.lists }, () => dice.shuffled(everybody).slice(0, rows));
  const pairs = listPairs(sizes).map(({ a, b }): Invented => {
    const of = new Map(lists[b].map((person, row) => [person, row]));
    const weights = new Map<string, ClearPair>();
    const add = (row: number, column: number, weight: number): void => {
      weights.set(`${row} ${column}`, { a: row, b: column, weight });
    };
    for (let k = 0; k < 2 * rows; k += 1) {
      add(dice.between(0, rows - 1), dice.between(0, rows - 1), dice.between(20, 90));
    }
    lists[a].forEach((person, row) => {
      const column = of.get(person);
      if (column !== undefined && dice.chance(0.95)) add(row, column, dice.between(55, 160));
    });
    return { a, b, pairs: dice.shuffled([...weights.values()]) };
  });
  made.set(name, pairs);
  return pairs;
}

function inputs(sizes: PersonsSizes): Record<string, Column<Uint32Array>> {
  const rows = padded(sizes);
  const edges = listPairs(sizes).map(({ a, b }, k) => {
    const column = columnBits(3 * PER_ROW * rows, () => {
      const words = new Uint32Array(3 * PER_ROW * rows);
      inventedPairs(sizes)[k].pairs.forEach((pair, place) => {
        words.set([1 | ((pair.weight - least) << 1), pair.a, pair.b], 3 * place);
      });
      return words;
    });
    return [edgesName(a, b), column] as const;
  });
  const real = columnBits(rows / 32, () => {
    const bits = new Uint32Array(rows / 32);
    for (let row = 0; row < sizes.rows; row += 1) bits[row >>> 5] |= 1 << (row & 31);
    return bits;
  });
  return Object.fromEntries([...edges, ["real", real] as const]);
}

/** The same by the oracle. */
function personsOf(sizes: PersonsSizes): number[] {
  const rows = Array.from({ length: sizes.lists }, () => padded(sizes));
  const linked = inventedPairs(sizes).map(({ a, b, pairs }): ClearLinks => {
    return { a, b, links: mutualBests(pairs, LEAST) };
  });
  const real = rows.map((count) => Array.from({ length: count }, (_, row) => row < sizes.rows));
  return personsInTheClear(clustersInTheClear(rows, linked), real).flat();
}
