import type { Person } from "@symbolon/case-data/person";
import { seededWords } from "@symbolon/case-data/random";
import { InputRefused } from "@symbolon/mpc/error";
import type { Tamper } from "@symbolon/mpc/transport/memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepRows, type Lists, runPlan } from "../backend.js";
import type { KeyedClearList } from "../plaintext/backend.js";
import { clearListOf } from "../plaintext/clear-list.js";
import { oracleOf, type RunChanges, runLists } from "../three-party/run-lists.contract.js";
import { notOnList } from "./not-on-list.js";

const { layout } = notOnList;
const PARAMS = {
  pick: 5 as const,
  threshold: 10 * layout.unitsPerBit,
  dedupThreshold: 10 * layout.unitsPerBit,
  overlap: 0.5,
};

/** Distinct invented persons; `typo` spells the surname a little differently. */
function person(k: number, typo = false): Person {
  const surname = `${String.fromCharCode(97 + (k % 26))}ar${(k * 7919) % 997}enko${k % 13}`;
  const raw = typo ? surname.replace("enko", "neko") : surname;
  const given = `name${(k * 104729) % 1009}`;
  return {
    row: k + 2,
    given: { raw: given, normal: given },
    surname: { raw, normal: raw },
    birthDate: { year: 1960 + (k % 45), month: 1 + (k % 12), day: 1 + ((k * 11) % 28) },
    nationalities: [100 + (k % 40)],
    place: `town${k % 60}`,
  };
}

/** Without comparison records, which this query does not read. */
function list(persons: readonly Person[], seed: number): KeyedClearList {
  const whole = clearListOf(persons, layout, seededWords(seed));
  const { rows, content, present, real, keys } = whole;
  return { rows, content, present, real, keys };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, k) => from + k);

/** The asker knows 0..99 and a duplicate; two lists know 0..39 and 40..(100 − unknown). */
function lists(unknown: number): { ours: KeyedClearList; theirs: KeyedClearList[] } {
  const police = [...range(0, 100).map((k) => person(k)), person(99, true)];
  return {
    ours: list(police, 1),
    theirs: [
      list(
        range(0, 40).map((k) => person(k, true)),
        2,
      ),
      list(
        range(40, 100 - unknown).map((k) => person(k, k % 2 === 0)),
        3,
      ),
    ],
  };
}

const PLAN = notOnList.plan(PARAMS);

const run = (seed: number, given: Lists<KeyedClearList>, changes?: RunChanges) =>
  runLists(seed, layout, PLAN, given, changes);

const oracle = (seed: number) => oracleOf(seed, layout);

describe("not-on-list", () => {
  it("answers on shares exactly what the oracle answers in the clear", async () => {
    const given = lists(40);
    const { answer, outcomes } = await run(5, given);
    expect(answer).toEqual([...(await runPlan(oracle(5), PLAN, given))]);
    expect(answer[0]).toBe(1);
    const kept = await keepRows(oracle(5), PLAN.from, given);
    expect(kept.filter(Boolean).length).toBe(40);
    expect(outcomes[0].soundnessBits).toBeGreaterThan(60);
    expect(outcomes[0].metrics.rounds).toBe(outcomes[1].metrics.rounds);
  });

  it("does not answer if too few rows remain, in as many bytes and rounds", async () => {
    const few = lists(8);
    const { answer, outcomes } = await run(6, few);
    expect(answer).toEqual([0, 0, 0, 0, 0, 0]);
    const many = await run(6, lists(60));
    expect(many.answer[0]).toBe(1);
    expect(outcomes.map((one) => one.bytesSent)).toEqual(many.outcomes.map((one) => one.bytesSent));
    expect(outcomes[0].metrics.rounds).toBe(many.outcomes[0].metrics.rounds);
  });

  it("draws nobody who was asked about before, on shares as in the clear", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 30 }), fc.nat(99), async (again, seed) => {
        // Of 100 people, 60 known to nobody, some were asked about, under another spelling.
        const asked = [
          list(
            range(70, 70 + again).map((k) => person(k, k % 2 === 0)),
            4,
          ),
          list(
            range(500, 540).map((k) => person(k)),
            5,
          ),
        ];
        const given = { ...lists(60), asked };
        const { answer } = await run(seed, given);
        expect(answer).toEqual([...(await runPlan(oracle(seed), PLAN, given))]);
        const kept = await keepRows(oracle(seed), PLAN.from, given);
        // One in four of 101 rows.
        const remain = again <= 25 ? 60 - again : 0;
        expect(Math.abs(kept.filter(Boolean).length - remain)).toBeLessThanOrEqual(1);
        expect(answer[0]).toBe(remain >= 30 ? 1 : 0);
      }),
      { numRuns: 2, examples: [[30, 1]] },
    );
  }, 60_000);

  it("needs as many bytes and rounds, however many were asked about before", async () => {
    const asked = (from: number) => [
      list(
        range(from, from + 60).map((k) => person(k)),
        4,
      ),
    ];
    const none = await run(6, { ...lists(60), asked: asked(500) });
    const many = await run(6, { ...lists(60), asked: asked(40) });
    expect([none.answer[0], many.answer[0]]).toEqual([1, 0]);
    const seen = ({ outcomes }: typeof none) => outcomes.map((one) => one.bytesSent);
    expect(seen(many)).toEqual(seen(none));
    expect(many.outcomes[0].metrics.rounds).toBe(none.outcomes[0].metrics.rounds);
    expect(none.outcomes[0].soundnessBits).toBeGreaterThan(60);
  }, 60_000);

  it("does not start if the nodes remember different lists", async () => {
    const asked = [
      list(
        range(0, 9).map((k) => person(k)),
        4,
      ),
    ];
    const given = { ...lists(40), asked };
    const started = run(8, given, { forgets: 1 });
    await expect(started).rejects.toMatchObject({ code: "TRANSCRIPT_MISMATCH" });
  });

  it("does not start if one party, even P_1, would run another plan", async () => {
    const other = notOnList.plan({ ...PARAMS, threshold: PARAMS.threshold - 1 });
    for (const party of [0, 1, 2]) {
      const planOf = (self: number) => (self === party ? other : undefined);
      const started = run(8, lists(40), { planOf });
      await expect(started).rejects.toMatchObject({ code: "TRANSCRIPT_MISMATCH" });
    }
  });

  it("takes no deduplication threshold above the one that means known", () => {
    const dedupThreshold = PARAMS.threshold + 1;
    expect(notOnList.problem({ ...PARAMS, dedupThreshold })).toContain("dedupThreshold");
    expect(notOnList.problem(PARAMS)).toBeUndefined();
  });

  it("gives the same answer for lists that were validated before", async () => {
    const given = lists(40);
    const known = await run(5, given, { isChecked: true });
    expect(known.answer).toEqual((await run(5, given)).answer);
  });

  it("refuses a list with a record out of bounds before it compares anything", async () => {
    const given = lists(40);
    given.theirs[1].content[5] = 3000;
    const channels: string[] = [];
    const tamper: Tamper = (message, { channel }) => {
      channels.push(channel);
      return message;
    };
    const refused = run(7, given, { tamper });
    await expect(refused).rejects.toThrow(InputRefused);
    await expect(refused).rejects.toMatchObject({
      code: "INPUT_INVALID",
      details: { dataset: "list-2" },
    });
    expect(channels.some((channel) => channel.includes("except"))).toBe(false);
  });
});
