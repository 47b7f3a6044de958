import type { Piece } from "../pieces/piece.js";
import { PIECES } from "../pieces/pieces.js";
import type { CountedModule } from "./counted-kernels.js";
import { randomInputs, smallInputs, type Trace, traceOf } from "./trace.js";

/**
 * Pieces whose every run does the same. A sort of more than a few rows asks what the random order
 * of its shuffle demands (docs/protocols/sort.md), which no inputs decide and no two inputs share:
 * `bands` sorts 256. What else it sends is compared in `bands.test.ts`.
 */
export const EVEN_PIECES: readonly Piece[] = PIECES.filter(({ name }) => name !== "bands");

/** In what two runs on random inputs differ from each other, pair after pair. */
export async function differing(
  piece: Piece,
  module: CountedModule,
  pairs: number,
): Promise<(keyof Trace)[]> {
  const inputs = piece.name === "validity" ? smallInputs : randomInputs;
  const found = new Set<keyof Trace>();
  for (let pair = 0; pair < pairs; pair += 1) {
    const [a, b] = ["a", "b"].map((side) => `trace/${piece.name}/${pair}/${side}`);
    const first = await traceOf(piece, module, a, inputs(a));
    const second = await traceOf(piece, module, b, inputs(b));
    for (const what of ["transcript", "rounds", "operations"] as const)
      if (first[what] !== second[what]) found.add(what);
  }
  return [...found];
}
