import { millisecondsOf } from "../instant.js";
import type { LoggedRequest, SpaceState } from "../space-state.js";
import { isGiven } from "./consents.js";

const HOUR_MS = 3_600_000;

/**
 * Until when somebody may say no to a logged request, in milliseconds since 1970: the charter's
 * time, or the longest that a provider of its datasets has asked for in whatever it consented to.
 */
export function vetoEnds(
  state: Pick<SpaceState, "vetoHours" | "holdings" | "consents">,
  { statement: { ours, theirs }, at }: Pick<LoggedRequest, "statement" | "at">,
): number {
  const named = [ours, ...theirs].flatMap(({ root }) => state.holdings.get(root) ?? []);
  const hours = [...state.consents.values()]
    .filter(isGiven)
    .filter((it) => named.some((of) => of.provider === it.provider && of.dataset === it.dataset))
    .map(({ terms }) => terms.vetoHours);
  return (millisecondsOf(at) as number) + Math.max(state.vetoHours, ...hours) * HOUR_MS;
}
