import { existsSync, rmSync } from "node:fs";
import type { DatasetId } from "@symbolon/base/id";
import type { RunReply } from "@symbolon/governance/api";
import type { Hash } from "@symbolon/governance/hash";
import type { RunParams } from "@symbolon/governance/statement";
import {
  type Answer,
  ask,
  exportPending,
  importPending,
  type PendingRun,
  prepareRun,
  requestIn,
} from "@symbolon/provider/ask";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { ProviderError } from "@symbolon/provider/error";
import { importReceipt, type ReceiptFile, sourceLine } from "@symbolon/provider/receipt-file";
import type { AskOptions } from "../commands/ask.js";
import { Aborted, CliError, Refused } from "../error.js";
import { readText, readWith, writeNew } from "../files.js";
import { count, progressLine, size } from "../format.js";
import { LogClient } from "../log-client.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { connect } from "./connect.js";
import type { ReadList } from "./list.js";
import { findQuery, showQuery } from "./query.js";
import { useCaseIn } from "./use-case-in.js";

/** What of a list, however it was read, shows whose row it is. */
export interface OwnList {
  readonly source: string;
  readonly table: { readonly rows: ReadList["table"]["rows"] };
}

/** An answer with all that is needed to show it. */
export interface Asked<L extends OwnList = ReadList> {
  readonly answer: Answer;
  readonly params: RunParams;
  readonly list: L;
  readonly receipt: ReceiptFile;
}

/** A question of the catalogue, asked about our list and theirs. */
export interface Asking<L extends OwnList> {
  readonly name: string;
  readonly read: (path: string, options: AskOptions) => L | Promise<L>;
  readonly paramsFor: (list: L) => RunParams;
  readonly show: (asked: Asked<L>) => void;
}

/**
 * Asks a question and shows its answer. What was asked is kept beside the receipt until the answer
 * is shown, so that a question that was cut off goes on and is not asked twice.
 */
export async function askQuestion<L extends OwnList>(
  options: AskOptions,
  { output, signal }: Session,
  { name, read, paramsFor, show }: Asking<L>,
): Promise<void> {
  const receipt = readWith(options.receipt, "receipt", importReceipt);
  const list = await read(options.list, options);
  const { query, hash } = findQuery(name);
  showQuery({ query, hash }, output);
  const connection = await connect(options, signal);
  const pendingPath = `${options.receipt}.run`;
  try {
    const context = {
      ...{ tools: nodeToolbox, ...connection },
      sharing: "boolean" as const,
      onProgress: (replies: readonly (RunReply | undefined)[]) => showProgress(replies, output),
    };
    let pending: PendingRun;
    if (existsSync(pendingPath)) {
      output.note("Going on with the run that was asked before.");
      pending = await importPending(readText(pendingPath, "run file"));
    } else {
      const params = paramsFor(list);
      const theirs = options.theirs.map(({ dataset, root }) => refOf(dataset, root));
      const ours = refOf(receipt.dataset, receipt.root);
      const within = await useOf(options, signal);
      pending = await prepareRun(context, { query: hash, params, ours, theirs, ...within });
      // Kept until the answer is shown: it is given once, and sealed to a key in this file.
      writeNew(pendingPath, exportPending(pending), { secret: true });
    }
    const asked = requestIn(pending.request);
    if (asked.query !== hash) throw otherQuestion(pendingPath);
    if ("useCase" in asked) await logRequest(options.space, pending, output, signal);
    // Nodes that know the request already go on with it; it is no second question.
    const answer = await ask(context, pending);
    output.progress("");
    show({ answer, params: asked.params, list, receipt });
    rmSync(pendingPath, { force: true });
  } catch (error) {
    throw ended(error, pendingPath);
  } finally {
    await connection.close();
  }
}

async function useOf({ space, useCase: name }: AskOptions, signal: AbortSignal) {
  if (name === undefined) return {};
  const { hash: useCase, purpose } = await useCaseIn(space, name, signal);
  return { within: { useCase, purpose } };
}

/** Under a charter a request stands in the log, and is witnessed, before any node runs it. */
async function logRequest(
  space: string,
  { request }: PendingRun,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const client = new LogClient(space, nodeToolbox.signatures, signal);
  try {
    const { index } = await client.log(request);
    output.progress("The question is logged");
    await client.untilWitnessed(index, (text) => output.progress(text));
  } finally {
    await client.close();
  }
}

const otherQuestion = (path: string): CliError =>
  new CliError(
    "USAGE",
    `another question about this list has been asked and its answer is not here yet (${path})`,
    {},
    "ask that one again to collect its answer, then this one",
  );

const refOf = (dataset: string, root: string) => ({
  dataset: dataset as DatasetId,
  root: root as Hash,
});

/** The node that is furthest behind says how far the run is. */
function showProgress(replies: readonly (RunReply | undefined)[], output: Output): void {
  const silent = replies.filter((reply) => reply === undefined).length;
  const states = replies.flatMap((reply) => (reply === undefined ? [] : [reply]));
  const behind = states
    .flatMap(({ progress }) => (progress === undefined ? [] : [progress]))
    .sort((a, b) => a.done / a.total - b.done / b.total)[0];
  if (silent > 0) output.progress(`Waiting: ${silent} of 3 nodes cannot be reached just now`);
  else if (behind === undefined) {
    const isRunning = states.every(({ state }) => state === "running");
    const names = states.map(({ state }) => state).join(", ");
    output.progress(isRunning ? "The nodes check the lists" : `Waiting: ${names}`);
  } else {
    const { done, total, unit, ratePerSecond } = behind;
    output.progress(progressLine("Computing", done, total, unit, ratePerSecond));
  }
}

/** What a run cost and how sure it is: printed, and for `--json`. */
export function showCost({ soundnessBits, stats }: Answer, output: Output) {
  const rounds = Math.max(0, ...stats.map((reply) => reply.stats?.rounds ?? 0));
  const bytesPerLink = stats.map((reply) => reply.stats?.bytesSent ?? []);
  const bytes = bytesPerLink.flat().reduce((sum, sent) => sum + sent, 0);
  output.line(
    `${count(rounds)} rounds, ${size(bytes)} between the nodes, ` +
      `wrong only with a chance of 2^-${Math.floor(soundnessBits ?? 0)} if one node cheats.`,
  );
  return { soundnessBits, rounds, bytesPerLink };
}

/** A row of our list, looked up on this computer. */
export function ownRow(row: number, { list, receipt }: Pick<Asked<OwnList>, "list" | "receipt">) {
  const line = sourceLine(receipt, row);
  const cells = list.table.rows.find((it) => it.line === line)?.cells;
  if (line !== undefined && cells !== undefined) return { line, cells: cells.filter(Boolean) };
  throw new CliError(
    "FILE_INVALID",
    `the answer names row ${row}, which ${list.source} does not have`,
    {},
    "name the list and the receipt that belong together; the answer is kept and can be read again",
  );
}

/** A run that is over for good, or was never begun, cannot be resumed; anything else can. */
function ended(error: unknown, pendingPath: string): unknown {
  if (error instanceof CliError && error.code === "NODE_REFUSED") {
    // The log does not take the question: it was never asked.
    rmSync(pendingPath, { force: true });
    return new Refused("RUN_REFUSED", error.message, error.details, error.cure);
  }
  if (!(error instanceof ProviderError)) return error;
  const { code, message, details, cure } = error;
  if (code !== "RUN_FAILED" && code !== "NODE_REFUSED") return error;
  rmSync(pendingPath, { force: true });
  return code === "RUN_FAILED" && details["state"] !== "refused"
    ? new Aborted("RUN_ABORTED", message, details, cure)
    : new Refused("RUN_REFUSED", message, details, cure);
}
