/**
 * Edits that make one text of the other, or `most + 1` if it takes more: one letter put in, left
 * out or replaced, or two neighbours exchanged that are not edited again (optimal string
 * alignment). Only cells within `most` of the diagonal are looked at, as in a circuit.
 */
export function editDistance<T extends string | number>(
  a: ArrayLike<T>,
  b: ArrayLike<T>,
  most: number,
): number {
  const far = most + 1;
  if (Math.abs(a.length - b.length) > most) return far;
  let [earlier, before]: [number[], number[]] = [[], firstRow(b.length, far)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = new Array<number>(b.length + 1).fill(far);
    if (i <= most) row[0] = i;
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(before[j - 1] + same, before[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, earlier[j - 2] + 1);
      }
      row[j] = Math.min(least, far);
    }
    [earlier, before] = [before, row];
  }
  return before[b.length];
}

const firstRow = (length: number, far: number): number[] =>
  Array.from({ length: length + 1 }, (_, j) => Math.min(j, far));
