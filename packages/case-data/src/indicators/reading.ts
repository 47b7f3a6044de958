import type { IndicatorKind } from "./kinds.js";

/**
 * What an indicator says in one form. Two are the same if their `exact` is; they are near if they
 * have a `near` in common, place by place. Exists only inside the provider.
 */
export interface Reading {
  readonly kind: IndicatorKind;
  /** Absent if the value alone does not say which one of the world it is. */
  readonly exact?: string;
  /** Absent entries: there is no near form of this sort. */
  readonly near: readonly (string | undefined)[];
}

/** Why a value connects nothing. */
export type Unfit =
  /** It is none of its kind. */
  | "unreadable"
  /** Too little of it is known: strangers would meet. */
  | "vague"
  /** A placeholder, or something that everybody writes. */
  | "generic";

export interface ReadingOptions {
  /** ISO alpha-2 code of the country whose phones and plates need no country. */
  readonly country?: string;
}

/** Several values, or why there is none. */
export type Readings = readonly Reading[] | Unfit;
