import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { not, publicBits, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { allEach, andEach } from "./batch.js";

/** Bit planes of one letter of every row's text, lowest first; all zero where a text has ended. */
export type Letter = readonly Bits[];

/** Known to be 1, or a secret bit a row. What is not in a table is known to be 0. */
type Cell = Bits | "one";
type Table = Map<string, Cell>;

const key = (i: number, j: number): string => `${i},${j}`;

/**
 * Π_edits: for d = 0 … `most` one bit a row: do at most d edits make one text of the other? An
 * edit puts in, leaves out or replaces a letter, or exchanges two neighbours (optimal string
 * alignment). Texts have at most as many letters as there are places, and zeros behind.
 *
 *     R_d(i,j) = G ∨ (x_i = y_j) ∧ R_d(i−1,j−1),   G = R_{d−1}(i−1,j−1) ∨ R_{d−1}(i−1,j)
 *                ∨ R_{d−1}(i,j−1) ∨ (x_i = y_{j−1}) ∧ (x_{i−1} = y_j) ∧ R_{d−1}(i−2,j−2)
 *
 * R_d(i,j): the first i letters of x and j of y are at most d edits apart; cells with |i − j| ≤ d
 * only. With P = (x_i = y_j) ∧ ¬G, R_d = G ⊕ P ∧ R_d(i−1,j−1): one round a letter and d. Where a
 * text ends earlier, zeros meet zeros. 562 AND a row in 55 rounds for two edits and twelve letters
 * of five bits, 254 for one edit. Security as Π_and. docs/protocols/edit-distance.md.
 */
export async function editsWithin(
  ctx: Context,
  x: readonly Letter[],
  y: readonly Letter[],
  most = 2,
): Promise<Bits[]> {
  assert(x.length === y.length && x.length > most, "texts of one length, longer than the edits");
  const step = ctx.narrow("edits");
  const same = await sameLetters(step, x, y, most);
  const exchanged = await exchangedLetters(step, same, x.length, most);
  let reached: Table = new Map();
  const ends: Bits[][] = [];
  const [xEnds, yEnds] = await Promise.all([
    endedBy(step.narrow("x"), x, most),
    endedBy(step.narrow("y"), y, most),
  ]);
  for (let d = 0; d <= most; d += 1) {
    reached = await withOneMore(step.narrow(`edits-${d}`), { same, exchanged }, reached, {
      d,
      letters: x.length,
    });
    ends.push(await endOf(step.narrow(`end-${d}`), reached, { xEnds, yEnds }, d, x.length));
  }
  const some = await allEach(
    step.narrow("any"),
    ends.map((bits) => bits.map((bit) => not(step, bit))),
  );
  return some.map((bit) => not(step, bit));
}

/** Cells of a band around the diagonal, without the edges. */
function band(letters: number, width: number, first = 1): [i: number, j: number][] {
  const cells: [number, number][] = [];
  for (let i = first; i <= letters; i += 1) {
    for (let j = Math.max(first, i - width); j <= Math.min(letters, i + width); j += 1) {
      cells.push([i, j]);
    }
  }
  return cells;
}

/** x_i = y_j for all cells that are needed. */
async function sameLetters(
  ctx: Context,
  x: readonly Letter[],
  y: readonly Letter[],
  most: number,
): Promise<Map<string, Bits>> {
  const cells = band(x.length, most);
  const groups = cells.map(([i, j]) =>
    x[i - 1].map((plane, p) => not(ctx, xorBits(plane, y[j - 1][p]))),
  );
  const made = await allEach(ctx.narrow("letters"), groups);
  return new Map(cells.map(([i, j], k) => [key(i, j), made[k]]));
}

/** Letters i−1, i of x are letters j, j−1 of y. */
async function exchangedLetters(
  ctx: Context,
  same: ReadonlyMap<string, Bits>,
  letters: number,
  most: number,
): Promise<Map<string, Bits>> {
  const cells = band(letters, most - 1, 2);
  const made = await andEach(
    ctx.narrow("exchanged"),
    cells.map(([i, j]) => [at(same, i, j - 1), at(same, i - 1, j)] as const),
  );
  return new Map(cells.map(([i, j], k) => [key(i, j), made[k]]));
}

function at(bits: ReadonlyMap<string, Bits>, i: number, j: number): Bits {
  const bit = bits.get(key(i, j));
  assert(bit !== undefined, "a cell of the band");
  return bit;
}

interface Facts {
  readonly same: ReadonlyMap<string, Bits>;
  readonly exchanged: ReadonlyMap<string, Bits>;
}

/** R_d from R_{d−1}. */
async function withOneMore(
  ctx: Context,
  { same, exchanged }: Facts,
  before: Table,
  { d, letters }: { readonly d: number; readonly letters: number },
): Promise<Table> {
  const cells = band(letters, d);
  const swaps = await swapped(ctx, exchanged, before, band(letters, d - 1, 2));
  const terms = cells.map(([i, j]) => [
    ...[key(i - 1, j - 1), key(i - 1, j), key(i, j - 1)].map((one) => before.get(one)),
    swaps.get(key(i, j)),
  ]);
  const gained = await anyOf(ctx.narrow("gained"), terms);
  const open = cells.flatMap(([i, j], k) => {
    const g = gained[k];
    return g === "one" ? [] : [{ name: key(i, j), i, j, g }];
  });
  const propagated = await andEach(
    ctx.narrow("propagated"),
    open.flatMap(({ i, j, g }) => (g ? [[at(same, i, j), not(ctx, g)] as const] : [])),
  );
  let used = 0;
  const p = new Map(
    open.map(({ name, i, j, g }) => [name, g ? propagated[used++] : at(same, i, j)]),
  );
  const reached: Table = new Map();
  for (let k = 0; k <= d; k += 1) {
    reached.set(key(k, 0), "one");
    reached.set(key(0, k), "one");
  }
  for (let i = 1; i <= letters; i += 1) {
    const row = cells.flatMap(([row, j], k) => (row === i ? [{ j, g: gained[k] }] : []));
    await goDown(ctx.narrow(`row-${i}`), reached, i, row, p);
  }
  return reached;
}

/** R_d(i,j) = G ⊕ P ∧ R_d(i−1,j−1) for all j of one i. */
async function goDown(
  ctx: Context,
  reached: Table,
  i: number,
  row: readonly { readonly j: number; readonly g: Cell | undefined }[],
  p: ReadonlyMap<string, Bits>,
): Promise<void> {
  const pairs: [Bits, Bits][] = [];
  const waiting: { readonly name: string; readonly g: Bits | undefined }[] = [];
  for (const { j, g } of row) {
    const name = key(i, j);
    const earlier = reached.get(key(i - 1, j - 1));
    if (g === "one") {
      reached.set(name, "one");
    } else if (earlier === "one") {
      reached.set(name, g ? xorBits(g, at(p, i, j)) : at(p, i, j));
    } else if (earlier === undefined) {
      if (g) reached.set(name, g);
    } else {
      pairs.push([at(p, i, j), earlier]);
      waiting.push({ name, g });
    }
  }
  const made = await andEach(ctx, pairs);
  waiting.forEach(({ name, g }, k) => {
    reached.set(name, g ? xorBits(g, made[k]) : made[k]);
  });
}

/** Exchanges whose cell two before is reached. */
async function swapped(
  ctx: Context,
  exchanged: ReadonlyMap<string, Bits>,
  before: Table,
  cells: readonly (readonly [number, number])[],
): Promise<Table> {
  const found: Table = new Map();
  const pairs: [Bits, Bits][] = [];
  const names: string[] = [];
  for (const [i, j] of cells) {
    const earlier = before.get(key(i - 2, j - 2));
    if (earlier === undefined) continue;
    const exchange = at(exchanged, i, j);
    if (earlier === "one") {
      found.set(key(i, j), exchange);
    } else {
      pairs.push([exchange, earlier]);
      names.push(key(i, j));
    }
  }
  const made = await andEach(ctx.narrow("swapped"), pairs);
  names.forEach((name, k) => {
    found.set(name, made[k]);
  });
  return found;
}

/** The OR of the terms of each cell. */
async function anyOf(
  ctx: Context,
  cells: readonly (readonly (Cell | undefined)[])[],
): Promise<(Cell | undefined)[]> {
  const secret = cells.map((terms) =>
    terms.includes("one") ? [] : terms.filter((term): term is Bits => term instanceof Object),
  );
  const groups = secret.filter(({ length }) => length > 0);
  const none = await allEach(
    ctx,
    groups.map((bits) => bits.map((bit) => not(ctx, bit))),
  );
  let used = 0;
  return cells.map((terms, k) => {
    if (terms.includes("one")) return "one";
    return secret[k].length > 0 ? not(ctx, none[used++]) : undefined;
  });
}

/** For k = 1 … most: has the text ended before its letter L − k + 1? */
function endedBy(ctx: Context, text: readonly Letter[], most: number): Promise<Bits[]> {
  const last = text.slice(text.length - most).reverse();
  return allEach(
    ctx.narrow("ended"),
    last.map((letter) => letter.map((plane) => not(ctx, plane))),
  );
}

/** Both texts used up: at the corner, or where all that one has left is zeros. */
async function endOf(
  ctx: Context,
  reached: Table,
  { xEnds, yEnds }: { readonly xEnds: readonly Bits[]; readonly yEnds: readonly Bits[] },
  d: number,
  letters: number,
): Promise<Bits[]> {
  const words = xEnds[0].length;
  const bits = (cell: Cell | undefined): Bits | undefined =>
    cell === "one" ? publicBits(ctx, new Uint32Array(words).fill(0xffffffff)) : cell;
  const pairs: [Bits, Bits][] = [];
  for (let k = 1; k <= d; k += 1) {
    const [below, beside] = [
      bits(reached.get(key(letters, letters - k))),
      bits(reached.get(key(letters - k, letters))),
    ];
    if (below) pairs.push([below, yEnds[k - 1]]);
    if (beside) pairs.push([beside, xEnds[k - 1]]);
  }
  const corner = bits(reached.get(key(letters, letters)));
  assert(corner !== undefined, "the corner is in every band");
  return [corner, ...(await andEach(ctx, pairs))];
}
