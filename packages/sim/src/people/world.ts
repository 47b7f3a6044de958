import { assert } from "@symbolon/base/assert";
import { Dice } from "./dice.js";
import { type InventedPerson, inventPerson, inventSibling } from "./invent.js";
import { type InventedList, layOut, observeAll } from "./list.js";
import { type ListStyle, NGO_STYLES, POLICE_STYLE } from "./styles.js";

export interface WorldOptions {
  readonly seed: number;
  /** Rows of the police list. */
  readonly police: number;
  /** Rows of each NGO's list. */
  readonly ngos: readonly number[];
  /** Share of the police list's people, from 0 to 1, who are on at least one NGO's list. */
  readonly shared: number;
}

export interface InventedWorld {
  readonly police: InventedList;
  readonly ngos: readonly InventedList[];
  readonly people: readonly InventedPerson[];
}

/** Of the rows of the police list, this share is a second record of someone already on it. */
const POLICE_DUPLICATES = 0.03;
/** Of the people of a list, this share has a brother or sister on the same list. */
const SIBLINGS = 0.06;

/**
 * Invents people and what four organisations wrote down about them: several scripts and customs,
 * each list with its own headings, delimiter, date style and slips. Same options, same world.
 */
export function generateWorld(options: WorldOptions): InventedWorld {
  assert(options.shared >= 0 && options.shared <= 1, "shared is a share from 0 to 1");
  const dice = new Dice(options.seed);
  const people: InventedPerson[] = [];
  const crowd = (count: number) => inventCrowd(dice, people, count);

  const duplicates = Math.floor(options.police * POLICE_DUPLICATES);
  const wanted = crowd(options.police - duplicates);
  const twice = dice.shuffled(wanted).slice(0, duplicates);
  const police = writeList(dice, "police", POLICE_STYLE, dice.shuffled([...wanted, ...twice]));

  const known = dice.shuffled(wanted).slice(0, Math.round(wanted.length * options.shared));
  const shelters: InventedPerson[][] = options.ngos.map(() => []);
  known.forEach((person, k) => {
    const free = options.ngos.flatMap((rows, at) => (shelters[at].length < rows ? [at] : []));
    if (free.length === 0) return;
    const first = free[k % free.length];
    shelters[first].push(person);
    // Some people turn to more than one organisation.
    const others = free.filter((at) => at !== first && shelters[at].length < options.ngos[at]);
    if (others.length > 0 && dice.chance(0.15)) shelters[dice.pick(others)].push(person);
  });
  const ngos = options.ngos.map((rows, k) => {
    const all = [...shelters[k], ...crowd(rows - shelters[k].length)];
    return writeList(dice, `ngo-${k + 1}`, NGO_STYLES[k % NGO_STYLES.length], dice.shuffled(all));
  });
  return { police, ngos, people };
}

/** Invents `count` people, a few of them siblings, and adds them to everybody. */
function inventCrowd(dice: Dice, people: InventedPerson[], count: number): InventedPerson[] {
  const crowd: InventedPerson[] = [];
  while (crowd.length < count) {
    const sibling = crowd.length > 0 && dice.chance(SIBLINGS);
    const person = sibling
      ? inventSibling(dice, people.length, dice.pick(crowd))
      : inventPerson(dice, people.length);
    crowd.push(person);
    people.push(person);
  }
  return crowd;
}

function writeList(
  dice: Dice,
  name: string,
  style: ListStyle,
  people: readonly InventedPerson[],
): InventedList {
  const records = observeAll(dice, style, people);
  const truth = people.map(({ id }) => id);
  return layOut(dice, name, style, records, truth);
}
