import type { SpaceId } from "@symbolon/base/id";
import { type Case, type Decision, decide } from "@symbolon/governance/decide";
import { statementHash } from "@symbolon/governance/envelope";
import type { SpaceState } from "@symbolon/governance/space-state";
import type { LogView, SpaceLog } from "./space-log.js";

/** What a node knows of the log when it decides. */
export type KnownLog = Pick<SpaceLog, "newest" | "witnessed"> & {
  /** What the log will say once what waits for it at this node stands there too. */
  expected(): Promise<SpaceState>;
};

/**
 * Whether a run may start by what the log says: at the newest head that witnesses enough have
 * cosigned, at the log's end, where a veto, a withdrawal or another run's grant may stand that
 * no witness has seen yet, and with what waits here, which another node may hold back. What came
 * since can only take away.
 */
export async function decideByLog(
  log: KnownLog,
  space: SpaceId,
  about: Omit<Case, "spaces">,
): Promise<Decision> {
  const judge = ({ state, note }: LogView) =>
    decide({ ...about, spaces: new Map([[space, { state, head: note }]]) });
  const { witnessed } = log;
  const end = log.newest as LogView;
  const hash = await statementHash(about.request);
  // A head without its witnesses is refused for that, not because the request is not in an older.
  if (witnessed?.state.requests.has(hash) !== true) return judge(end);
  const decision = await judge(withoutWitnesses(end, end.state));
  if (!decision.allow) return decision;
  const soon = await judge(withoutWitnesses(end, await log.expected()));
  if (!soon.allow) return soon;
  if (witnessed.state.frontier.size === end.state.frontier.size) return decision;
  const seen = await judge(witnessed);
  return seen.allow ? decision : seen;
}

/** What a state says, under the log's newest head, whoever has cosigned that. */
const withoutWitnesses = ({ note, state: end }: LogView, state: SpaceState): LogView => ({
  note,
  state: { ...state, frontier: end.frontier, heads: end.heads && { ...end.heads, quorum: 0 } },
});
