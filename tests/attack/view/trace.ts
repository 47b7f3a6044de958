import { createHash } from "node:crypto";
import { bytesOf } from "@symbolon/base/bytes";
import { PARTIES } from "@symbolon/base/id";
import { memoryTransports } from "@symbolon/mpc/transport/memory";
import { seededCrypto } from "@symbolon/sim/world/seeded-crypto";
import type { Piece } from "../pieces/piece.js";
import { Dealer, partyOptions, type Replace } from "../trio.js";
import type { CountedModule } from "./counted-kernels.js";

/** All that must not depend on inputs: who sends what size when, rounds, and what the WASM does. */
export interface Trace {
  readonly transcript: string;
  readonly rounds: string;
  readonly operations: string;
}

/** One run of a piece, with counted kernels of its own for each party. */
export async function traceOf(
  piece: Piece,
  module: CountedModule,
  seed: string,
  replace?: Replace,
): Promise<Trace> {
  const transcript = createHash("sha256");
  const transports = memoryTransports((message, { from, to, channel }) => {
    transcript.update(`${from} ${to} ${channel} ${message.length}\n`);
    return message;
  });
  const party = piece.prepare(new Dealer(seed, 2, replace));
  const counted = PARTIES.map(() => module.instance());
  const rounds = await Promise.all(
    PARTIES.map(async (self) => {
      const options = partyOptions({ seed }, self, transports[self]);
      const crypto = seededCrypto(`${seed}/party/${self}`);
      const result = await party({ ...options, crypto, kernels: counted[self].kernels }, self);
      return result.rounds;
    }),
  );
  const operations = createHash("sha256");
  for (const one of counted) operations.update(`${one.counts()}\n`);
  return {
    transcript: transcript.digest("hex"),
    rounds: rounds.join(),
    operations: operations.digest("hex"),
  };
}

/** Random values in the place of all that is dealt. */
export function randomInputs(seed: string): Replace {
  const { random } = seededCrypto(`${seed}/inputs`);
  return (value) => {
    const other = value.slice() as typeof value;
    bytesOf(other).set(random(other.byteLength));
    return other;
  };
}

/** Small random numbers in the first vector that is dealt: a list that may well be invalid. */
export function smallInputs(seed: string): Replace {
  const { random } = seededCrypto(`${seed}/inputs`);
  let dealt = 0;
  return (value) => {
    dealt += 1;
    if (dealt > 1) return value;
    const other = value.slice() as typeof value;
    const bytes = random(other.length);
    for (let k = 0; k < other.length; k += 1) (other as Uint32Array)[k] = bytes[k] % 16;
    return other;
  };
}
