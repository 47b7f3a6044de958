import { assert } from "@symbolon/base/assert";
import type { Hash } from "@symbolon/governance/hash";
import { type SealedResult, sealResult } from "@symbolon/governance/sealed-result";
import type { DatasetRef } from "@symbolon/governance/statement";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { loadColumn } from "../store/load-column.js";
import { manifestIn } from "../store/manifest-in.js";
import type { RunGrant, RunStats } from "../store/store.js";
import { agreeKeys, settleSelection } from "./agree.js";
import type { RunInput, RunTask } from "./execute.js";
import type { JobServices } from "./job-services.js";

export interface Attempt {
  readonly grant: RunGrant;
  readonly attempt: number;
  readonly transport: Transport;
  /** Hash of what is checked about the values of datasets. */
  readonly inputRules: Hash;
  /** Roots of the datasets that all three nodes have checked by these rules before. */
  readonly checked: ReadonlySet<string>;
  /** What the asker has asked about before; the same at all three nodes. */
  readonly asked: RunTask["asked"];
  readonly onProgress: RunTask["onProgress"];
}

/**
 * One attempt at a run: fresh keys, the settled selection, the computation, and this node's part of
 * the answer sealed to the asker. The shares of the answer are never stored in the clear.
 */
export async function runAttempt(
  services: JobServices,
  { grant, attempt, transport, inputRules, checked, asked, onProgress }: Attempt,
): Promise<{ result: SealedResult; stats: RunStats }> {
  const { store, vault, engine, hpke, space, self } = services;
  const { run, request } = grant;
  const keys = await agreeKeys(transport, `keys ${run} ${attempt}`);
  const selection = await settleSelection(transport, run, {
    keys: vault.keys,
    isSettled: store.run(run)?.isSettled === true,
    settle: () => store.changeRun(run, { isSettled: true }),
  });
  const input = (ref: DatasetRef) => inputOf(services, ref, checked);
  const outcome = await engine.execute({
    run,
    attempt,
    query: request.query,
    params: request.params,
    ours: input(request.ours),
    theirs: request.theirs.map(input),
    asked,
    transport,
    keys,
    selection,
    onProgress,
    onInputChecked: (dataset) => {
      const ref = [request.ours, ...request.theirs].find((entry) => entry.dataset === dataset);
      assert(ref !== undefined, "a run checks its own inputs");
      store.setInputCheck(ref.root, "passed", inputRules);
    },
  });
  const label = { space: space.id, run, node: self, beneficiary: request.asker };
  const result = await sealResult(hpke, request.resultKey, label, outcome);
  const { rounds, soundnessBits } = outcome;
  const bytesSent = [...transport.bytesSent];
  return { result, stats: { soundnessBits, stats: { rounds, bytesSent } } };
}

function inputOf(services: JobServices, ref: DatasetRef, checked: ReadonlySet<string>): RunInput {
  const row = services.store.datasetByRoot(ref.root);
  assert(row !== undefined, "a dataset stays while a run uses it");
  const { dataset, root, provider } = row;
  return {
    dataset,
    root,
    provider,
    manifest: manifestIn(row),
    isChecked: checked.has(root),
    load: (table, column) => loadColumn(services, row, table, column),
  };
}
