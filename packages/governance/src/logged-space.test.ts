import { describe, expect, it } from "vitest";
import { admitDataset } from "./admit.js";
import { directoryIn } from "./author.js";
import { decide } from "./decide.js";
import { statementHash } from "./envelope.js";
import { manifestOf, NOW, OTHER_HASH, QUERY, signatures, space } from "./fixture.contract.js";
import { instantOf } from "./instant.js";
import {
  add,
  ask,
  charterOf,
  founded,
  LogWriter,
  logCase,
  signedAs,
  termsOf,
} from "./log-fixture.contract.js";
import { headKeysIn } from "./space-log.js";
import { genesisOf } from "./space-state.js";
import type { AnyStatement } from "./statement.js";

/** What a node needs of a log: who signs its heads, and what other nodes have written into it. */

describe("a run that other nodes have begun already", () => {
  it("uses nothing up twice, and another run finds it used up", async () => {
    const log = await founded({ terms: { runsMax: 1 }, useCase: { budget: { runsPerEpoch: 1 } } });
    const request = await ask(log);
    const envelope = log.envelopes[log.envelopes.length - 1];
    const consents = [log.hash("offer")];
    await add(log, "run-granted:v2", { node: 1, request, consents }, "node1");
    await add(log, "run-granted:v2", { node: 2, request, consents }, "node2");
    const decision = await decide(await logCase(log, { request: envelope }));
    expect(decision).toMatchObject({ allow: true });
    await ask(log, { nonce: "11".repeat(16) });
    expect(await decide(await logCase(log))).toMatchObject({ refuse: "BUDGET_SPENT" });
  });

  it("with the same list is not answered a second time", async () => {
    const log = await founded();
    const request = await ask(log);
    const consents = [log.hash("offer")];
    await add(log, "run-granted:v2", { node: 1, request, consents }, "node1");
    await ask(log, { nonce: "11".repeat(16) });
    expect(await decide(await logCase(log))).toMatchObject({ refuse: "ALREADY_ANSWERED" });
  });
});

describe("a dataset that a node has deleted already", () => {
  it("is said to be taken back, not unknown", async () => {
    const log = await founded();
    const says = { provider: "shelter", dataset: "shelter-list" };
    await add(log, "withdrawal:v1", says, "shelter");
    await ask(log);
    const { datasets, ...about } = await logCase(log);
    const left = new Map([...datasets].filter(([dataset]) => dataset !== "shelter-list"));
    const decision = await decide({ ...about, datasets: left });
    expect(decision).toMatchObject({ refuse: "DATASET_WITHDRAWN" });
  });
});

describe("a query that a node explains in another text than was approved", () => {
  it.each([undefined, QUERY])("is refused: %s", async (explanation) => {
    const log = await founded();
    await ask(log);
    const about = await logCase(log);
    const queries = about.queries.map((query) => ({ ...query, explanation }));
    expect(await decide({ ...about, queries })).toMatchObject({ refuse: "QUERY_NOT_APPROVED" });
  });
});

describe("the keys of a log's heads", () => {
  it("are of the first charter that was proposed, then of the one in force", async () => {
    expect(headKeysIn(await genesisOf(space))).toBeUndefined();
    const log = new LogWriter();
    await log.add({ name: "charter", says: await charterOf(), by: ["shelter"] });
    await log.add({ name: "other", says: await charterOf({ quorum: 0 }), by: ["shelter"] });
    const { state } = await log.fold();
    expect(state.heads).toBeUndefined();
    expect(headKeysIn(state)).toMatchObject({ log: "north.example/log", quorum: 1 });
    const whole = (await (await founded()).fold()).state;
    expect(headKeysIn(whole)).toBe(whole.heads);
  });

  it("are of one log: a later charter cannot rename it", async () => {
    const log = await founded();
    const next = await charterOf({ previous: log.hash("charter"), log: "south.example/log" });
    await log.add({ name: "next", says: next, by: ["shelter"] });
    const { refused } = await log.fold();
    expect(refused).toMatchObject([{ refuse: "SUPERSEDED", reason: "a log keeps its name" }]);
  });
});

describe("a dataset that comes under terms of a use case", () => {
  const door = async () => {
    const { state } = await (await founded()).fold();
    return { space, signatures, now: NOW, directory: directoryIn(state) };
  };
  const sent = async (expires = NOW + 3_600_000) => {
    const terms = termsOf(OTHER_HASH, { expires: instantOf(expires) });
    const own = { space: space.id, issuedAt: instantOf(NOW), provider: "shelter" };
    const says = { ...own, dataset: "shelter-list", terms, answers: null };
    const type = "urn:symbolon:statement:offer:v2";
    const offer = await signedAs({ type, ...says }, ["shelter"]);
    const manifest = (await manifestOf("shelter", await statementHash(offer))) as AnyStatement;
    return [await signedAs(manifest, ["shelter"]), offer] as const;
  };

  it("is taken where a log says who is who", async () => {
    const admitted = await admitDataset(await door(), ...(await sent()));
    expect(admitted.offer.statement.dataset).toBe("shelter-list");
    const { directory: _, ...without } = await door();
    await expect(admitDataset(without, ...(await sent()))).rejects.toMatchObject({
      code: "NOT_A_STATEMENT",
    });
  });

  it("is refused once they have expired, and if they are of tomorrow", async () => {
    await expect(admitDataset(await door(), ...(await sent(NOW)))).rejects.toMatchObject({
      code: "OFFER_EXPIRED",
    });
    const early = { ...(await door()), now: NOW - 3_600_000 };
    await expect(admitDataset(early, ...(await sent()))).rejects.toMatchObject({
      code: "REQUEST_IN_FUTURE",
    });
  });
});
