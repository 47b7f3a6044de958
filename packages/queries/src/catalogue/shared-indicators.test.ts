import { personLayout } from "@symbolon/case-data/encode/layout";
import {
  type CaseIndicators,
  SlotMaker,
  type WrittenIndicator,
} from "@symbolon/case-data/indicators/case-slots";
import { CASES_MAX, casesDataset } from "@symbolon/case-data/indicators/cases-dataset";
import { CASE_INDICATORS_MAX, CHANNELS } from "@symbolon/case-data/indicators/kinds";
import { seededWords } from "@symbolon/case-data/random";
import { describe, expect, it } from "vitest";
import { runPlan } from "../backend.js";
import type { ClearCases } from "../plaintext/backend.js";
import { oracleOf, runLists } from "../three-party/run-lists.contract.js";
import { readSharedIndicators, sharedIndicators } from "./shared-indicators.js";

const { layout } = sharedIndicators;
const PLAN = sharedIndicators.plan({ countMost: 3 });
const LONG = { timeout: 300_000 };

interface Encoded extends ClearCases {
  readonly rowMap: readonly number[];
}

function encode(cases: readonly (readonly WrittenIndicator[])[], seed: number): Encoded {
  const rows = cases.map((indicators, k): CaseIndicators => ({ row: k + 2, indicators }));
  const { schema, values, rowMap } = casesDataset(rows, seededWords(seed));
  const column = (name: string) => values.get(`cases.${name}`) as Uint32Array;
  return {
    rows: schema.tables[0].rows,
    codes: column("slot-codes"),
    keys: column("slot-keys"),
    rowMap,
  };
}

const number = (k: number): string => `+31 6 ${21_000_000 + 7_919 * k}`;
const phone = (k: number): WrittenIndicator => ({ kind: "phone", text: number(k) });
const plate = (text: string): WrittenIndicator => ({ kind: "plate", text });

/** What the oracle tells the first of these organisations, by its case. */
async function told(...organisations: (readonly WrittenIndicator[])[][]) {
  const [ours, ...theirs] = organisations.map(encode);
  const oracle = oracleOf(1, personLayout());
  const words = await runPlan(oracle, PLAN, { ours, theirs });
  return readSharedIndicators(words)
    .map(({ row, shared }) => ({ case: ours.rowMap[row], shared }))
    .sort((a, b) => a.case - b.case);
}
const contact = (organisations: number) => [
  { evidence: "contact", how: "exact", organisations },
  { evidence: "contact", how: "near", organisations },
];

describe("shared-indicators", () => {
  it("answers on shares exactly what the oracle does", LONG, async () => {
    const ours = encode([[phone(1), plate("NL: AB-123-C")], [phone(2)], [phone(3)]], 1);
    const theirs = [
      encode([[phone(1)], [phone(9)]], 2),
      encode([[phone(1), plate("OB-123-C"), plate("AB 123 C")], [phone(3)]], 3),
    ];
    const lists = { ours, theirs };
    const { answer, outcomes } = await runLists(7, layout, PLAN, lists);
    expect(answer).toEqual([...(await runPlan(oracleOf(7, personLayout()), PLAN, lists))]);
    expect(outcomes[0].soundnessBits).toBeGreaterThan(60);
    const found = readSharedIndicators(Uint32Array.from(answer)).map(({ row, shared }) => ({
      case: ours.rowMap[row],
      shared,
    }));
    expect(found.sort((a, b) => a.case - b.case)).toEqual([
      {
        case: 0,
        shared: [...contact(2), { evidence: "plate", how: "near", organisations: 1 }],
      },
      { case: 2, shared: contact(1) },
    ]);
  });

  it("refuses a list whose two copies differ, before anything is computed", LONG, async () => {
    const lists = { ours: encode([[phone(1)]], 1), theirs: [encode([[phone(1)]], 2)] };
    let seen = 0;
    const tamper = (message: Uint8Array, { channel, from }: { channel: string; from: number }) => {
      if (channel.includes("shared-keys")) seen += 1;
      if (!channel.includes("list-1") || from !== 1) return message;
      return message.map((byte) => byte ^ 1);
    };
    await expect(runLists(8, layout, PLAN, lists, { tamper })).rejects.toMatchObject({
      code: "INPUT_INCONSISTENT",
    });
    expect(seen).toBe(0);
  });

  it("has no choice of parameters, and a text that names its bounds", () => {
    expect(sharedIndicators.problem({ countMost: 3 })).toBeUndefined();
    expect(sharedIndicators.problem({ countMost: 4 })).toContain("countMost");
    expect(sharedIndicators.problem({ countMost: 3, overlap: 0.5 })).toBeDefined();
    expect(JSON.parse(sharedIndicators.text)).toMatchObject({
      constants: { casesMax: CASES_MAX, indicatorsOfCase: CASE_INDICATORS_MAX },
      lists: { othersMin: 2, rowsMax: CASES_MAX },
    });
    expect(2 * CHANNELS.length).toBeLessThanOrEqual(32);
  });
});

describe("who probes", () => {
  const [a, b, c] = [[[phone(5)]], [[phone(6)], [phone(5)]], [[phone(8)]]];

  it("learns of a number that it plants how many have it, not who, nor how often", async () => {
    const planted = [[phone(5)], [phone(6)], [phone(7)]];
    const answer = [
      { case: 0, shared: contact(2) },
      { case: 1, shared: contact(1) },
    ];
    // Whose cases they are, and how many of one organisation, changes nothing.
    expect(await told(planted, a, b, c)).toEqual(answer);
    expect(await told(planted, c, b, a)).toEqual(answer);
    expect(await told(planted, [[phone(5)], [phone(5)], [phone(5)]], c, b)).toEqual(answer);
  });

  it("learns no more of three organisations than of five", async () => {
    const holders = (count: number) => Array.from({ length: count }, () => [[phone(5)]]);
    expect(await told([[phone(5)]], ...holders(5))).toEqual(
      await told([[phone(5)]], ...holders(3)),
    );
  });

  it("is not told which of the values of one case is shared", async () => {
    const dictionary = Array.from({ length: CASE_INDICATORS_MAX }, (_, k) => phone(k));
    for (const k of [0, 3, 7]) {
      expect(await told([dictionary], [[phone(k)]], c.slice(1))).toEqual([
        { case: 0, shared: contact(1) },
      ]);
    }
  });

  it("of a dictionary in one case only the first values count", async () => {
    const dictionary = Array.from({ length: 1_000 }, (_, k) => phone(k));
    const { slots, notes } = new SlotMaker().slots({ row: 2, indicators: dictionary });
    expect(slots.length).toBe(2 * CASE_INDICATORS_MAX);
    expect(notes).toMatchObject([{ code: "INDICATORS_TOO_MANY", count: 992 }]);
    expect(await told([dictionary], [[phone(999)]], [[phone(8)]])).toEqual([]);
    expect(await told([dictionary], [[phone(7)]], [[phone(8)]])).toHaveLength(1);
  });

  it("learns nothing of what others share with each other, nor through them", async () => {
    const first = [[phone(5), plate("NL: XY-987-Z")]];
    const linked = [[phone(60), plate("NL: XY-987-Z")]];
    expect(await told([[phone(5)]], first, linked)).toEqual(
      await told([[phone(5)]], first, [[phone(60)]]),
    );
  });

  it("by planting a number often learns less, and hides nothing from others", async () => {
    const often = Array.from({ length: 13 }, () => [phone(5)]);
    expect(await told(often, a, c)).toEqual([]);
    // Others still find each other.
    expect(await told([[phone(5)]], a, often)).toEqual([{ case: 0, shared: contact(1) }]);
  });
});
