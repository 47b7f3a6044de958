import type { PartyIndex } from "@symbolon/base/id";
import { toDataset } from "@symbolon/case-data/encode/dataset";
import type { Person } from "@symbolon/case-data/person";
import { seededWords } from "@symbolon/case-data/random";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { InputRefused } from "@symbolon/mpc/error";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { PRODUCTION } from "@symbolon/mpc/profile";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import type { Tamper } from "@symbolon/mpc/transport/memory";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { World } from "@symbolon/sim/world/world";
import { describe, expect, it } from "vitest";
import { keepRows, runPlan } from "../backend.js";
import { type ClearList, PlaintextBackend } from "../plaintext/backend.js";
import { clearDraw } from "../plaintext/draw.js";
import { executeRun, type RunTask } from "../three-party/execute.js";
import { paramsProblem } from "./catalogue.js";
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

function list(persons: readonly Person[], seed: number): ClearList {
  const { schema, values } = toDataset(persons, layout, seededWords(seed));
  const column = (name: string): Uint32Array => values.get(`persons.${name}`) as Uint32Array;
  return {
    rows: schema.tables[0].rows,
    content: column("content"),
    present: column("present"),
    real: column("real"),
    keys: column(notOnList.keys.id),
  };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, k) => from + k);

/** The asker knows 0..99 and a duplicate; two lists know 0..39 and 40..(100 − unknown). */
function lists(unknown: number): { ours: ClearList; theirs: ClearList[] } {
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

async function run(
  seed: number,
  given: ReturnType<typeof lists>,
  tamper?: Tamper,
  isChecked = false,
  planOf: (self: PartyIndex) => ReturnType<typeof notOnList.plan> | undefined = () => undefined,
) {
  const world = new World(seed, tamper ? { tamper } : {});
  const deal = (clear: ClearList) => ({
    content: world.share(clear.content, "add"),
    present: world.share(clear.present, "add"),
    real: world.share(clear.real, "xor"),
    keys: world.share(clear.keys, "xor"),
  });
  const all = [given.ours, ...given.theirs];
  const dealt = all.map(deal);
  const task = (self: PartyIndex): RunTask => {
    const [ours, ...theirs] = all.map((clear, k) => ({
      name: `list-${k}`,
      root: Uint8Array.of(k),
      isChecked,
      list: {
        rows: clear.rows,
        content: dealt[k].content[self],
        present: dealt[k].present[self],
        real: dealt[k].real[self],
        keys: dealt[k].keys[self],
      },
    }));
    return {
      plan: planOf(self) ?? notOnList.plan(PARAMS),
      layout,
      ours,
      theirs,
      seeds: selectionSeeds(seed, self),
      terms: "test",
    };
  };
  const outcomes = await world.eachOption(PRODUCTION, (options, self) =>
    executeRun(options, task(self)),
  );
  const answer = world.combine(outcomes.map(({ result }) => result) as Shares[], "xor");
  return { answer: [...answer], outcomes };
}

function oracle(seed: number) {
  const seeds = [0, 1, 2].map((j) => selectionSeeds(seed, j as PartyIndex).own);
  const draw = clearDraw(nodeCrypto, seeds as [Uint8Array, Uint8Array, Uint8Array]);
  return new PlaintextBackend(layout, wasmKernels(), draw);
}

describe("not-on-list", () => {
  it("answers on shares exactly what the oracle answers in the clear", async () => {
    const given = lists(40);
    const { answer, outcomes } = await run(5, given);
    const plan = notOnList.plan(PARAMS);
    expect(answer).toEqual([...(await runPlan(oracle(5), plan, given))]);
    expect(answer[0]).toBe(1);
    const kept = await keepRows(oracle(5), plan.from, given);
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

  it("does not start if one party, even P_1, would run another plan", async () => {
    const other = notOnList.plan({ ...PARAMS, threshold: PARAMS.threshold - 1 });
    for (const party of [0, 1, 2]) {
      const started = run(8, lists(40), undefined, false, (self) =>
        self === party ? other : undefined,
      );
      await expect(started).rejects.toMatchObject({ code: "TRANSCRIPT_MISMATCH" });
    }
  });

  it("takes no deduplication threshold above the one that means known", () => {
    const dedupThreshold = PARAMS.threshold + 1;
    expect(paramsProblem(notOnList, { ...PARAMS, dedupThreshold })).toContain("dedupThreshold");
    expect(paramsProblem(notOnList, PARAMS)).toBeUndefined();
  });

  it("gives the same answer for lists that were validated before", async () => {
    const given = lists(40);
    const known = await run(5, given, undefined, true);
    expect(known.answer).toEqual((await run(5, given)).answer);
  });

  it("refuses a list with a record out of bounds before it compares anything", async () => {
    const given = lists(40);
    given.theirs[1].content[5] = 3000;
    const channels: string[] = [];
    const refused = run(7, given, (message, { channel }) => {
      channels.push(channel);
      return message;
    });
    await expect(refused).rejects.toThrow(InputRefused);
    await expect(refused).rejects.toMatchObject({
      code: "INPUT_INVALID",
      details: { dataset: "list-2" },
    });
    expect(channels.some((channel) => channel.includes("except"))).toBe(false);
  });
});
