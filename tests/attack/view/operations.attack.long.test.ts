import { describe, expect, it } from "vitest";
import { differing, EVEN_PIECES } from "./count-pairs.js";
import { countedModule } from "./counted-kernels.js";

const PAIRS = 1000;

describe(`${PAIRS} random pairs of inputs`, () => {
  const module = countedModule();

  it.each(EVEN_PIECES)("look the same in $name", async (piece) => {
    const found = await differing(piece, module, PAIRS);
    process.stdout.write(`${piece.name}: ${PAIRS} pairs, ${module.stretches} counters\n`);
    expect(found).toEqual([]);
  });
});
