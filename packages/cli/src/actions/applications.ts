import { fingerprintOf } from "@symbolon/governance/acts/identity";
import type { Hash } from "@symbolon/governance/hash";
import type { SpaceState } from "@symbolon/governance/space-state";

type Applied = Pick<SpaceState, "applications" | "identities">;

/** All who have applied under this name: anybody can, also in somebody else's. */
const appliedAs = ({ applications }: Applied, name: string): readonly Hash[] =>
  [...applications].filter(([, { member }]) => member === name).map(([hash]) => hash);

/**
 * The last application under this name that brings this very key (base64). Whoever was first under
 * the name may be somebody else, whose numbers must never be read out.
 */
export const ownApplication = (state: Applied, name: string, key: string): Hash | undefined =>
  appliedAs(state, name).findLast((hash) => {
    const applied = state.applications.get(hash);
    const keys = applied && state.identities.get(applied.identity)?.keys;
    return keys?.length === 1 && keys[0].key === key;
  });

/** How many have applied under this name with other keys. */
export const otherApplications = (state: Applied, name: string, own: Hash): number =>
  appliedAs(state, name).filter((hash) => hash !== own).length;

/** The application that reads as it was heard; if none does, the last, which will be refused. */
export function applicationHeard(state: Applied, name: string, heard: string): Hash | undefined {
  const all = appliedAs(state, name);
  return all.find((hash) => fingerprintOf(hash) === heard) ?? all.at(-1);
}
