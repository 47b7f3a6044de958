import { assert } from "@symbolon/base/assert";
import type { Context } from "@symbolon/mpc/context";
import { noneMatch, type Pairs, pairsOf } from "@symbolon/mpc/linkage/compare";
import { noneConfirmed, type SecondLook } from "@symbolon/mpc/linkage/confirm";
import { type KeyedList, keyPlanes } from "@symbolon/mpc/linkage/keys";
import {
  assertFits,
  type LinkageLayout,
  type SharedList,
  sideOf,
  withConstants,
} from "@symbolon/mpc/linkage/list";
import type { RecordList } from "@symbolon/mpc/linkage/records";
import { type SlottedList, sharedKeys, slotCount } from "@symbolon/mpc/linkage/shared-keys";
import { and, concatBits } from "@symbolon/mpc/protocol/and";
import type { Bits, Shares } from "@symbolon/mpc/sharing/shares";
import { type CodedList, crossTab } from "@symbolon/mpc/table/cross-tab";
import { type PickRule, pickFlagged } from "@symbolon/mpc/table/pick";
import type { SelectionSeeds } from "@symbolon/mpc/table/shuffle";
import { unlessMany } from "@symbolon/mpc/table/unless-many";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import type { Backend } from "../backend.js";
import { countRule } from "../plan/count-rule.js";
import { linkedPairs } from "../plan/list-pairs.js";
import { matchRule } from "../plan/match-rule.js";
import type {
  CountPersonsPlan,
  CountPlan,
  MatchesPlan,
  OverlapPlan,
  PickPlan,
  SamePerson,
  SharedKeysPlan,
} from "../plan/plan.js";
import { type AttributedList, countPersonsOf } from "./count-persons.js";
import { matchesWith } from "./matches.js";
import { overlapOf } from "./overlap.js";
import { weighedWork } from "./weighed-task.js";

/** A list of persons with the columns that a plan reads. */
export type PersonsList = SharedList &
  Partial<
    Pick<KeyedList, "keys"> & Pick<RecordList, "records"> & Pick<AttributedList, "attributes">
  >;

/** A list of persons, or of cases with the slots of their indicators, or with coded attributes. */
export type PlanList = PersonsList | SlottedList | CodedList;

/** What encodes a list: of persons the linkage layout, of cases nothing but its name. */
export type PlanLayout = LinkageLayout | { readonly id: string };

export const isSlotted = (list: PlanList): list is SlottedList => "codes" in list;
export const isCoded = (list: PlanList): list is CodedList => "columns" in list;
export const isOfPersons = (list: PlanList): list is PersonsList => "content" in list;

function personsOf(list: PlanList): PersonsList {
  assert(isOfPersons(list), "a plan about persons reads a list of persons");
  return list;
}

export function linkageOf(layout: PlanLayout): LinkageLayout {
  assert("dims" in layout, "a plan about persons has a linkage layout");
  return layout;
}

/** The plan on shares, as one of three parties. Every operator verifies what it has multiplied. */
export class ThreePartyBackend implements Backend<PlanList, Bits, Shares> {
  readonly #ctx: Context;
  readonly #layout: PlanLayout;
  readonly #seeds: SelectionSeeds;
  #operators = 0;

  constructor(ctx: Context, layout: PlanLayout, seeds: SelectionSeeds) {
    this.#ctx = ctx;
    this.#layout = layout;
    this.#seeds = seeds;
  }

  async real(list: PlanList): Promise<Bits> {
    return personsOf(list).real;
  }

  noneMatch(ours: PlanList, theirs: PlanList, on: SamePerson): Promise<Bits> {
    return this.#compare(personsOf(ours), personsOf(theirs), on, "all");
  }

  noneEarlier(ours: PlanList, on: SamePerson): Promise<Bits> {
    return this.#compare(personsOf(ours), personsOf(ours), on, "earlier");
  }

  unlessMany(kept: Bits, ours: PlanList, oneIn: number): Promise<Bits> {
    const step = this.#ctx.narrow(this.#name("unless-many"));
    return unlessMany(step, kept, personsOf(ours).real, oneIn);
  }

  async both(a: Bits, b: Bits): Promise<Bits> {
    const step = this.#ctx.batch(this.#name("both"));
    const flags = await and(step, a, b);
    await verifyProducts(step);
    this.#ctx.join(step);
    return flags;
  }

  pick(flags: Bits, ours: PlanList, rule: PickRule): Promise<Shares> {
    return pickFlagged(this.#ctx.narrow(this.#name("draw")), flags, ours.rows, rule, this.#seeds);
  }

  /** One list after the other, each linked by itself, so that no list can hide another's rows. */
  async matches(ours: PlanList, theirs: readonly PlanList[], plan: MatchesPlan): Promise<Shares> {
    const answers: Shares[] = [];
    for (const list of theirs) {
      const step = this.#ctx.narrow(this.#name("matches"));
      const layout = linkageOf(this.#layout);
      const rule = matchRule(plan, layout, ours.rows, list.rows);
      const lists = [withRecords(personsOf(ours)), withRecords(personsOf(list))] as const;
      answers.push(await matchesWith(step, layout, lists, rule, this.#seeds));
    }
    return concatBits(...answers);
  }

  /** All lists at once; of the counts only ours go on. */
  async sharedKeys(
    ours: PlanList,
    theirs: readonly PlanList[],
    { rule }: SharedKeysPlan,
  ): Promise<Shares> {
    const step = this.#ctx.narrow(this.#name("shared-keys"));
    const lists = [ours, ...theirs].map((list) => {
      assert(isSlotted(list), "a plan about indicators reads a list of cases");
      return list;
    });
    const [counts] = await sharedKeys(step, lists, rule);
    step.progress(slotCount(lists, rule.slots));
    return counts.shares;
  }

  async count(lists: readonly PlanList[], plan: CountPlan): Promise<Shares> {
    const step = this.#ctx.narrow(this.#name("count"));
    const coded = lists.map((list) => {
      assert(isCoded(list), "a plan about attributes reads a list of coded cases");
      return list;
    });
    return crossTab(step, coded, countRule(plan, lists.length), this.#seeds);
  }

  together(answers: readonly Shares[]): Shares {
    return concatBits(...answers);
  }

  async countPersons(lists: readonly PlanList[], plan: CountPersonsPlan): Promise<Shares> {
    const step = this.#ctx.narrow(this.#name("count-persons"));
    const all = lists.map((list): AttributedList => {
      const { attributes, ...persons } = withRecords(personsOf(list));
      assert(attributes !== undefined, "persons are counted by attributes that they have");
      return { ...persons, attributes };
    });
    return countPersonsOf(step, linkageOf(this.#layout), all, plan, this.#seeds);
  }

  async overlap(lists: readonly PlanList[], plan: OverlapPlan): Promise<Shares> {
    const step = this.#ctx.narrow(this.#name("overlap"));
    const all = lists.map((list) => withRecords(personsOf(list)));
    return overlapOf(step, linkageOf(this.#layout), all, plan, this.#seeds);
  }

  #name(operator: string): string {
    this.#operators += 1;
    return `${this.#operators}-${operator}`;
  }

  async #compare(
    ours: PersonsList,
    theirs: PersonsList,
    on: SamePerson,
    pairs: Pairs,
  ): Promise<Bits> {
    const look = on.confirm;
    const plain = linkageOf(this.#layout);
    const layout = look ? withConstants(plain, look.constants) : plain;
    assertFits(layout, on.threshold);
    const step = this.#ctx.narrow(this.#name(pairs === "all" ? "except" : "distinct"));
    const left = sideOf(step, layout, ours, 0);
    const right = sideOf(step, layout, theirs, 1);
    if (look === undefined) return noneMatch(step, left, right, on.threshold, pairs);
    assert(pairs === "all", "a list is compared with itself by the score alone");
    const ourKeys = await this.#keysOf(step.narrow("ours"), look, ours);
    const theirKeys = await this.#keysOf(step.narrow("theirs"), look, theirs);
    const sides = [
      { side: left, keys: ourKeys },
      { side: right, keys: theirKeys },
    ] as const;
    return noneConfirmed(step, ...sides, on.threshold, look);
  }

  #keysOf(step: Context, look: SecondLook, list: PersonsList): Promise<Bits[]> {
    const { keys } = list;
    assert(keys !== undefined, "a second look needs keys");
    return keyPlanes(step, look.keys, { ...list, keys }, linkageOf(this.#layout).fields.length);
  }
}

function withRecords(list: PersonsList): PersonsList & RecordList {
  const { records } = list;
  assert(records !== undefined, "what is weighed has records");
  return { ...list, records };
}

/** Rows of the lists of a run. */
export interface PlanSizes {
  readonly ours: number;
  readonly theirs: readonly number[];
  readonly asked?: readonly number[];
}

/** Pairs that a plan over lists of these sizes compares; for progress. */
export function pairsOfPlan(
  ctx: Context,
  plan: PickPlan | MatchesPlan | OverlapPlan | CountPersonsPlan,
  layout: LinkageLayout,
  { ours, theirs, asked = [] }: PlanSizes,
): number {
  if (plan.op === "overlap" || plan.op === "count-persons") {
    const rows = [ours, ...theirs];
    return linkedPairs(plan, layout, rows).reduce(
      (sum, { a, b, rule }) => sum + weighedWork(ctx, rule, rows[a], rows[b]),
      0,
    );
  }
  if (plan.op === "pick") {
    const others = [...theirs, ...asked].reduce(
      (sum, rows) => sum + pairsOf(ctx, ours, rows, "all"),
      0,
    );
    return others + pairsOf(ctx, ours, ours, "earlier");
  }
  return theirs.reduce(
    (sum, rows) => sum + weighedWork(ctx, matchRule(plan, layout, ours, rows), ours, rows),
    0,
  );
}
