import type { Charter } from "./acts/charter.js";
import type { HeadKeys, SpaceState } from "./space-state.js";

/** How the heads of a log are signed under a charter. */
export function headKeysOf({ log, nodes, witnesses, quorum }: Charter): HeadKeys {
  const [a, b, c] = nodes.map(({ headKey }) => headKey);
  return { log, nodes: [a, b, c], witnesses, quorum };
}

/**
 * How the heads of a log with these entries are signed: as the charter in force says, and until
 * there is one, as the first charter says that was proposed. A log begins with it. `undefined` for
 * a log without entries, whose heads nobody signs.
 */
export function headKeysIn({ heads, proposals }: SpaceState): HeadKeys | undefined {
  if (heads !== undefined) return heads;
  const first = [...proposals.values()].find(({ kind }) => kind === "charter");
  return first && headKeysOf(first.statement as Charter);
}
