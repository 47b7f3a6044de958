import type { SpaceId } from "@symbolon/base/id";
import { type Case, type Decision, decide } from "@symbolon/governance/decide";
import { statementHash } from "@symbolon/governance/envelope";
import type { LogView, SpaceLog } from "./space-log.js";

/**
 * Whether a run may start by what the log says: at the newest head that witnesses enough have
 * cosigned, and also at the log's end, where a veto, a withdrawal or another run's grant may stand
 * that no witness has seen yet. What came since can only take away.
 */
export async function decideByLog(
  { newest, witnessed }: Pick<SpaceLog, "newest" | "witnessed">,
  space: SpaceId,
  about: Omit<Case, "spaces">,
): Promise<Decision> {
  const judge = ({ state, note }: LogView) =>
    decide({ ...about, spaces: new Map([[space, { state, head: note }]]) });
  const end = newest as LogView;
  const hash = await statementHash(about.request);
  // A head without its witnesses is refused for that, not because the request is not in an older.
  if (witnessed?.state.requests.has(hash) !== true) return judge(end);
  const decision = await judge({ note: end.note, state: withoutWitnesses(end) });
  const isSame = witnessed.state.frontier.size === end.state.frontier.size;
  if (!decision.allow || isSame) return decision;
  const seen = await judge(witnessed);
  return seen.allow ? decision : seen;
}

const withoutWitnesses = ({ state }: LogView): LogView["state"] => ({
  ...state,
  heads: state.heads && { ...state.heads, quorum: 0 },
});
