import { assert } from "@symbolon/base/assert";

/** How many pairs of a histogram have a weight of `bits`; the histogram may be noised. */
export interface WeightCount {
  readonly bits: number;
  readonly count: number;
}

/** Estimated matches among all pairs, with the bounds of an interval of about 95 %. */
export interface MatchEstimate {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** Half the 95 % quantile of χ² with one degree of freedom: how far ln L may fall. */
const FALL = 1.92;
const ROUNDS = 200;

/**
 * How many of `pairs` pairs are one person twice, from the weights of those that were looked at:
 * expectation-maximisation of the mixture
 *
 *     P(weight w) ∝ λ·2^w + (1 − λ),      λ = Σ count·λ2^w / (λ2^w + 1 − λ) / pairs
 *
 * (Fellegi-Sunter with known m and u; Winkler 1988). Pairs that were not looked at count as
 * strangers. Negative counts, which noise may give, are kept: they cancel what it adds elsewhere.
 * The interval is that of the likelihood ratio, made wider by 1.96 standard deviations of what
 * noise of standard deviation `noise` in each count does to the sum.
 */
export function estimateMatches(
  counts: readonly WeightCount[],
  pairs: number,
  noise = 0,
): MatchEstimate {
  assert(pairs > 0, "there are pairs");
  const most = Math.max(
    1,
    counts.reduce((sum, { count }) => sum + Math.max(0, count), 0),
  );
  let matches = Math.min(most, pairs / 2);
  for (let round = 0; round < ROUNDS; round += 1) {
    matches = Math.min(Math.max(expectedMatches(counts, matches / pairs), 1e-6), most, pairs / 2);
  }
  const best = logLikelihood(counts, pairs, matches);
  const isIn = (value: number): boolean => best - logLikelihood(counts, pairs, value) <= FALL;
  const top = Math.min(most, pairs / 2);
  const low = edge(matches, 0, isIn);
  const high = edge(matches, top, isIn);
  const shares = counts.map(({ bits }) => matchProbability(bits, matches / pairs));
  const spread = 1.96 * noise * Math.hypot(...shares);
  return {
    low: Math.max(0, matches - Math.hypot(matches - low, spread)),
    expected: matches,
    high: Math.min(pairs / 2, matches + Math.hypot(high - matches, spread)),
  };
}

/** Probability that a pair of this weight is one person, if a share λ of all pairs is. */
export function matchProbability(bits: number, lambda: number): number {
  const odds = 2 ** bits * (lambda / (1 - lambda));
  return odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds);
}

const expectedMatches = (counts: readonly WeightCount[], lambda: number): number =>
  counts.reduce((sum, { bits, count }) => sum + count * matchProbability(bits, lambda), 0);

/** ln L, up to a constant. */
function logLikelihood(counts: readonly WeightCount[], pairs: number, matches: number): number {
  const lambda = matches / pairs;
  const looked = counts.reduce((sum, { count }) => sum + count, 0);
  const inside = counts.reduce(
    (sum, { bits, count }) => sum + count * Math.log(lambda * 2 ** bits + 1 - lambda),
    0,
  );
  return inside + (pairs - looked) * Math.log1p(-lambda);
}

/** The last value from `inside` towards `outside` for which `isIn` holds. */
function edge(inside: number, outside: number, isIn: (value: number) => boolean): number {
  if (isIn(outside)) return outside;
  let [good, bad] = [inside, outside];
  for (let k = 0; k < 60; k += 1) {
    const middle = (good + bad) / 2;
    if (isIn(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
