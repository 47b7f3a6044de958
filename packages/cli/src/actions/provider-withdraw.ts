import type { DatasetId } from "@symbolon/base/id";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { signWithdrawal, type WithdrawalState, withdraw } from "@symbolon/provider/withdraw";
import type { WithdrawOptions } from "../commands/provider.js";
import { CliError } from "../error.js";
import type { Session } from "../program.js";
import { connect } from "./connect.js";

/** Takes a dataset back at each node, and says which of them have deleted it. */
export async function providerWithdraw(options: WithdrawOptions, session: Session): Promise<void> {
  const { output, signal } = session;
  const connection = await connect(options, signal);
  try {
    const { space, identity, clients, clock } = connection;
    const dataset = options.dataset as DatasetId;
    const context = { tools: nodeToolbox, identity, space, now: clock.now() };
    const withdrawal = await signWithdrawal(context, dataset);
    const { signatures } = nodeToolbox;
    const states = await withdraw(clients, withdrawal, dataset, { space, signatures });
    for (const state of states) output.line(lineOf(state));
    output.result({ dataset, nodes: states.map(resultOf) });
    const failed = states.filter(({ state }) => state === "failed").map(({ name }) => name);
    if (failed.length > 0) throw unfinished(options.dataset, failed);
  } finally {
    await connection.close();
  }
}

const WORDS = {
  deleted: "has destroyed its keys to it, and signed that it has",
  waiting:
    "uses it no more in new runs, and deletes it when a run that was granted before is over; " +
    "run this again to see",
  nothing: "has no dataset of this name",
} as const;

const lineOf = (state: WithdrawalState): string =>
  state.state === "failed"
    ? `node ${state.node}  ${state.name}: NOT WITHDRAWN (${state.error.message})`
    : `node ${state.node}  ${state.name} ${WORDS[state.state]}.`;

const resultOf = (state: WithdrawalState): object => {
  if (state.state !== "failed") return state;
  const { node, name, error } = state;
  return { node, name, state: "failed", reason: error.message };
};

const unfinished = (dataset: string, names: readonly string[]) =>
  new CliError(
    "NODE_UNREACHABLE",
    `${dataset} is not withdrawn at ${names.join(" and ")}`,
    { nodes: names.length },
    "run the command again until all three have deleted it; what two have deleted, one cannot read",
  );
