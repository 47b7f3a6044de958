import { personBands } from "@symbolon/case-data/compare/band-rule";
import { oneToOne } from "@symbolon/mpc/linkage/one-to-one";
import { PRODUCTION, SMALL_BATCH_TEST } from "@symbolon/mpc/profile";
import { tableOf } from "@symbolon/mpc/table/table";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { World } from "@symbolon/sim/world/world";
import { describe, expect, it } from "vitest";
import { matches } from "../catalogue/matches.js";
import { overlap } from "../catalogue/overlap.js";
import { weighBandsInTheClear } from "../plaintext/bands.js";
import { mutualBests } from "../plaintext/one-to-one.js";
import { ALL_PAIRS_MAX, type LinkingRule, linkingRule } from "../plan/match-rule.js";
import { clearPartners } from "./edges.contract.js";
import { planTerms } from "./plan-terms.js";
import { flat, recordPairs, layout as records } from "./records.contract.js";
import { weighedTask, weighedWork } from "./weighed-task.js";

const { layout } = matches;
const profile = SMALL_BATCH_TEST;
const ROWS = 128;

/** The rule of long lists, for short ones, by a few bands with little room. */
function bandedRule(): LinkingRule & Required<Pick<LinkingRule, "bands">> {
  const rule = linkingRule({ overlap: 0.5 }, layout, ROWS, ROWS);
  const whole = personBands(ROWS, ROWS);
  const some = [2, 3, 5].map((k) => ({ ...whole.bands[k], window: 3, perRow: 1 }));
  const least = -40;
  const { floor } = rule.link;
  const bands = { ...whole, bands: some, ...(floor && { floor: { ...floor, least } }) };
  return { ...rule, bands, least };
}

describe("weighedTask", { timeout: 240_000 }, () => {
  it("links by bands what the oracle links, and has one figure of its work", async () => {
    const rule = bandedRule();
    const lists = recordPairs(11, ROWS);
    const world = new World(11, { profile });
    const shares = lists.map((side) => world.share(flat(side), "xor"));
    const announced: number[] = [];
    const found = await world.each(async (ctx, self) => {
      const [ours, theirs] = shares.map((side) => {
        const words = side[self];
        const list = { rows: ROWS, content: words, present: words, real: words, records: words };
        return { list, records: tableOf(words, records.bits / 32) };
      });
      announced.push(weighedWork(ctx, rule, ROWS, ROWS));
      const task = await weighedTask(ctx, layout, [ours, theirs], rule);
      const [{ ours: links }] = await oneToOne(ctx, records, [task]);
      ctx.assertAllVerified();
      return links;
    });
    const expected = mutualBests(weighBandsInTheClear(lists, rule.bands), rule.least);
    expect(expected.length).toBeGreaterThan(10);
    const sorted = expected.sort((x, y) => x.a - y.a).map(({ a, b, weight }) => ({ a, b, weight }));
    expect([...clearPartners(world, found).values()]).toEqual(sorted);
    expect(new Set(announced).size).toBe(1);
  });
});

describe("lists of more than 2^30 pairs", () => {
  it("are linked by bands, with the floor that all pairs have", () => {
    const rule = (rows: number) => linkingRule({ overlap: 0.5 }, layout, rows, 2 ** 15);
    expect(rule(2 ** 15).bands).toBeUndefined();
    expect(rule(2 ** 15).pairs).toBe(ALL_PAIRS_MAX);
    const long = rule(2 ** 15 + 256);
    expect(long.bands?.floor).toEqual(long.link.floor);
    expect(long.bands?.floor?.own.length).toBe(4);
  });

  it("are linked with an error of at most 2^-60", () => {
    const sizes = { ours: 2 ** 17, theirs: [2 ** 17] };
    const plans = [matches.plan({ overlap: 0.5 }), overlap.plan({ overlap: 0.5 })];
    for (const plan of plans) {
      expect(soundnessBits(planTerms(PRODUCTION, plan, layout, sizes))).toBeGreaterThan(60);
    }
  });
});
