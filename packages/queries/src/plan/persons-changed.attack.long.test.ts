import { utf8 } from "@symbolon/base/bytes";
import { readPersons } from "@symbolon/case-data/intake/persons";
import { seededWords } from "@symbolon/case-data/random";
import { writeCsv } from "@symbolon/sim/people/csv";
import { severalLists } from "@symbolon/sim/people/several-lists";
import { describe, expect, it } from "vitest";
import { matches } from "../catalogue/matches.js";
import { clearListOf, type WholeClearList } from "../plaintext/clear-list.js";
import type { ClearPersons } from "../plaintext/person-tab.js";
import { oracleOf } from "../three-party/run-lists.contract.js";
import { PERSONS_CHANGED } from "./count-persons-rule.js";

/*
 * Whom one record changes when the real linkage is made anew without it: also the records whose
 * place in a link it took. Figures: docs/decisions/0029-noise-of-counted-persons.md.
 */

const { layout } = matches;
const PLAN = { overlap: 0.3 };
const RECORDS_MAX = 289;

/** Persons as sets of records. */
function setsOf({ heads, isHead }: ClearPersons): Set<string> {
  const members = new Map<string, string>();
  heads.forEach((list, at) => {
    list.forEach((head, row) => {
      if (!isHead[head.list][head.row]) return;
      const key = `${head.list} ${head.row}`;
      members.set(key, `${members.get(key) ?? ""} ${at}.${row}`);
    });
  });
  return new Set(members.values());
}

function without(list: WholeClearList, row: number): WholeClearList {
  const cleared = (words: Uint32Array): Uint32Array => {
    const width = words.length / list.rows;
    return words.slice().fill(0, row * width, (row + 1) * width);
  };
  const real = list.real.slice();
  real[row >> 5] &= ~(1 << (row & 31));
  const [content, present, records] = [list.content, list.present, list.records].map(cleared);
  return { ...list, content, present, records, real };
}

describe("one record of invented lists", () => {
  it("changes three persons at most of three lists, seldom more than two", () => {
    const made = severalLists({ seed: 3, lists: 3, people: 400, known: 0.35, planted: 0 });
    const lists = made.lists.map(({ rows }, k) => {
      const { persons } = readPersons(utf8(writeCsv(rows, ",")), { withRepeats: true });
      return clearListOf(persons, layout, seededWords(k));
    });
    const oracle = oracleOf(1, layout);
    const personsOf = (all: readonly WholeClearList[]) =>
      setsOf(oracle.persons(all, PLAN).clusters);
    const all = personsOf(lists);
    const places = lists.flatMap((list, l) =>
      list.rowMap.flatMap((index, row) => (index < 0 ? [] : [{ l, row }])),
    );
    const changed = places.slice(0, RECORDS_MAX).map(({ l, row }) => {
      const fewer = personsOf(lists.map((list, k) => (k === l ? without(list, row) : list)));
      const lost = [...all].filter((one) => !fewer.has(one)).length;
      return lost + [...fewer].filter((one) => !all.has(one)).length;
    });
    const many = changed.filter((persons) => persons > 2);
    expect(Math.max(...changed)).toBeLessThanOrEqual(Number(PERSONS_CHANGED));
    expect(many.length).toBeLessThanOrEqual(0.02 * changed.length);
    expect(changed.filter((persons) => persons === 2).length).toBeGreaterThan(100);
  });
});
