import { createInterface } from "node:readline/promises";
import { toBase64 } from "@symbolon/base/bytes";
import type { DatasetId } from "@symbolon/base/id";
import { ATTRIBUTES_TABLE } from "@symbolon/case-data/attributes/attributes-dataset";
import { CASES_TABLE } from "@symbolon/case-data/indicators/cases-dataset";
import { statementIn } from "@symbolon/governance/parse-statement";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { type Estimate, estimate } from "@symbolon/provider/estimate";
import { requireSignature } from "@symbolon/provider/mapping-file";
import { exportReceipt } from "@symbolon/provider/receipt-file";
import { prepareSubmission } from "@symbolon/provider/submission";
import { meetNodes, type Receipts, type SubmitProgress, submit } from "@symbolon/provider/submit";
import type { SubmitOptions } from "../commands/provider.js";
import { CliError } from "../error.js";
import { writeNew } from "../files.js";
import { progressLine } from "../format.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { outgoingAttributes } from "./attributes.js";
import { outgoingCases } from "./cases.js";
import { type Connection, connect } from "./connect.js";
import { type Outgoing, outgoingPersons } from "./outgoing.js";
import { showTerms, termsOf, termsWithin } from "./provider-offer.js";
import { findQuery } from "./query.js";
import { type Upload, UploadFolder } from "./upload-folder.js";
import { logOffer } from "./use-case-in.js";

const BITS_PER_MEGABIT = 1_000_000;

/** Splits and seals a list and sends each node its part; resumes what was cut off. */
export async function providerSubmit(
  path: string,
  options: SubmitOptions,
  session: Session,
): Promise<void> {
  const { output, signal } = session;
  const list = await outgoingOf(path, options, output);
  const receiptPath = options.receipt ?? `${options.dataset}.receipt.json`;
  const folder = new UploadFolder(receiptPath);
  const connection = await connect(options, signal);
  try {
    await checkMappingSignature(list, connection);
    const sealed = await sealOrResume(list, options, session, connection, folder);
    const { submission, lines } = sealed;
    const receipts = await send(connection, submission, output);
    if (options.useCase !== undefined) {
      const { hash } = await logOffer(options.space, submission.offer, signal);
      output.line(`The offer is logged (${hash.slice(0, 12)}…); ${options.to} agrees to it now.`);
    }
    const { dataset, root } = submission;
    const shape = { version: 1, kind: "symbolon-receipt", space: connection.space.id } as const;
    const { source } = list;
    const receipt = { ...shape, dataset, root, source, lines, receipts };
    writeNew(receiptPath, exportReceipt(receipt), { secret: true });
    folder.remove();
    const name = `${dataset}@${root}/${lines.length}`;
    output.line("All three nodes have their parts and have signed for them.");
    output.line(`Made ${receiptPath}: it alone knows which row is whose; keep it here.`);
    output.line(`The asker needs this name of the dataset: ${name}`);
    const counts = { rows: lines.length, ...list.summary };
    output.result({ dataset: name, receipt: receiptPath, ...counts });
  } finally {
    await connection.close();
  }
}

/** What of a list leaves depends on the question that may be asked about it. */
function outgoingOf(path: string, options: SubmitOptions, output: Output): Promise<Outgoing> {
  const { table } = findQuery(options.query).query.reads;
  if (table === ATTRIBUTES_TABLE) return outgoingAttributes(path, options, output);
  if (table === CASES_TABLE) return outgoingCases(path, options, output);
  return outgoingPersons(path, options, output);
}

/** Only a mapping that this organisation has signed decides what leaves. */
async function checkMappingSignature(list: Outgoing, { identity }: Connection): Promise<void> {
  if (list.mapping === undefined) return;
  await requireSignature(nodeToolbox, list.mapping, toBase64(identity.signing.publicKey));
}

async function sealOrResume(
  list: Outgoing,
  options: SubmitOptions,
  { output, signal }: Session,
  { space, identity, clients, clock }: Connection,
  folder: UploadFolder,
): Promise<Upload> {
  const now = clock.now();
  const tools = nodeToolbox;
  const { digest } = list;
  const terms = await termsWithin(options, termsOf(options, now), signal);
  showTerms(options, terms, output);
  const descriptors = await meetNodes(clients, { space, signatures: tools.signatures, now });
  const unfinished = await folder.resume(digest);
  if (unfinished !== undefined) {
    checkSameDataset(unfinished, options.dataset, folder);
    output.note("Going on with the upload that was cut off.");
    return unfinished;
  }
  output.progress("Measuring and encoding the list …");
  const { lines, ...prepared } = list.prepare(tools.random);
  const speed = (options.uplink * BITS_PER_MEGABIT) / 8;
  const cost = estimate(list.rows, prepared.schema, speed);
  await confirm(options, cost, output, signal);
  const submission = await prepareSubmission(
    {
      ...{ tools, identity, space, descriptors, now },
      onProgress: (done, total) => {
        signal.throwIfAborted();
        output.progress(`Splitting and sealing ${Math.floor((100 * done) / total)} %`);
      },
    },
    { id: options.dataset as DatasetId, epoch: 1, ...prepared },
    terms,
    await folder.spool(),
  );
  folder.save(digest, submission, lines);
  return { submission, lines };
}

function checkSameDataset({ submission }: Upload, dataset: string, folder: UploadFolder): void {
  const type = "urn:symbolon:statement:dataset-manifest:v1";
  const unfinished = statementIn(submission.manifest, type).dataset;
  if (unfinished === dataset) return;
  throw new CliError(
    "FILE_INVALID",
    `${folder.path} holds an unfinished upload of the dataset ${unfinished}`,
    {},
    `submit it as ${unfinished}, or delete the folder`,
  );
}

/** Nothing is sent before somebody has seen what it costs and said yes. */
async function confirm(
  options: SubmitOptions,
  cost: Estimate,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  output.line(cost.text);
  if (options.yes === true) return;
  if (process.stdin.isTTY !== true || output.json) {
    const cure = "add --yes to send without being asked";
    throw new CliError("USAGE", "nobody can be asked whether to send", {}, cure);
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question("Send? [y/N] ", { signal });
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    prompt.close();
  }
  throw new CliError("NOTHING_TO_SEND", "nothing was sent", {}, "answer y to send");
}

/** Sends all parts, with the progress of the slowest node. */
async function send(
  { clients, space, clock }: Connection,
  submission: Upload["submission"],
  output: Output,
): Promise<Receipts> {
  const states = new Map<number, SubmitProgress>();
  const started = clock.now();
  const onProgress = (progress: SubmitProgress) => {
    states.set(progress.node, progress);
    const slowest = [...states.values()].sort((a, b) => a.done / a.total - b.done / b.total)[0];
    const seconds = Math.max(0.001, (clock.now() - started) / 1000);
    const what = `Sending to ${slowest.name}`;
    const { done, total } = slowest;
    output.progress(progressLine(what, done, total, "chunks", done / seconds));
  };
  const { signatures } = nodeToolbox;
  const receipts = await submit(clients, submission, { space, signatures, onProgress });
  output.progress("");
  return receipts;
}
