import {
  addRationals,
  isAtMost,
  parseRational,
  type Rational,
  rational,
} from "@symbolon/release/rational";
import type { Plan } from "../plan/plan.js";

/** One thing that a view of a run depends on: a function of the lists, in words. */
export interface Told {
  readonly what: string;
  /** The ε of its noise for one row of a list, an exact fraction such as 1/2. None: exactly. */
  readonly epsilon?: string;
}

/**
 * What each kind of plan tells besides what is public of every run, by its operator. Whoever adds
 * an operator says here what it tells; a model that leaves one of these out does not compile, and
 * a simulation that is given these alone must make the same answer (`leakage.test.ts`).
 */
export const FACTS = {
  pick: { asker: ["remaining-rows"], nodes: ["input-check", "asked-before"] },
  matches: { asker: ["linked-rows", "weight-counts"], nodes: ["input-check", "weight-counts"] },
  "shared-keys": { asker: ["holders"], nodes: [] },
  count: { asker: ["cells"], nodes: [] },
  "count-persons": { asker: ["cells"], nodes: ["input-check"] },
  overlap: { asker: ["sets", "weight-counts"], nodes: ["input-check", "weight-counts"] },
} as const satisfies Record<Plan["op"], { asker: readonly string[]; nodes: readonly string[] }>;

type Facts = typeof FACTS;
export type AskerFact<Op extends Plan["op"]> = Facts[Op]["asker"][number] | "manifests";
export type NodesFact<Op extends Plan["op"]> =
  | Facts[Op]["nodes"][number]
  | keyof typeof OF_EVERY_RUN;

/** What the nodes learn of every run, whatever is asked. */
export const OF_EVERY_RUN = {
  request: { what: "who asks which question, with which parameters, about whose lists, and when" },
  rows: { what: "how many rows each list has, rounded up to a multiple of 256" },
  end: { what: "when the run ended and whether it was aborted; not what the answer is" },
} as const satisfies Record<string, Told>;

/** What anybody who may see a dataset's manifest knows of a list before any run. */
export const MANIFESTS: Told = {
  what:
    "what the manifest of each named list says to every member: its columns, its rows rounded up " +
    "to a multiple of 256, how often fields are filled",
};

/** What a provider learns of every run that names its list. */
export const PROVIDERS = {
  run: { what: "that the run took place, when, and for whom, if it asks the nodes' operators" },
} as const satisfies Record<string, Told>;

/** What adds up over runs. */
export interface Quantity {
  readonly of: "epsilon" | "count";
  readonly what: string;
  /** At most in one run: a whole number or an exact fraction. */
  readonly perRun: string;
}

/** What changes when a question is asked more than once. */
export interface Repetition {
  readonly quantities: readonly Quantity[];
  readonly sameLists: string;
  readonly changedLists: string;
  readonly severalAskers: string;
}

/**
 * What a query tells, as data: everybody's view of a run is a function of what stands here, and of
 * public sizes. Part of the query's hash.
 */
export interface LeakageModel<Op extends Plan["op"]> {
  /** The operator that its plans end in. */
  readonly of: Op;
  readonly asker: Readonly<Record<AskerFact<Op>, Told>>;
  readonly nodes: Readonly<Record<NodesFact<Op>, Told>>;
  readonly providers: Readonly<Record<keyof typeof PROVIDERS, Told>>;
  /** What must hold for this to be all. */
  readonly assumptions: readonly string[];
  readonly repetition: Repetition;
}

export type AnyLeakageModel = { [Op in Plan["op"]]: LeakageModel<Op> }[Plan["op"]];

/** All ε of a view together. `undefined` if one is no fraction. */
function spentIn(view: Readonly<Record<string, Told>>): Rational | undefined {
  const all = Object.values(view).map(({ epsilon = "0" }) => parseRational(epsilon));
  return all.reduce(
    (sum, one) => (sum === undefined || one === undefined ? undefined : addRationals(sum, one)),
    rational(0n),
  );
}

/**
 * What is wrong with a model, for a query whose noise spends `epsilon` in a run (an exact fraction,
 * 0 without noise). Empty for one that may be approved. Also of use for data from outside, which no
 * compiler has seen.
 */
export function leakageProblems(model: AnyLeakageModel | undefined, epsilon: string): string[] {
  if (model === undefined) return ["it declares no leakage model"];
  const facts = FACTS[model.of];
  if (facts === undefined) return [`its leakage model is of no known plan: ${model.of}`];
  const { asker, nodes, providers, assumptions, repetition } = model;
  const views = { asker, nodes, providers };
  const needed = {
    asker: [...facts.asker, "manifests"],
    nodes: [...facts.nodes, ...Object.keys(OF_EVERY_RUN)],
    providers: Object.keys(PROVIDERS),
  };
  const problems: string[] = [];
  for (const who of ["asker", "nodes", "providers"] as const) {
    const told = new Map<string, Told>(Object.entries(views[who] ?? {}));
    for (const fact of needed[who]) {
      if ((told.get(fact)?.what ?? "") === "") problems.push(`it does not say ${fact} to ${who}`);
    }
  }
  if (problems.length > 0) return problems;
  if (assumptions.length === 0) problems.push("it names no assumption");
  const { quantities, ...words } = repetition;
  if (Object.values(words).some((text) => text === "")) problems.push("repetition is not said");
  return [...problems, ...epsilonProblems(views, quantities, parseRational(epsilon))];
}

/** ε must add up to what the query says that its noise spends, and nobody else may learn more. */
function epsilonProblems(
  { asker, nodes }: Pick<AnyLeakageModel, "asker" | "nodes">,
  quantities: readonly Quantity[],
  epsilon: Rational | undefined,
): string[] {
  const [told, seen] = [spentIn(asker), spentIn(nodes)];
  const counted = quantities.map(({ perRun }) => parseRational(perRun));
  if (!epsilon || !told || !seen || counted.includes(undefined)) {
    return ["an ε or a quantity is no exact fraction"];
  }
  const isSame = (a: Rational, b: Rational): boolean => isAtMost(a, b) && isAtMost(b, a);
  const problems: string[] = [];
  if (!isSame(told, epsilon)) problems.push("what it tells the asker has another ε than its noise");
  if (!isAtMost(seen, told)) problems.push("the nodes learn more than the asker");
  const repeated = quantities
    .filter((one) => one.of === "epsilon")
    .flatMap(({ perRun }) => parseRational(perRun) ?? []);
  if (!isSame(repeated.reduce(addRationals, rational(0n)), epsilon)) {
    problems.push("under repetition it counts another ε than its noise spends");
  }
  return problems;
}
