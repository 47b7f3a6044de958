import { utf8 } from "@symbolon/base/bytes";
import { compareRecords } from "@symbolon/case-data/compare/levels";
import { linkable, nearPairs } from "@symbolon/case-data/compare/link";
import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { contributions } from "@symbolon/case-data/compare/weigh";
import { readPersons } from "@symbolon/case-data/intake/persons";
import type { Person } from "@symbolon/case-data/person";
import { seededWords } from "@symbolon/case-data/random";
import { generateWorld } from "@symbolon/sim/people/world";
import { matches } from "../catalogue/matches.js";
import { clearListOf, type WholeClearList } from "../plaintext/clear-list.js";
import { mutualBests } from "../plaintext/one-to-one.js";
import { listPairs } from "../plan/list-pairs.js";
import { type MatchRule, matchRule, matchThreshold } from "../plan/match-rule.js";
import type { MatchesPlan, OverlapPlan } from "../plan/plan.js";
import type { FactValues } from "./simulators.contract.js";

const { layout } = matches;

/** A list of people, as its owner has it and as it is sent. */
export interface PersonList {
  readonly persons: readonly Person[];
  readonly list: WholeClearList;
}

export const encoded = (persons: readonly Person[], seed: number): PersonList => ({
  persons,
  list: clearListOf(persons, layout, seededWords(seed)),
});

/** Lists of invented people, the asker's first: half of its people are on others. */
export function inventedPeople(seed: number): PersonList[] {
  const { police, ngos } = generateWorld({ seed, police: 60, ngos: [40, 30], shared: 0.5 });
  return [police, ...ngos].map(({ csv }, k) =>
    encoded([...readPersons(utf8(csv), { withRepeats: true }).persons], seed + k),
  );
}

/** The same list in another order. */
export const reordered = ({ persons }: PersonList, seed: number): PersonList =>
  encoded(persons, seed);

/** A list without one of its rows. */
export function blanked(list: WholeClearList, row: number): WholeClearList {
  const cleared = (words: Uint32Array): Uint32Array => {
    const width = words.length / list.rows;
    return words.slice().fill(0, row * width, (row + 1) * width);
  };
  const { content, present, records } = list;
  return {
    ...list,
    content: cleared(content),
    present: cleared(present),
    records: cleared(records),
  };
}

/** What `matches` tells, from the people themselves, by the linkage in the clear. */
export function matchesFacts(
  ours: PersonList,
  theirs: readonly PersonList[],
  plan: MatchesPlan,
  noise: (list: number, bin: number) => number,
): FactValues["matches"] {
  const found = theirs.map((other, list) => {
    const rule = matchRule(plan, layout, ours.list.rows, other.list.rows);
    return linkedRows([ours, other], rule, (bin) => noise(list, bin));
  });
  return {
    "linked-rows": found.map(({ rows }) => rows),
    "weight-counts": found.map(({ counts }) => counts),
  };
}

/** Rows of the first list that are linked with the second, and the noised counts. */
function linkedRows(
  [ours, other]: readonly [PersonList, PersonList],
  rule: MatchRule,
  noise: (bin: number) => number,
) {
  const [a, b] = [inOrder(ours), inOrder(other)];
  const [left, right] = [linkable(a.persons, layout), linkable(b.persons, layout)];
  const { floor, score } = rule.link;
  const pairs = [...nearPairs(layout, left, right, score)].flatMap(([row, column]) => {
    const [one, two] = [left.records[row], right.records[column]];
    const levels = compareRecords(RECORDS, one, two);
    const said = contributions(RECORDS, levels, one, two);
    const weight = said.reduce((sum, units) => sum + units, 0);
    if (floor === undefined) return [{ a: row, b: column, weight }];
    const { weights } = RECORDS.fields[floor.without];
    const agrees = levels[floor.without] === weights.length - 1;
    const rest = weight - (agrees ? Math.max(...weights) : 0);
    const own = floor.own.reduce((sum, f) => sum + said[f], 0);
    return rest >= floor.least && own >= 0 ? [{ a: row, b: column, weight }] : [];
  });
  const links = mutualBests(pairs, rule.least);
  const { from, to } = rule.histogram;
  const counts = Int32Array.from({ length: to - from + 1 }, (_, k) => noise(k));
  for (const { weight } of links) {
    const bits = Math.min(Math.floor(weight / RECORDS.unitsPerBit + 0.5), to);
    if (bits >= from) counts[bits - from] += 1;
  }
  const { least } = matchThreshold(rule, counts);
  const told = links.filter(({ weight }) => weight >= least);
  return { counts, rows: new Map(told.map((one) => [a.rows[one.a], one.weight])) };
}

/** What `overlap` tells of two lists: every link makes one person of two. */
export function overlapFacts(
  lists: readonly [PersonList, PersonList],
  plan: OverlapPlan,
  noise: (bin: number) => number,
  figureNoise: (cell: number) => number,
): FactValues["overlap"] {
  const [{ rule }] = listPairs(
    plan,
    layout,
    lists.map(({ list }) => list.rows),
  );
  const { counts, rows } = linkedRows(lists, rule, noise);
  const [first, second] = lists.map(({ persons }) => persons.length - rows.size);
  const sets = [first, second, rows.size, first + second + rows.size];
  return { sets: sets.map((n, cell) => n + figureNoise(cell)), "weight-counts": [counts] };
}

/** People in the order in which they are sent, and their rows. */
function inOrder({ persons, list }: PersonList) {
  const rows = list.rowMap.flatMap((index, row) => (index < 0 ? [] : [row]));
  return { rows, persons: rows.map((row) => persons[list.rowMap[row]]) };
}
