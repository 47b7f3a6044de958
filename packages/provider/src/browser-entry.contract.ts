import { fromBase64, toBase64 } from "@symbolon/base/bytes";
import type { DatasetId, MemberId } from "@symbolon/base/id";
import { toDataset } from "@symbolon/case-data/encode/dataset";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { readPersons } from "@symbolon/case-data/intake/persons";
import { wordsFrom } from "@symbolon/case-data/random";
import type { Envelope } from "@symbolon/governance/envelope";
import { openResult } from "@symbolon/governance/sealed-result";
import type { Space } from "@symbolon/governance/space";
import { joinPart, splitColumn } from "@symbolon/mpc/sharing/split";
import { webToolbox as tools } from "./crypto/web.js";
import { checkDescriptors } from "./descriptor-check.js";
import { createIdentity, exportIdentity } from "./identity.js";
import { chunkName, memorySpool } from "./spool.js";
import { chunksFor, type OfferTerms, prepareSubmission } from "./submission.js";

/** What a page does with a case file; a test calls it in a browser and looks at what comes out. */

export interface PageInput {
  readonly csv: string;
  readonly space: Space;
  readonly envelopes: readonly [Envelope, Envelope, Envelope];
  readonly now: number;
  readonly terms: OfferTerms;
}

export interface PageOutput {
  readonly identity: string;
  readonly manifest: Envelope;
  readonly offer: Envelope;
  readonly chunks: readonly (readonly [name: string, base64: string])[];
  /** The column values in the clear, which only a test may see. */
  readonly values: readonly (readonly [name: string, words: readonly number[]])[];
}

async function prepare(input: PageInput): Promise<PageOutput> {
  const { csv, space, envelopes, now, terms } = input;
  const trust = { space, signatures: tools.signatures, now };
  const descriptors = await checkDescriptors(trust, envelopes);
  const { persons } = readPersons(new TextEncoder().encode(csv));
  const { schema, values } = toDataset(persons, personLayout(512), wordsFrom(tools.random));
  const identity = await createIdentity(tools, "shelter" as MemberId);
  const calibration = {
    thresholds: [],
    missLow: [],
    missExpected: [],
    missHigh: [],
    presence: [],
  };
  const dataset = { id: "shelter-2026" as DatasetId, epoch: 0, schema, values, calibration };
  const context = { tools, identity, space, descriptors, now };
  const submission = await prepareSubmission(context, dataset, terms, memorySpool());
  const chunks: [string, string][] = [];
  for (const node of [0, 1, 2] as const)
    for await (const { table, column, chunk, bytes } of chunksFor(submission, node))
      chunks.push([chunkName(node, table, column, chunk), toBase64(bytes)]);
  return {
    identity: exportIdentity(identity),
    manifest: submission.manifest,
    offer: submission.offer,
    chunks,
    values: [...values].map(([name, words]) => [name, Array.from(words)]),
  };
}

/** Splits in the browser; the parts' words go out for the test to combine. */
async function split(words: readonly number[], seeds: readonly [string, string]) {
  const [s0, s1] = seeds.map((seed) => fromBase64(seed) as Uint8Array);
  const parts = await splitColumn(Uint32Array.from(words), "arithmetic", [s0, s1], tools.expand);
  const shares = await Promise.all(parts.map((part) => joinPart(part, words.length, tools.expand)));
  return shares.map(({ own, next }) => ({ own: Array.from(own), next: Array.from(next) }));
}

/** Opens a node's sealed result with the page's own key. */
async function open(
  keys: readonly [privateKey: string, publicKey: string],
  ...[label, result]: [Parameters<typeof openResult>[2], Parameters<typeof openResult>[3]]
) {
  const [privateKey, publicKey] = keys.map((key) => fromBase64(key) as Uint8Array);
  const { own } = await openResult(tools.hpke, { privateKey, publicKey }, label, result);
  return Array.from(own);
}

export const page = { prepare, split, open };
Object.assign(globalThis, { page });
