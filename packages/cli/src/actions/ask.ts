import { existsSync, rmSync } from "node:fs";
import type { DatasetId } from "@symbolon/base/id";
import { chooseThreshold, nullTail } from "@symbolon/case-data/calibrate/null-tail";
import { encodePersons } from "@symbolon/case-data/encode/encode";
import type { LinkageLayout } from "@symbolon/case-data/encode/layout";
import { listStats } from "@symbolon/case-data/encode/stats";
import { seededWords } from "@symbolon/case-data/random";
import type { RunReply } from "@symbolon/governance/api";
import type { Hash } from "@symbolon/governance/hash";
import { statementIn } from "@symbolon/governance/parse-statement";
import type { RunParams } from "@symbolon/governance/statement";
import {
  type Answer,
  ask,
  exportPending,
  importPending,
  type PendingRun,
  prepareRun,
} from "@symbolon/provider/ask";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { ProviderError } from "@symbolon/provider/error";
import { importReceipt, type ReceiptFile, sourceLine } from "@symbolon/provider/receipt-file";
import type { NotOnListOptions } from "../commands/ask.js";
import { Aborted, CliError, Refused } from "../error.js";
import { readText, readWith, writeNew } from "../files.js";
import { count, percent, progressLine, size } from "../format.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { connect } from "./connect.js";
import { type ReadList, readList } from "./list.js";
import { findQuery, showQuery } from "./query.js";

/** Asks which five of our people are on none of their lists, and shows them to us alone. */
export async function askNotOnList(options: NotOnListOptions, session: Session): Promise<void> {
  const { output, signal } = session;
  const receipt = readWith(options.receipt, "receipt", importReceipt);
  const list = await readList(options.list, options);
  const { query, hash, layout } = findQuery("not-on-list");
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
      const params = paramsFor(list, options, layout, output);
      const theirs = options.theirs.map(({ dataset, root }) => refOf(dataset, root));
      const ours = refOf(receipt.dataset, receipt.root);
      pending = await prepareRun(context, { query: hash, params, ours, theirs });
      // Kept until the answer is shown: it is given once, and sealed to a key in this file.
      writeNew(pendingPath, exportPending(pending), { secret: true });
    }
    const { params } = statementIn(pending.request, "urn:symbolon:statement:run-request:v1");
    // Nodes that know the request already go on with it; it is no second question.
    const answer = await ask(context, pending);
    output.progress("");
    showAnswer(answer, params, list, receipt, output);
    rmSync(pendingPath, { force: true });
  } catch (error) {
    throw ended(error, pendingPath);
  } finally {
    await connection.close();
  }
}

const refOf = (dataset: string, root: string) => ({
  dataset: dataset as DatasetId,
  root: root as Hash,
});

/** Thresholds from our own list alone, unless they are given. */
function paramsFor(
  list: ReadList,
  options: NotOnListOptions,
  layout: LinkageLayout,
  output: Output,
): RunParams {
  const { persons } = list;
  const theirsRows = options.theirs.reduce((sum, { rows }) => sum + rows, 0);
  const stats = listStats(persons);
  const encoded = encodePersons(persons, layout, stats);
  const tail = nullTail(encoded, layout, { words: seededWords(1) });
  const chosen = chooseThreshold(tail, { theirsRows });
  const threshold = options.threshold ?? chosen.threshold;
  output.line(
    `A pair counts as one person from ${(threshold / layout.unitsPerBit).toFixed(2)} bits on; ` +
      `about ${percent(chosen.falseKnown)} of our unknown people will be taken for known.`,
  );
  return {
    pick: 5,
    threshold,
    // Two records of one person on our own list differ no less than ours and theirs do.
    dedupThreshold: options.dedupThreshold ?? threshold,
    overlap: options.overlap,
  };
}

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

function showAnswer(
  answer: Answer,
  params: RunParams,
  list: ReadList,
  receipt: ReceiptFile,
  output: Output,
): void {
  const [found, ...rows] = answer.words;
  const picked = found === 1 ? rows.map((row) => pickedRow(row, list, receipt)) : [];
  const { risk, soundnessBits, stats } = answer;
  const rounds = Math.max(0, ...stats.map((reply) => reply.stats?.rounds ?? 0));
  const bytesPerLink = stats.map((reply) => reply.stats?.bytesSent ?? []);
  if (picked.length === 0) {
    output.line("No answer: too few of our people are known to nobody else, or none can be told.");
  } else {
    output.line("Known to none of the other lists:");
    for (const { line, cells } of picked) output.line(`  row ${line}: ${cells.join("  ")}`);
    if (risk !== undefined) {
      const range = `${percent(risk.low)} to ${percent(risk.high)}`;
      output.line(`Chance that one of these is on a list after all: ${percent(risk.expected)}`);
      output.line(`  (${range} by how the lists may have been kept)`);
    }
  }
  const bytes = bytesPerLink.flat().reduce((sum, sent) => sum + sent, 0);
  output.line(
    `${count(rounds)} rounds, ${size(bytes)} between the nodes, ` +
      `wrong only with a chance of 2^-${Math.floor(soundnessBits ?? 0)} if one node cheats.`,
  );
  output.result({ run: answer.run, params, picked, risk, soundnessBits, rounds, bytesPerLink });
}

/** A picked row, looked up on this computer. */
function pickedRow(row: number, list: ReadList, receipt: ReceiptFile) {
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
  if (!(error instanceof ProviderError)) return error;
  const { code, message, details, cure } = error;
  if (code !== "RUN_FAILED" && code !== "NODE_REFUSED") return error;
  rmSync(pendingPath, { force: true });
  return code === "RUN_FAILED" && details["state"] !== "refused"
    ? new Aborted("RUN_ABORTED", message, details, cure)
    : new Refused("RUN_REFUSED", message, details, cure);
}
