import type { SecondLook } from "@symbolon/mpc/linkage/confirm";
import type { SharedKeysRule } from "@symbolon/mpc/linkage/shared-keys";
import type { NamedColumn } from "@symbolon/mpc/table/cross-tab";
import type { PickRule } from "@symbolon/mpc/table/pick";

/**
 * What a query computes, as data: the same plan runs in the clear and on shares. `rows` are rows of
 * the asker's own list; every operator keeps or drops rows without saying which.
 */
export type RowsPlan =
  | { readonly op: "rows"; readonly of: "ours" }
  /** Rows that match no row of any other list. */
  | {
      readonly op: "except";
      readonly from: RowsPlan;
      readonly of: "theirs";
      readonly on: SamePerson;
    }
  /** Of rows that match one another, the first. */
  | { readonly op: "distinct"; readonly from: RowsPlan; readonly on: SamePerson }
  /**
   * Rows that match no row of a list that the asker has asked about before; no row at all if more
   * than one in `oneIn` of its rows do.
   */
  | {
      readonly op: "unasked";
      readonly from: RowsPlan;
      readonly of: "asked";
      readonly on: SamePerson;
      /** A power of two. */
      readonly oneIn: number;
    };

/** A plan that ends in a draw: rows picked at random, or no answer. */
export interface PickPlan {
  readonly op: "pick";
  readonly from: RowsPlan;
  readonly rule: PickRule;
}

/**
 * Of each row of ours the pair with each other list that is the best of both its rows, where its
 * weight makes it more likely one person than two. The share of the smaller list that is expected
 * on the other, as agreed, and an estimate from a noised histogram decide what a pair must weigh:
 * the stricter.
 */
export interface MatchesPlan {
  readonly op: "matches";
  readonly of: "theirs";
  readonly overlap: number;
  /** Of the histogram of one list. */
  readonly epsilon: Epsilon;
}

/** An exact fraction. */
export interface Epsilon {
  readonly numerator: number;
  readonly denominator: number;
}

/** How records of several lists are put together as persons. */
export interface LinkingPlan {
  /** The share of the smaller of two lists that is expected on the other one, as agreed. */
  readonly overlap: number;
  /**
   * ε of all histograms that a list is in, together; absent if it is not estimated how many
   * matches there are, and the overlap that was agreed alone decides what a link must weigh.
   */
  readonly linking?: Epsilon;
}

export type EstimatedLinking = LinkingPlan & Required<Pick<LinkingPlan, "linking">>;

/** For each row of ours and channel how many other lists have one of the row's keys. */
export interface SharedKeysPlan {
  readonly op: "shared-keys";
  readonly of: "theirs";
  readonly rule: SharedKeysRule;
}

/**
 * How many rows have each code of one attribute, or of two: of all lists together, or of each other
 * list by itself.
 */
export interface CountPlan extends TablePlan {
  readonly op: "count";
  readonly of: "all" | "each";
}

/** Which cells a table has, and what counts in them. */
export interface TablePlan {
  readonly rows: NamedColumn;
  readonly columns?: NamedColumn;
  /** Only what has all of these codes counts. */
  readonly where: readonly { readonly column: NamedColumn; readonly code: number }[];
}

/**
 * How many persons have each code of one attribute, or of two, each person counted once: the
 * records of all lists are put together first.
 */
export interface CountPersonsPlan extends LinkingPlan, TablePlan {
  readonly op: "count-persons";
  readonly of: "all";
}

/** How many persons all lists know together, and how many exactly those of each set of lists. */
export interface OverlapPlan extends EstimatedLinking {
  readonly op: "overlap";
  readonly of: "all";
  /** Of all cells of the table together. */
  readonly table: Epsilon;
}

export type Plan =
  | PickPlan
  | MatchesPlan
  | SharedKeysPlan
  | CountPlan
  | CountPersonsPlan
  | OverlapPlan;

/** Names of the columns that a plan reads. */
export function columnsRead({ rows, columns, where }: TablePlan): string[] {
  const used = [rows, ...(columns ? [columns] : []), ...where.map(({ column }) => column)];
  return [...new Set(used.map(({ name }) => name))];
}

/**
 * Two records are of one person: their linkage score reaches the threshold (integer units), and, if
 * there is a second look, their keys agree as well.
 */
export interface SamePerson {
  readonly match: "linkage-score";
  readonly threshold: number;
  readonly confirm?: SecondLook;
}

export const samePerson = (threshold: number, confirm?: SecondLook): SamePerson => ({
  match: "linkage-score",
  threshold,
  ...(confirm !== undefined && { confirm }),
});

/** The second look that a plan takes at pairs of ours and theirs, if it does. */
export function secondLookOf(plan: RowsPlan): SecondLook | undefined {
  if (plan.op === "rows") return undefined;
  return (plan.op === "except" ? plan.on.confirm : undefined) ?? secondLookOf(plan.from);
}

/** How often rows of a list are looked for among what was asked before, if a plan does that. */
export function unaskedIn(plan: RowsPlan): Extract<RowsPlan, { op: "unasked" }> | undefined {
  if (plan.op === "rows") return undefined;
  return plan.op === "unasked" ? plan : unaskedIn(plan.from);
}

/** Reads as a sentence: `ours().except("theirs", …).distinct(…).unasked(…).pick(…)`. */
export class Rows {
  readonly plan: RowsPlan;
  constructor(plan: RowsPlan) {
    this.plan = plan;
  }
  except(of: "theirs", on: SamePerson): Rows {
    return new Rows({ op: "except", from: this.plan, of, on });
  }
  distinct(on: SamePerson): Rows {
    return new Rows({ op: "distinct", from: this.plan, on });
  }
  unasked(on: SamePerson, oneIn: number): Rows {
    return new Rows({ op: "unasked", from: this.plan, of: "asked", on, oneIn });
  }
  pick(rule: PickRule): PickPlan {
    return { op: "pick", from: this.plan, rule };
  }
}

/** The rows of the asker's list that are no padding. */
export const ours = (): Rows => new Rows({ op: "rows", of: "ours" });
