import { fromBase64, toBase64, toHex } from "@symbolon/base/bytes";
import type { RunId } from "@symbolon/base/id";
import type { SpacedRef, UseRequest } from "@symbolon/governance/acts/run";
import type { Risk, RunReply } from "@symbolon/governance/api";
import { base64, oneOf, record } from "@symbolon/governance/check";
import { type Envelope, parseEnvelope, seal, statementHash } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import type { HpkeKeyPair } from "@symbolon/governance/hpke";
import { instantOf } from "@symbolon/governance/instant";
import { parseStatement, statementIn } from "@symbolon/governance/parse-statement";
import { openResult } from "@symbolon/governance/sealed-result";
import type { Space } from "@symbolon/governance/space";
import {
  type DatasetRef,
  type ResultRequest,
  type RunParams,
  type RunRequest,
  runIdOf,
} from "@symbolon/governance/statement";
import { isOfType } from "@symbolon/governance/verify-statement";
import { Shares } from "@symbolon/mpc/sharing/shares";
import { combineComponents, disagreement, type Sharing } from "@symbolon/mpc/sharing/split";
import type { NodeClient } from "./client.js";
import type { Toolbox } from "./crypto/toolbox.js";
import { ProviderError } from "./error.js";
import type { Clock } from "./http.js";
import { type Identity, signerOfIdentity } from "./identity.js";
import { type Clients, everyNode } from "./submit.js";

export interface Question {
  readonly query: Hash;
  readonly params: RunParams;
  readonly ours: DatasetRef;
  readonly theirs: readonly DatasetRef[];
  /** Under a charter: the use case that it is asked within, and its purpose. */
  readonly within?: { readonly useCase: Hash; readonly purpose: string };
}

/**
 * A signed question with the key that its answer will be sealed to. Keep it (`exportPending`) until
 * the answer is there: without the key the answer is lost, and a list is answered once.
 */
export interface PendingRun {
  readonly run: RunId;
  readonly request: Envelope;
  readonly resultKeys: HpkeKeyPair;
}

export interface AskContext {
  readonly tools: Toolbox;
  readonly identity: Identity;
  readonly space: Space;
  readonly clients: Clients;
  readonly clock: Clock;
  /** How the query's result is shared. */
  readonly sharing: Sharing;
  /** Called at every look: what each node says, `undefined` for one that cannot be reached. */
  readonly onProgress?: (replies: readonly (RunReply | undefined)[]) => void;
  /** How long a node may be silent before the wait is given up. */
  readonly silenceMsMax?: number;
}

export interface Answer {
  readonly run: RunId;
  /** The query's result as words; what they mean is the query's business. */
  readonly words: Uint32Array;
  readonly risk?: Risk;
  readonly soundnessBits?: number;
  readonly stats: readonly RunReply[];
}

const POLL_MS = 500;
const SILENCE_MS_MAX = 15 * 60_000;

const RUN_REQUEST = "urn:symbolon:statement:run-request:v1";
const USE_REQUEST = "urn:symbolon:statement:run-request:v2";

/** The request in an envelope, of either form. Throws `InvalidDocument`. */
export const requestIn = (envelope: Envelope): RunRequest | UseRequest =>
  isOfType(envelope, USE_REQUEST)
    ? statementIn(envelope, USE_REQUEST)
    : statementIn(envelope, RUN_REQUEST);

/** Signs a question and makes a fresh key for its answer. Sends nothing. */
export async function prepareRun(
  { tools, identity, space, clock }: Pick<AskContext, "tools" | "identity" | "space" | "clock">,
  { within, ...question }: Question,
): Promise<PendingRun> {
  const resultKeys = await tools.hpke.generateKeyPair();
  const shared = {
    ...{ space: space.id, issuedAt: instantOf(clock.now()), asker: identity.member, ...question },
    nonce: toHex(tools.random(16)),
    resultKey: toBase64(resultKeys.publicKey),
  };
  const spaced = (ref: DatasetRef): SpacedRef => ({ space: space.id, ...ref });
  const [ours, theirs] = [spaced(question.ours), question.theirs.map(spaced)];
  const request: RunRequest | UseRequest =
    within === undefined
      ? { type: RUN_REQUEST, ...shared }
      : { type: USE_REQUEST, ...shared, ours, theirs, ...within };
  const envelope = await seal(parseStatement(request), await signerOfIdentity(tools, identity));
  return { run: runIdOf(await statementHash(envelope)), request: envelope, resultKeys };
}

/** Asks all three nodes, waits for the run, collects and opens the answer. */
export async function ask(context: AskContext, pending: PendingRun): Promise<Answer> {
  await everyNode(context.clients, async (client) => {
    const { run } = await client.postRun(pending.request);
    if (run !== pending.run) throw wrongRun(client);
  });
  return collect(context, pending);
}

/** Waits for a run that was asked before (`ask` was cut off), and opens its answer. */
export async function collect(context: AskContext, pending: PendingRun): Promise<Answer> {
  const stats = await untilDone(context, pending.run);
  const words = await openAnswer(context, pending);
  return { run: pending.run, words, stats, ...worst(stats) };
}

/** Three nodes say three times what they estimate: the most cautious word of each counts. */
function worst(replies: readonly RunReply[]): Pick<Answer, "risk" | "soundnessBits"> {
  const risks = replies.flatMap(({ risk }) => (risk === undefined ? [] : [risk]));
  const bits = replies.flatMap(({ soundnessBits }) => soundnessBits ?? []);
  const most = (end: keyof Risk) => Math.max(...risks.map((risk) => risk[end]));
  return {
    ...(risks.length > 0 && {
      risk: { low: most("low"), expected: most("expected"), high: most("high") },
    }),
    ...(bits.length > 0 && { soundnessBits: Math.min(...bits) }),
  };
}

async function untilDone(context: AskContext, run: RunId): Promise<readonly RunReply[]> {
  const { clients, clock, onProgress, silenceMsMax = SILENCE_MS_MAX } = context;
  const heard = clients.map(() => clock.now());
  for (;;) {
    const replies = await Promise.all(clients.map((client, k) => look(client, run, heard, k)));
    onProgress?.(replies);
    const failed = replies.findIndex((it) => it?.state === "refused" || it?.state === "aborted");
    if (failed >= 0) throw runFailed(clients[failed], replies[failed] as RunReply);
    if (replies.every((it) => it?.state === "done")) return replies as readonly RunReply[];
    await clock.sleep(POLL_MS);
  }

  async function look(client: NodeClient, id: RunId, since: number[], k: number) {
    try {
      const reply = await client.run(id);
      if (reply.run !== id) throw wrongRun(client);
      since[k] = clock.now();
      return reply;
    } catch (error) {
      const silent = error instanceof ProviderError && error.code === "NODE_UNREACHABLE";
      if (!silent || clock.now() - since[k] > silenceMsMax) throw error;
      return undefined;
    }
  }
}

/** Fetches the three sealed results, compares both copies of each component, and adds them up. */
async function openAnswer(context: AskContext, pending: PendingRun): Promise<Uint32Array> {
  const { tools, identity, space, clients, clock, sharing } = context;
  const { run, resultKeys } = pending;
  const statement: ResultRequest = {
    type: "urn:symbolon:statement:result-request:v1",
    space: space.id,
    issuedAt: instantOf(clock.now()),
    asker: identity.member,
    run,
  };
  const request = await seal(statement, await signerOfIdentity(tools, identity));
  const [a, b, c] = await everyNode(clients, async (client) => {
    const sealed = await client.result(run, request);
    const label = { space: space.id, run, node: client.node.index, beneficiary: identity.member };
    const { own, next } = await openResult(tools.hpke, resultKeys, label, sealed);
    return new Shares(own, next);
  });
  const differing = disagreement([a, b, c]);
  if (differing !== undefined) throw mismatch(space, differing);
  return combineComponents([a.own, b.own, c.own], sharing);
}

function mismatch(
  space: Space,
  { component, nodes }: NonNullable<ReturnType<typeof disagreement>>,
): ProviderError {
  const [one, other] = nodes.map((node) => space.nodes[node].name);
  return new ProviderError(
    "RESULT_MISMATCH",
    `${one} and ${other} gave different copies of one part of the answer; it was thrown away`,
    { component, nodes: nodes.join(","), names: `${one}, ${other}` },
    "one of these two has cheated or is broken: tell the data space's board",
  );
}

function wrongRun({ node }: NodeClient): ProviderError {
  return new ProviderError(
    "REPLY_INVALID",
    `${node.name} answered about another run`,
    { node: node.index, name: node.name },
    "check that all sides run compatible versions",
  );
}

function runFailed({ node }: NodeClient, { state, reason }: RunReply): ProviderError {
  return new ProviderError(
    "RUN_FAILED",
    `${node.name} ${state === "refused" ? "refused" : "aborted"} the run` +
      (reason === undefined ? "" : `: ${reason}`),
    { node: node.index, name: node.name, state },
    state === "refused"
      ? "see the reason; nothing was computed"
      : "the run is over and gave nothing away; tell the data space's board before asking again",
  );
}

interface PendingFile {
  readonly version: 1;
  readonly kind: "symbolon-pending-run";
  readonly request: Envelope;
  readonly privateKey: string;
  readonly publicKey: string;
}

const pendingFile = record<PendingFile>({
  version: oneOf(1),
  kind: oneOf("symbolon-pending-run"),
  request: parseEnvelope,
  privateKey: base64(32),
  publicKey: base64(32),
});

/** The pending run as the text of a file. Secret: readable by its owner only. */
export function exportPending({ request, resultKeys }: PendingRun): string {
  const file: PendingFile = {
    version: 1,
    kind: "symbolon-pending-run",
    request,
    privateKey: toBase64(resultKeys.privateKey),
    publicKey: toBase64(resultKeys.publicKey),
  };
  return `${JSON.stringify(file)}\n`;
}

/** Reads such a file back, or throws `ProviderError` FILE_INVALID. */
export async function importPending(json: string): Promise<PendingRun> {
  try {
    const { request, privateKey, publicKey } = pendingFile(JSON.parse(json), "$");
    requestIn(request);
    const resultKeys = {
      privateKey: fromBase64(privateKey) as Uint8Array,
      publicKey: fromBase64(publicKey) as Uint8Array,
    };
    return { run: runIdOf(await statementHash(request)), request, resultKeys };
  } catch {
    throw new ProviderError(
      "FILE_INVALID",
      "this is not the file of a run that was asked",
      {},
      "use the file that was written when the question was asked",
    );
  }
}
