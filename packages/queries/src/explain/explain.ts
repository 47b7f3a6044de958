import { assert } from "@symbolon/base/assert";
import { toHex, utf8 } from "@symbolon/base/bytes";
import { multiplyRationals, parseRational, rational, toNumber } from "@symbolon/release/rational";
import { queryHash } from "../catalogue/catalogue.js";
import { type AnyQuery, epsilonOf, type ListsRule, type Reveal } from "../define-query.js";
import { leakageProblems, type Quantity, type Told } from "../leakage/leakage-model.js";
import type { ParamBounds } from "../param-bounds.js";
import { explanationText } from "./explanation-text.js";
import { type FieldsUsed, fieldsUsed } from "./fields-used.js";

/** Who a sentence of an explanation is about. */
export type Learner = Reveal["to"];

/** One thing that a view depends on. */
export interface Dependence extends Told {
  readonly who: Learner;
}

/** A parameter: what it means, and which values it may have. */
export interface ExplainedParam {
  readonly name: string;
  readonly meaning?: string;
  readonly bounds: ParamBounds;
}

/** What adds up, after one run and after several. */
export interface ExplainedQuantity extends Quantity {
  readonly after: readonly { readonly runs: number; readonly atMost: number }[];
}

/** All that somebody should know who decides whether a question may be asked. */
export interface Explanation {
  readonly name: string;
  readonly version: number;
  /** The hash of the query's declaration, which offers and requests name. */
  readonly query: string;
  readonly question: string;
  readonly sql: string;
  readonly reveals: readonly Reveal[];
  readonly depends: readonly Dependence[];
  readonly fields: FieldsUsed;
  /** The ε of one run for one row of a list: an exact fraction, 0 without noise. */
  readonly epsilon: string;
  readonly noise: string;
  /** Whether one and the same list may be asked about again. */
  readonly repeats: boolean;
  readonly params: readonly ExplainedParam[];
  readonly constants: Readonly<Record<string, string | number>>;
  readonly lists?: ListsRule;
  readonly assumptions: readonly string[];
  readonly quantities: readonly ExplainedQuantity[];
  readonly repetition: readonly { readonly when: string; readonly what: string }[];
}

type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** After so many runs quantities are given. */
const RUNS = [1, 10, 100] as const;

/**
 * What a query will reveal, from its declaration alone. Throws if its leakage model is missing or
 * does not fit: what cannot be explained cannot be approved.
 */
export function explain(sha256: Sha256, query: AnyQuery): Explanation {
  const { name, version, question, reveals, noise, leakage, lists } = query;
  const epsilon = epsilonOf(noise);
  const problems = leakageProblems(leakage, epsilon);
  assert(problems.length === 0, `query ${name} cannot be explained: ${problems.join("; ")}`);
  const { assumptions, repetition } = leakage;
  return {
    ...{ name, version, question, reveals, epsilon, assumptions },
    query: queryHash(sha256, query),
    sql: query.sql.replace(/\s+/g, " ").trim(),
    depends: [
      ...toldTo("asker", leakage.asker),
      ...toldTo("computing parties", leakage.nodes),
      ...toldTo("providers", leakage.providers),
    ],
    fields: fieldsUsed(query),
    noise: noise.mechanism === "none" ? noise.because : noise.of,
    repeats: query.repeats ?? false,
    params: paramsOf(query),
    constants: query.constants,
    ...(lists && { lists }),
    quantities: repetition.quantities.map(overRuns),
    repetition: [
      { when: "asked again about the same lists", what: repetition.sameLists },
      { when: "asked again about changed lists", what: repetition.changedLists },
      { when: "several askers put their answers together", what: repetition.severalAskers },
    ],
  };
}

/** The hash that approvers sign: SHA-256 of the explanation's text, in hex. Throws as `explain`. */
export const explainHash = (sha256: Sha256, query: AnyQuery): string =>
  toHex(sha256(utf8(explanationText(explain(sha256, query)))));

const toldTo = (who: Learner, view: Readonly<Record<string, Told>>): Dependence[] =>
  Object.values(view).map((told) => ({ who, ...told }));

function paramsOf({ bounds, paramsText }: AnyQuery): ExplainedParam[] {
  const meanings = new Map(Object.entries(paramsText));
  return Object.entries(bounds).map(([name, bound]) => {
    const meaning = meanings.get(name);
    return { name, ...(meaning !== undefined && { meaning }), bounds: bound };
  });
}

function overRuns(quantity: Quantity): ExplainedQuantity {
  const perRun = parseRational(quantity.perRun);
  assert(perRun !== undefined, "a checked model has exact fractions");
  const after = RUNS.map((runs) => ({
    runs,
    atMost: toNumber(multiplyRationals(perRun, rational(BigInt(runs)))),
  }));
  return { ...quantity, after };
}
