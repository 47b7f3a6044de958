import { PRODUCTION } from "@symbolon/mpc/profile";
import { describe, expect, it } from "vitest";
import { drawn, flipAt, spread, targetOf } from "./byte-flips.js";
import { comparison } from "./pieces/linkage.js";
import { PIECES } from "./pieces/pieces.js";
import { WHOLE_RUN_PROFILE, wholeRun } from "./whole-run.js";

/** Pieces of hundreds of messages: here every so many; the long suite takes all. */
const EVERY: Readonly<Record<string, number>> = {
  and: 2,
  sign: 4,
  count: 5,
  shuffle: 2,
  "shuffle and unshuffle of a table": 7,
  sort: 7,
  join: 97,
  group: 97,
  "first row": 23,
  pick: 17,
  validity: 23,
  "none match, 128 × 3": 13,
  "at least": 3,
  "matrix of bits": 7,
  candidates: 23,
  levels: 13,
  "second look": 11,
  cipher: 23,
  tags: 61,
  "join by tags": 61,
  "anti-join by tags": 61,
  "match weight": 61,
  compact: 97,
  link: 197,
  "one to one": 397,
  bands: 797,
  "cluster votes": 13,
  clusters: 797,
  "look-up": 197,
  "weight histogram": 97,
  "group totals": 7,
  "shared keys": 197,
  "counted table": 397,
  "person counts": 97,
  "codes of persons": 7,
  "table of persons": 397,
  "hot codes": 7,
};
const SECONDS_MAX = 180_000;

describe("a flipped byte never gives a wrong output and never hangs", () => {
  it.each(PIECES)("in $name", { timeout: SECONDS_MAX }, async (piece) => {
    const target = await targetOf(piece);
    const chosen = spread(target.honest, 1 << 20, EVERY[piece.name] ?? 1);
    const { failures, flips } = await flipAt(target, chosen);
    expect(failures).toEqual([]);
    expect(flips).toBeGreaterThan(10);
  });

  it("in the whole query", { timeout: SECONDS_MAX }, async () => {
    const piece = wholeRun([128, 128]);
    const target = await targetOf(piece, WHOLE_RUN_PROFILE);
    const last = target.honest.places.length - 1;
    const chosen = [...drawn(target.honest, 6), [last, 0], [last - 1, 1], [last - 2, 2]] as const;
    const { failures } = await flipAt(target, chosen);
    expect(failures).toEqual([]);
  });

  it("in a comparison at production sizes", { timeout: SECONDS_MAX }, async () => {
    const piece = comparison(128, 128, "all");
    const target = await targetOf(piece, PRODUCTION);
    const { failures } = await flipAt(target, drawn(target.honest, 40));
    expect(failures).toEqual([]);
  });
});
