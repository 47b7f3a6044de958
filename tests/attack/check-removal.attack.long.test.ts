import { expect, it } from "vitest";
import { ROOT, removalLine, removeEach } from "./check-removal.js";
import { mutantsOf } from "./mutants.js";

it("every guard of the engine is missed when it is gone", async () => {
  const mutants = mutantsOf(ROOT);
  const { red, removals } = await removeEach(mutants, 2);
  const missed = removals.filter(({ noticedBy }) => noticedBy !== undefined);
  for (const removal of removals) process.stdout.write(`${removalLine(removal)}\n`);
  process.stdout.write(`${missed.length} of ${mutants.length} removals noticed\n`);
  expect(removals.filter(({ noticedBy }) => noticedBy === undefined).map(removalLine)).toEqual([]);
  expect(red).toEqual([]);
});
