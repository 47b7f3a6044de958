import type { Hpke, HpkeKeyPair } from "@symbolon/governance/hpke";
import type { Signatures } from "@symbolon/governance/signatures";
import type { ExpandSeed } from "@symbolon/mpc/sharing/prg";

/** All the cryptography that a provider needs; one for Node, one for browsers. */
export interface Toolbox {
  readonly signatures: Signatures;
  readonly hpke: Hpke;
  readonly expand: ExpandSeed;
  /** Uniformly random bytes from the platform's secure generator. */
  random(size: number): Uint8Array;
  /** A new Ed25519 key pair, raw: 32 bytes each. */
  newSigningKeys(): Promise<HpkeKeyPair>;
}
