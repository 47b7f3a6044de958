import { setTimeout as wait } from "node:timers/promises";
import { sameBytes, toBase64 } from "@symbolon/base/bytes";
import { KnownError } from "@symbolon/base/error";
import { type LogReply, paths, type StatementFate } from "@symbolon/governance/api";
import { headPolicy } from "@symbolon/governance/decide-charter";
import { type Envelope, statementHash } from "@symbolon/governance/envelope";
import { foldLog, type RefusedEntry } from "@symbolon/governance/fold-log";
import type { Hash } from "@symbolon/governance/hash";
import { parseCheckpoint } from "@symbolon/governance/log/checkpoint";
import { frontierRoot } from "@symbolon/governance/log/frontier";
import { LogError } from "@symbolon/governance/log/log-error";
import { parseNote } from "@symbolon/governance/log/note";
import { tileAt } from "@symbolon/governance/log/tile";
import { fetchEntries, type ReadTile } from "@symbolon/governance/log/tile-reader";
import {
  type VerifiedCheckpoint,
  verifyCheckpoint,
} from "@symbolon/governance/log/verify-checkpoint";
import type { Signatures } from "@symbolon/governance/signatures";
import { parseSpace, type Space, type SpaceNode } from "@symbolon/governance/space";
import { headKeysIn } from "@symbolon/governance/space-log";
import { genesisOf, type SpaceState } from "@symbolon/governance/space-state";
import { CliError } from "./error.js";
import { readWith } from "./files.js";
import { type PinnedFetch, pinnedFetch } from "./pinned-fetch.js";

/** The space's log as the nodes have it, checked and folded on this computer. */
export interface ReadLog {
  readonly state: SpaceState;
  readonly entries: readonly Uint8Array[];
  readonly refused: readonly RefusedEntry[];
  /** The newest head, once there is an entry. */
  readonly head?: { readonly note: string; readonly checkpoint: VerifiedCheckpoint };
  /** How far each node's copy goes; `undefined` for one that does not answer. */
  readonly replies: readonly (LogReply | undefined)[];
}

const TIMEOUT_MS = 30_000;
const POLL_MS = 100;
const LOGGED_MS_MAX = 60_000;
/** One node that refuses is not believed before the others could have logged the statement. */
const REFUSED_MS_MIN = 3_000;

/** Talks with the three nodes about their log. Believes nothing that is not under a signed head. */
export class LogClient {
  readonly space: Space;
  readonly #signatures: Signatures;
  readonly #signal: AbortSignal;
  readonly #connections: readonly PinnedFetch[];

  constructor(spaceFile: string, signatures: Signatures, signal: AbortSignal) {
    this.space = readWith(spaceFile, "space file", parseSpace);
    this.#signatures = signatures;
    this.#signal = signal;
    this.#connections = this.space.nodes.map((node) => pinnedFetch(node));
  }

  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close()));
  }

  /** Reads the log. Throws `LogError` LOG_FORK if two nodes show two histories. */
  async read(): Promise<ReadLog> {
    const genesis = await genesisOf(this.space);
    const heads = await Promise.all(this.space.nodes.map((node) => this.#headOf(node)));
    const there = heads.flatMap((head) => (head === undefined ? [] : [head]));
    if (there.length === 0) throw silent(this.space.nodes);
    const replies = heads.map((head) => head?.reply);
    const ordered = there
      .flatMap(({ note, node }) => (note === undefined ? [] : [{ note, node }]))
      .map((head) => ({ ...head, ...parseCheckpoint(parseNote(head.note).text) }))
      .sort((a, b) => a.size - b.size);
    let state = genesis;
    const refused: RefusedEntry[] = [];
    const last = ordered.at(-1);
    const entries = last ? await this.#entries(last.node, last.size) : [];
    let head: ReadLog["head"];
    for (const { note, node, size, root } of ordered) {
      const folded = await foldLog(
        this.#signatures,
        state,
        entries.slice(state.frontier.size, size),
      );
      state = folded.state;
      refused.push(...folded.refused);
      const checkpoint = await this.#verify(state, note);
      if (!sameBytes(root, await frontierRoot(state.frontier))) throw forked(node, size);
      head = { note, checkpoint };
    }
    return { state, entries, refused, replies, ...(head && { head }) };
  }

  /** Reads hashes and entries from a node's tiles. */
  tiles =
    (node: SpaceNode): ReadTile =>
    async (path) => {
      const reply = await this.#fetch(node, "GET", paths.tile(path));
      return reply.status === 200 ? reply.bytes : undefined;
    };

  /**
   * Sends a statement to each node, since one may keep it to itself, and waits until two say that
   * it stands in the log at the same place: no node's word is taken alone.
   */
  async log(statement: Envelope): Promise<{ readonly hash: Hash; readonly index: number }> {
    const { nodes } = this.space;
    const hash = await statementHash(statement);
    const sent = await Promise.allSettled(
      nodes.map((node) => this.#must(node, "POST", paths.statements, { statement })),
    );
    if (!sent.some(({ status }) => status === "fulfilled")) throw firstRefusal(sent);
    const started = performance.now();
    for (;;) {
      const fates = await Promise.all(nodes.map((node) => this.#fateAt(node, hash)));
      const places = fates.flatMap((fate) => (fate?.state === "logged" ? [fate.index] : []));
      const index = places.find((place, k) => places.indexOf(place) < k);
      if (index !== undefined) return { hash, index };
      const waited = performance.now() - started;
      const node = nodes.find((_, k) => fates[k]?.state === "refused");
      const reason = fates.flatMap((it) => (it && "reason" in it && it.reason) || []).at(0);
      if (node && reason && waited > REFUSED_MS_MIN) throw notTaken(node, reason);
      if (waited > LOGGED_MS_MAX) throw notYet(reason ?? "not all nodes have signed");
      await wait(POLL_MS, undefined, { signal: this.#signal });
    }
  }

  /** What a node says has become of a statement; `undefined` if it says nothing. */
  async #fateAt(node: SpaceNode, hash: Hash): Promise<StatementFate | undefined> {
    try {
      return (await this.#json(node, paths.statement(hash))) as StatementFate;
    } catch (error) {
      if (error instanceof CliError) return undefined;
      throw error;
    }
  }

  /** An offline proof that a statement stands in the log. */
  async receipt(hash: Hash): Promise<string> {
    return (await this.#anyNode("GET", paths.entryReceipt(hash))).body;
  }

  /** Gives a witness's word to each node; the names of those that took it. */
  async cosign(note: string): Promise<readonly string[]> {
    const given = await Promise.allSettled(
      this.space.nodes.map((node) => this.#must(node, "POST", paths.cosignatures, note)),
    );
    const taken = this.space.nodes.filter((_, k) => given[k].status === "fulfilled");
    const failed = given.find((it) => it.status === "rejected");
    if (taken.length === 0 && failed) throw failed.reason;
    return taken.map(({ name }) => name);
  }

  /** Waits until enough witnesses have cosigned a head with this entry, at every node. */
  async untilWitnessed(index: number, tell: (text: string) => void): Promise<void> {
    for (;;) {
      const replies = (await Promise.all(
        this.space.nodes.map((node) => this.#json(node, paths.log)),
      )) as LogReply[];
      if (replies.every(({ witnessed }) => witnessed > index)) return;
      tell("Waiting until the witnesses have cosigned the log");
      await wait(5 * POLL_MS, undefined, { signal: this.#signal });
    }
  }

  /** Whether the nodes have a charter. */
  async hasCharter(): Promise<boolean> {
    return (JSON.parse((await this.#anyNode("GET", paths.log)).body) as LogReply).hasCharter;
  }

  async #headOf(node: SpaceNode) {
    try {
      const reply = (await this.#json(node, paths.log)) as LogReply;
      if (reply.size === 0) return { node, reply, note: undefined };
      const note = new TextDecoder().decode(await this.#must(node, "GET", paths.checkpoint));
      return { node, reply, note };
    } catch (error) {
      if (error instanceof CliError && error.code === "NODE_UNREACHABLE") return undefined;
      throw error;
    }
  }

  async #entries(node: SpaceNode, size: number): Promise<Uint8Array[]> {
    const entries: Uint8Array[] = [];
    while (entries.length < size) {
      const tile = tileAt(size, "entries", entries.length);
      entries.push(...(await fetchEntries(this.tiles(node), tile)));
    }
    return entries;
  }

  async #verify(state: SpaceState, note: string): Promise<VerifiedCheckpoint> {
    const keys = headKeysIn(state);
    const cure = "tell the other members, and compare with what another node shows them";
    if (keys === undefined)
      throw new LogError("LOG_NOT_COSIGNED", "the log does not begin with a charter", {}, cure);
    const policy = { ...(await headPolicy(keys)), quorum: 0 };
    return verifyCheckpoint(this.#signatures, note, policy);
  }

  async #anyNode(method: "GET" | "POST", path: string, body?: object) {
    let failure: unknown;
    for (const node of this.space.nodes) {
      try {
        const bytes = await this.#must(node, method, path, body);
        return { node, body: new TextDecoder().decode(bytes) };
      } catch (error) {
        if (!(error instanceof CliError) || error.code !== "NODE_UNREACHABLE") throw error;
        failure ??= error;
      }
    }
    throw failure;
  }

  async #json(node: SpaceNode, path: string): Promise<unknown> {
    return JSON.parse(new TextDecoder().decode(await this.#must(node, "GET", path)));
  }

  async #must(node: SpaceNode, method: "GET" | "POST", path: string, body?: object | string) {
    const { status, bytes } = await this.#fetch(node, method, path, body);
    if (status >= 200 && status < 300) return bytes;
    throw refusedBy(node, status, new TextDecoder().decode(bytes));
  }

  async #fetch(node: SpaceNode, method: "GET" | "POST", path: string, body?: object | string) {
    this.#signal.throwIfAborted();
    const { fetch } = this.#connections[node.index];
    const content = typeof body === "object" ? JSON.stringify(body) : body;
    try {
      const response = await fetch(`${node.api}${path}`, {
        ...{ method, redirect: "error" },
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(TIMEOUT_MS)]),
        ...(content !== undefined && { body: content }),
      });
      return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
    } catch (error) {
      this.#signal.throwIfAborted();
      if (error instanceof KnownError) throw error;
      throw silent([node]);
    }
  }
}

const silent = (nodes: readonly SpaceNode[]): CliError =>
  new CliError(
    "NODE_UNREACHABLE",
    `no answer from ${nodes.map(({ name }) => name).join(", ")}`,
    { nodes: nodes.length },
    "ask the operator whether the node runs, and check the network",
  );

/** Text of a node, for a line on a terminal. */
const said = (value: unknown): string =>
  typeof value === "string" ? value.replace(/\p{Control}+/gu, " ").slice(0, 500) : "";

function refusedBy(node: SpaceNode, status: number, text: string): CliError {
  let problem: { readonly detail?: unknown; readonly cure?: unknown; readonly type?: unknown } = {};
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    // Something between us and the node has answered; the status says what there is to say.
  }
  const message = `${node.name}: ${said(problem.detail) || `status ${status}`}`;
  const details = { node: node.index, status, problem: said(problem.type).split(":").at(-1) ?? "" };
  const cure = said(problem.cure) || "ask the operator of this node";
  return new CliError("NODE_REFUSED", message, details, cure);
}

/** Why no node took a statement: what one that answered says, before what one did not. */
function firstRefusal(sent: readonly PromiseSettledResult<unknown>[]): unknown {
  const reasons = sent.flatMap((it) => (it.status === "rejected" ? [it.reason as unknown] : []));
  const isAnswer = (it: unknown) => !(it instanceof CliError) || it.code !== "NODE_UNREACHABLE";
  return reasons.find(isAnswer) ?? reasons[0];
}

const notTaken = (node: SpaceNode, reason: string): CliError =>
  new CliError("NODE_REFUSED", `${node.name}: ${said(reason)}`, {}, "see the reason");

const notYet = (reason: string): CliError =>
  new CliError(
    "NOT_LOGGED_YET",
    `the statement is kept, and is not in the log yet: ${said(reason)}`,
    {},
    "nothing is lost: it is logged by itself once that is over; look with `symbolon space status`",
  );

function forked({ name }: SpaceNode, size: number): LogError {
  const cure = "keep what each node shows you, and tell every member: the log has two histories";
  const message = `${name} shows a head of ${size} entries that is not of the others' log`;
  return new LogError("LOG_FORK", message, { size }, cure);
}

/** The root of a state as it is compared by people. */
export const rootText = async ({ frontier }: SpaceState): Promise<string> =>
  toBase64(await frontierRoot(frontier));
