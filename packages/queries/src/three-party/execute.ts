import { concat, utf8 } from "@symbolon/base/bytes";
import { Context, type RunOptions } from "@symbolon/mpc/context";
import { InputRefused } from "@symbolon/mpc/error";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import { slotCount } from "@symbolon/mpc/linkage/shared-keys";
import { VALIDITY_RULES, validateList } from "@symbolon/mpc/linkage/validity";
import type { Metrics } from "@symbolon/mpc/metrics";
import { sameCopies } from "@symbolon/mpc/protocol/input";
import { revealShares } from "@symbolon/mpc/protocol/reveal";
import type { Bits, Shares } from "@symbolon/mpc/sharing/shares";
import { cellsOf } from "@symbolon/mpc/table/cross-tab";
import type { SelectionSeeds } from "@symbolon/mpc/table/shuffle";
import { agree, verified } from "@symbolon/mpc/verify/checked";
import { requireSound } from "@symbolon/mpc/verify/soundness";
import { runPlan } from "../backend.js";
import type { Plan } from "../plan/plan.js";
import {
  isCoded,
  isOfPersons,
  isSlotted,
  linkageOf,
  type PlanLayout,
  type PlanList,
  pairsOfPlan,
  ThreePartyBackend,
} from "./backend.js";
import { countPersonsWork } from "./count-persons.js";
import { planTerms } from "./plan-terms.js";

/** A list with its public name and the root that the provider signed. */
export interface RunList {
  readonly name: string;
  readonly root: Uint8Array;
  /** With keys and records, if the plan looks at them. */
  readonly list: PlanList;
  /** All three parties validated exactly this dataset in an earlier run. */
  readonly isChecked?: boolean;
}

/** One party's part of one attempt of a run. */
export interface RunTask {
  readonly plan: Plan;
  readonly layout: PlanLayout;
  readonly ours: RunList;
  readonly theirs: readonly RunList[];
  /** Of lists that the asker has asked about before: what the plan reads of them. */
  readonly asked?: readonly RunList[];
  readonly seeds: SelectionSeeds;
  /** Text of query and parameters; the parties agree on it, the plan and all sizes first. */
  readonly terms: string;
  /** Called when this party has found a list valid; all three must say so to skip it later. */
  readonly onValid?: (name: string) => void;
}

/** What leaves a node, sealed to the asker, and what may be shown about the run. */
export interface RunOutcome {
  readonly result: Shares;
  readonly soundnessBits: number;
  readonly metrics: Metrics;
  readonly bytesSent: readonly [number, number, number];
}

/**
 * Runs a plan as one of three parties: soundness asserted, inputs agreed, copies compared, lists
 * validated, then the plan; the result's shares are returned only after every product has been
 * verified and all three parties have said so.
 * Throws InputRefused (a list is bad), ProtocolAbort (a party lied), PeerUnavailable.
 */
export async function executeRun(options: RunOptions, task: RunTask): Promise<RunOutcome> {
  const { layout, ours, theirs, asked = [] } = task;
  const sizes = {
    ours: ours.list.rows,
    theirs: theirs.map(({ list }) => list.rows),
    asked: asked.map(({ list }) => list.rows),
  };
  const soundnessBits = requireSound(planTerms(options.profile, task.plan, layout, sizes));
  const ctx = Context.start(options);
  const lists = [ours, ...theirs];
  ctx.expectWork(workOf(ctx, layout, task));
  const { terms, plan } = task;
  const { profile } = options;
  const agreed = { terms, plan, layout, rules: VALIDITY_RULES, profile, ...sizes };
  await agree(ctx, "terms", utf8(JSON.stringify(agreed)));
  const marks = lists.map(({ isChecked }) => Uint8Array.of(isChecked ? 1 : 0));
  const roots = [...lists, ...asked].map(({ root }) => root);
  await agree(ctx, "inputs", concat(...roots, ...marks));
  for (const [index, { name, list }] of [...lists, ...asked].entries()) {
    await sameCopies(ctx.narrow(`list-${index}`), name, columnsOf(list));
  }
  for (const [index, { name, list, isChecked }] of lists.entries()) {
    const step = ctx.narrow(`valid-${index}`);
    // Whatever stands in the slots or codes of a case is proper input.
    if (isOfPersons(list)) {
      const linkage = linkageOf(layout);
      if (!isChecked) refuseInvalid(name, await validateList(step, linkage, list));
      ctx.progress(validityWork(linkage, list.rows));
    }
    task.onValid?.(name);
  }
  const backend = new ThreePartyBackend(ctx, layout, task.seeds);
  // What was asked before need not be valid: it decides about rows of the same asker alone.
  const named = {
    ours: ours.list,
    theirs: theirs.map(({ list }) => list),
    asked: asked.map(({ list }) => list),
  };
  const answer = await verified(ctx, await runPlan(backend, task.plan, named));
  const fresh = await revealShares(ctx, answer);
  ctx.assertAllVerified();
  await agree(ctx, "verified", new Uint8Array(0));
  const words = answer.value.length;
  const result = fresh.value.map((part) => part.slice(0, words));
  return { result, soundnessBits, metrics: ctx.metrics, bytesSent: ctx.bytesSent };
}

function columnsOf(list: PlanList): (Shares | Bits)[] {
  if (isSlotted(list)) return [list.codes, list.keys];
  if (isCoded(list)) return [...list.columns.values()];
  const { content, present, real, keys, records, attributes } = list;
  const columns = [content, present, real, keys, records, ...(attributes?.values() ?? [])];
  return columns.filter((one) => one !== undefined);
}

function refuseInvalid(name: string, validity: Awaited<ReturnType<typeof validateList>>): void {
  if (validity === "valid") return;
  throw new InputRefused(
    "INPUT_INVALID",
    validity === "presence-not-a-bit"
      ? `${name} says of a field that it is neither present nor missing`
      : `${name} holds a record whose numbers are out of bounds`,
    { dataset: name },
    "the provider must submit this dataset again with an unmodified version of the software",
  );
}

/** Validating a record costs about as many gates as this many pairs. */
const validityWork = (layout: LinkageLayout, rows: number): number =>
  Math.ceil((rows * (82 * 96 + 122 * layout.fields.length)) / 30);

function workOf(
  ctx: Context,
  encoding: PlanLayout,
  { plan, ours, theirs, asked = [] }: RunTask,
): number {
  const rows = [ours, ...theirs].map(({ list }) => list.rows);
  if (plan.op === "shared-keys") {
    return slotCount(
      [ours, ...theirs].map(({ list }) => list),
      plan.rule.slots,
    );
  }
  if (plan.op === "count") return rows.reduce((sum, count) => sum + count * cellsOf(plan), 0);
  const layout = linkageOf(encoding);
  const before = asked.map(({ list }) => list.rows);
  const sizes = { ours: rows[0], theirs: rows.slice(1), asked: before };
  const pairs = pairsOfPlan(ctx, plan, layout, sizes);
  const tables = plan.op === "count-persons" ? countPersonsWork(plan, rows) : 0;
  return rows.reduce((sum, count) => sum + validityWork(layout, count), pairs + tables);
}
