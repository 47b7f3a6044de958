import type { Piece } from "../pieces/piece.js";
import type { CountedModule } from "./counted-kernels.js";
import { randomInputs, smallInputs, type Trace, traceOf } from "./trace.js";

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
