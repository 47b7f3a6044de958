import { assert } from "@symbolon/base/assert";
import type { ColumnSpec } from "@symbolon/base/dataset";
import type { RecordLayout } from "@symbolon/case-data/compare/record-layout";
import type { KeyLayout } from "@symbolon/case-data/encode/key-layout";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import type { z } from "zod";
import {
  type AnyLeakageModel,
  type LeakageModel,
  leakageProblems,
} from "./leakage/leakage-model.js";
import { type ParamBounds, paramBounds } from "./param-bounds.js";
import type { Plan } from "./plan/plan.js";

/** What a key of a case's indicator means: the name of the rules, and the shape. */
export interface IndicatorLayout {
  readonly id: string;
  readonly slots: number;
  /** Names of the channels, in the order of codes and counts. */
  readonly channels: readonly string[];
}

/** What the codes of a case's attributes mean. */
export interface AttributeLayout {
  readonly id: string;
  readonly attributes: readonly {
    readonly name: string;
    readonly kind: "one" | "several";
    readonly most: number;
    /** In the order of their numbers, which begin with 1. */
    readonly codes: string;
  }[];
}

/** How persons are encoded who are counted by the codes of their cases. */
export type CountedLayout = LinkageLayout & { readonly counted: AttributeLayout };

export type Layout = LinkageLayout | CountedLayout | IndicatorLayout | AttributeLayout;

/** Who learns what, in words and as data. */
export interface Reveal {
  readonly to: "asker" | "computing parties" | "providers";
  readonly what: string;
}

/**
 * A question of the catalogue: what is asked, the same in SQL, who learns what, and the plan. All
 * that is not a parameter is a constant of the query, and part of its hash.
 */
export interface QueryDeclaration<Params, P extends Plan, L extends Layout = Layout> {
  readonly name: string;
  readonly version: number;
  readonly question: string;
  readonly sql: string;
  readonly params: z.ZodType<Params>;
  /** What the parameters mean and their bounds, in words: part of the hash. */
  readonly paramsText: Readonly<Record<string, string>>;
  readonly constants: Readonly<Record<string, string | number>>;
  /** How lists are encoded: of persons their linkage layout, of cases the rules of their keys. */
  readonly layout: L;
  /** What it reads of every list. */
  readonly reads: { readonly table: string; readonly columns: readonly ColumnSpec[] };
  /** Keys of a second look, and what they are worth, if it takes one. */
  readonly keys?: KeyLayout;
  /** Comparison records of the second stage, and what their levels are worth, if it has one. */
  readonly records?: RecordLayout;
  readonly reveals: readonly Reveal[];
  readonly noise: Noise;
  /** What everybody's view depends on, and what repetition changes. */
  readonly leakage: LeakageModel<P["op"]>;
  readonly plan: (params: Params) => P;
  /** What must hold of the lists besides: how many others, whose, how long. */
  readonly lists?: ListsRule;
  /** Whether it picks names that nobody holds, so that offers bound the chance that one is held. */
  readonly picks: boolean;
  /** Whether one list may be asked about again: each run then spends the ε of its noise anew. */
  readonly repeats?: true;
}

/** Bounds on the lists that one question is asked about. */
export interface ListsRule {
  /** Lists besides the asker's, each of another organisation. */
  readonly othersMin: number;
  readonly othersMax?: number;
  readonly rowsMax: number;
}

/** What hides single people in an answer. */
export type Noise =
  | { readonly mechanism: "none"; readonly because: string }
  | {
      readonly mechanism: "discrete-laplace";
      /** An exact fraction, such as 1/2, that each run spends of every list that it names. */
      readonly epsilon: string;
      readonly of: string;
    };

export interface Query<Params, P extends Plan, L extends Layout = Layout>
  extends QueryDeclaration<Params, P, L> {
  /** The canonical text: offers and requests name its hash. */
  readonly text: string;
  /** What values parameters may have, read from `params`. */
  readonly bounds: Readonly<Record<string, ParamBounds>>;
  /** The plan for parameters from outside. Throws what `params` throws. */
  readonly planFor: (params: unknown) => Plan;
  /** What is wrong with parameters from outside, or `undefined`. */
  readonly problem: (params: unknown) => string | undefined;
}

/** A query whose parameters are whatever they are. */
export type AnyQuery = Omit<Query<never, Plan>, "plan" | "params" | "leakage"> & {
  readonly leakage: AnyLeakageModel;
};

/** The ε of one run, for one row of a list: an exact fraction, 0 without noise. */
export const epsilonOf = (noise: Noise): string =>
  noise.mechanism === "none" ? "0" : noise.epsilon;

/**
 * A query with its canonical text: JSON of all that it declares, keys in a fixed order. One whose
 * leakage model is missing or does not fit its plan and noise is a bug.
 */
export function defineQuery<Params, P extends Plan, L extends Layout>(
  declaration: QueryDeclaration<Params, P, L>,
): Query<Params, P, L> {
  const { name, version, question, sql, paramsText, constants } = declaration;
  const { layout, reads, keys, records, lists, reveals, noise, repeats } = declaration;
  const leakage = declaration.leakage as AnyLeakageModel;
  const problems = leakageProblems(leakage, epsilonOf(noise));
  assert(problems.length === 0, `query ${name}: ${problems.join("; ")}`);
  const bounds = paramBounds(declaration.params);
  const text = JSON.stringify(
    sortKeys({
      name,
      version,
      question,
      sql: sql.replace(/\s+/g, " ").trim(),
      params: paramsText,
      bounds,
      constants,
      layout,
      reads,
      ...(keys && { keys }),
      ...(records && { records }),
      ...(lists && { lists }),
      ...(repeats && { repeats }),
      reveals,
      noise,
      leakage,
    }),
  );
  const { params } = declaration;
  const problem = (given: unknown): string | undefined => {
    const parsed = params.safeParse(given);
    if (parsed.success) return undefined;
    const [issue] = parsed.error.issues;
    return `${issue.path.join(".") || "params"}: ${issue.message}`;
  };
  const planFor = (given: unknown): Plan => declaration.plan(params.parse(given));
  return { ...declaration, text, bounds, problem, planFor };
}

/** Keys in code-unit order at every depth, so that the text does not depend on the spelling. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sortKeys(entry)]),
  );
}
