import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { parseRational, type Rational, toNumber } from "@symbolon/release/rational";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepRows, runPlan } from "../backend.js";
import { matches } from "../catalogue/matches.js";
import { notOnList } from "../catalogue/not-on-list.js";
import { overlap } from "../catalogue/overlap.js";
import type { WholeClearList } from "../plaintext/clear-list.js";
import { clearDraw } from "../plaintext/draw.js";
import { listPairs } from "../plan/list-pairs.js";
import { matchRule } from "../plan/match-rule.js";
import { overlapNoise } from "../plan/overlap-rule.js";
import { oracleOf } from "../three-party/run-lists.contract.js";
import {
  simulateMatches,
  simulateOverlap,
  simulatePick,
  toldBy,
  without,
} from "./simulators.contract.js";
import {
  blanked,
  encoded,
  inventedPeople,
  matchesFacts,
  overlapFacts,
  type PersonList,
  reordered,
} from "./worlds.contract.js";

/*
 * What an asker is told is a function of what the model says, and of nothing else: whoever is given
 * that alone makes the same answer, for the same draw and noise.
 */

const RUNS = { numRuns: 4 };
const LONG = { timeout: 300_000 };
const seeds = fc.integer({ min: 1, max: 10_000 });
const listsOf = ([ours, ...theirs]: readonly PersonList[]) => ({
  ours: ours.list,
  theirs: theirs.map(({ list }) => list),
});

describe("not-on-list", () => {
  const { layout, leakage } = notOnList;
  const threshold = 10 * layout.unitsPerBit;
  const plan = notOnList.plan({ pick: 5, threshold, dedupThreshold: threshold, overlap: 0.5 });
  const drawOf = (seed: number) => {
    const three = [0, 1, 2].map((k) => nodeCrypto.sha256(Uint8Array.of(k, seed & 255, seed >> 8)));
    return clearDraw(nodeCrypto, three as [Uint8Array, Uint8Array, Uint8Array]);
  };
  const worldOf = async (world: readonly PersonList[], seed: number) => {
    const lists = listsOf(world);
    const oracle = oracleOf(1, layout, drawOf(seed));
    const remaining = await keepRows(oracle, plan.from, lists);
    return { answer: [...(await runPlan(oracle, plan, lists))], remaining };
  };
  const simulated = (model: typeof leakage, remaining: boolean[], seed: number) =>
    simulatePick(
      toldBy<"pick">(model, { "remaining-rows": remaining }),
      plan.rule,
      drawOf(seed),
      remaining.length,
    );

  it("answers what follows from the remaining rows, whoever has the others", LONG, async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const [ours, one, two] = inventedPeople(seed);
        const { answer, remaining } = await worldOf([ours, one, two], seed);
        expect(simulated(leakage, remaining, seed)).toEqual(answer);
        // The others' lists change hands, and each person of one is on two.
        const other = await worldOf([ours, two, reordered(one, seed + 9), one], seed);
        expect(other).toEqual({ answer, remaining });
        expect(simulated(without(leakage, "remaining-rows"), remaining, seed)).not.toEqual(answer);
      }),
      RUNS,
    );
  });

  it("lets what was asked before decide about rows of the same asker alone", LONG, async () => {
    const [{ list, persons }, one] = inventedPeople(2);
    const oracle = oracleOf(1, layout, drawOf(2));
    const lists = { ours: list, theirs: [one.list] };
    const all = await keepRows(oracle, plan.from, lists);
    // The asker works out by itself who was asked about before, and whether that is too many.
    const before = [encoded(persons.slice(0, 8), 5), encoded(persons.slice(20, 50), 6)];
    for (const [count, asked] of [before.slice(0, 1), before].entries()) {
      const own = { ours: list, theirs: [], asked: asked.map((each) => each.list) };
      const left = await keepRows(oracle, plan.from, own);
      const kept = await keepRows(oracle, plan.from, { ...lists, asked: own.asked });
      expect(kept).toEqual(all.map((flag, row) => flag && left[row]));
      expect(kept.some(Boolean)).toBe(count === 0);
    }
  });

  it("draws each remaining row as often as any other, and no other row", LONG, async () => {
    const [{ list }] = inventedPeople(1);
    const remaining = Array.from({ length: 256 }, (_, row) => row % 8 === 3);
    const told = new Map<number, number>();
    const draws = 2_000;
    for (let seed = 0; seed < draws; seed += 1) {
      const oracle = oracleOf(1, layout, drawOf(seed));
      const [isAnswer, ...rows] = await oracle.pick(remaining, list, plan.rule);
      expect(isAnswer).toBe(1);
      for (const row of rows) told.set(row, (told.get(row) ?? 0) + 1);
    }
    expect([...told.keys()].every((row) => remaining[row])).toBe(true);
    const expected = (draws * 5) / 32;
    for (const times of told.values()) {
      expect(Math.abs(times - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
    // What repetition tells: in the end all of them.
    expect(told.size).toBe(32);
  });
});

describe("matches", () => {
  const { layout, leakage } = matches;
  const plan = matches.plan({ overlap: 0.5 });
  const lowest = weightBounds(RECORDS).least;
  const binsOf = (ours: WholeClearList, theirs: WholeClearList): number => {
    const { from, to } = matchRule(plan, layout, ours.rows, theirs.rows).histogram;
    return to - from + 1;
  };
  const noiseOf = (seed: number) => (list: number, bin: number) =>
    ((seed + 31 * list + 7 * bin) % 9) - 4;
  const answerOf = async (world: readonly PersonList[], seed: number) => {
    const noise = noiseOf(seed);
    const noised = (counts: Int32Array, list: number) =>
      counts.map((exact, bin) => exact + noise(list, bin));
    return [...(await runPlan(oracleOf(1, layout, { noised }), plan, listsOf(world)))];
  };
  const simulated = (model: typeof leakage, [ours, ...theirs]: PersonList[], seed: number) => {
    const facts = matchesFacts(ours, theirs, plan, noiseOf(seed));
    const bins = theirs.map(({ list }) => ({ bins: binsOf(ours.list, list), lowest }));
    return simulateMatches(toldBy<"matches">(model, facts), ours.list.rows, bins);
  };

  it("answers what follows from linked rows and noised counts", LONG, async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const [ours, one, two] = inventedPeople(seed);
        const answer = await answerOf([ours, one, two], seed);
        expect(simulated(leakage, [ours, one, two], seed)).toEqual(answer);
        const moved = [ours, reordered(one, seed + 5), reordered(two, seed + 6)];
        fc.pre(simulated(leakage, moved, seed).join() === answer.join());
        expect(await answerOf(moved, seed)).toEqual(answer);
        for (const fact of ["linked-rows", "weight-counts"]) {
          expect(simulated(without(leakage, fact), [ours, one, two], seed)).not.toEqual(answer);
        }
      }),
      RUNS,
    );
  });

  it("noises its counts by the ε that it declares, for a row of theirs", LONG, async () => {
    const [ours, { list: theirs }] = inventedPeople(3);
    const countsOf = async (list: WholeClearList): Promise<Int32Array> => {
      let exact = new Int32Array(0);
      const noised = (counts: Int32Array) => {
        exact = Int32Array.from(counts);
        return counts;
      };
      const oracle = oracleOf(1, layout, { noised });
      await runPlan(oracle, plan, { ours: ours.list, theirs: [list] });
      return exact;
    };
    const { epsilon, sensitivity } = matchRule(plan, layout, 256, 256).histogram.noise;
    const perStep = toNumber(epsilon as Rational) / Number(sensitivity);
    const all = await countsOf(theirs);
    // ln of the largest ratio of chances of any counts, with and without the row.
    const losses: number[] = [];
    for (let row = 0; row < theirs.rows && losses.length < 16; row += 1) {
      if (theirs.rowMap[row] < 0) continue;
      const fewer = await countsOf(blanked(theirs, row));
      losses.push(all.reduce((sum, count, k) => sum + Math.abs(count - fewer[k]), 0) * perStep);
    }
    const declared = leakage.asker["weight-counts"].epsilon ?? "0";
    expect(Math.max(...losses)).toBeLessThanOrEqual(toNumber(parseRational(declared) as Rational));
    // A model that said a quarter would be caught.
    expect(Math.max(...losses)).toBeGreaterThan(1 / 4);
  });
});

describe("overlap", () => {
  const { layout, leakage } = overlap;
  const plan = overlap.plan({ overlap: 0.5 });

  it("answers what follows from noised counts and figures", LONG, async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const noise = (bin: number) => ((seed + 7 * bin) % 9) - 4;
        const figureNoise = (cell: number) => ((seed + 3 * cell) % 11) - 5;
        const oracle = oracleOf(1, layout, {
          noised: (counts) => counts.map((exact, bin) => exact + noise(bin)),
          cellNoise: (cell) => ({ figure: figureNoise(cell), own: [] }),
        });
        const [ours, other] = inventedPeople(seed);
        const lists = listsOf([ours, other]);
        const answer = [...(await runPlan(oracle, plan, lists))];
        const [{ rule }] = listPairs(plan, layout, [ours.list.rows, other.list.rows]);
        const facts = overlapFacts([ours, other], plan, noise, figureNoise);
        const simulated = (model: typeof leakage) =>
          simulateOverlap(
            toldBy<"overlap">(model, facts),
            rule.histogram.to - rule.histogram.from + 1,
            4,
          );
        expect(simulated(leakage)).toEqual(answer);
        for (const fact of ["sets", "weight-counts"]) {
          expect(simulated(without(leakage, fact))).not.toEqual(answer);
        }
      }),
      RUNS,
    );
  });

  it("spends the ε that it declares: half on figures, half on all counts of a list", () => {
    const rows = [256, 512, 256];
    const of = (rational: { numerator: bigint; denominator: bigint }) => toNumber(rational);
    const declared = (fact: "sets" | "weight-counts") =>
      toNumber(parseRational(leakage.asker[fact].epsilon ?? "0") as Rational);
    expect(of(overlapNoise(plan, 3).epsilon as Rational)).toBe(declared("sets"));
    const pairs = listPairs(plan, layout, rows);
    for (const list of rows.keys()) {
      const own = pairs.filter(({ a, b }) => a === list || b === list);
      const spent = own.map(({ rule }) => of(rule.histogram.noise.epsilon as Rational));
      expect(spent.reduce((sum, one) => sum + one, 0)).toBe(declared("weight-counts"));
    }
  });
});
