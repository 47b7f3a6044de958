import { seededCrypto } from "@symbolon/sim/world/seeded-crypto";

let random = seededCrypto("nobody").random;

/** From here on, all that nodes draw follows from this seed. */
export function seedNodes(seed: string): void {
  random = seededCrypto(`nodes/${seed}`).random;
}

/** Stands in for a node's one source of randomness, so that a simulation replays. */
export const freshBytes = (size: number): Uint8Array => random(size).slice();
export const freshTlsKeys = (): never => {
  throw new Error("a simulated node needs no certificate");
};
export const freshSigningKeys = freshTlsKeys;
