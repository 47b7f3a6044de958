import { assert } from "@symbolon/base/assert";
import { atLeast } from "../circuit/at-least.js";
import { allEach, andEach } from "../circuit/batch.js";
import type { Weighted } from "../circuit/weighted-sum.js";
import type { Context } from "../context.js";
import { not, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import type { KeyField, KeyLayout } from "./keys.js";

/** AND gates a row of `sameByKeys`, from above. */
export function levelGates({ fields, swap }: KeyLayout): number {
  const compared = [...fields, ...swap.fields.map((f) => fields[f])];
  const bits = compared.reduce((sum, { parts }) => sum + parts.reduce((a, b) => a + b, 2), 0);
  const names = 4 * Math.max(...fields.map(({ parts }) => parts.length));
  const worths = fields.flatMap(({ worth }) => worth);
  // Each step in worth has at most so many binary digits, and so has the bound.
  const digits = Math.ceil(Math.log2(2 + 2 * Math.max(...worths.map(Math.abs))));
  return bits + names + (worths.length + 4) * (digits + 1);
}

/** Of one pair of keys: are both known, and do the first d parts agree? Index d. */
type Levels = readonly Bits[];

/**
 * Π_levels: one bit a row: do the keys x and y agree as well as two records of one person?
 *
 *     level_0 = known(x) ∧ known(y),   level_d = level_{d−1} ∧ [part d of x = part d of y]
 *     Σ_fields worth(deepest level, or 0 where one is unknown) ≥ T
 *
 * Two names that agree crosswise to a public depth count as if they stood in the right places.
 * About 1.4 AND a bit of the keys and row, all rows at once; ~35 rounds. Nothing is opened.
 * More agreement never counts less (worths ascend, and a swap only adds levels), so whoever makes
 * up keys matches no row that a record with the same parts does not. docs/protocols/levels.md.
 */
export async function sameByKeys(
  ctx: Context,
  layout: KeyLayout,
  x: readonly Bits[],
  y: readonly Bits[],
  threshold: number,
): Promise<Bits> {
  assert(
    layout.fields.every(({ worth }) => worth.every((w, d) => d === 0 || w >= worth[d - 1])),
    "deeper agreement is never worth less",
  );
  const step = ctx.narrow("levels");
  const levels = await levelsOf(step, layout, x, y);
  const terms: Weighted[] = [];
  let least = threshold;
  levels.forEach((depths, f) => {
    layout.fields[f].worth.forEach((worth, d, all) => {
      const gain = d === 0 ? worth : worth - all[d - 1];
      if (gain > 0) terms.push({ bit: depths[d], weight: gain });
      // w·b = w − w·¬b: a loss becomes what is gained where it does not strike.
      if (gain < 0) terms.push({ bit: not(step, depths[d]), weight: -gain });
      if (gain < 0) least -= gain;
    });
  });
  return atLeast(step, terms, least);
}

async function levelsOf(
  ctx: Context,
  layout: KeyLayout,
  x: readonly Bits[],
  y: readonly Bits[],
): Promise<Levels[]> {
  const [g, s] = layout.swap.fields;
  const { fields } = layout;
  const straight = fields.map((field) => [field, field] as const);
  const crosswise = [[fields[g], fields[s]] as const, [fields[s], fields[g]] as const];
  const compared = await compareKeys(ctx, [...straight, ...crosswise], x, y);
  const levels = compared.slice(0, fields.length);
  const cross = compared.slice(fields.length) as [Levels, Levels];
  const names = await withSwap(
    ctx.narrow("swap"),
    [levels[g], levels[s]],
    cross,
    layout.swap.depth,
  );
  return levels.map((depths, f) => (f === g ? names[0] : f === s ? names[1] : depths));
}

/** The levels of each pair of keys. */
async function compareKeys(
  ctx: Context,
  pairs: readonly (readonly [KeyField, KeyField])[],
  x: readonly Bits[],
  y: readonly Bits[],
): Promise<Levels[]> {
  const groups = pairs.flatMap(([a, b]) => {
    const known = [x[a.offset], y[b.offset]];
    let at = 1;
    const parts = a.parts.map((bits) => {
      const from = at;
      at += bits;
      return Array.from({ length: bits }, (_, k) =>
        not(ctx, xorBits(x[a.offset + from + k], y[b.offset + from + k])),
      );
    });
    return [known, ...parts];
  });
  const agree = await allEach(ctx.narrow("parts"), groups);
  let used = 0;
  const parts = pairs.map(([a]) => agree.slice(used, (used += 1 + a.parts.length)));
  const levels = parts.map(([known]) => [known]);
  for (let d = 1; parts.some(({ length }) => length > d); d += 1) {
    const deep = parts.flatMap((part, k) => (part.length > d ? [k] : []));
    const made = await andEach(
      ctx.narrow(`depth-${d}`),
      deep.map((k) => [levels[k][d - 1], parts[k][d]] as const),
    );
    deep.forEach((k, i) => {
      levels[k].push(made[i]);
    });
  }
  return levels;
}

/** Where both names agree crosswise to `depth`, their levels count as well: a ∨ b = a ⊕ b ⊕ ab. */
async function withSwap(
  ctx: Context,
  straight: readonly [Levels, Levels],
  cross: readonly [Levels, Levels],
  depth: number,
): Promise<[Levels, Levels]> {
  const [both] = await andEach(ctx.narrow("both"), [[cross[0][depth], cross[1][depth]]]);
  const deeper = cross.map((levels) => levels.slice(depth + 1));
  const swapped = await andEach(
    ctx.narrow("deeper"),
    deeper.flat().map((level) => [both, level] as const),
  );
  const added = cross.map((levels, k) => {
    const from = k === 0 ? 0 : deeper[0].length;
    const beyond = swapped.slice(from, from + deeper[k].length);
    return levels.slice(1).map((_, d) => (d < depth ? both : beyond[d - depth]));
  });
  const pairs = straight.flatMap((levels, k) =>
    levels.slice(1).map((level, d) => [level, added[k][d]] as const),
  );
  const overlap = await andEach(ctx.narrow("either"), pairs);
  const either = pairs.map(([a, b], k) => xorBits(xorBits(a, b), overlap[k]));
  const first = straight[0].length - 1;
  return [
    [straight[0][0], ...either.slice(0, first)],
    [straight[1][0], ...either.slice(first)],
  ];
}
