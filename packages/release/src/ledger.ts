import { concentrated } from "./budget.js";
import { addRationals, formatRational, isAtMost, type Rational, rational } from "./rational.js";

/** What one run uses up of every list that it names. */
export interface Cost {
  /** Pure differential privacy, for each record of the list; 0 without noise. */
  readonly epsilon: Rational;
  /** 1 if the asker is told anything exactly, 0 if all that it is told has noise. */
  readonly exact: number;
}

/** What runs have used up together. `rho` is the same noise in zCDP, which adds up more mildly. */
export interface Spent {
  readonly epsilon: Rational;
  readonly rho: Rational;
  /** Runs that told something exactly. */
  readonly exact: number;
}

/** How much may be used up; what is absent has no limit of its own. All must hold. */
export interface Budget {
  readonly epsilon?: Rational | undefined;
  readonly rho?: Rational | undefined;
  readonly exact?: number | undefined;
}

export const NOTHING_SPENT: Spent = { epsilon: rational(0n), rho: rational(0n), exact: 0 };

/** ε and ρ add up over runs [Dwork et al. 2006; Bun, Steinke 2016, lemma 1.7, proposition 1.4]. */
export const afterRun = ({ epsilon, rho, exact }: Spent, cost: Cost): Spent => ({
  epsilon: addRationals(epsilon, cost.epsilon),
  rho: addRationals(rho, concentrated(cost.epsilon)),
  exact: exact + cost.exact,
});

/** What of a budget would be exceeded if so much were spent, in words; `undefined` if it fits. */
export function exceeded(spent: Spent, budget: Budget): string | undefined {
  const isOver = (used: Rational, most: Rational | undefined): most is Rational =>
    most !== undefined && !isAtMost(used, most);
  if (isOver(spent.epsilon, budget.epsilon))
    return `ε would be ${formatRational(spent.epsilon)} of ${formatRational(budget.epsilon)}`;
  if (isOver(spent.rho, budget.rho))
    return `ρ (zCDP) would be ${formatRational(spent.rho)} of ${formatRational(budget.rho)}`;
  if (budget.exact !== undefined && spent.exact > budget.exact)
    return `exact answers would be ${spent.exact} of ${budget.exact}`;
  return undefined;
}

/** A line of the ledger: what one run used up of one account. */
export interface LedgerEntry {
  readonly run: string;
  readonly account: string;
  /** An exact fraction. */
  readonly epsilon: string;
  readonly exact: number;
}

/** The root of a ledger in which nothing stands. */
export const EMPTY_LEDGER = "0".repeat(64);

/**
 * The root after one more entry: a hash over it and over the root before, so that a root stands for
 * all entries up to it, in their order. `sha256Hex` hashes UTF-8.
 */
export const ledgerRoot = (
  sha256Hex: (text: string) => string,
  before: string,
  { run, account, epsilon, exact }: LedgerEntry,
): string =>
  sha256Hex(JSON.stringify(["symbolon ledger v1", before, run, account, epsilon, exact]));
