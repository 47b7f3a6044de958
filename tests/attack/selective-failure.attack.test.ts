import { bytesOf } from "@symbolon/base/bytes";
import { PARTIES, type PartyIndex, previous } from "@symbolon/base/id";
import type { RingVector } from "@symbolon/mpc/sharing/shares";
import { seededCrypto } from "@symbolon/sim/world/seeded-crypto";
import { describe, expect, it } from "vitest";
import { type Fate, fateWith, honestRun, lieAt } from "./judged-run.js";
import type { Piece } from "./pieces/piece.js";
import { pieceCalled } from "./pieces/pieces.js";
import { xorWords } from "./strategies.js";
import { Dealer } from "./trio.js";

/*
 * An abort may not depend on a secret: or a liar learns from it. The liar's whole view is held
 * fixed (its shares, all keys, all coins) while the values vary; every lie must end alike.
 */

const TRIALS = 12;

/** The same shares to the liar for every trial; other values. */
function dealerFor(piece: Piece, liar: PartyIndex, trial: number): Dealer {
  let dealt = 0;
  const vary = <V extends RingVector>(value: V): V => {
    dealt += 1;
    const other = value.slice() as V;
    const bytes = bytesOf(other);
    const random = seededCrypto(`selective/${trial}/${dealt}`).random(bytes.length);
    // The words of field elements that mean nothing stay as they are.
    bytes.forEach((_, k) => {
      bytes[k] ^= piece.name.includes("field") && k % 16 >= 12 ? 0 : random[k];
    });
    return other;
  };
  return new Dealer(`selective/${piece.name}`, previous(liar), vary);
}

async function fatesOver(
  piece: Piece,
  liar: PartyIndex,
  channel: RegExp,
  lie: (message: Uint8Array) => void,
): Promise<Set<Fate>> {
  const fates = new Set<Fate>();
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const honest = await honestRun(piece, undefined, undefined, dealerFor(piece, liar, trial));
    const place = honest.places.find((one) => one.from === liar && channel.test(one.channel));
    if (!place) continue;
    const tamper = lieAt(place, (message) => {
      lie(message);
      return message.slice();
    });
    fates.add(await fateWith(piece, honest, liar, { tamper }, dealerFor(piece, liar, trial)));
  }
  return fates;
}

describe("whether a lie is caught says nothing about the secrets", () => {
  const cases: readonly [name: string, channel: RegExp][] = [
    ["and", /attack\/and\/message$/],
    ["all and any", /level-1\/and\/message$/],
    ["sign", /carry-3\/and\/message$/],
    ["dot and mul", /attack\/dot\/message$/],
    ["matrix product", /tile\/message$/],
    ["shuffle", /pair-1\/rows-0\/message$/],
    ["reveal", /and\/message$/],
  ];
  it.each(cases)("in %s", { timeout: 120_000 }, async (name, channel) => {
    for (const liar of PARTIES) {
      const fates = await fatesOver(pieceCalled(name), liar, channel, (message) => {
        xorWords(message, 0, [0x8000_0001]);
      });
      expect(fates.size).toBeLessThanOrEqual(1);
      for (const fate of fates) expect(fate).toMatch(/^abort/);
    }
  });

  it("nor does a guess of what two shuffled rows hold", { timeout: 120_000 }, async () => {
    // In half of the trials the guess "their words differ in the lowest bit" would be right.
    for (const liar of [0, 2] as const) {
      const fates = await fatesOver(
        pieceCalled("shuffle"),
        liar,
        /pair-0\/rows-0\/message$/,
        (message) => {
          for (const at of [0, 4]) xorWords(message, at, [1, 0, 0, 0]);
        },
      );
      expect([...fates]).toEqual(["abort SHUFFLE_CHECK_FAILED"]);
    }
  });
});
