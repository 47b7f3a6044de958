import { toBase64, utf8 } from "@symbolon/base/bytes";
import { columnWords, type DatasetSchema } from "@symbolon/base/dataset";
import type { DatasetId, MemberId, PartyIndex, RunId, SpaceId } from "@symbolon/base/id";
import { admitDataset } from "@symbolon/governance/admit";
import type { RunReply } from "@symbolon/governance/api";
import { type Envelope, seal } from "@symbolon/governance/envelope";
import { type Hash, sha256 } from "@symbolon/governance/hash";
import { type HpkeKeyPair, SEAL_SUITE } from "@symbolon/governance/hpke";
import { instantOf } from "@symbolon/governance/instant";
import { statementIn } from "@symbolon/governance/parse-statement";
import { headBytes, labelOf, openPart, SEED_BYTES } from "@symbolon/governance/sealed-part";
import { sealResult } from "@symbolon/governance/sealed-result";
import { signerOf } from "@symbolon/governance/signatures";
import type { Space } from "@symbolon/governance/space";
import { type DatasetManifest, type NodeDescriptor, runIdOf } from "@symbolon/governance/statement";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import { joinPart, NodePart } from "@symbolon/mpc/sharing/split";
import { type ClientOptions, NodeClient } from "./client.js";
import { nodeToolbox as tools } from "./crypto/node.js";
import type { Clock, HttpReply, HttpRequest } from "./http.js";
import { createIdentity, type Identity, memberCard } from "./identity.js";
import type { Clients } from "./submit.js";

/** Three nodes without network and without computation: what tests of a provider talk to. */

export const NOW = Date.parse("2026-03-01T12:00:00Z");
export const BUILD = await sha256(utf8("a build"));
export const QUERY = await sha256(utf8("a query"));

/** A clock that stands still but while somebody sleeps. */
export function standingClock(): Clock & { slept: number } {
  return {
    slept: 0,
    now() {
      return NOW + this.slept;
    },
    async sleep(ms) {
      this.slept += ms;
    },
  };
}

interface NodeKeys {
  readonly signing: HpkeKeyPair;
  readonly hpke: HpkeKeyPair;
}

export class FakeNode {
  readonly index: PartyIndex;
  readonly keys: NodeKeys;
  space!: Space;
  readonly calls: string[] = [];
  readonly chunks = new Map<string, Uint8Array>();
  manifest: DatasetManifest | undefined;
  root: Hash | undefined;
  readonly opened = new Map<string, Shares>();
  states: RunReply["state"][] = ["waiting", "running", "interrupted", "running", "done"];
  runExtras: Partial<RunReply> = {
    soundnessBits: 61.5,
    risk: { low: 0, expected: 0, high: 0.001 },
  };
  result: Shares | undefined;
  request: Envelope | undefined;
  descriptorChange: Partial<NodeDescriptor> = {};
  /** Called before each request: may answer in the node's place, or throw as a network does. */
  intercept: (method: string, path: string) => Response | undefined = () => undefined;

  constructor(index: PartyIndex, keys: NodeKeys) {
    this.index = index;
    this.keys = keys;
  }

  async fetch(url: string, { method, body }: HttpRequest): Promise<HttpReply> {
    const path = new URL(url).pathname;
    this.calls.push(`${method} ${path}`);
    const instead = this.intercept(method, path);
    if (instead !== undefined) return instead as unknown as HttpReply;
    const data = typeof body === "string" ? JSON.parse(body) : body;
    return (await this.#answer(method, path, data as never)) as unknown as HttpReply;
  }

  async #answer(method: string, path: string, body: never): Promise<Response> {
    const [, first, , third, ...rest] = path.split("/");
    if (path === "/descriptor") return Response.json({ descriptor: await this.descriptor() });
    if (path === "/offers") return Response.json({ offer: QUERY }, { status: 201 });
    if (path === "/runs") return this.#start(body);
    if (first === "runs" && third === "result") return this.#give(body);
    if (first === "runs") return Response.json(await this.#look());
    if (third === "manifest") return this.#admit(body);
    if (third === "parts") {
      this.chunks.set(rest.join("/"), Uint8Array.from(body as Uint8Array));
      return new Response(null, { status: 204 });
    }
    if (third === "commit" && method === "POST") return this.#commit();
    return problem(404, "not-found", `nothing is at ${path}`);
  }

  async descriptor(): Promise<Envelope> {
    const { signing, hpke } = this.keys;
    const descriptor: NodeDescriptor = {
      type: "urn:symbolon:statement:node-descriptor:v1",
      space: this.space.id,
      issuedAt: instantOf(NOW),
      node: this.index,
      name: `Node ${this.index}`,
      signingKey: toBase64(signing.publicKey),
      hpkeKey: toBase64(hpke.publicKey),
      hpkeKeyId: await sha256(hpke.publicKey),
      suites: [SEAL_SUITE],
      buildHash: BUILD,
      version: "0.1.0",
      evidence: [],
      ...this.descriptorChange,
    };
    return seal(descriptor, await signerOf(tools.signatures, signing));
  }

  async #admit({ manifest, offer }: { manifest: Envelope; offer: Envelope }) {
    const door = { space: this.space, signatures: tools.signatures, now: NOW };
    const admitted = await admitDataset(door, manifest, offer);
    this.manifest = admitted.manifest.statement;
    this.root = admitted.manifest.hash;
    const { dataset } = this.manifest;
    const present = [...this.chunks.keys()];
    return Response.json({ dataset, root: this.root, state: "uploading", present });
  }

  async #commit(): Promise<Response> {
    const manifest = this.manifest as DatasetManifest;
    for (const { table, column, nodes } of manifest.parts) {
      const words = columnLength(manifest.schema, table, column);
      const label = labelOf(manifest, table, column, this.index);
      const read = async (chunk: number) =>
        this.chunks.get(`${table}/${column}/${chunk}`) ?? new Uint8Array();
      const pieces: Uint8Array[] = [];
      const sealed = nodes[this.index];
      for await (const piece of openPart(tools.hpke, this.keys.hpke, label, words, sealed, read))
        pieces.push(piece);
      const whole = Buffer.concat(pieces);
      const head = headBytes(this.index);
      const seeds = Array.from({ length: head / SEED_BYTES }, (_, k) =>
        Uint8Array.from(whole.subarray(k * SEED_BYTES, (k + 1) * SEED_BYTES)),
      );
      const vector = new Uint32Array(Uint8Array.from(whole.subarray(head)).buffer);
      const part = new NodePart(this.index, seeds, vector);
      this.opened.set(`${table}.${column}`, await joinPart(part, words, tools.expand));
    }
    return Response.json({ receipt: await this.receipt({}) });
  }

  async receipt(change: object): Promise<Envelope> {
    const receipt = {
      type: "urn:symbolon:statement:receipt:v1",
      space: this.space.id,
      issuedAt: instantOf(NOW),
      node: this.index,
      provider: this.manifest?.provider,
      dataset: this.manifest?.dataset,
      root: this.root,
      ...change,
    };
    return seal(receipt, await signerOf(tools.signatures, this.keys.signing));
  }

  async #start({ request }: { request: Envelope }) {
    this.request = request;
    return Response.json({ run: await this.#run(), state: "waiting" }, { status: 202 });
  }

  async #run(): Promise<RunId> {
    const bytes = Buffer.from((this.request as Envelope).payload, "base64");
    return runIdOf(await sha256(bytes));
  }

  async #look(): Promise<RunReply> {
    const state = this.states.length > 1 ? this.states.shift() : this.states[0];
    return { run: await this.#run(), state: state as RunReply["state"], ...this.runExtras };
  }

  async #give({ request }: { request: Envelope }) {
    const { asker } = statementIn(request, "urn:symbolon:statement:result-request:v1");
    const asked = statementIn(this.request as Envelope, "urn:symbolon:statement:run-request:v1");
    const run = await this.#run();
    const label = { space: this.space.id, run, node: this.index, beneficiary: asker };
    const shares = this.result as Shares;
    return Response.json(await sealResult(tools.hpke, asked.resultKey, label, shares));
  }
}

export const columnLength = (schema: DatasetSchema, table: string, column: string): number => {
  const found = schema.tables.find(({ name }) => name === table);
  const spec = found?.columns.find(({ name }) => name === column);
  if (found === undefined || spec === undefined) throw new Error("no such column");
  return columnWords(found.rows, spec);
};

export const problem = (status: number, code: string, detail: string): Response =>
  new Response(
    JSON.stringify({ type: `urn:symbolon:problem:${code}`, detail, cure: "do this", status }),
    { status, headers: { "content-type": "application/problem+json" } },
  );

export interface FakeWorld {
  readonly nodes: readonly [FakeNode, FakeNode, FakeNode];
  readonly space: Space;
  readonly clients: Clients;
  readonly clock: ReturnType<typeof standingClock>;
  readonly shelter: Identity;
  readonly police: Identity;
}

/** Three honest nodes, a shelter and a police unit. */
export async function fakeWorld(options: Partial<ClientOptions> = {}): Promise<FakeWorld> {
  const newNode = async (index: PartyIndex) =>
    new FakeNode(index, {
      signing: await tools.newSigningKeys(),
      hpke: await tools.hpke.generateKeyPair(),
    });
  const nodes = [await newNode(0), await newNode(1), await newNode(2)] as const;
  const shelter = await createIdentity(tools, "shelter" as MemberId);
  const police = await createIdentity(tools, "police" as MemberId);
  const entry = ({ index, keys }: FakeNode) => ({
    index,
    name: `Node ${index}`,
    api: `https://node${index}.example`,
    peer: `node${index}.example:7444`,
    signingKey: toBase64(keys.signing.publicKey),
    certificate: `certificate ${index}`,
    ca: "ca",
  });
  const space: Space = {
    version: 1,
    id: "north" as SpaceId,
    name: "The north",
    nodes: [entry(nodes[0]), entry(nodes[1]), entry(nodes[2])],
    members: [memberCard(shelter, "Shelter", "ngo"), memberCard(police, "Police", "police")],
    builds: [BUILD],
  };
  const clock = standingClock();
  const client = (node: FakeNode) => {
    node.space = space;
    const fetch = (url: string, request: HttpRequest) => node.fetch(url, request);
    return new NodeClient(space.nodes[node.index], { fetch, clock, ...options });
  };
  const clients = [client(nodes[0]), client(nodes[1]), client(nodes[2])] as const;
  return { nodes, space, clients, clock, shelter, police };
}

export const DATASET = "shelter-2026" as DatasetId;

/** A small dataset of every column kind, with values that follow from their places. */
export function smallDataset() {
  const schema: DatasetSchema = {
    version: 1,
    layout: "persons-v1",
    tables: [
      {
        name: "persons",
        rows: 512,
        columns: [
          { name: "content", kind: "linkage-vector", sharing: "arithmetic", width: 1_024 },
          { name: "present", kind: "presence", sharing: "arithmetic", width: 3 },
          { name: "real", kind: "row-bit", sharing: "boolean", width: 1 },
          { name: "sex", kind: "code", sharing: "arithmetic", width: 1 },
          { name: "identifier-key", kind: "key", sharing: "boolean", width: 64 },
        ],
      },
      {
        name: "events",
        rows: 256,
        columns: [
          { name: "parent", kind: "parent", sharing: "arithmetic", width: 1 },
          { name: "means", kind: "code-set", sharing: "boolean", width: 20 },
        ],
      },
    ],
  };
  const values = new Map<string, Uint32Array>();
  for (const { name: table, rows, columns } of schema.tables)
    for (const spec of columns) {
      const length = columnWords(rows, spec);
      const column = Uint32Array.from({ length }, (_, k) => Math.imul(k + length, 2_654_435_761));
      values.set(`${table}.${spec.name}`, column);
    }
  const calibration = {
    thresholds: [],
    missLow: [],
    missExpected: [],
    missHigh: [],
    presence: [],
  };
  return { id: DATASET, epoch: 0, schema, values, calibration };
}
