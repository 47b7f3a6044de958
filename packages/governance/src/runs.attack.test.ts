import type { DatasetId, MemberId, SpaceId } from "@symbolon/base/id";
import { afterAll, describe, expect, it } from "vitest";
import type { ConsentTerms } from "./acts/consent.js";
import type { UseRequest } from "./acts/run.js";
import { type Case, decide, type HeldDataset } from "./decide.js";
import { statementHash } from "./envelope.js";
import {
  at,
  manifestOf,
  NOW,
  OTHER_HASH,
  offerOf,
  schema,
  signatures,
  signed,
  space,
} from "./fixture.contract.js";
import { foldUnlogged } from "./fold-log.js";
import { instantOf } from "./instant.js";
import {
  add,
  ask,
  carry,
  type Founding,
  founded,
  type LogWriter,
  logCase,
  offerIn,
  signedAs,
  termsOf,
  useCaseOf,
} from "./log-fixture.contract.js";
import type { RefusalCode } from "./refusal.js";
import { genesisOf } from "./space-state.js";

/** Runs that somebody wants who may not: each node alone refuses, and says why. */

interface Attempt {
  /** What was founded in another way. */
  readonly founding?: Founding;
  /** Terms that the shelter offered afterwards, and the police agreed to. */
  readonly terms?: Partial<ConsentTerms>;
  readonly before?: (log: LogWriter) => Promise<unknown>;
  readonly request?: Partial<UseRequest>;
  readonly after?: (log: LogWriter) => Promise<unknown>;
  readonly about?: (about: Case) => Partial<Case>;
}

const grant = (log: LogWriter, request: UseRequest["useCase"], node = 0) =>
  add(log, "run-granted:v2", { node, request, consents: [log.hash("offer")] }, `node${node}`);
const hours = (count: number) => (it: Case) => ({ now: it.now + count * 3_600_000 });
const params = { pick: 5, threshold: 700, dedupThreshold: 800, overlap: 0.8 };
const retract = (log: LogWriter) => offerIn(log, { terms: { runsMax: 0 }, without: ["agreement"] });
const withdraw = (log: LogWriter) =>
  add(log, "withdrawal:v1", { provider: "shelter", dataset: "shelter-list" }, "shelter");
const veto = async (log: LogWriter) =>
  add(log, "veto:v1", { provider: "shelter", request: log.hash("request") }, "shelter");
const leave = (name: string) => (log: LogWriter) =>
  add(log, "departure:v1", { member: name }, name === "police" ? "police-admin" : name);
const bury = (log: LogWriter) => {
  const says = { node: 2, dataset: "shelter-list", root: log.hash("shelter root") };
  return add(log, "tombstone:v1", says, "node2");
};
const twoQueries = [...useCaseOf().queries, { query: OTHER_HASH, params: [] }];
const renew = async (log: LogWriter) => {
  const says = useCaseOf({ version: 2 });
  const about = await log.add({ name: "use case", says, by: ["passkey:police-2"] });
  await carry(log, about, about, ["shelter", "helpline"]);
};
/** All nodes have the shelter's data under other names. */
const receiptsFor = (provider: string, dataset: string): Attempt => ({
  founding: { without: [0, 1, 2].map((node) => `receipt ${node} of shelter`) },
  before: async (log) => {
    const says = { provider, dataset, root: log.hash("shelter root") };
    for (const node of [0, 1, 2]) await add(log, "receipt:v1", { node, ...says }, `node${node}`);
  },
});
const none = { classes: ["ngo"], members: [] } as const;
const others = (direction: "all") => (it: Case) => ({
  queries: it.queries.map((query) => ({ ...query, direction })),
});

const ATTEMPTS: readonly [string, RefusalCode, Attempt][] = [
  ["without consent", "NO_OFFER", { founding: { without: ["offer"] } }],
  ["on terms that it has not agreed to", "NOT_AGREED", { founding: { without: ["agreement"] } }],
  ["on a consent that was taken back", "RUNS_USED_UP", { before: retract }],
  ["on a consent that was taken back after it asked", "RUNS_USED_UP", { after: retract }],
  [
    "on a consent that has expired",
    "OFFER_EXPIRED",
    { founding: { terms: { expires: instantOf(NOW) } }, about: hours(12) },
  ],
  [
    "on an offer for another query",
    "OTHER_QUERY",
    { founding: { useCase: { queries: twoQueries }, terms: { query: OTHER_HASH } } },
  ],
  ["on an offer for an older use case", "OTHER_USE_CASE", { before: renew }],
  ["on an offer for others", "OTHER_BENEFICIARY", { founding: { terms: { beneficiaries: none } } }],
  [
    "for a use case that is for others",
    "OTHER_BENEFICIARY",
    { founding: { useCase: { beneficiaries: none } } },
  ],
  ["for another purpose than it asks for", "OTHER_PURPOSE", { request: { purpose: "statistics" } }],
  ["for another purpose than was offered", "OTHER_PURPOSE", { terms: { purpose: "statistics" } }],
  ["reading a column that was not offered", "OTHER_FIELDS", { terms: { fields: ["content"] } }],
  [
    "reading a column that the use case does not have",
    "OTHER_FIELDS",
    { founding: { useCase: { data: { layout: schema.layout, fields: ["real"] } } } },
  ],
  [
    "on data that are encoded in another way",
    "LAYOUT_MISMATCH",
    { founding: { useCase: { data: { layout: "other", fields: ["content", "real"] } } } },
  ],
  [
    "with a value below its bound",
    "BAD_PARAMS",
    { request: { params: { ...params, threshold: 599 } } },
  ],
  [
    "with a value above its bound",
    "BAD_PARAMS",
    { request: { params: { ...params, threshold: 901 } } },
  ],
  [
    "with a parameter that nobody named",
    "BAD_PARAMS",
    { request: { params: { ...params, more: 1 } } },
  ],
  ["that tells others as well", "OTHER_DIRECTION", { about: others("all") }],
  ["of a query that is not approved", "QUERY_NOT_APPROVED", { founding: { without: ["query"] } }],
  ["of a query that nobody knows", "UNKNOWN_QUERY", { request: { query: OTHER_HASH } }],
  [
    "under a use case that is not approved",
    "USE_CASE_UNKNOWN",
    { request: { useCase: OTHER_HASH } },
  ],
  ["beyond its budget", "BUDGET_SPENT", { founding: { useCase: { budget: { runsPerEpoch: 0 } } } }],
  [
    "again, when a node has begun it",
    "ALREADY_ANSWERED",
    {
      before: async (log) => grant(log, await ask(log)),
      request: { nonce: "11".repeat(16) },
    },
  ],
  [
    "more often than was offered, even if one node alone says so",
    "RUNS_USED_UP",
    {
      founding: { terms: { runsMax: 1 } },
      before: async (log) => grant(log, await ask(log), 2),
      request: { nonce: "11".repeat(16) },
    },
  ],
  ["that a provider stopped", "VETOED", { after: veto }],
  [
    "before the charter's time to stop it is over",
    "VETO_OPEN",
    { founding: { charter: { vetoHours: 2 } }, about: hours(1.9) },
  ],
  [
    "before the provider's time is over",
    "VETO_OPEN",
    { terms: { vetoHours: 2 }, about: hours(1.9) },
  ],
  ["that it asked for three days ago, and saved up", "REQUEST_TOO_OLD", { about: hours(72.1) }],
  ["on a dataset that was taken back", "DATASET_WITHDRAWN", { before: withdraw }],
  ["on a dataset that was taken back after it asked", "DATASET_WITHDRAWN", { after: withdraw }],
  ["on a dataset that a node has deleted", "DATASET_DELETED", { after: bury }],
  [
    "on a dataset that a node does not have",
    "NOT_LOGGED",
    { founding: { without: ["receipt 1 of shelter"] } },
  ],
  [
    "on a dataset that no node has",
    "NOT_LOGGED",
    { founding: { without: [0, 1, 2].map((node) => `receipt ${node} of shelter`) } },
  ],
  [
    "on a dataset that the nodes have as another's",
    "NOT_LOGGED",
    receiptsFor("helpline", "shelter-list"),
  ],
  [
    "on a dataset that the nodes have as another",
    "NOT_LOGGED",
    receiptsFor("shelter", "other-list"),
  ],
  [
    "of a query that the use case does not have",
    "OTHER_USE_CASE",
    {
      founding: {
        useCase: { queries: [{ query: OTHER_HASH, params: [] }] },
        without: ["offer"],
      },
    },
  ],
  ["of a member that has left", "UNKNOWN_MEMBER", { after: leave("police") }],
  ["on the data of a member that has left", "NO_OFFER", { after: leave("shelter") }],
  ["that is not in the log", "NOT_LOGGED", { after: (log) => Promise.resolve(log.entries.pop()) }],
  [
    "of a list that is not its own",
    "NOT_YOURS",
    { request: { ours: "theirs" as never, theirs: "ours" as never } },
  ],
  [
    "naming a data space that the node does not serve",
    "UNKNOWN_SPACE",
    {
      request: {
        theirs: [{ space: "south" as SpaceId, dataset: "x" as DatasetId, root: OTHER_HASH }],
      },
    },
  ],
];

/** What each node says to an attempt. */
async function judge({ founding, terms, before, request, after, about }: Attempt) {
  const log = await founded(founding);
  if (terms) await offerIn(log, { terms });
  await before?.(log);
  const [ours, theirs] = [log.hash("police root"), log.hash("shelter root")];
  const swapped = request?.ours === ("theirs" as never) && {
    ours: { space: space.id, dataset: "shelter-list" as DatasetId, root: theirs },
    theirs: [{ space: space.id, dataset: "police-list" as DatasetId, root: ours }],
  };
  await ask(log, { ...request, ...swapped });
  const envelope = log.envelopes[log.envelopes.length - 1];
  await after?.(log);
  const its = { ...(await logCase(log)), request: envelope };
  return decide({ ...its, ...about?.(its) });
}

const tally = { refused: 0, of: 0 };
afterAll(() => {
  process.stdout.write(`runs that may not be: ${tally.refused} of ${tally.of} refused\n`);
});

describe("a run", { timeout: 120_000 }, () => {
  it("is allowed where nothing is wrong, also later and with more offered", async () => {
    expect(await judge({})).toMatchObject({ allow: true });
    expect(await judge({ about: hours(24) })).toMatchObject({ allow: true });
    expect(await judge({ terms: { runsMax: 9, direction: "all" } })).toMatchObject({ allow: true });
    expect(await judge({ terms: { vetoHours: 2 }, about: hours(2.1) })).toMatchObject({
      allow: true,
    });
  });

  it("is not held up by the terms of others, or by terms that nobody agreed to", async () => {
    const before = async (log: LogWriter) => {
      const terms = termsOf(log.hash("use case"), { vetoHours: 500 });
      const own = { provider: "helpline", dataset: "shelter-list", terms, answers: null };
      await add(log, "offer:v2", own, "helpline");
      const beneficiaries = { classes: [], members: ["police" as MemberId] };
      const asked = { by: "police", offer: log.hash("offer"), terms: { ...terms, beneficiaries } };
      await add(log, "counter-offer:v1", asked, "passkey:police-1");
    };
    expect(await judge({ before })).toMatchObject({ allow: true });
  });

  it.each(ATTEMPTS)("%s: %s", async (_, code, attempt) => {
    tally.of += 1;
    const decision = await judge(attempt);
    expect(decision).toMatchObject({ allow: false, refuse: code });
    if (decision.allow) return;
    expect(decision.reason.length * decision.cure.length).toBeGreaterThan(0);
    tally.refused += 1;
  });
});

/** Data of a second space, which has no charter: the shelter's offer there suffices. */
async function acrossSpaces(changes: {
  readonly offered?: boolean;
  readonly members?: string[];
  /** The space that the request names for the data. */
  readonly named?: SpaceId;
}) {
  const south = "south" as SpaceId;
  const members = space.members.filter(({ id }) => changes.members?.includes(id) ?? true);
  const offer = await signed(offerOf("shelter", { space: south }), "shelter");
  const file = { ...space, id: south, members };
  const genesis = await genesisOf(file);
  const offers = changes.offered === false ? [] : [offer];
  const state = await foldUnlogged(signatures, genesis, offers);
  const about = { space: south, dataset: "shelter-list" as DatasetId, issuedAt: at(-50) };
  const manifest = await signed(await manifestOf("shelter", OTHER_HASH, about), "shelter");
  const root = await statementHash(manifest);
  const log = await founded();
  log.ms = Date.parse(at(-1));
  await ask(log, { theirs: [{ space: changes.named ?? south, dataset: about.dataset, root }] });
  const its = await logCase(log);
  const held: HeldDataset = { manifest, complete: true, inputCheck: "passed" };
  const datasets = new Map(its.datasets).set(about.dataset, held);
  return decide({ ...its, datasets, spaces: new Map(its.spaces).set(south, { state }) });
}

describe("a run over two data spaces", () => {
  it("is judged by both charters where both have one", async () => {
    const log = await founded();
    const request = await ask(log);
    const its = await logCase(log);
    const [view] = its.spaces.values();
    const south = "south" as SpaceId;
    const { statement } = view.state.requests.get(request)!;
    const asked = { ...statement, theirs: [{ ...statement.theirs[0], space: south }] };
    const other = { ...view, state: { ...view.state, space: south } };
    const rest = [...view.state.members].filter(([id]) => id !== "police");
    const without = { ...other, state: { ...other.state, members: new Map(rest) } };
    const envelope = await signedAs(asked, ["police", "police-admin"]);
    const hash = await statementHash(envelope);
    const judged = (second: typeof other) => {
      const spaces = [view, second].map((it) => {
        const requests = new Map(it.state.requests);
        requests.set(hash, requests.get(request)!);
        return [it.state.space, { ...it, state: { ...it.state, requests } }] as const;
      });
      return decide({ ...its, request: envelope, spaces: new Map(spaces) });
    };
    // The manifest is north's: that far it gets only where the police are a member of both.
    expect(await judged(other)).toMatchObject({ refuse: "WRONG_SPACE" });
    expect(await judged(without)).toMatchObject({ refuse: "OTHER_BENEFICIARY" });
  });

  it("is judged by the rules of each", async () => {
    expect(await acrossSpaces({})).toMatchObject({ allow: true });
    expect(await acrossSpaces({ offered: false })).toMatchObject({ refuse: "NO_OFFER" });
    const members = ["shelter", "helpline"] as MemberId[];
    expect(await acrossSpaces({ members })).toMatchObject({ refuse: "NO_OFFER" });
    expect(await acrossSpaces({ named: space.id })).toMatchObject({ refuse: "WRONG_SPACE" });
  });
});
