import type { Profile } from "../profile.js";
import { pickTerms } from "../table/pick.js";
import { unlessManyTerms } from "../table/unless-many.js";
import type { SoundnessTerm } from "../verify/soundness.js";
import { compareTerms } from "./compare.js";
import { confirmTerms, type SecondLook } from "./confirm.js";
import type { LinkageLayout } from "./list.js";
import { validityTerms } from "./validity.js";

/** The public sizes that a run's error probability follows from. */
export interface RunSizes {
  readonly layout: LinkageLayout;
  readonly ours: number;
  readonly theirs: readonly number[];
  /** Lists that ours is looked for in besides, taken as they are. */
  readonly asked?: readonly number[];
  readonly profile: Profile;
  /** How pairs of ours and theirs are looked at again, if they are. */
  readonly confirm?: SecondLook | undefined;
}

/**
 * What the checks of a run may miss, term by term: all lists valid, ours compared with itself and
 * with every other and with what was asked before, rows drawn.
 */
export function runTerms(sizes: RunSizes): SoundnessTerm[] {
  const { layout, ours, theirs, asked = [], profile, confirm } = sizes;
  const lists = [ours, ...theirs];
  return [
    ...lists.flatMap((rows) => validityTerms(profile, layout, rows)),
    ...lists.flatMap((rows) => compareTerms(profile, ours, rows)),
    ...(confirm ? theirs.flatMap((rows) => confirmTerms(profile, confirm, ours, rows)) : []),
    ...asked.flatMap((rows) => compareTerms(profile, ours, rows)),
    ...(asked.length > 0 ? unlessManyTerms(profile, ours) : []),
    ...pickTerms(profile, ours),
  ];
}
