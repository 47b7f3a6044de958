import { toBase64 } from "@symbolon/base/bytes";
import { type MemberId, PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { Charter } from "@symbolon/governance/acts/charter";
import type { ConsentTerms } from "@symbolon/governance/acts/consent";
import type { UseRequest } from "@symbolon/governance/acts/run";
import type { UseCase } from "@symbolon/governance/acts/use-case";
import type { LogReply, StatementFate } from "@symbolon/governance/api";
import { cosignHead, type Witnessed } from "@symbolon/governance/cosign-head";
import { headPolicy } from "@symbolon/governance/decide-charter";
import { type Envelope, seal, statementHash } from "@symbolon/governance/envelope";
import { type Hash, hashOf } from "@symbolon/governance/hash";
import { instantOf } from "@symbolon/governance/instant";
import { parseCheckpoint } from "@symbolon/governance/log/checkpoint";
import { consistencyFromTiles } from "@symbolon/governance/log/from-tiles";
import { formatGrowth } from "@symbolon/governance/log/growth";
import { formatNote, parseNote } from "@symbolon/governance/log/note";
import { signerOf } from "@symbolon/governance/signatures";
import { headKeysOf } from "@symbolon/governance/space-log";
import {
  BUILD,
  call,
  type DataSpace,
  EXPLANATION,
  echoEngine,
  prepare,
  QUERY,
  question,
  SCHEMA,
  type Submission,
  startTestNode,
} from "../data-space.contract.js";
import { headKeyOf } from "../identity/head-key.js";
import { nodeSignatures } from "../identity/signatures-node.js";
import type { Engine } from "../jobs/job-services.js";
import type { RunningNode } from "../node.js";

/** A data space of three real nodes that is founded through their log, act by act. */

const WAIT_MS_MAX = 15_000;

/** Waits until `look` gives something. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined, what: string) {
  const started = Date.now();
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() - started > WAIT_MS_MAX) throw new Error(`waited too long for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const signNode = async (world: DataSpace, node: PartyIndex, statement: object) =>
  seal(statement, await signerOf(nodeSignatures, world.configs[node].keys.signing));

export const headKeyAt = ({ configs }: DataSpace, node: PartyIndex): string =>
  toBase64(headKeyOf(configs[node].keys.signing).publicKey);

/** The shelter watches the log, with a key that follows from its signing key. */
export const witnessKey = ({ members }: DataSpace) =>
  headKeyOf(members.find(({ id }) => id === "shelter")!.signing);

export async function charterOf(world: DataSpace, changes: Partial<Charter> = {}) {
  const all = { members: "all", nodes: 3 } as const;
  const half = { members: "half", nodes: 0 } as const;
  const { space } = world;
  return {
    type: "urn:symbolon:statement:charter:v1",
    space: space.id,
    issuedAt: instantOf(Date.now()),
    by: "shelter" as MemberId,
    previous: await hashOf(space),
    name: space.name,
    log: "north.example/log",
    nodes: PARTIES.map((index) => ({
      ...space.nodes[index],
      headKey: headKeyAt(world, index),
    })) as unknown as Charter["nodes"],
    classes: ["ngo", "police"],
    rules: {
      ...{ charter: all, enrolment: half, recovery: half, removal: half, node: all },
      ...{ software: half, "use-case": half, query: half },
    },
    ...{ twoPerson: [], passkeys: [], epochHours: 720, vetoHours: 0, quorum: 1, builds: [BUILD] },
    witnesses: [{ member: "shelter" as MemberId, headKey: toBase64(witnessKey(world).publicKey) }],
    ...changes,
  } satisfies Charter;
}

export const useCaseOf = (world: DataSpace, changes: Partial<UseCase> = {}): UseCase => ({
  type: "urn:symbolon:statement:use-case:v1",
  space: world.space.id,
  issuedAt: instantOf(Date.now()),
  by: "police" as MemberId,
  ...{ name: "missing-persons", version: 1, title: "Missing persons", purpose: "search" },
  legalBasis: "Police act, article 8",
  data: { layout: SCHEMA.layout, fields: ["content", "real"] },
  queries: [
    {
      query: QUERY,
      params: [
        { name: "pick", min: 5, max: 5 },
        { name: "threshold", min: 600, max: 900 },
        { name: "dedupThreshold", min: 600, max: 900 },
        { name: "overlap", min: 0.5, max: 0.999 },
      ],
    },
  ],
  beneficiaries: { classes: ["police"], members: [] },
  ...{ approvers: [], retentionDays: 30, budget: { runsPerEpoch: 2 } },
  assessment: "Necessary, since no other means finds them.",
  ...changes,
});

/** Three nodes and their log. */
export class FoundedSpace {
  readonly world: DataSpace;
  readonly nodes: RunningNode[] = [];
  readonly hashes = new Map<string, Hash>();
  #seen: Witnessed | undefined;

  constructor(world: DataSpace) {
    this.world = world;
  }

  async start(engine: Engine = echoEngine(), clocks: readonly (() => number)[] = []) {
    for (const index of PARTIES) {
      const own = { now: clocks[index] ?? Date.now };
      this.nodes.push(await startTestNode(this.world, index, engine, own));
    }
    await this.linked();
    return this;
  }

  linked = () =>
    until(() => this.nodes.every((node) => node.status().peers.every(({ up }) => up)), "links");

  async close(): Promise<void> {
    await Promise.all(this.nodes.splice(0).map((node) => node.close()));
  }

  /** Sends a statement to a node; the answer as it is. */
  post = async (statement: Envelope, node: PartyIndex = 0) =>
    call(this.world, node, "POST", "/log/statements", { statement });

  fate = async (hash: Hash, node: PartyIndex = 0): Promise<StatementFate> =>
    (await call(this.world, node, "GET", `/log/statements/${hash}`)).json as never;

  log = async (node: PartyIndex = 0): Promise<LogReply> =>
    (await call(this.world, node, "GET", "/log")).json as never;

  /** Sends a statement and waits until it stands in the log of every node. */
  async add(envelope: Envelope, name?: string, node: PartyIndex = 0): Promise<Hash> {
    const reply = await this.post(envelope, node);
    if (reply.status !== 202) throw new Error(`${reply.status}: ${reply.text}`);
    const hash = await statementHash(envelope);
    await this.logged(hash);
    if (name !== undefined) this.hashes.set(name, hash);
    return hash;
  }

  async logged(hash: Hash): Promise<void> {
    for (const node of PARTIES)
      await until(async () => {
        const fate = await this.fate(hash, node);
        if (fate.state === "refused") throw new Error(fate.reason);
        return fate.state === "logged" ? true : undefined;
      }, `the log of node ${node}`);
  }

  hash(name: string): Hash {
    const found = this.hashes.get(name);
    if (found === undefined) throw new Error(`no step ${name}`);
    return found;
  }

  about = () => ({ space: this.world.space.id, issuedAt: instantOf(Date.now()) });

  sign = (by: string, type: string, says: object) =>
    this.world.sign(by, { type: `urn:symbolon:statement:${type}`, ...this.about(), ...says });

  async yes(about: Hash, shown: Hash, by: string): Promise<Hash> {
    return this.add(await this.sign(by, "approval:v1", { by, about, shown, verdict: "yes" }));
  }

  async nodeYes(about: Hash, node: PartyIndex): Promise<Hash> {
    const type = "urn:symbolon:statement:node-approval:v1";
    const vote = { ...this.about(), type, node, about, shown: about, verdict: "yes" };
    return this.add(await signNode(this.world, node, vote), undefined, node);
  }

  /** A charter that everybody has said yes to. */
  async found(changes: Partial<Charter> = {}): Promise<this> {
    const charter = await charterOf(this.world, changes);
    const hash = await this.add(await this.world.sign("shelter", charter), "charter");
    await this.yes(hash, hash, "police");
    for (const node of PARTIES) await this.nodeYes(hash, node);
    return this;
  }

  /** What a run needs: query, use case, two lists, agreed terms. */
  async prepare(terms: Partial<ConsentTerms> = {}): Promise<readonly [Submission, Submission]> {
    const proposal = { by: "shelter", name: "not-on-list", query: QUERY, explanation: EXPLANATION };
    const query = await this.add(await this.sign("shelter", "query-proposal:v1", proposal));
    await this.yes(query, EXPLANATION, "police");
    const useCase = useCaseOf(this.world);
    const hash = await this.add(await this.world.sign("police", useCase), "use case");
    await this.yes(hash, hash, "shelter");
    const lists = await Promise.all(
      (["police", "shelter"] as const).map(async (provider) => {
        const offer = await this.offer(provider, terms);
        return [offer, await prepare(this.world, provider, { terms: offer })] as const;
      }),
    );
    for (const [, list] of lists) await this.#submit(list);
    const offer = await this.add(lists[1][0], "offer");
    await this.add(await this.sign("police", "agreement:v1", { by: "police", about: offer }));
    return [lists[0][1], lists[1][1]];
  }

  offer(provider: string, terms: Partial<ConsentTerms> = {}): Promise<Envelope> {
    const own: ConsentTerms = {
      ...{ query: QUERY, useCase: this.hash("use case"), fields: ["content", "real"] },
      beneficiaries: { classes: ["police"], members: [] },
      ...{ purpose: "search", expires: instantOf(Date.now() + 3_600_000), direction: "asker" },
      ...{ riskMax: 0.001, overlapMin: 0.5, runsMax: 2, vetoHours: 0 },
      ...terms,
    } as ConsentTerms;
    const about = { provider, dataset: `${provider}-list`, terms: own, answers: null };
    return this.sign(provider, "offer:v2", about);
  }

  async #submit({ manifest, offer, chunks, root }: Submission): Promise<void> {
    const dataset = JSON.parse(Buffer.from(manifest.payload, "base64").toString()).dataset;
    for (const node of PARTIES) {
      const at = `/datasets/${dataset}`;
      const first = await call(this.world, node, "PUT", `${at}/manifest`, { manifest, offer });
      if (first.status !== 201) throw new Error(first.text);
      for (const [place, bytes] of chunks[node])
        await call(this.world, node, "PUT", `${at}/parts/${place}`, bytes);
      const done = await call(this.world, node, "POST", `${at}/commit`, {});
      if (done.status !== 200) throw new Error(done.text);
    }
    void root;
  }

  /** The police ask within the use case. */
  async request(
    [ours, theirs]: readonly [Submission, Submission],
    changes: Partial<UseRequest> = {},
  ) {
    const space = this.world.space.id;
    return question(this.world, ours, theirs, {
      type: "urn:symbolon:statement:run-request:v2",
      ...{ useCase: this.hash("use case"), purpose: "search" },
      ours: { space, dataset: "police-list", root: ours.root },
      theirs: [{ space, dataset: "shelter-list", root: theirs.root }],
      ...changes,
    } as never);
  }

  /** The newest head of a node, with the growth since an older one. */
  async growth(node: PartyIndex, oldSize: number): Promise<string> {
    const { text } = await call(this.world, node, "GET", "/log/checkpoint");
    const head = parseCheckpoint(parseNote(text).text);
    const { path } = await consistencyFromTiles(this.tiles(node), head, oldSize);
    return formatGrowth({ oldSize, path, checkpoint: text });
  }

  tiles = (node: PartyIndex) => async (path: string) => {
    const reply = await call(this.world, node, "GET", `/log/${path}`);
    return reply.status === 200 ? reply.bytes : undefined;
  };

  async policy(quorum = 1) {
    return headPolicy({ ...headKeysOf(await charterOf(this.world)), quorum });
  }

  /** The shelter cosigns the newest head, and gives its word to these nodes. */
  async witness(nodes: readonly PartyIndex[] = PARTIES): Promise<void> {
    const file = await this.growth(nodes[0], this.#seen?.size ?? 0);
    const policy = await this.policy();
    const { privateKey } = witnessKey(this.world);
    const sign = (message: Uint8Array) => nodeSignatures.sign(privateKey, message);
    const signer = { key: policy.witnesses[0], sign };
    const time = Math.floor(Date.now() / 1000);
    const done = await cosignHead(nodeSignatures, policy, this.#seen, file, { signer, time });
    this.#seen = done.seen;
    const text = parseNote(file.slice(file.indexOf("\n\n") + 2)).text;
    const note = formatNote({ text, signatures: [done.signature] });
    for (const node of nodes) {
      const reply = await call(this.world, node, "POST", "/log/cosignatures", note);
      if (reply.status !== 204) throw new Error(reply.text);
    }
  }
}
