import { toBase64 } from "@symbolon/base/bytes";
import { sha256 } from "@symbolon/governance/hash";
import { instantOf } from "@symbolon/governance/instant";
import { compareCheckpoints } from "@symbolon/governance/log/compare-checkpoints";
import { parseHead } from "@symbolon/governance/log/growth";
import { LogError } from "@symbolon/governance/log/log-error";
import { decodeText } from "@symbolon/governance/log/note";
import { type LogPolicy, parsePolicy } from "@symbolon/governance/log/policy";
import {
  type HeadSigner,
  type VerifiedCheckpoint,
  verifyCheckpoint,
} from "@symbolon/governance/log/verify-checkpoint";
import { verifyLog } from "@symbolon/governance/log/verify-log";
import { nodeSignatures } from "@symbolon/node/identity/signatures-node";
import type { LogOptions, LogVerifyOptions } from "../commands/log.js";
import { readBytes, readText } from "../files.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";

/** Checks an offline proof and says what it shows. Needs two files and no network. */
export async function logVerify(
  path: string,
  options: LogVerifyOptions,
  { output }: Session,
): Promise<void> {
  const policy = await readKeys(options.keys);
  const given = options.entry === undefined ? [] : [readBytes(options.entry, "entry")];
  const file = readBytes(path, "proof");
  const verified = await named(`proof ${path}`, verifyLog(nodeSignatures, file, policy, ...given));
  const { entry, index, checkpoint } = verified;
  const hash = await sha256(entry);
  output.line(`The proof holds: entry ${index} of the ${checkpoint.size} in the log.`);
  showHead(checkpoint, output);
  output.line(`  entry      ${printable(entry)}`);
  output.line(`             ${entry.length} bytes, SHA-256 ${hash}`);
  output.result({ holds: true, index, entry: toBase64(entry), sha256: hash, ...plain(checkpoint) });
}

/** Holds two heads of a log against each other, with the proof of growth that one may carry. */
export async function logCompare(
  first: string,
  second: string,
  options: LogOptions,
  { output }: Session,
): Promise<void> {
  const policy = await readKeys(options.keys);
  const heads = await Promise.all([first, second].map((path) => readHead(path, policy)));
  const [older, newer] = heads.sort((a, b) => a.checkpoint.size - b.checkpoint.size);
  const fits = newer.growth?.oldSize === older.checkpoint.size;
  const proof = fits ? newer.growth?.path : undefined;
  const comparison = await compareCheckpoints(older.checkpoint, newer.checkpoint, proof);
  if (comparison === "fork") {
    const { size } = older.checkpoint;
    const message = `the log was forked: two signed heads of ${size} entries differ`;
    const cure = "keep both files: their signatures are the evidence; tell every member";
    throw new LogError("LOG_FORK", message, { size }, cure);
  }
  if (comparison === "needs-proof") throw unproved(older.checkpoint, newer.checkpoint, fits);
  const [from, to] = [older.checkpoint.size, newer.checkpoint.size];
  output.line(
    from === to
      ? `One history: both heads are of the same ${to} entries.`
      : `One history: the head of ${to} entries continues that of ${from}.`,
  );
  showHead(newer.checkpoint, output);
  output.result({ comparison, oldSize: from, ...plain(newer.checkpoint) });
}

function unproved(older: { size: number }, newer: { size: number }, fits: boolean): LogError {
  const sizes = `${older.size} and of ${newer.size} entries`;
  const details = { oldSize: older.size, size: newer.size };
  const cure = `ask a node for the larger head with its growth from ${older.size}`;
  if (!fits)
    return new LogError("LOG_PROOF_MISSING", `heads of ${sizes} need a proof`, details, cure);
  const message = `the proof does not lead from the one head to the other, of ${sizes}`;
  return new LogError("LOG_PROOF_WRONG", message, details, cure);
}

async function readHead(path: string, policy: LogPolicy) {
  const read = async () => {
    const { checkpoint, ...rest } = parseHead(decodeText(readBytes(path, "head"), "a head"));
    const growth = "oldSize" in rest ? rest : undefined;
    return { checkpoint: await verifyCheckpoint(nodeSignatures, checkpoint, policy), growth };
  };
  return named(`head ${path}`, read());
}

async function readKeys(path: string): Promise<LogPolicy> {
  return named(`keys file ${path}`, parsePolicy(readText(path, "keys file")));
}

/** Puts the file's name before what is wrong with it; the code stays. */
async function named<T>(what: string, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    throw new LogError(error.code, `${what}: ${error.message}`, error.details, error.cure);
  }
}

function showHead(checkpoint: VerifiedCheckpoint, output: Output): void {
  output.line(`  log        ${checkpoint.origin}`);
  output.line(`  root       ${toBase64(checkpoint.root)}`);
  for (const signer of checkpoint.nodes) output.line(`  signed     ${signerLine(signer)}`);
  for (const signer of checkpoint.witnesses) output.line(`  witnessed  ${signerLine(signer)}`);
}

const timeOf = (time: number): string => instantOf(time * 1000);

const signerLine = ({ name, time }: HeadSigner): string =>
  time === undefined ? name : `${name}, at ${timeOf(time)} by its own clock`;

/** The head as JSON. */
function plain({ origin, size, root, nodes, witnesses }: VerifiedCheckpoint) {
  const signer = ({ name, time }: HeadSigner) =>
    time === undefined ? { name } : { name, time: timeOf(time) };
  const signers = { nodes: nodes.map(signer), witnesses: witnesses.map(signer) };
  return { log: origin, size, root: toBase64(root), ...signers };
}

const SHOWN_MAX = 2_000;

/** The entry as text, unless it would do something to a terminal or a reader's eyes. */
function printable(entry: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(entry);
    if (text.length <= SHOWN_MAX && !/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) return text;
  } catch {
    // Not text: shown as base64, like everything that is not printed as it is.
  }
  const base64 = toBase64(entry);
  return base64.length <= SHOWN_MAX ? `${base64} (base64)` : "too long to show";
}
