import { describe, expect, it, vi } from "vitest";
import { PIECES } from "../pieces/pieces.js";
import { WHOLE_RUN_PROFILE, wholeRun } from "../whole-run.js";
import { simulateNodes, simulatePiece } from "./campaign.js";
import { TINY_PROGRAM } from "./simulate-nodes.js";

vi.mock("@symbolon/node/identity/random", () => import("./seeded-bytes.js"));

const PIECE_SEEDS = 8_500;
const NODE_SEEDS = 1_400;
const QUERY_SEEDS = 100;

describe(`${PIECE_SEEDS + NODE_SEEDS + QUERY_SEEDS} seeds`, () => {
  it.each(PIECES)("of $name", async (piece) => {
    const tally = await simulatePiece(piece, Math.ceil(PIECE_SEEDS / PIECES.length));
    expect(tally.problems).toEqual([]);
  });

  it("of a whole query", async () => {
    const tally = await simulatePiece(wholeRun([128, 128]), QUERY_SEEDS, WHOLE_RUN_PROFILE);
    expect(tally.problems).toEqual([]);
  });

  it("of the nodes' own jobs", async () => {
    const tally = await simulateNodes(TINY_PROGRAM, NODE_SEEDS);
    expect(tally.problems).toEqual([]);
  });
});
