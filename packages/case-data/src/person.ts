/**
 * A person as every provider understands one: the canonical form between intake and encoding.
 * Absent means unknown, never "none". Exists only inside the provider.
 */
export interface Person {
  /** 1-based line of the source file on which the record starts. */
  readonly row: number;
  readonly given?: Name;
  readonly surname?: Name;
  readonly birthDate?: BirthDate;
  readonly sex?: Sex;
  /** ISO 3166-1 numeric codes, in ascending order, at least one. */
  readonly nationalities?: readonly number[];
  /** Town, city or suburb. */
  readonly place?: string;
  /** State, province or department. */
  readonly region?: string;
  readonly postcode?: string;
  readonly streetNumber?: string;
  readonly address?: string;
  /** Further address line: building, farm, neighbourhood. */
  readonly address2?: string;
  /** Number of an identity document, upper-case letters and digits only. */
  readonly identifier?: string;
  /** E.164 if the country is known, else digits; at least one, sorted. */
  readonly phones?: readonly string[];
  readonly email?: string;
}

/** `given` as in the file; `normal` in lower-case Latin letters, one blank between tokens. */
export interface Name {
  readonly raw: string;
  readonly normal: string;
}

export type Sex = "female" | "male" | "other";

/** Calendar date with its precision: year; year and month; or the full date. */
export interface BirthDate {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
}

/** Index of a sex in the public code list, 0 = unknown. */
export const SEX_CODES: Readonly<Record<Sex, number>> = { female: 1, male: 2, other: 3 };
