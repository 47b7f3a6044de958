/** How sure a match is, in words. */
export type Band = "almost certain" | "very likely" | "likely" | "possible";

const BANDS: readonly (readonly [Band, number])[] = [
  ["almost certain", 0.999],
  ["very likely", 0.99],
  ["likely", 0.9],
];

/** The band of a probability that a pair is one person. */
export const bandOf = (probability: number): Band =>
  BANDS.find(([, least]) => probability >= least)?.[0] ?? "possible";
