/** How dirty the other lists are thought to be. */
export type DirtLevel = "low" | "expected" | "high";

/** Probabilities that a second record of one person differs in a certain way from the first. */
export interface DirtRates {
  /** A name (each of the two). */
  readonly nameTypo: number;
  readonly nameVariant: number;
  readonly nameShort: number;
  readonly nameOther: number;
  readonly nameMissing: number;
  readonly nameSwap: number;
  readonly dateDigit: number;
  readonly dateSwap: number;
  readonly datePartial: number;
  readonly dateOther: number;
  readonly dateMissing: number;
  /** All of the address at once. */
  readonly moved: number;
  /** Each text, code or number by itself. */
  readonly textTypo: number;
  readonly textMissing: number;
  readonly identifierOther: number;
  readonly identifierMissing: number;
  readonly contactOther: number;
  readonly contactMissing: number;
  readonly traitOther: number;
  readonly traitMissing: number;
}

/**
 * What two organisations that took down the same people independently may be expected to differ
 * in: slips of the pen in about a third of names, one birth date in ten missing or different. In
 * the order of what public benchmark lists show; none was fitted.
 */
const EXPECTED: DirtRates = {
  nameTypo: 0.15,
  nameVariant: 0.05,
  nameShort: 0.02,
  nameOther: 0.01,
  nameMissing: 0.02,
  nameSwap: 0.04,
  dateDigit: 0.04,
  dateSwap: 0.01,
  datePartial: 0.01,
  dateOther: 0.005,
  dateMissing: 0.03,
  moved: 0.015,
  textTypo: 0.15,
  textMissing: 0.03,
  identifierOther: 0.02,
  identifierMissing: 0.04,
  contactOther: 0.1,
  contactMissing: 0.15,
  traitOther: 0.01,
  traitMissing: 0.05,
};

const LEVEL_FACTORS: Readonly<Record<DirtLevel, number>> = { low: 0.2, expected: 1, high: 3 };

/** Errors come together: one record in five is twice as dirty as the level, others cleaner. */
export const RECORD_FACTORS = { share: 0.2, dirty: 2, clean: 0.75 } as const;

function scaled(level: DirtLevel, dirt: number): DirtRates {
  const factor = LEVEL_FACTORS[level] * dirt;
  const rates = Object.entries(EXPECTED).map(([name, rate]) => [
    name,
    Math.min(rate * factor, 0.5),
  ]);
  return Object.fromEntries(rates) as DirtRates;
}

const both = (level: DirtLevel): readonly [clean: DirtRates, dirty: DirtRates] => [
  scaled(level, RECORD_FACTORS.clean),
  scaled(level, RECORD_FACTORS.dirty),
];

const RATES: Readonly<Record<DirtLevel, readonly [clean: DirtRates, dirty: DirtRates]>> = {
  low: both("low"),
  expected: both("expected"),
  high: both("high"),
};

/** The rates of one record at a level. */
export const dirtRates = (level: DirtLevel, isDirty: boolean): DirtRates =>
  RATES[level][isDirty ? 1 : 0];
