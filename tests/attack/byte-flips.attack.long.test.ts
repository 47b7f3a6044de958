import { PRODUCTION } from "@symbolon/mpc/profile";
import { describe, expect, it } from "vitest";
import { type Campaign, drawn, flipAt, honestRun, spread, tallyLine } from "./byte-flips.js";
import { comparison } from "./pieces/linkage.js";
import { PIECES } from "./pieces/pieces.js";
import { WHOLE_RUN_PROFILE, wholeRun } from "./whole-run.js";

const print = (name: string, campaign: Campaign): void => {
  process.stdout.write(`${tallyLine(name, campaign)}\n`);
};

/** Coins are most of the bytes, and all alike: told apart, so that either half can be run alone. */
const isCoin = (channel: string): boolean => /coin\/(commit|open)\/message$/.test(channel);

describe.each([
  { what: "but of coins", takes: (channel: string) => !isCoin(channel) },
  { what: "of coins", takes: isCoin },
])("every byte of every message, $what, flipped in both manners", ({ what, takes }) => {
  it.each(PIECES)("in $name", async (piece) => {
    const honest = await honestRun(piece);
    const chosen = [...spread(honest, 1)].filter(([k]) => takes(honest.places[k].channel));
    const campaign = await flipAt(piece, honest, chosen);
    print(`${piece.name}, ${what}`, campaign);
    expect(campaign.failures).toEqual([]);
    expect(campaign.flips).toBe(2 * chosen.length);
  });
});

describe("a sample of bytes", () => {
  it("first and last byte of every message of the whole query", async () => {
    const piece = wholeRun([128, 8]);
    const honest = await honestRun(piece, WHOLE_RUN_PROFILE);
    const campaign = await flipAt(piece, honest, spread(honest, 1 << 30), WHOLE_RUN_PROFILE);
    print(piece.name, campaign);
    expect(campaign.failures).toEqual([]);
  });

  it("2,000 positions of a comparison at production sizes", async () => {
    const piece = comparison(128, 128, "all");
    const honest = await honestRun(piece, PRODUCTION);
    const campaign = await flipAt(piece, honest, drawn(honest, 2000), PRODUCTION);
    print(`${piece.name}, production`, campaign);
    expect(campaign.failures).toEqual([]);
  });
});
