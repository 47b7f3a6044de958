import type { PickRule } from "@symbolon/mpc/table/pick";
import type {
  CountPersonsPlan,
  CountPlan,
  MatchesPlan,
  OverlapPlan,
  Plan,
  RowsPlan,
  SamePerson,
  SharedKeysPlan,
} from "./plan/plan.js";

/**
 * Where a plan runs. The plaintext backend is the oracle that the three-party one must equal, bit
 * for bit. `List`, `Flags` (one bit a row of ours) and `Answer` are whatever the backend holds.
 */
export interface Backend<List, Flags, Answer> {
  /** Rows that are no padding. */
  real(list: List): Promise<Flags>;
  /** Rows of ours that match no row of theirs. */
  noneMatch(ours: List, theirs: List, on: SamePerson): Promise<Flags>;
  /** Rows of ours that match no earlier row of ours. */
  noneEarlier(ours: List, on: SamePerson): Promise<Flags>;
  /** `kept`, or no row if it leaves out more than one in `oneIn` rows of ours. */
  unlessMany(kept: Flags, ours: List, oneIn: number): Promise<Flags>;
  both(a: Flags, b: Flags): Promise<Flags>;
  pick(flags: Flags, ours: List, rule: PickRule): Promise<Answer>;
  /** For each other list the noised histogram and the weight of each row of ours that matches. */
  matches(ours: List, theirs: readonly List[], plan: MatchesPlan): Promise<Answer>;
  /** For each row of ours how many other lists share a key with it, by channel: one word a row. */
  sharedKeys(ours: List, theirs: readonly List[], plan: SharedKeysPlan): Promise<Answer>;
  /** For each cell of a table the noised count over these lists, or that it is not shown. */
  count(lists: readonly List[], plan: CountPlan): Promise<Answer>;
  /** The same of persons, each counted once: the records of these lists are put together first. */
  countPersons(lists: readonly List[], plan: CountPersonsPlan): Promise<Answer>;
  /** Several answers one after the other. */
  together(answers: readonly Answer[]): Answer;
  /** Noised histograms of all pairs of lists, then for each set of lists how many persons. */
  overlap(lists: readonly List[], plan: OverlapPlan): Promise<Answer>;
}

/** The lists that a plan's names stand for. */
export interface Lists<List> {
  readonly ours: List;
  readonly theirs: readonly List[];
  /** What the asker has asked about before, as far as the plan looks at it. */
  readonly asked?: readonly List[];
}

/** Computes which rows of ours remain. */
export async function keepRows<List, Flags, Answer>(
  backend: Backend<List, Flags, Answer>,
  plan: RowsPlan,
  lists: Lists<List>,
): Promise<Flags> {
  if (plan.op === "rows") return backend.real(lists.ours);
  let flags = await keepRows(backend, plan.from, lists);
  if (plan.op === "distinct") {
    return backend.both(flags, await backend.noneEarlier(lists.ours, plan.on));
  }
  if (plan.op === "unasked") {
    const fresh = await unasked(backend, plan, lists);
    return fresh === undefined ? flags : backend.both(flags, fresh);
  }
  for (const list of lists.theirs) {
    flags = await backend.both(flags, await backend.noneMatch(lists.ours, list, plan.on));
  }
  return flags;
}

/** Rows of which nobody was asked about before, or none; `undefined` if nothing was asked. */
async function unasked<List, Flags, Answer>(
  backend: Backend<List, Flags, Answer>,
  { on, oneIn }: Extract<RowsPlan, { op: "unasked" }>,
  { ours, asked = [] }: Lists<List>,
): Promise<Flags | undefined> {
  let fresh: Flags | undefined;
  for (const list of asked) {
    const none = await backend.noneMatch(ours, list, on);
    fresh = fresh === undefined ? none : await backend.both(fresh, none);
  }
  return fresh === undefined ? undefined : backend.unlessMany(fresh, ours, oneIn);
}

/** One table of all lists, or one after the other of each that is not ours. */
async function count<List, Flags, Answer>(
  backend: Backend<List, Flags, Answer>,
  plan: CountPlan,
  { ours, theirs }: Lists<List>,
): Promise<Answer> {
  if (plan.of === "all") return backend.count([ours, ...theirs], plan);
  const tables: Answer[] = [];
  for (const list of theirs) tables.push(await backend.count([list], plan));
  return backend.together(tables);
}

/** Runs a whole plan. */
export async function runPlan<List, Flags, Answer>(
  backend: Backend<List, Flags, Answer>,
  plan: Plan,
  lists: Lists<List>,
): Promise<Answer> {
  if (plan.op === "shared-keys") return backend.sharedKeys(lists.ours, lists.theirs, plan);
  if (plan.op === "count") return count(backend, plan, lists);
  if (plan.op === "count-persons") {
    return backend.countPersons([lists.ours, ...lists.theirs], plan);
  }
  if (plan.op === "overlap") return backend.overlap([lists.ours, ...lists.theirs], plan);
  if (plan.op === "matches") return backend.matches(lists.ours, lists.theirs, plan);
  return backend.pick(await keepRows(backend, plan.from, lists), lists.ours, plan.rule);
}
