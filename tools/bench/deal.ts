import { utf8 } from "@symbolon/base/bytes";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { addUp, subtract, vectorLike, xor } from "@symbolon/mpc/ring/vector";
import { type RingVector, Shares } from "@symbolon/mpc/sharing/shares";
import type { ClearOf, Column, Columns, SharesOf } from "./works/work.js";

/** One seed a component. A bench deals its own lists, so every process may know all three. */
export type ComponentSeeds = readonly Uint8Array[];

const keyOf = (seed: Uint8Array, name: string): Uint8Array =>
  nodeCrypto.hmac(seed, utf8(name)).subarray(0, 16);

function uniform(seeds: ComponentSeeds, name: string, column: Column, j: PartyIndex): RingVector {
  const size = column.length * column.like.BYTES_PER_ELEMENT;
  return vectorLike(column.like, nodeCrypto.keystream(keyOf(seeds[j], name), size));
}

/** Component 2 of given values is what the two others leave; otherwise all three are random. */
function component(seeds: ComponentSeeds, name: string, column: Column, j: PartyIndex): RingVector {
  if (j !== 2 || column.values === undefined) return uniform(seeds, name, column, j);
  const without = (value: RingVector, part: RingVector): RingVector =>
    column.adding === "add"
      ? subtract(value, part)
      : xor(value as Uint32Array, part as Uint32Array);
  const values = column.values(keyOf(seeds[2], `values/${name}`));
  return without(without(values, uniform(seeds, name, column, 0)), uniform(seeds, name, column, 1));
}

/** What one party holds of every input, expanded by itself. */
export function dealTo<I extends Columns>(
  self: PartyIndex,
  seeds: ComponentSeeds,
  columns: I,
): SharesOf<I> {
  const next = ((self + 1) % 3) as PartyIndex;
  const dealt = Object.entries(columns).map(([name, column]) => [
    name,
    new Shares(component(seeds, name, column, self), component(seeds, name, column, next)),
  ]);
  return Object.fromEntries(dealt) as SharesOf<I>;
}

/** Every input in the clear. */
export function inTheClear<I extends Columns>(seeds: ComponentSeeds, columns: I): ClearOf<I> {
  const clear = Object.entries(columns).map(([name, column]) => {
    const [a, b, c] = PARTIES.map((j) => component(seeds, name, column, j));
    return [name, addUp(column.adding, a, b, c)];
  });
  return Object.fromEntries(clear) as ClearOf<I>;
}
