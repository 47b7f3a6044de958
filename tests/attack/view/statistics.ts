/** Chance that a standard normal value is above `z` (Abramowitz and Stegun 7.1.26). */
export function tailOf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (poly * Math.exp(-x * x)) / 2;
  return z >= 0 ? tail : 1 - tail;
}

/** Chance of a chi-square statistic as high as this one (Wilson and Hilferty 1931). */
export function chanceOf(statistic: number, freedom: number): number {
  if (freedom === 0) return 1;
  const spread = 2 / (9 * freedom);
  return tailOf(((statistic / freedom) ** (1 / 3) - (1 - spread)) / Math.sqrt(spread));
}

/** Pearson's statistic of byte counts against equal frequencies: 255 degrees of freedom. */
export function evenness(counts: Uint32Array): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / 256;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** The same of two samples against one distribution; values that never occur do not count. */
export function contrast(a: Uint32Array, b: Uint32Array): { statistic: number; freedom: number } {
  const total = (counts: Uint32Array) => counts.reduce((sum, count) => sum + count, 0);
  const [n, m] = [total(a), total(b)];
  let statistic = 0;
  let freedom = -1;
  for (let value = 0; value < a.length; value += 1) {
    const both = a[value] + b[value];
    if (both === 0) continue;
    freedom += 1;
    statistic += (Math.sqrt(m / n) * a[value] - Math.sqrt(n / m) * b[value]) ** 2 / both;
  }
  return { statistic, freedom: Math.max(0, freedom) };
}
