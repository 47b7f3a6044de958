import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesOf, concat, toBase64 } from "@symbolon/base/bytes";
import { columnWords, type DatasetSchema } from "@symbolon/base/dataset";
import {
  type DatasetId,
  type MemberId,
  PARTIES,
  type PartyIndex,
  type SpaceId,
} from "@symbolon/base/id";
import { type Envelope, seal, statementHash } from "@symbolon/governance/envelope";
import { type Hash, sha256 } from "@symbolon/governance/hash";
import { SEAL_SUITE } from "@symbolon/governance/hpke";
import { instantOf } from "@symbolon/governance/instant";
import { schemaHashOf } from "@symbolon/governance/schema";
import { EXPAND_SUITE, labelOf, sealPart } from "@symbolon/governance/sealed-part";
import { openResult } from "@symbolon/governance/sealed-result";
import { signerOf } from "@symbolon/governance/signatures";
import type { Space } from "@symbolon/governance/space";
import type {
  DatasetManifest,
  Offer,
  ResultRequest,
  RunRequest,
  SealedColumn,
} from "@symbolon/governance/statement";
import { expandSeedNode } from "@symbolon/mpc/sharing/prg-node";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import { splitColumn } from "@symbolon/mpc/sharing/split";
import { rational } from "@symbolon/release/rational";
import { readConfig } from "./config.js";
import { nodeHpke } from "./identity/hpke-node.js";
import { nodeSignatures, signingKeyPair } from "./identity/signatures-node.js";
import { throwawayCa } from "./identity/throwaway-ca.js";
import { initNode } from "./init.js";
import type { Engine } from "./jobs/job-services.js";
import type { Log } from "./log.js";
import { startNode } from "./node.js";
import { freePorts } from "./transport/free-ports.js";
import { HOST, QUICK } from "./transport/three-links.contract.js";

/** A whole invented data space on this machine: three real nodes, a police unit and a shelter. */

export const QUERY = "ab".repeat(32) as Hash;
export const INPUT_RULES = "ef".repeat(32) as Hash;
export const EXPLANATION = "12".repeat(32) as Hash;
export const BUILD = "cd".repeat(32) as Hash;
export const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const SCHEMA: DatasetSchema = {
  version: 1,
  layout: "persons-v1",
  tables: [
    {
      name: "persons",
      rows: 256,
      columns: [
        { name: "content", kind: "linkage-vector", sharing: "arithmetic", width: 8 },
        { name: "real", kind: "row-bit", sharing: "boolean", width: 1 },
      ],
    },
  ],
};

export interface Submission {
  readonly manifest: Envelope;
  readonly offer: Envelope;
  readonly root: Hash;
  /** By node, then `table/column/chunk`. */
  readonly chunks: readonly Map<string, Uint8Array>[];
  readonly values: ReadonlyMap<string, Uint32Array>;
}

export async function dataSpace() {
  const dir = mkdtempSync(join(tmpdir(), "symbolon-node-"));
  const ca = throwawayCa(Date.now());
  const cards = [];
  const ports = await freePorts(HOST, 6);
  for (const index of PARTIES) {
    const [api, peer] = [ports[2 * index], ports[2 * index + 1]];
    const endpoint = { api: { host: HOST, port: api }, peer: { host: HOST, port: peer } };
    const about = {
      index,
      name: `Node ${"ABC"[index]}`,
      space: "north",
      dir: join(dir, `${index}`),
    };
    const made = await initNode({
      ...about,
      ...endpoint,
      ca,
      now: Date.now(),
      spaceFile: "../space.json",
    });
    cards.push(made.card);
  }
  const members = await Promise.all(
    (["police", "shelter"] as const).map(async (id) => {
      const signing = signingKeyPair();
      const hpke = await nodeHpke.generateKeyPair();
      return { id: id as string as MemberId, signing, hpke };
    }),
  );
  const space: Space = {
    version: 1,
    id: "north" as SpaceId,
    name: "The north",
    nodes: cards as unknown as Space["nodes"],
    members: members.map(({ id, signing, hpke }) => ({
      id,
      name: `The ${id}`,
      class: id === "police" ? "police" : "ngo",
      signingKey: toBase64(signing.publicKey),
      hpkeKey: toBase64(hpke.publicKey),
    })),
    builds: [BUILD],
  };
  writeFileSync(join(dir, "space.json"), JSON.stringify(space));
  const configs = PARTIES.map((index) => readConfig(join(dir, `${index}`, "node.toml")));
  const sign = async (by: string, statement: object) => {
    const keys = members.find(({ id }) => id === by)!.signing;
    return seal(statement, await signerOf(nodeSignatures, keys));
  };
  return { dir, ca, space, members, configs, sign, remove: () => rmSync(dir, { recursive: true }) };
}

export type DataSpace = Awaited<ReturnType<typeof dataSpace>>;

export const startTestNode = (
  world: DataSpace,
  index: PartyIndex,
  engine: Engine,
  { now = Date.now, log = SILENT }: { readonly now?: () => number; readonly log?: Log } = {},
) =>
  startNode({
    config: world.configs[index],
    engine,
    now,
    log,
    buildHash: BUILD,
    timing: QUICK,
  });

export interface CallReply {
  readonly status: number;
  readonly json: Record<string, never>;
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** An HTTPS request to a node, its certificate checked under the space's authority. */
export function call(
  world: DataSpace,
  node: PartyIndex,
  method: string,
  path: string,
  body?: object | string | Uint8Array,
) {
  return new Promise<CallReply>((resolve, reject) => {
    const options = { method, ca: world.ca.certificate, agent: false };
    const request = httpsRequest(`${world.space.nodes[node].api}${path}`, options, (reply) => {
      const pieces: Buffer[] = [];
      reply.on("data", (piece: Buffer) => pieces.push(piece));
      reply.on("end", () => {
        const bytes = Buffer.concat(pieces);
        const text = bytes.toString();
        const isJson = reply.headers["content-type"]?.includes("json") === true;
        resolve({
          ...{ status: reply.statusCode ?? 0, text, bytes: new Uint8Array(bytes) },
          json: isJson ? JSON.parse(text) : {},
        });
      });
    });
    request.on("error", reject);
    request.end(
      body && typeof body === "object" && !(body instanceof Uint8Array)
        ? JSON.stringify(body)
        : body,
    );
  });
}

export interface Preparation {
  readonly manifest?: Partial<DatasetManifest>;
  readonly offer?: Partial<Offer>;
  /** In the place of an offer of the first form: terms under a use case. */
  readonly terms?: Envelope;
  readonly seeds?: Uint8Array;
  /** Word `k` of every column. */
  readonly word?: (k: number) => number;
}

/** A dataset of invented words, split and sealed as a provider does. */
export async function prepare(
  world: DataSpace,
  provider: "police" | "shelter",
  changes: Preparation = {},
): Promise<Submission> {
  const { space, configs, sign } = world;
  const { word = (k: number) => (k * 2_654_435_761) >>> 0 } = changes;
  const now = Date.now();
  const about = { space: space.id, issuedAt: instantOf(now), provider: provider as MemberId };
  const dataset = (changes.manifest?.dataset ?? `${provider}-list`) as DatasetId;
  const offer =
    changes.terms ??
    (await sign(provider, {
      type: "urn:symbolon:statement:offer:v1",
      ...about,
      dataset,
      query: QUERY,
      beneficiary: "police" as MemberId,
      riskMax: 0.001,
      overlapMin: 0.5,
      runsMax: 1,
      expires: instantOf(now + 3_600_000),
      ...changes.offer,
    } satisfies Offer));
  const schema = changes.manifest?.schema ?? SCHEMA;
  const base = {
    type: "urn:symbolon:statement:dataset-manifest:v1",
    ...about,
    dataset,
    epoch: 0,
    schema,
    schemaHash: await schemaHashOf(schema),
    policyHash: await statementHash(offer),
    suites: { seal: SEAL_SUITE, expand: EXPAND_SUITE },
    calibration: { thresholds: [], missLow: [], missExpected: [], missHigh: [], presence: [] },
    ...changes.manifest,
  } as const;
  const chunks = PARTIES.map(() => new Map<string, Uint8Array>());
  const values = new Map<string, Uint32Array>();
  const parts: SealedColumn[] = [];
  for (const table of schema.tables)
    for (const { name: column, sharing, width } of table.columns) {
      const words = columnWords(table.rows, { sharing, width });
      const x = Uint32Array.from({ length: words }, (_, k) => word(k));
      values.set(`${table.name}.${column}`, x);
      const seeds = [changes.seeds ?? randomBytes(16), randomBytes(16)] as const;
      const split = await splitColumn(
        x,
        sharing,
        [new Uint8Array(seeds[0]), new Uint8Array(seeds[1])],
        expandSeedNode,
      );
      const nodes = await Promise.all(
        PARTIES.map((node) => {
          const part = { head: concat(...split[node].seeds), body: bytesOf(split[node].vector) };
          const key = configs[node].keys.hpke.publicKey;
          const label = labelOf(base, table.name, column, node);
          return sealPart(nodeHpke, key, label, part, async (chunk, sealed) => {
            chunks[node].set(`${table.name}/${column}/${chunk}`, sealed);
          });
        }),
      );
      parts.push({ table: table.name, column, nodes: nodes as unknown as SealedColumn["nodes"] });
    }
  const manifest = await sign(provider, { ...base, parts } satisfies DatasetManifest);
  return { manifest, offer, root: await statementHash(manifest), chunks, values };
}

/** Sends a prepared dataset to one node, up to its receipt. */
export async function submit(
  world: DataSpace,
  node: PartyIndex,
  dataset: string,
  submission: Submission,
) {
  const { manifest, offer, chunks } = submission;
  const first = await call(world, node, "PUT", `/datasets/${dataset}/manifest`, {
    manifest,
    offer,
  });
  if (first.status !== 201) return first;
  for (const [place, bytes] of chunks[node])
    await call(world, node, "PUT", `/datasets/${dataset}/parts/${place}`, bytes);
  return call(world, node, "POST", `/datasets/${dataset}/commit`, {});
}

/** The question of the police, and the key that opens its answer. */
export async function question(
  world: DataSpace,
  ours: Submission,
  theirs: Submission,
  changes: Partial<RunRequest> = {},
) {
  const resultKeys = await nodeHpke.generateKeyPair();
  const request = await world.sign("police", {
    type: "urn:symbolon:statement:run-request:v1",
    space: world.space.id,
    issuedAt: instantOf(Date.now()),
    asker: "police" as MemberId,
    query: QUERY,
    params: { pick: 5, threshold: 700, dedupThreshold: 900, overlap: 0.8 },
    ours: { dataset: "police-list" as DatasetId, root: ours.root },
    theirs: [{ dataset: "shelter-list" as DatasetId, root: theirs.root }],
    nonce: randomBytes(16).toString("hex"),
    resultKey: toBase64(resultKeys.publicKey),
    ...changes,
  } satisfies RunRequest);
  const run = (await statementHash(request)).slice(0, 32) as ResultRequest["run"];
  /** What a node gives as its result, opened. */
  const collect = async (node: PartyIndex) => {
    const statement: ResultRequest = {
      type: "urn:symbolon:statement:result-request:v1",
      space: world.space.id,
      issuedAt: instantOf(Date.now()),
      asker: "police" as MemberId,
      run,
    };
    const body = { request: await world.sign("police", statement) };
    const reply = await call(world, node, "POST", `/runs/${run}/result`, body);
    if (reply.status !== 200) throw new Error(JSON.stringify(reply.json));
    const label = { space: world.space.id, run, node, beneficiary: "police" as MemberId };
    return openResult(nodeHpke, resultKeys, label, reply.json as never);
  };
  const keyHash = await sha256(resultKeys.publicKey);
  return { request, run, collect, keyHash };
}

/** An engine that answers with a column of the shelter's list, as it came in. */
export function echoEngine(execute?: Engine["execute"]): Engine {
  const echo: Engine["execute"] = async (task) => {
    const shares: Shares<Uint32Array> = await task.theirs[0].load("persons", "content");
    task.onProgress({ done: 1, total: 2, unit: "pairs" });
    const { self } = task.transport;
    for (const party of PARTIES)
      if (party !== self) task.transport.send(party, "end", Uint8Array.of(self));
    for (const party of PARTIES) if (party !== self) await task.transport.receive(party, "end");
    return { own: shares.own, next: shares.next, rounds: 1, soundnessBits: 64 };
  };
  return {
    queries: [
      {
        hash: QUERY,
        reads: { layout: SCHEMA.layout, table: "persons", columns: SCHEMA.tables[0].columns },
        inputRules: INPUT_RULES,
        picks: true,
        explanation: EXPLANATION,
        problem: ({ pick }) => (pick === 5 ? undefined : "pick must be 5"),
      },
    ],
    risk: () => ({ low: 0.0001, expected: 0.0002, high: 0.0003 }),
    execute: execute ?? echo,
    costOf: () => ({ epsilon: rational(0n), exact: 1 }),
    remembers: () => undefined,
  };
}
