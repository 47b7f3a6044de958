import type { SpaceId } from "@symbolon/base/id";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import type { Signatures } from "@symbolon/governance/signatures";

/** What a vote says. */
export interface Vote {
  readonly about: Hash;
  readonly shown: Hash;
  readonly verdict: "yes" | "no";
}

/** Who votes: a member, or a node's operator. */
export interface Voter {
  readonly signatures: Signatures;
  /** `now` in milliseconds since 1970. */
  sign(space: SpaceId, vote: Vote, now: number): Promise<Envelope>;
}
