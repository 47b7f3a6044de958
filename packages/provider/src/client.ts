import type { DatasetId, RunId } from "@symbolon/base/id";
import {
  type ManifestBody,
  type ManifestReply,
  paths,
  type ResultReply,
  type RunAccepted,
  type RunReply,
  type StatusReply,
  type WithdrawalReply,
} from "@symbolon/governance/api";
import type { Check } from "@symbolon/governance/check";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import type { SpaceNode } from "@symbolon/governance/space";
import { ProviderError } from "./error.js";
import {
  backoffMs,
  bodyText,
  type Clock,
  type Fetch,
  type HttpReply,
  type HttpRequest,
  isPassing,
} from "./http.js";
import * as replies from "./replies.js";
import type { ChunkPlace } from "./submission.js";

export interface ClientOptions {
  /** Must check the node's certificate against the space file's authority. */
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Attempts at one request before a node counts as unreachable. */
  readonly attemptsMax?: number;
}

const ATTEMPTS_MAX = 6;
const REQUEST_MS_MAX = 60_000;
/** A node opens every part of a dataset before it gives a receipt. */
const COMMIT_MS_MAX = 30 * 60_000;
const REPLY_BYTES_MAX = 256 * 1_024 * 1_024;
const JSON_TYPE = "application/json";

interface Call<T> {
  readonly method: HttpRequest["method"];
  readonly path: string;
  readonly body?: object | Uint8Array;
  readonly reply: Check<T>;
  readonly msMax?: number;
}

/**
 * Talks to one node. Every call may be repeated safely, and is, when the network fails; whatever
 * the node answers is checked. Throws `ProviderError` with the node's index and name.
 */
export class NodeClient {
  readonly node: SpaceNode;
  readonly #options: ClientOptions;
  constructor(node: SpaceNode, options: ClientOptions) {
    this.node = node;
    this.#options = options;
  }

  async descriptor(): Promise<Envelope> {
    const path = paths.descriptor;
    return (await this.#call({ method: "GET", path, reply: replies.descriptorReply })).descriptor;
  }

  status(): Promise<StatusReply> {
    return this.#call({ method: "GET", path: paths.status, reply: replies.statusReply });
  }

  putManifest(dataset: DatasetId, body: ManifestBody): Promise<ManifestReply> {
    const path = paths.manifest(dataset);
    return this.#call({ method: "PUT", path, body, reply: replies.manifestReply });
  }

  /** Sends a chunk; a chunk that the node already has is no error. */
  async putChunk(dataset: DatasetId, place: ChunkPlace, bytes: Uint8Array): Promise<void> {
    const path = paths.part(dataset, place.table, place.column, place.chunk);
    await this.#call({ method: "PUT", path, body: bytes, reply: nothing });
  }

  /** Ends the upload; the receipt is still to be verified. */
  async commit(dataset: DatasetId): Promise<Envelope> {
    const path = paths.commit(dataset);
    const reply = replies.commitReply;
    return (await this.#call({ method: "POST", path, body: {}, reply, msMax: COMMIT_MS_MAX }))
      .receipt;
  }

  async postOffer(offer: Envelope): Promise<Hash> {
    const path = paths.offers;
    return (await this.#call({ method: "POST", path, body: { offer }, reply: replies.offerReply }))
      .offer;
  }

  /** The node's answer says which versions it has deleted; its word is still to be verified. */
  postWithdrawal(withdrawal: Envelope): Promise<WithdrawalReply> {
    const path = paths.withdrawals;
    const reply = replies.withdrawalReply;
    return this.#call({ method: "POST", path, body: { withdrawal }, reply });
  }

  postRun(request: Envelope): Promise<RunAccepted> {
    const path = paths.runs;
    return this.#call({ method: "POST", path, body: { request }, reply: replies.runAccepted });
  }

  run(run: RunId): Promise<RunReply> {
    return this.#call({ method: "GET", path: paths.run(run), reply: replies.runReply });
  }

  result(run: RunId, request: Envelope): Promise<ResultReply> {
    const path = paths.result(run);
    return this.#call({ method: "POST", path, body: { request }, reply: replies.resultReply });
  }

  async #call<T>(call: Call<T>): Promise<T> {
    const { status, text } = await this.#persist(call);
    if (status < 200 || status > 299) throw this.#refused(status, text);
    try {
      if (text === undefined) throw new RangeError("too long, or not text");
      return call.reply(text === "" ? undefined : JSON.parse(text), "$");
    } catch (error) {
      throw this.#error(
        "REPLY_INVALID",
        `${this.node.name} answered ${call.path} in a way that this version does not understand`,
        { why: error instanceof Error ? error.message.slice(0, 200) : "" },
        "check that the space file is current and that both sides run compatible versions",
      );
    }
  }

  /** Asks until there is an answer that is not "not now". */
  async #persist<T>(call: Call<T>): Promise<{ status: number; text: string | undefined }> {
    const { clock, attemptsMax = ATTEMPTS_MAX } = this.#options;
    let why = "";
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      try {
        const reply: HttpReply = await this.#options.fetch(
          this.node.api + call.path,
          requestOf(call),
        );
        const text = await bodyText(reply, REPLY_BYTES_MAX);
        if (!isPassing(reply.status) || attempt === attemptsMax)
          return { status: reply.status, text };
      } catch (error) {
        why = causeOf(error);
      }
      if (attempt < attemptsMax) await clock.sleep(backoffMs(attempt));
    }
    throw this.#error(
      "NODE_UNREACHABLE",
      `${this.node.name} does not answer at ${this.node.api}`,
      { attempts: attemptsMax, why },
      "check the network and the address in the space file, then run the command again: " +
        "it goes on where it stopped",
    );
  }

  #refused(status: number, text: string | undefined): ProviderError {
    const problem = replies.problemOf(status, text);
    const reason = problem.detail || problem.title || `status ${status}`;
    return this.#error(
      "NODE_REFUSED",
      `${this.node.name}: ${reason}`,
      { status, problem: problem.type.slice("urn:symbolon:problem:".length) },
      problem.cure || "ask the operator of this node",
    );
  }

  #error(
    code: ProviderError["code"],
    message: string,
    details: Record<string, string | number>,
    cure: string,
  ): ProviderError {
    const { index, name } = this.node;
    return new ProviderError(code, message, { node: index, name, ...details }, cure);
  }
}

const nothing: Check<void> = () => undefined;

/** The name of a network failure, such as ECONNREFUSED; messages may quote what was sent. */
function causeOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: unknown }; name?: unknown };
  if (typeof cause?.code === "string") return cause.code;
  return typeof name === "string" ? name : "";
}

function requestOf<T>({ method, body, msMax = REQUEST_MS_MAX }: Call<T>): HttpRequest {
  const shared = { method, redirect: "error", signal: AbortSignal.timeout(msMax) } as const;
  const accept = `${JSON_TYPE}, application/problem+json`;
  if (body === undefined) return { ...shared, headers: { accept } };
  return body instanceof Uint8Array
    ? {
        ...shared,
        headers: { accept, "content-type": "application/octet-stream" },
        body: body as Uint8Array<ArrayBuffer>,
      }
    : {
        ...shared,
        headers: { accept, "content-type": JSON_TYPE },
        body: JSON.stringify(body),
      };
}
