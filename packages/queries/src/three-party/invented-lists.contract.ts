import { utf8 } from "@symbolon/base/bytes";
import { readPersons } from "@symbolon/case-data/intake/persons";
import { seededWords } from "@symbolon/case-data/random";
import { generateWorld } from "@symbolon/sim/people/world";
import { matches } from "../catalogue/matches.js";
import { clearListOf, type WholeClearList } from "../plaintext/clear-list.js";

/**
 * Lists of invented people of so many rows: half of those on the first one are on another as well,
 * some on two. `people`: who is whom by row; nobody where a row fills the list up.
 */
export function inventedLists(
  seed: number,
  [first, ...others]: readonly number[],
): {
  readonly lists: readonly WholeClearList[];
  readonly people: readonly (readonly (string | undefined)[])[];
} {
  const world = generateWorld({ seed, police: first, ngos: others, shared: 0.5 });
  const invented = [world.police, ...world.ngos];
  const lists = invented.map(({ csv }, k) => {
    const { persons } = readPersons(utf8(csv), { withRepeats: true });
    return clearListOf(persons, matches.layout, seededWords(k));
  });
  const people = invented.map(({ truth }, k) =>
    lists[k].rowMap.map((index) => (index < 0 ? undefined : truth[index])),
  );
  return { lists, people };
}
