import type { ClearPair } from "./link.js";

/**
 * Π_one-to-one in the clear: the oracle. Of the pairs that weigh at least `least`, those that are
 * the best of their row and of their column: the heaviest; of equally heavy ones in a row the one
 * with the earliest column, in a column the one with the earliest row.
 */
export function mutualBests(pairs: readonly ClearPair[], least: number): ClearPair[] {
  const [ofRow, ofColumn] = [new Map<number, ClearPair>(), new Map<number, ClearPair>()];
  const isBetter = (pair: ClearPair, best: ClearPair | undefined, other: "a" | "b"): boolean =>
    best === undefined ||
    pair.weight > best.weight ||
    (pair.weight === best.weight && pair[other] < best[other]);
  for (const pair of pairs) {
    if (pair.weight < least) continue;
    if (isBetter(pair, ofRow.get(pair.a), "b")) ofRow.set(pair.a, pair);
    if (isBetter(pair, ofColumn.get(pair.b), "a")) ofColumn.set(pair.b, pair);
  }
  return [...ofRow.values()].filter((pair) => ofColumn.get(pair.b) === pair);
}
