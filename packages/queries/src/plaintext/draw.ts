import type { Crypto } from "@symbolon/mpc/crypto/crypto";
import { marginOf } from "@symbolon/mpc/table/pick";
import { orderOf } from "@symbolon/mpc/table/shuffle";
import type { ClearDraw } from "./backend.js";

/** The draw that three seeds fix, in the clear. Whoever holds all three could be two nodes. */
export function clearDraw(
  crypto: Crypto,
  seeds: readonly [Uint8Array, Uint8Array, Uint8Array],
): ClearDraw {
  return {
    order: (rows) => {
      const [first, second, third] = seeds.map((seed) => orderOf(crypto, seed, rows));
      return third.map((k) => first[second[k]]);
    },
    noised: (counts) => counts,
    cellNoise: (_, lists) => ({ figure: 0, own: new Array<number>(lists).fill(0) }),
    margin: (rule) =>
      rule.marginMin +
      seeds.reduce((sum, seed) => sum ^ marginOf(crypto, seed, rule.marginBits), 0),
  };
}
