/** A moment as signed statements spell it: UTC, to the second, `2026-01-31T08:00:00Z`. */
export type Instant = string & { readonly brand: "Instant" };

const FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Spells a moment given in milliseconds since 1970; parts of a second are dropped. */
export const instantOf = (ms: number): Instant =>
  `${new Date(ms).toISOString().slice(0, 19)}Z` as Instant;

/** Milliseconds since 1970 of a spelt moment, or `undefined` if it is not one (30 February). */
export function millisecondsOf(text: string): number | undefined {
  if (!FORM.test(text)) return undefined;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && instantOf(ms) === text ? ms : undefined;
}
