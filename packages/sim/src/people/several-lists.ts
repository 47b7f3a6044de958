import { assert } from "@symbolon/base/assert";
import { Dice } from "./dice.js";
import { type InventedPerson, inventPerson, inventSibling } from "./invent.js";
import { type InventedRecord, observe, RECORD_FIELDS, type RecordField } from "./observe.js";
import { NGO_STYLES } from "./styles.js";
import { HEADINGS, type TrueRows } from "./two-lists.js";

export interface SeveralListsOptions {
  readonly seed: number;
  readonly lists: number;
  /** People in all, on some list or on none. */
  readonly people: number;
  /** Chance that a list has a person, from 0 to 1. */
  readonly known: number;
  /** Records that somebody plants, each like two people. */
  readonly planted: number;
}

/** A planted record, as `truth` calls it, its list, and the two people that it is like. */
export interface Blend {
  readonly id: string;
  readonly list: number;
  readonly people: readonly [string, string];
}

export interface SeveralLists {
  readonly lists: readonly TrueRows[];
  readonly blends: readonly Blend[];
}

/** Of the people, this share is a brother or sister of another. */
const SIBLINGS = 0.06;

/** What a planted record has of the second person; all else is of the first. */
const OF_SECOND: readonly RecordField[] = ["birthDate", "phone", "email", "document"];

const { habits, dates } = NGO_STYLES[2];

/** A row of a list before it is laid out. */
interface Row {
  readonly record: InventedRecord;
  readonly truth: TrueRows["truth"][number];
}

/**
 * Lists of the same invented people, filled in with the same habits, nobody twice on one list; and
 * records that somebody planted on a list that has neither of the two people whom each is like.
 * Same options, same lists.
 */
export function severalLists(options: SeveralListsOptions): SeveralLists {
  assert(options.lists >= 3 || options.planted === 0, "two people and a planted record: 3 lists");
  const dice = new Dice(options.seed);
  const lists: Row[][] = Array.from({ length: options.lists }, () => []);
  const people: InventedPerson[] = [];
  while (people.length < options.people) {
    const isSibling = people.length > 0 && dice.chance(SIBLINGS);
    const person = isSibling
      ? inventSibling(dice, people.length, dice.pick(people))
      : inventPerson(dice, people.length);
    people.push(person);
    for (const list of lists) if (dice.chance(options.known)) list.push(rowOf(dice, person));
  }
  const blends = Array.from({ length: options.planted }, (_, k) =>
    plant(dice, lists, options.people + 2 * k),
  );
  return { lists: lists.map((rows) => layOut(dice.shuffled(rows))), blends };
}

const rowOf = (dice: Dice, person: InventedPerson): Row => ({
  record: observe(dice, person, habits, dates),
  truth: { id: person.id, custom: person.custom },
});

/** Two strangers, on every second list each but for one, which has a record that is like both. */
function plant(dice: Dice, lists: readonly Row[][], index: number): Blend {
  const [first, second] = [inventPerson(dice, index), inventPerson(dice, index + 1)];
  const [list, ...others] = dice.shuffled(lists.map((_, at) => at));
  others.forEach((at, k) => {
    lists[at].push(rowOf(dice, k % 2 === 0 ? first : second));
  });
  const [own, other] = [rowOf(dice, first), rowOf(dice, second)];
  const taken = OF_SECOND.map((field) => [field, other.record[field]]);
  const id = `blend-of-${first.id}-${second.id}`;
  const record = { ...own.record, ...Object.fromEntries(taken) };
  lists[list].push({ record, truth: { id, custom: first.custom } });
  return { id, list, people: [first.id, second.id] };
}

const layOut = (rows: readonly Row[]): TrueRows => ({
  rows: [
    RECORD_FIELDS.map((field) => HEADINGS[field]),
    ...rows.map(({ record }) => RECORD_FIELDS.map((field) => record[field])),
  ],
  truth: rows.map(({ truth }) => truth),
});
