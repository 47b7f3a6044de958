import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { linkBatches } from "@symbolon/mpc/linkage/link";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { compactTerms } from "@symbolon/mpc/table/compact";
import type { Tamper } from "@symbolon/mpc/transport/memory";
import { describe, expect, it } from "vitest";
import { runPlan } from "../backend.js";
import { matchRule } from "../plan/match-rule.js";
import { inventedLists } from "../three-party/invented-lists.contract.js";
import { planTerms } from "../three-party/plan-terms.js";
import { oracleOf, runLists } from "../three-party/run-lists.contract.js";
import { matches, readMatches } from "./matches.js";

const { layout } = matches;
const PARAMS = { overlap: 0.5 };
const PLAN = matches.plan(PARAMS);
/** Words of the histogram before the rows of a list. */
const BINS = 11;

/** Lists of invented people, half of the police's on one of two others; who is whom by row. */
function invented(seed: number) {
  const { lists, people } = inventedLists(seed, [120, 90, 60]);
  const [ours, ...theirs] = lists;
  return { lists: { ours, theirs }, people };
}

const words = (answer: readonly number[]) => Uint32Array.from(answer);

describe("matches", () => {
  it("answers on shares exactly what the oracle does, by the opened counts", async () => {
    const { lists, people } = invented(3);
    const { answer, outcomes } = await runLists(4, layout, PLAN, lists);
    const { rows } = lists.ours;
    const opened = (list: number): Int32Array => {
      const at = list * (BINS + rows);
      return Int32Array.from(answer.slice(at, at + BINS));
    };
    const exact: Int32Array[] = [];
    const oracle = oracleOf(4, layout, {
      noised: (counts, list) => {
        exact[list] = counts;
        return opened(list);
      },
    });
    expect(answer).toEqual([...(await runPlan(oracle, PLAN, lists))]);
    expect(outcomes[0].soundnessBits).toBeGreaterThan(60);
    // Scale 2: beyond 60 once in 10^13.
    const noise = exact.flatMap((counts, list) => [...counts].map((n, k) => opened(list)[k] - n));
    expect(noise.every((by) => Math.abs(by) < 60)).toBe(true);
    expect(noise.some((by) => by !== 0)).toBe(true);
    const found = readMatches(words(answer), rows, [lists.theirs[0].rows, lists.theirs[1].rows], {
      overlap: 0.5,
    });
    found.forEach((list, k) => {
      const there = new Set(people[k + 1].filter((person) => person !== undefined));
      const right = list.matches.filter(({ row }) => there.has(people[0][row] ?? "")).length;
      const all = people[0].filter((person) => person !== undefined && there.has(person)).length;
      expect(right).toBeGreaterThanOrEqual(0.8 * all);
      expect(list.matches.length - right).toBeLessThanOrEqual(0.2 * all);
      expect(list.estimate.low).toBeLessThanOrEqual(list.estimate.expected);
      expect(list.estimate.high).toBeGreaterThanOrEqual(list.estimate.expected);
    });
  });

  it("sends as much for lists that share nobody", async () => {
    const { lists } = invented(3);
    const alone = { ours: lists.ours, theirs: invented(99).lists.theirs };
    // What a sort asks follows from the order of its shuffle, which is random whatever the lists.
    const traffic = async (given: typeof lists): Promise<string[]> => {
      const sizes: string[] = [];
      const tamper: Tamper = (message, { from, to, channel }) => {
        if (!channel.includes("/sort/")) sizes.push(`${from} ${to} ${channel} ${message.length}`);
        return message;
      };
      await runLists(5, layout, PLAN, given, { tamper });
      return sizes.sort();
    };
    const one = await traffic(lists);
    expect(one.length).toBeGreaterThan(1000);
    const checks = new Set(one.flatMap((line) => /\S+sacrifice\/w\/message/.exec(line) ?? []));
    const sizes = { ours: lists.ours.rows, theirs: lists.theirs.map(({ rows }) => rows) };
    const terms = planTerms(PRODUCTION, PLAN, layout, sizes);
    expect(checks.size).toBeGreaterThan(20);
    expect(terms.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(checks.size);
    expect(await traffic(alone)).toEqual(one);
  });

  it("counts the numbers of rows among what is shuffled with each pair", () => {
    const { link } = matchRule(PLAN, layout, 256, 256);
    const [{ slotRows, places }] = linkBatches(link, 256, 256);
    const words = 2 * (RECORDS.bits / 32) + 2;
    const terms = planTerms(PRODUCTION, PLAN, layout, { ours: 256, theirs: [256] });
    const errors = terms.map(({ error }) => error);
    for (const { error } of compactTerms(PRODUCTION, slotRows, words, places)) {
      expect(errors).toContain(error);
    }
  });

  it("takes no overlap of nothing or of all", () => {
    for (const overlap of [0, 1, Number.NaN]) {
      expect(matches.problem({ overlap })).toContain("overlap");
    }
    expect(matches.problem({ ...PARAMS, epsilon: 5 })).toBeDefined();
    expect(matches.problem(PARAMS)).toBeUndefined();
  });
});
