import type { Profile } from "@symbolon/mpc/profile";
import type { Piece } from "../pieces/piece.js";
import { type NodeProgram, NodeSimulation } from "./simulate-nodes.js";
import { PieceSimulation, subjectOf } from "./simulate-piece.js";
import { type SimulationEnd, SimulationTally } from "./simulation.js";

/** Set to replay one seed: its story is printed. */
const ONLY = process.env["SEED"];

/** Simulates seeds 1, 2, 3 … of one thing, or the seed that is to be replayed. */
async function simulate(
  what: string,
  seeds: number,
  run: (seed: number) => Promise<SimulationEnd>,
): Promise<SimulationTally> {
  const tally = new SimulationTally();
  const chosen = ONLY === undefined ? seeds : 1;
  for (let k = 1; k <= chosen; k += 1) {
    const end = await run(ONLY === undefined ? k : Number(ONLY));
    tally.note(end);
    if (ONLY !== undefined) process.stdout.write(`${end.events.join("\n")}\n`);
  }
  process.stdout.write(`${what.padEnd(28)} ${tally}\n`);
  return tally;
}

export async function simulatePiece(
  piece: Piece,
  seeds: number,
  profile?: Profile,
): Promise<SimulationTally> {
  const subject = await subjectOf(piece, profile);
  return simulate(piece.name, seeds, (seed) => new PieceSimulation(subject, seed).run());
}

export const simulateNodes = (program: NodeProgram, seeds: number): Promise<SimulationTally> =>
  simulate(program.name, seeds, (seed) => new NodeSimulation(seed, program).run());
