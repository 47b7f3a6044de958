import type { HtcdsRecord } from "@symbolon/case-data/htcds/record";
import { SlotMaker } from "@symbolon/case-data/indicators/case-slots";
import { CASE_SLOTS, CHANNELS } from "@symbolon/case-data/indicators/kinds";
import { indicatorsOfRecord } from "@symbolon/case-data/indicators/written-indicators";
import { generateSandbox } from "@symbolon/sim/cases/sandbox";
import { describe, expect, it } from "vitest";
import { sharedKeysInTheClear } from "./indicators.js";

/** No crowds: invented networks share phones with all of their victims. */
const RULE = { channels: CHANNELS.length, ownMax: 10_000, allMax: 50_000, countBits: 2 };

const world = generateSandbox({ seed: 11, people: 800 });
const records = world.organisations.map((one) => one.records as unknown as HtcdsRecord[]);
const maker = new SlotMaker();
const made = records.map((list) =>
  list.map((record, row) => maker.slots({ row, indicators: indicatorsOfRecord(record) })),
);
const slots = made.map((list) =>
  list.map((one) => one.slots.map(({ code, key }) => ({ channel: code, key: key.join(" ") }))),
);
const channel = (evidence: string, how: string): number =>
  CHANNELS.findIndex((one) => one.evidence === evidence && one.how === how);

/** Values of these types as they stand in a record, signs left out: what anybody would compare. */
const plain = (record: HtcdsRecord, types: readonly string[]): Set<string> =>
  new Set(
    (record.indicators ?? [])
      .filter(({ x_indicatorType: type }) => types.includes(type ?? ""))
      .map(
        ({ x_indicatorType: type, x_indicatorValue: text = "" }) =>
          `${type} ${text.toLowerCase().replace(/[^a-z0-9]/g, "")}`,
      ),
  );

describe("indicators of invented cases of seven organisations", () => {
  const counts = sharedKeysInTheClear(slots, RULE);

  it.each([
    ["contact", ["Phone", "Handle"]],
    ["advert", ["AdvertFingerprint"]],
  ] as const)("%s: count the organisations that wrote down the same", (evidence, types) => {
    const at = channel(evidence, "exact");
    const values = records.map((list) => list.map((record) => plain(record, types)));
    const held = values.map((list) => new Set(list.flatMap((case_) => [...case_])));
    let shared = 0;
    values.forEach((list, own) => {
      list.forEach((case_, row) => {
        const others = held.filter((all, l) => l !== own && [...case_].some((one) => all.has(one)));
        expect(counts[own][row][at]).toBe(Math.min(3, others.length));
        if (others.length > 0) shared += 1;
      });
    });
    expect(shared).toBeGreaterThan(20);
  });

  it("meet by address although the flat differs, and by plate without a country", () => {
    const found = counts.flat();
    for (const evidence of ["address", "plate"]) {
      expect(found.filter((row) => row[channel(evidence, "near")] > 0).length).toBeGreaterThan(10);
    }
    expect(found.every((row) => row[channel("plate", "exact")] === 0)).toBe(true);
  });

  it("have room for what invented cases have, and say what connects nothing", () => {
    const all = made.flat();
    expect(Math.max(...all.map((one) => one.slots.length))).toBeLessThanOrEqual(CASE_SLOTS);
    const codes = new Set(all.flatMap(({ notes }) => notes.map(({ code }) => code)));
    // "Boss X" is too little of a name.
    expect([...codes]).toEqual(["INDICATOR_VAGUE"]);
  });
});
