import { KnownError } from "@symbolon/base/error";
import { paths, type StatusReply } from "@symbolon/governance/api";
import { parseSpace, type SpaceNode } from "@symbolon/governance/space";
import type { StatusOptions } from "../commands/status.js";
import { CliError } from "../error.js";
import { readWith } from "../files.js";
import { pinnedFetch } from "../pinned-fetch.js";
import type { Session } from "../program.js";

const TIMEOUT_MS = 10_000;

type NodeState =
  | {
      readonly node: number;
      readonly name: string;
      readonly up: true;
      readonly status: StatusReply;
    }
  | { readonly node: number; readonly name: string; readonly up: false; readonly reason: string };

/** Asks each node by itself: one that is down does not hide the others. */
export async function status(options: StatusOptions, { output, signal }: Session): Promise<void> {
  const space = readWith(options.space, "space file", parseSpace);
  const states = await Promise.all(space.nodes.map((node) => stateOf(node, signal)));
  for (const state of states) {
    for (const line of linesOf(state)) output.line(line);
  }
  output.result({ space: space.id, nodes: states });
  const down = states.filter(({ up }) => !up).map(({ name }) => name);
  if (down.length > 0) throw unreachable(down);
}

const unreachable = (names: readonly string[]) =>
  new CliError(
    "NODE_UNREACHABLE",
    `no answer from ${names.join(" and ")}`,
    { nodes: names.length },
    "ask the operator whether the node runs, and check the network",
  );

async function stateOf(node: SpaceNode, signal: AbortSignal): Promise<NodeState> {
  const { index, name } = node;
  const connection = pinnedFetch(node);
  try {
    const response = await connection.fetch(`${node.api}${paths.status}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (!response.ok) return { node: index, name, up: false, reason: `HTTP ${response.status}` };
    return { node: index, name, up: true, status: (await response.json()) as StatusReply };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof KnownError) throw error;
    return { node: index, name, up: false, reason: causeOf(error) };
  } finally {
    await connection.close();
  }
}

/** The innermost cause: undici says only that the fetch failed. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return causeOf(error.cause);
  return error.message || error.name;
}

function linesOf(state: NodeState): string[] {
  const head = `node ${state.node}  ${state.name}`;
  if (!state.up) return [`${head}: DOWN (${state.reason})`];
  const { version, buildHash, peers, datasets, runs, budgets } = state.status;
  const links = peers.map(({ name, up }) => `${name} ${up ? "up" : "DOWN"}`).join(", ");
  const counts = Object.entries(runs)
    .filter(([, times]) => times > 0)
    .map(([what, times]) => `${times} ${what}`);
  const used = (budgets ?? []).map(({ dataset, epsilon, epsilonMost, exact, exactMost }) => {
    const of = (most: string | number | undefined) => (most === undefined ? "" : ` of ${most}`);
    const exactly = `${exact}${of(exactMost)} exact answers`;
    return `        used of ${dataset} in this epoch: ε ${epsilon}${of(epsilonMost)}, ${exactly}`;
  });
  return [
    `${head}: up, version ${version}, build ${buildHash.slice(0, 12)}`,
    `        peers: ${links}; datasets: ${datasets}; runs: ${counts.join(", ") || "none"}`,
    ...used,
  ];
}
