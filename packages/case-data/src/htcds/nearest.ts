/**
 * Slips between two texts: letters left out, added, replaced, or two neighbours swapped (optimal
 * string alignment). Gives up beyond `max` and returns `max + 1`.
 */
export function slips(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, replaced);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > max) return max + 1;
    [before, above] = [above, row];
  }
  return above[b.length];
}

/** Longest key that is compared: what is longer is no slip of a code. */
const KEY_MAX = 160;

/**
 * What the nearest of `keys` stands for: at most one slip in four letters. `undefined` if none is
 * near, or if two that stand for different things are equally near.
 */
export function nearestOf<T>(key: string, keys: ReadonlyMap<string, T>): T | undefined {
  if (key.length > KEY_MAX) return undefined;
  let fewest = Math.floor(key.length / 4) + 1;
  let found: T | undefined;
  for (const [other, value] of keys) {
    const count = slips(key, other, fewest);
    if (count > fewest || (count === fewest && found === undefined)) continue;
    if (count === fewest && found !== value) found = undefined;
    else found = value;
    if (count < fewest) fewest = count;
  }
  return found;
}
