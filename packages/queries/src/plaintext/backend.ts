import { assert } from "@symbolon/base/assert";
import { keyWorth, type RecordKeys } from "@symbolon/case-data/encode/key-score";
import type { Kernels } from "@symbolon/mpc/kernels/kernels";
import type { SecondLook } from "@symbolon/mpc/linkage/confirm";
import {
  assertFits,
  type LinkageLayout,
  sideWidth,
  withConstants,
} from "@symbolon/mpc/linkage/list";
import { codeWords } from "@symbolon/mpc/linkage/shared-keys";
import { PRODUCTION } from "@symbolon/mpc/profile";
import type { PickRule } from "@symbolon/mpc/table/pick";
import { SHOWN_BIT } from "@symbolon/mpc/table/shown-cells";
import type { Backend } from "../backend.js";
import { countPersonsRule } from "../plan/count-persons-rule.js";
import { countRule } from "../plan/count-rule.js";
import { linkedPairs } from "../plan/list-pairs.js";
import { type LinkingRule, matchRule } from "../plan/match-rule.js";
import { overlapRule } from "../plan/overlap-rule.js";
import type {
  CountPersonsPlan,
  CountPlan,
  LinkingPlan,
  MatchesPlan,
  OverlapPlan,
  SamePerson,
  SharedKeysPlan,
} from "../plan/plan.js";
import { type ClearLinks, clustersInTheClear, personsInTheClear } from "./clusters.js";
import { type CellNoise, type ClearCodes, crossTabInTheClear } from "./count.js";
import { type ClearSlot, sharedKeysInTheClear } from "./indicators.js";
import {
  type ClearMatching,
  type ClearPairOfLists,
  linksInTheClear,
  matchesInTheClear,
} from "./matches.js";
import { type ClearPersons, personTabInTheClear } from "./person-tab.js";

/** A list of persons in the clear, in the columns of a dataset. */
export interface ClearList {
  readonly rows: number;
  /** rows × dims, signed integers mod 2^32. */
  readonly content: Uint32Array;
  /** rows × fields, 0 or 1. */
  readonly present: Uint32Array;
  /** One bit a row, packed. */
  readonly real: Uint32Array;
  /** rows × the bits of the key layout, packed; if the plan looks at keys. */
  readonly keys?: Uint32Array;
  /** rows × the bits of a comparison record, packed; if the plan weighs pairs. */
  readonly records?: Uint32Array;
  /** One word a row of each coded attribute; if the plan counts persons by them. */
  readonly attributes?: ClearCodes["columns"];
}

/** A list of cases in the clear, in the columns of a dataset. */
export interface ClearCases {
  readonly rows: number;
  readonly codes: Uint32Array;
  readonly keys: Uint32Array;
}

/** Lists as plans have them. */
export type ClearRows = ClearList | ClearCases | ClearCodes;

function personsOf(list: ClearRows): ClearList {
  assert("content" in list, "a plan about persons reads a list of persons");
  return list;
}

export type KeyedClearList = ClearList & Required<Pick<ClearList, "keys">>;

/** What the secret draw depends on; only tests and demonstrations know it in the clear. */
export interface ClearDraw {
  /** The order that the three secret permutations make together. */
  readonly order: (rows: number) => Uint32Array;
  readonly margin: (rule: PickRule) => number;
  /** The exact counts of the histogram of this number, list or pair of lists → what was opened. */
  readonly noised: (counts: Int32Array, at: number) => Int32Array;
  /** The noise of each cell of a table over so many lists. */
  readonly cellNoise: (cell: number, lists: number) => CellNoise;
}

/** Rows of one block of the comparison; bounds memory, not results. */
const BLOCK_ROWS = 512;

/** The oracle: the plan on data in the clear, with the same 16-bit arithmetic. */
export class PlaintextBackend implements Backend<ClearRows, boolean[], Uint32Array> {
  readonly #layout: LinkageLayout;
  readonly #kernels: Kernels;
  readonly #draw: ClearDraw;
  readonly #tileRows: number;
  pairs = 0;

  /** `tileRows` as in the profile of the nodes: which candidates find room depends on it. */
  constructor(
    layout: LinkageLayout,
    kernels: Kernels,
    draw: ClearDraw,
    tileRows = PRODUCTION.tileRows,
  ) {
    this.#tileRows = tileRows;
    this.#layout = layout;
    this.#kernels = kernels;
    this.#draw = draw;
  }

  async real(list: ClearRows): Promise<boolean[]> {
    return realRows(personsOf(list));
  }

  async noneMatch(a: ClearRows, b: ClearRows, on: SamePerson): Promise<boolean[]> {
    const [ours, theirs] = [personsOf(a), personsOf(b)];
    const reached: number[][] = Array.from({ length: ours.rows }, () => []);
    const layout = on.confirm ? withConstants(this.#layout, on.confirm.constants) : this.#layout;
    this.#eachReached(layout, ours, theirs, on.threshold, (i, j) => reached[i].push(j));
    if (on.confirm === undefined) return reached.map(({ length }) => length === 0);
    return noneConfirmedClear(this.#keyed(ours, on.confirm), this.#keyed(theirs, on.confirm), {
      reached,
      look: on.confirm,
    });
  }

  async noneEarlier(list: ClearRows, on: SamePerson): Promise<boolean[]> {
    const ours = personsOf(list);
    const none = new Array<boolean>(ours.rows).fill(true);
    this.#eachReached(this.#layout, ours, ours, on.threshold, (i, j) => {
      if (j < i) none[i] = false;
    });
    return none;
  }

  async unlessMany(kept: boolean[], list: ClearRows, oneIn: number): Promise<boolean[]> {
    const real = realRows(personsOf(list));
    const leftOut = real.filter((flag, k) => flag && !kept[k]).length;
    const isMet = oneIn * leftOut <= real.filter(Boolean).length;
    return kept.map((flag) => flag && isMet);
  }

  async both(a: boolean[], b: boolean[]): Promise<boolean[]> {
    return a.map((flag, k) => flag && b[k]);
  }

  async pick(flags: boolean[], ours: ClearRows, rule: PickRule): Promise<Uint32Array> {
    const answer = new Uint32Array(1 + rule.pick);
    const remaining = flags.filter(Boolean).length;
    if (remaining < rule.pick + this.#draw.margin(rule)) return answer;
    const drawn = [...this.#draw.order(ours.rows)].filter((row) => flags[row]).slice(0, rule.pick);
    answer[0] = 1;
    answer.set(drawn, 1);
    return answer;
  }

  async matches(
    list: ClearRows,
    lists: readonly ClearRows[],
    plan: MatchesPlan,
  ): Promise<Uint32Array> {
    const ours = personsOf(list);
    const answers = lists.map(personsOf).map((theirs, k) => {
      const rule = matchRule(plan, this.#layout, ours.rows, theirs.rows);
      const pair = this.#pairOf(ours, theirs, rule);
      return matchesInTheClear(this.#layout, pair, this.#matching(rule, k));
    });
    return Uint32Array.from(answers.flatMap((words) => [...words]));
  }

  async overlap(lists: readonly ClearRows[], plan: OverlapPlan): Promise<Uint32Array> {
    const { heads, counts } = this.persons(lists, plan);
    const cells = new Array<number>(2 ** lists.length).fill(0);
    for (const word of heads) {
      if ((word & 1) === 0) continue;
      cells[(word >>> 1) - 1] += 1;
      cells[cells.length - 1] += 1;
    }
    const { persons } = overlapRule(plan, lists.length);
    const shown = cells.map((exact, cell) => {
      const noised = exact + this.#draw.cellNoise(cell, 1).figure;
      return noised >= persons ? 2 ** SHOWN_BIT + noised : 0;
    });
    return Uint32Array.from([...counts.flatMap((bins) => [...bins]), ...shown]);
  }

  async countPersons(lists: readonly ClearRows[], plan: CountPersonsPlan): Promise<Uint32Array> {
    const { clusters } = this.persons(lists, plan);
    const coded = lists.map((list): ClearCodes => {
      const { rows, attributes } = personsOf(list);
      assert(attributes !== undefined, "persons are counted by attributes that they have");
      return { rows, columns: attributes };
    });
    const rule = countPersonsRule(plan, lists.length);
    const noise = (cell: number): CellNoise => this.#draw.cellNoise(cell, lists.length);
    return personTabInTheClear(coded, clusters, rule, noise);
  }

  /** `linkedPersons` in the clear: one word for each row of all lists, and who is whom. */
  persons(
    lists: readonly ClearRows[],
    plan: LinkingPlan,
  ): { heads: Uint32Array; clusters: ClearPersons; counts: readonly Int32Array[] } {
    const all = lists.map(personsOf);
    const rows = all.map((list) => list.rows);
    const counts: Int32Array[] = [];
    const linked = linkedPairs(plan, this.#layout, rows).map(({ a, b, rule }, k): ClearLinks => {
      const pair = this.#pairOf(all[a], all[b], rule);
      const found = linksInTheClear(this.#layout, pair, this.#matching(rule, k));
      const { links, least } = found;
      counts[k] = found.counts;
      return { a, b, links: links.filter(({ weight }) => weight >= least) };
    });
    const real = all.map(realRows);
    const heads = clustersInTheClear(rows, linked);
    const words = personsInTheClear(heads, real);
    const isHead = words.map((list) => list.map((word) => (word & 1) === 1));
    return { heads: Uint32Array.from(words.flat()), clusters: { heads, isHead }, counts };
  }

  #pairOf(ours: ClearList, theirs: ClearList, { link, bands }: LinkingRule): ClearPairOfLists {
    if (bands) return { lists: [ours, theirs] };
    const near = Array.from({ length: ours.rows }, () => new Set<number>());
    this.#eachReached(this.#layout, ours, theirs, link.score, (i, j) => near[i].add(j));
    return { lists: [ours, theirs], near };
  }

  #matching(rule: LinkingRule, at: number): ClearMatching {
    const noised = (counts: Int32Array): Int32Array => this.#draw.noised(counts, at);
    return { rule, tileRows: this.#tileRows, noised };
  }

  async sharedKeys(
    ours: ClearRows,
    theirs: readonly ClearRows[],
    { rule }: SharedKeysPlan,
  ): Promise<Uint32Array> {
    const slots = [ours, ...theirs].map((list) => {
      assert("codes" in list, "a plan about indicators reads a list of cases");
      return clearSlots(list, rule.slots);
    });
    const [counts] = sharedKeysInTheClear(slots, rule);
    return Uint32Array.from(counts, (row) =>
      row.reduce((word, count, c) => (word | (count << (c * rule.countBits))) >>> 0, 0),
    );
  }

  async count(lists: readonly ClearRows[], plan: CountPlan): Promise<Uint32Array> {
    const coded = lists.map((list) => {
      assert("columns" in list, "a plan about attributes reads a list of coded cases");
      return list;
    });
    const rule = countRule(plan, lists.length);
    return crossTabInTheClear(coded, rule, (cell) => this.#draw.cellNoise(cell, lists.length));
  }

  together(answers: readonly Uint32Array[]): Uint32Array {
    return Uint32Array.from(answers.flatMap((words) => [...words]));
  }

  /** Calls `use` for every pair that reaches the score, column by column within a row. */
  #eachReached(
    layout: LinkageLayout,
    ours: ClearList,
    theirs: ClearList,
    threshold: number,
    use: (i: number, j: number) => void,
  ): void {
    assertFits(layout, threshold);
    const width = sideWidth(layout);
    const left = clearSide(layout, ours, 0);
    const right = clearSide(layout, theirs, 1);
    for (let from = 0; from < theirs.rows; from += BLOCK_ROWS) {
      const m = Math.min(BLOCK_ROWS, theirs.rows - from);
      const block = right.subarray(from * width, (from + m) * width);
      const scores = this.#kernels.matmul16(left, block, ours.rows, m, width);
      for (let k = 0; k < scores.length; k += 1) {
        if ((scores[k] << 16) >> 16 < threshold) continue;
        use(k % ours.rows, from + Math.floor(k / ours.rows));
      }
    }
    this.pairs += ours.rows * theirs.rows;
  }

  /** A key is known where its field is present; an optional one if it was sent as known besides. */
  #keyed({ rows, keys, present }: ClearList, { keys: layout }: SecondLook): RecordKeys {
    assert(keys !== undefined, "a second look needs keys");
    const words = keys.slice();
    const [width, count] = [layout.bits / 32, this.#layout.fields.length];
    assert(keys.length === rows * width, "one row of keys a record");
    for (let row = 0; row < rows; row += 1) {
      for (const { offset, presence, optional } of layout.fields) {
        const [at, bit] = [row * width + (offset >>> 5), 1 << (offset & 31)];
        if (present[row * count + presence] === 0) words[at] &= ~bit;
        else if (!optional) words[at] |= bit;
      }
    }
    return { rows, words };
  }
}

/** Cases → slots: four bits of code and two words of key each. */
const clearSlots = ({ rows, codes, keys }: ClearCases, slots: number): ClearSlot[][] =>
  Array.from({ length: rows }, (_, row) =>
    Array.from({ length: slots }, (_, s) => {
      const code = codes[row * codeWords(slots) + (s >>> 3)] >>> (4 * (s & 7));
      const at = 2 * (row * slots + s);
      return { channel: code & 15, key: `${keys[at]} ${keys[at + 1]}` };
    }),
  );

const realRows = ({ rows, real }: ClearList): boolean[] =>
  Array.from({ length: rows }, (_, k) => ((real[k >> 5] >>> (k & 31)) & 1) === 1);

/** Rows of one side: content, then constant × presence. */
function clearSide(layout: LinkageLayout, list: ClearList, which: 0 | 1): Uint16Array {
  const { dims, fields } = layout;
  assert(list.content.length === list.rows * dims, "content has one block row a record");
  const width = sideWidth(layout);
  const out = new Uint16Array(list.rows * width);
  for (let row = 0; row < list.rows; row += 1) {
    out.set(list.content.subarray(row * dims, (row + 1) * dims), row * width);
    fields.forEach(({ constant }, f) => {
      out[row * width + dims + f] = constant[which] * list.present[row * fields.length + f];
    });
  }
  return out;
}

/** The second look: of each group of columns, the candidates of a row count if they have slots. */
function noneConfirmedClear(
  ours: RecordKeys,
  theirs: RecordKeys,
  { reached, look }: { readonly reached: readonly number[][]; readonly look: SecondLook },
): boolean[] {
  const { keys, threshold, rankBits, groupColumns } = look;
  return reached.map((columns, i) => {
    const groups = new Map<number, number[]>();
    for (const j of columns) {
      const group = Math.floor(j / groupColumns);
      groups.set(group, [...(groups.get(group) ?? []), j]);
    }
    return [...groups.values()]
      .filter((group) => group.length < 2 ** rankBits)
      .every((group) => group.every((j) => keyWorth(keys, ours, i, theirs, j) < threshold));
  });
}
