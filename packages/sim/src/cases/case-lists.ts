import { writeCsv } from "../people/csv.js";
import { Dice } from "../people/dice.js";
import { severalLists } from "../people/several-lists.js";

export interface CaseListsOptions {
  readonly seed: number;
  readonly lists: number;
  /** People in all, on some list or on none. */
  readonly people: number;
  /** Chance that a list has a person, from 0 to 1. */
  readonly known: number;
}

/** Whom a row is about, and what befell her in truth. */
export interface TrueCase {
  readonly id: string;
  /** As the standard labels it. */
  readonly type: string;
  readonly country: string;
}

/** A list of people with what befell them, as its owner has it on disk. */
export interface CaseList {
  readonly csv: string;
  /** By row, headings not counted. */
  readonly truth: readonly TrueCase[];
}

/** Each as often as it stands here. */
const TYPES = [
  ...["Sexual exploitation", "Sexual exploitation", "Sexual exploitation"],
  ...["Forced labour", "Forced labour", "Servitude"],
];
const COUNTRIES = ["Italy", "Italy", "Italy", "Netherlands", "Netherlands"];

/** Share of the cells that a file leaves empty, and of the types that it takes for another. */
const EMPTY = 0.05;
const OTHER_TYPE = 0.03;

/**
 * Lists of the same invented people with type and country of their exploitation, in the standard's
 * headings; nobody twice on one list. Now and then a file does not know, or knows otherwise. Same
 * options, same lists. Nothing of it happened.
 */
export function caseLists(options: CaseListsOptions): CaseList[] {
  const { lists } = severalLists({ ...options, planted: 0 });
  const dice = new Dice(options.seed + 1);
  const cases = new Map<string, TrueCase>();
  return lists.map(({ rows: [headings, ...rows], truth }) => {
    const known = truth.map(({ id }) => {
      const one = cases.get(id) ?? { id, type: dice.pick(TYPES), country: dice.pick(COUNTRIES) };
      cases.set(id, one);
      return one;
    });
    const written = ({ type, country }: TrueCase): readonly string[] => [
      dice.chance(EMPTY) ? "" : dice.chance(OTHER_TYPE) ? dice.pick(TYPES) : type,
      dice.chance(EMPTY) ? "" : country,
    ];
    const head = [...headings, "Type of Exploitation", "Country of exploitation"];
    const lines = rows.map((row, k) => [...row, ...written(known[k])]);
    return { csv: writeCsv([head, ...lines], ","), truth: known };
  });
}
