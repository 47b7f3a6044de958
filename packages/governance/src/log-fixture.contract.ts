import type { DatasetId, MemberId, PartyIndex } from "@symbolon/base/id";
import type { Charter } from "./acts/charter.js";
import type { ConsentTerms, TermsOffer } from "./acts/consent.js";
import { fingerprintOf, type Identity, type MemberKey, type Role } from "./acts/identity.js";
import type { SpacedRef, UseRequest } from "./acts/run.js";
import type { UseCase } from "./acts/use-case.js";
import type { Case, HeldDataset } from "./decide.js";
import { headPolicy } from "./decide-charter.js";
import { type Envelope, seal, statementHash, withSignature } from "./envelope.js";
import {
  caseOf,
  keyOf,
  keysOf,
  manifestOf,
  NOW,
  OTHER_HASH,
  QUERY,
  SPACE,
  schema,
  signatures,
  signer,
  space,
} from "./fixture.contract.js";
import { type Folded, foldLog } from "./fold-log.js";
import type { Hash } from "./hash.js";
import { instantOf } from "./instant.js";
import { formatCheckpoint } from "./log/checkpoint.js";
import { type Frontier, frontierRoot } from "./log/frontier.js";
import { formatNote } from "./log/note.js";
import { type NoteSigner, signNote } from "./log/note-key.js";
import { entryBytes } from "./log-entry.js";
import { PORTAL, passkeyOf } from "./passkey-fixture.contract.js";
import { genesisOf, type HeadKeys, type SpaceState } from "./space-state.js";
import type { AnyStatement } from "./statement.js";

/** A data space that was founded in its log, step by step, up to a run that is allowed. */

export const EXPLANATION = OTHER_HASH;
export const LOG = "north.example/log";
const MINUTE = 60_000;
/** When the space was founded. */
export const FOUNDED = NOW - 600 * MINUTE;

export const ref = (dataset: string, root: Hash): SpacedRef => ({
  ...{ space: SPACE, dataset: dataset as DatasetId, root },
});

export const member = (name: string): MemberId => name as MemberId;

/** Signs as all of these: `passkey:` before a name stands for its passkey. */
export async function signedAs(statement: object, by: readonly string[]): Promise<Envelope> {
  let envelope: Envelope | undefined;
  for (const name of by) {
    const [, person] = /^passkey:(.*)$/.exec(name) ?? [];
    const one =
      person === undefined
        ? (await seal(statement, await signer(name))).signatures[0]
        : await passkeyOf(person).signStatement(statement);
    envelope = envelope
      ? withSignature(envelope, one)
      : { ...(await seal(statement, await signer("nobody"))), signatures: [one] };
  }
  return envelope as Envelope;
}

/** One entry to come: what it says and who signs. Space and time are filled in. */
export interface Step {
  readonly name: string;
  readonly says: Readonly<Record<string, unknown>>;
  readonly by: readonly string[];
}

/** A log being written, a minute between entries. */
export class LogWriter {
  readonly entries: Uint8Array[] = [];
  readonly envelopes: Envelope[] = [];
  /** The hash of each step's statement, by the step's name. */
  readonly hashes = new Map<string, Hash>();
  ms = FOUNDED;

  async add({ name, says, by }: Step): Promise<Hash> {
    this.ms += MINUTE;
    const at = instantOf(this.ms);
    const type = `urn:symbolon:statement:${says["type"]}`;
    const isOurs = !type.includes(":identity:");
    const statement = { ...(isOurs && { space: SPACE }), issuedAt: at, ...says, type };
    const envelope = await signedAs(statement, by);
    this.entries.push(entryBytes({ at, envelope }));
    this.envelopes.push(envelope);
    const hash = await statementHash(envelope);
    this.hashes.set(name, hash);
    return hash;
  }

  hash(name: string): Hash {
    const found = this.hashes.get(name);
    if (found === undefined) throw new Error(`no step ${name}`);
    return found;
  }

  #folded: Folded | undefined;

  /** What the log says; what was folded before is not folded again. */
  async fold(): Promise<Folded> {
    const before = this.#folded ?? { state: await genesisOf(space), refused: [] };
    const more = this.entries.slice(before.state.frontier.size);
    const { state, refused } = await foldLog(signatures, before.state, more);
    this.#folded = { state, refused: [...before.refused, ...refused] };
    return this.#folded;
  }

  /** What other entries would say. */
  async refold(entries: readonly Uint8Array[]): Promise<SpaceState> {
    return (await foldLog(signatures, await genesisOf(space), entries)).state;
  }

  /** The same log, to be continued in another way. */
  fork(): LogWriter {
    const other = new LogWriter();
    other.entries.push(...this.entries);
    other.envelopes.push(...this.envelopes);
    for (const [name, hash] of this.hashes) other.hashes.set(name, hash);
    other.ms = this.ms;
    other.#folded = this.#folded;
    return other;
  }
}

const key = (name: string, roles: readonly Role[]): MemberKey => ({
  ...{ suite: "ed25519", key: keyOf(name), roles },
});
const passkey = (name: string, roles: readonly Role[]): MemberKey => ({
  ...passkeyOf(name).publicKey,
  roles,
});

/** The police's keys after the first change: a machine, and three people. */
export const policeKeys: readonly MemberKey[] = [
  key("police", ["data", "ask"]),
  key("police-admin", ["admin", "approve", "ask"]),
  passkey("police-1", ["admin", "approve"]),
  passkey("police-2", ["admin", "approve"]),
];

export async function policeIdentity(changes: Partial<Identity> = {}) {
  const genesis = await genesisOf(space);
  return {
    ...{ type: "identity:v1", member: "police", sequence: 1, keys: policeKeys, twoPerson: [] },
    previous: genesis.members.get(member("police"))?.identity,
    sealingKey: keyOf("police-seal"),
    ...changes,
  };
}

export async function charterOf(changes: Partial<Charter> = {}) {
  const all = { members: "all", nodes: 3 } as const;
  const half = { members: "half", nodes: 0 } as const;
  const nodes = space.nodes.map((node) => ({ ...node, headKey: keyOf(`head${node.index}`) }));
  return {
    ...{ type: "charter:v1", by: "shelter", previous: (await genesisOf(space)).genesis },
    ...{ name: "The north", log: LOG, nodes, classes: ["ngo", "police"] },
    rules: {
      ...{ charter: all, enrolment: all, recovery: half, removal: half, node: all },
      ...{ software: { members: "none", nodes: 3 } as const, "use-case": all, query: all },
    },
    twoPerson: [{ class: "police", roles: ["ask"] }],
    passkeys: [PORTAL],
    ...{ epochHours: 720, vetoHours: 0, quorum: 1, builds: [OTHER_HASH] },
    witnesses: [
      { member: "helpline", headKey: keyOf("head-helpline") },
      { member: "shelter", headKey: keyOf("head-shelter") },
    ],
    ...changes,
  };
}

export const useCaseOf = (changes: Partial<UseCase> = {}) => ({
  ...{ type: "use-case:v1", by: "police", name: "missing-persons", version: 1 },
  ...{ title: "Missing persons", purpose: "search", legalBasis: "Police act, article 8" },
  data: { layout: schema.layout, fields: ["content", "real"] },
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
  assessment: "Necessary, since no other means finds them.\nRisk: a false match.",
  ...changes,
});

export const termsOf = (useCase: Hash, changes: Partial<ConsentTerms> = {}): ConsentTerms => ({
  ...{ query: QUERY, useCase, beneficiaries: { classes: ["police"], members: [] } },
  ...{ fields: ["content", "real"], purpose: "search", direction: "asker" },
  ...{ expires: instantOf(NOW + 30 * 24 * 60 * MINUTE), riskMax: 0.001, overlapMin: 0.5 },
  ...{ runsMax: 2, vetoHours: 0 },
  ...changes,
});

export const requestIn = (log: LogWriter, changes: Partial<UseRequest> = {}) => ({
  ...{ type: "run-request:v2", asker: "police", query: QUERY, useCase: log.hash("use case") },
  purpose: "search",
  params: { pick: 5, threshold: 700, dedupThreshold: 800, overlap: 0.8 },
  ours: ref("police-list", log.hash("police root")),
  theirs: [ref("shelter-list", log.hash("shelter root"))],
  nonce: "00112233445566778899aabbccddeeff",
  resultKey: keyOf("result"),
  ...changes,
});

/** Yes from these members and from all nodes. */
export async function carry(log: LogWriter, about: Hash, shown: Hash, members: readonly string[]) {
  const vote = { about, shown, verdict: "yes" };
  for (const by of members) {
    const hand = by === "police" && log.hashes.has("police identity") ? "passkey:police-1" : by;
    await log.add({
      name: `${by} on ${about}`,
      says: { type: "approval:v1", by, ...vote },
      by: [hand],
    });
  }
  for (const node of [0, 1, 2])
    await log.add({
      name: `node ${node} on ${about}`,
      says: { type: "node-approval:v1", node, ...vote },
      by: [`node${node}`],
    });
}

/** Changes to single steps of the founding, by their names. */
export interface Founding {
  readonly charter?: Partial<Charter>;
  readonly useCase?: Partial<UseCase>;
  readonly terms?: Partial<ConsentTerms>;
  readonly offer?: Partial<TermsOffer>;
  /** Steps that are left out. */
  readonly without?: readonly string[];
  readonly manifests?: readonly [Envelope, Envelope];
}

let first: Promise<LogWriter> | undefined;

/** Founded, with everything that a run needs but the request. */
export async function founded(changes?: Founding): Promise<LogWriter> {
  if (changes !== undefined) return found(changes);
  first ??= found({}).then(async (log) => {
    await log.fold();
    return log;
  });
  return (await first).fork();
}

async function found(changes: Founding): Promise<LogWriter> {
  const log = new LogWriter();
  const has = (step: string): boolean => !changes.without?.includes(step);
  const charter = await log.add({
    ...{ name: "charter", says: await charterOf(changes.charter), by: ["shelter"] },
  });
  await carry(log, charter, charter, ["police", "helpline"]);
  await log.add({
    name: "police identity",
    says: await policeIdentity(),
    by: ["police", "police-admin"],
  });
  if (has("query")) {
    const about = { by: "helpline", name: "not-on-list", query: QUERY, explanation: EXPLANATION };
    const query = await log.add({
      ...{ name: "query", says: { type: "query-proposal:v1", ...about }, by: ["helpline"] },
    });
    await carry(log, query, EXPLANATION, ["police", "shelter"]);
  }
  const useCase = await log.add({
    ...{ name: "use case", says: useCaseOf(changes.useCase), by: ["passkey:police-2"] },
  });
  if (has("use case")) await carry(log, useCase, useCase, ["shelter", "helpline"]);
  const manifests = changes.manifests ?? (await manifestsOf());
  for (const [k, provider] of (["police", "shelter"] as const).entries()) {
    const root = await statementHash(manifests[k]);
    log.hashes.set(`${provider} root`, root);
    for (const node of [0, 1, 2] as PartyIndex[]) {
      const name = `receipt ${node} of ${provider}`;
      const says = { type: "receipt:v1", node, provider, dataset: `${provider}-list`, root };
      if (has(name)) await log.add({ name, says, by: [`node${node}`] });
    }
  }
  if (has("offer")) await offerIn(log, changes);
  return log;
}

/** The shelter offers, the police agree. */
export async function offerIn(log: LogWriter, changes: Founding = {}): Promise<Hash> {
  const terms = termsOf(log.hash("use case"), changes.terms);
  const about = { provider: "shelter", dataset: "shelter-list", terms, answers: null };
  const says = { type: "offer:v2", ...about, ...changes.offer };
  const offer = await log.add({ name: "offer", says, by: ["shelter"] });
  if (!changes.without?.includes("agreement"))
    await log.add({
      name: "agreement",
      says: { type: "agreement:v1", by: "police", about: offer },
      by: ["passkey:police-1"],
    });
  return offer;
}

export async function manifestsOf(): Promise<readonly [Envelope, Envelope]> {
  const make = async (provider: string) =>
    signedAs((await manifestOf(provider, OTHER_HASH)) as AnyStatement, [provider]);
  return [await make("police"), await make("shelter")];
}

/** Asks, with both of the police's keys for it. */
export const ask = (log: LogWriter, changes: Partial<UseRequest> = {}): Promise<Hash> =>
  log.add({ name: "request", says: requestIn(log, changes), by: ["police", "police-admin"] });

export const headSigner = async (name: string, keys: HeadKeys, at: number | MemberId) => {
  const policy = await headPolicy(keys);
  const found =
    typeof at === "number"
      ? policy.nodes[at]
      : policy.witnesses.find((it) => it.name === `${keys.log}/${at}`);
  const { privateKey } = keysOf(name);
  const sign = (message: Uint8Array) => signatures.sign(privateKey, message);
  return { key: found, sign } as NoteSigner;
};

/** The head of a log, signed by these: node numbers and members. */
export async function headOf(
  frontier: Frontier,
  keys: HeadKeys,
  by: readonly (number | string)[] = [0, 1, 2, "helpline"],
): Promise<string> {
  const root = await frontierRoot(frontier);
  const about = { origin: keys.log, size: frontier.size, root, extensions: [] };
  const text = formatCheckpoint(about);
  const lines = by.map(async (who) => {
    const name = typeof who === "number" ? `head${who}` : `head-${who}`;
    const one = await headSigner(name, keys, who as number);
    return signNote(text, one, typeof who === "number" ? undefined : NOW / 1_000);
  });
  return formatNote({ text, signatures: await Promise.all(lines) });
}

/** The case of the last request in a log, as each node judges it. */
export async function logCase(
  log: LogWriter,
  changes: Partial<Case> & {
    readonly state?: SpaceState;
    readonly signedBy?: readonly (number | string)[];
    readonly manifests?: readonly [Envelope, Envelope];
    readonly head?: string;
  } = {},
): Promise<Case> {
  const { state = (await log.fold()).state, signedBy, manifests, head: given, ...rest } = changes;
  const [police, shelter] = manifests ?? (await manifestsOf());
  const head = given ?? (state.heads && (await headOf(state.frontier, state.heads, signedBy)));
  const whole = { complete: true, inputCheck: "passed" } as const;
  const base = await caseOf();
  const datasets = new Map<DatasetId, HeldDataset>([
    ["police-list" as DatasetId, { manifest: police, ...whole }],
    ["shelter-list" as DatasetId, { manifest: shelter, ...whole }],
  ]);
  return {
    ...{ signatures, queries: base.queries, risk: base.risk, datasets, now: log.ms + MINUTE },
    spaces: new Map([[SPACE, { state, ...(head !== undefined && { head }) }]]),
    request: log.envelopes[log.envelopes.length - 1],
    used: { runs: new Map(), answered: new Set() },
    ...rest,
  };
}

export const harbour = {
  suite: "ed25519",
  key: keyOf("harbour"),
  roles: ["admin", "data", "approve"],
};

/** A newcomer publishes its keys and applies. */
export async function apply(log: LogWriter, changes: object = {}, keys: object[] = [harbour]) {
  const own = { type: "identity:v1", member: "harbour", sequence: 0, previous: null, keys };
  const identity = await log.add({
    name: "newcomer",
    says: { ...own, twoPerson: [], sealingKey: keyOf("harbour-seal") },
    by: ["harbour"],
  });
  const about = { member: "harbour", identity, name: "Harbour", class: "ngo", ...changes };
  return log.add({
    ...{ name: "application", says: { type: "application:v1", ...about }, by: ["harbour"] },
  });
}

/** The shelter vouches for it. */
export const vouch = (
  log: LogWriter,
  application: Hash,
  fingerprint = fingerprintOf(application),
) =>
  log.add({
    name: "enrolment",
    says: { type: "enrolment:v1", by: "shelter", application, fingerprint },
    by: ["shelter"],
  });

export const add = (log: LogWriter, type: string, says: object, ...by: string[]) =>
  log.add({ name: type, says: { ...(OF_RUNS.has(type) && NO_LEDGER), ...says, type }, by });

const OF_RUNS = new Set(["run-granted:v2", "run-ended:v2"]);
/** Said by a node in whose ledger nothing stands. */
const NO_LEDGER = { ledger: { size: 0, root: "0".repeat(64) } };
