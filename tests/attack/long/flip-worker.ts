import { parentPort } from "node:worker_threads";
import { emptyCampaign, flipInto, type Target } from "../byte-flips.js";
import { positionsFor, targetFor, type Unit } from "./flip-units.js";

/** What came of one unit. */
export interface UnitResult {
  readonly flips: number;
  readonly messages: number;
  readonly bytes: number;
  readonly tally: readonly (readonly [fate: string, count: number])[];
  readonly failures: readonly string[];
}

let current: { name: string; target: Target } | undefined;

async function run(unit: Unit): Promise<UnitResult> {
  const name = `${unit.world}|${unit.piece}`;
  if (current?.name !== name) current = { name, target: await targetFor(unit) };
  const { target } = current;
  const campaign = emptyCampaign(target);
  let number = 0;
  for (const [index, byte] of positionsFor(unit.world, target)) {
    number += 1;
    if (number % unit.parts !== unit.part) continue;
    await flipInto(campaign, target, { index, byte, manner: unit.manner, kind: unit.kind });
  }
  const messages = target.honest.places.length;
  const { flips, bytes, tally, failures } = campaign;
  return { flips, messages, bytes, tally: [...tally], failures };
}

parentPort?.on("message", (unit: Unit) => {
  void run(unit).then((result) => parentPort?.postMessage(result));
});
