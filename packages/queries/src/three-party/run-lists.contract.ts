import type { PartyIndex } from "@symbolon/base/id";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import { PRODUCTION } from "@symbolon/mpc/profile";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import type { Tamper } from "@symbolon/mpc/transport/memory";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { World } from "@symbolon/sim/world/world";
import type { Lists } from "../backend.js";
import { type ClearDraw, type ClearRows, PlaintextBackend } from "../plaintext/backend.js";
import { clearDraw } from "../plaintext/draw.js";
import type { Plan } from "../plan/plan.js";
import type { PlanLayout, PlanList } from "./backend.js";
import { executeRun, type RunTask } from "./execute.js";

/** What of a run in one process can be other than usual. */
export interface RunChanges {
  readonly tamper?: Tamper;
  readonly isChecked?: boolean;
  /** Another plan than agreed, at one of the parties. */
  readonly planOf?: (self: PartyIndex) => Plan | undefined;
  /** A party that no longer knows the first list that was asked about before. */
  readonly forgets?: PartyIndex;
}

/** Deals lists in the open and runs a plan on them, three parties in this process. */
export async function runLists(
  seed: number,
  layout: PlanLayout,
  plan: Plan,
  lists: Lists<ClearRows>,
  { tamper, isChecked = false, planOf, forgets }: RunChanges = {},
) {
  const world = new World(seed, tamper ? { tamper } : {});
  const all = [lists.ours, ...lists.theirs, ...(lists.asked ?? [])];
  const dealt = all.map((list) => deal(world, list));
  const task = (self: PartyIndex): RunTask => {
    const [ours, ...others] = dealt.map((list, k) => {
      const root = Uint8Array.of(k);
      return { name: `list-${k}`, root, isChecked, list: list(self) };
    });
    const own = planOf?.(self) ?? plan;
    const [theirs, asked] = [others.splice(0, lists.theirs.length), others];
    if (self === forgets) asked.shift();
    const about = { plan: own, layout, ours, theirs, asked };
    return { ...about, seeds: selectionSeeds(seed, self), terms: "test" };
  };
  const outcomes = await world.eachOption(PRODUCTION, (options, self) =>
    executeRun(options, task(self)),
  );
  const answer = world.combine(outcomes.map(({ result }) => result) as Shares[], "xor");
  return { answer: [...answer], outcomes };
}

/** What each party holds of a list. */
function deal(world: World, list: ClearRows): (self: PartyIndex) => PlanList {
  const { rows } = list;
  if ("columns" in list) {
    const columns = [...list.columns].map(
      ([name, words]) => [name, world.share(words, "xor")] as const,
    );
    return (self) => ({
      rows,
      columns: new Map(columns.map(([name, dealt]) => [name, dealt[self]])),
    });
  }
  if (!("content" in list)) {
    const [codes, slots] = [world.share(list.codes, "xor"), world.share(list.keys, "xor")];
    return (self) => ({ rows, codes: codes[self], keys: slots[self] });
  }
  const { content, present, real, keys, records, attributes } = list;
  const dealt = {
    content: world.share(content, "add"),
    present: world.share(present, "add"),
    real: world.share(real, "xor"),
    keys: keys && world.share(keys, "xor"),
    records: records && world.share(records, "xor"),
  };
  const words =
    attributes && [...attributes].map(([name, own]) => [name, world.share(own, "xor")] as const);
  return (self) => ({
    rows,
    content: dealt.content[self],
    present: dealt.present[self],
    real: dealt.real[self],
    ...(dealt.keys && { keys: dealt.keys[self] }),
    ...(dealt.records && { records: dealt.records[self] }),
    ...(words && { attributes: new Map(words.map(([name, parts]) => [name, parts[self]])) }),
  });
}

/** The oracle for a run of `runLists` with the same seed. */
export function oracleOf(
  seed: number,
  layout: LinkageLayout,
  change: Partial<ClearDraw> = {},
): PlaintextBackend {
  const seeds = [0, 1, 2].map((j) => selectionSeeds(seed, j as PartyIndex).own);
  const draw = clearDraw(nodeCrypto, seeds as [Uint8Array, Uint8Array, Uint8Array]);
  return new PlaintextBackend(layout, wasmKernels(), { ...draw, ...change });
}
