import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { ConsentTerms } from "@symbolon/governance/acts/consent";
import type { UseRequest } from "@symbolon/governance/acts/run";
import { type Envelope, statementHash } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { instantOf } from "@symbolon/governance/instant";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BUILD, call, type DataSpace, dataSpace } from "../data-space.contract.js";
import { openSqlite } from "../store/sqlite.js";
import { FoundedSpace, signNode, useCaseOf } from "./founded-space.contract.js";
import { LogStore } from "./log-store.js";

/** An asker that wants more than was agreed, at three real nodes, each of which is asked alone. */

let world: DataSpace;
let space: FoundedSpace;
let lists: Awaited<ReturnType<FoundedSpace["prepare"]>>;
let refusals = 0;
let nonce = 0;

beforeAll(async () => {
  world = await dataSpace();
  space = await (await new FoundedSpace(world).start()).found();
  lists = await space.prepare();
}, 60_000);
afterAll(async () => {
  process.stdout.write(`runs that the log does not allow: ${refusals} of ${refusals} refused\n`);
  await space.close();
  world.remove();
});

const requestOf = async (changes: Partial<UseRequest> = {}): Promise<Envelope> => {
  nonce += 1;
  const own = { nonce: nonce.toString(16).padStart(32, "0"), ...changes };
  return (await space.request(lists, own)).request;
};

/** What each node says to a request. */
async function refusedWith(
  request: Envelope,
  code: string,
  nodes: readonly PartyIndex[] = PARTIES,
) {
  for (const node of nodes) {
    const { json } = await call(world, node, "POST", "/runs", { request });
    expect({ node, type: json["type"] }).toEqual({ node, type: `urn:symbolon:problem:${code}` });
    refusals += 1;
  }
}

/** Logs a request, has it witnessed, and is refused by each node alone. */
async function refused(code: string, changes: Partial<UseRequest> = {}): Promise<void> {
  const request = await requestOf(changes);
  await space.add(request);
  await space.witness();
  await refusedWith(request, code);
}

/** The shelter's last word, which the police agree to. */
async function lastWord(terms: Partial<ConsentTerms>, isAgreed = true): Promise<Hash> {
  const offer = await space.add(await space.offer("shelter", terms));
  if (isAgreed)
    await space.add(await space.sign("police", "agreement:v1", { by: "police", about: offer }));
  return offer;
}

const params = { pick: 5, threshold: 700, dedupThreshold: 800, overlap: 0.8 };

describe("a run is refused by each node alone", { timeout: 60_000 }, () => {
  it("if it is not in the log, or not signed by its asker", async () => {
    await space.witness();
    const request = await requestOf();
    await refusedWith(request, "not-logged");
    const [signature] = request.signatures;
    const forged = { ...signature, sig: `${"A".repeat(86)}==` };
    await refusedWith({ ...request, signatures: [forged] } as Envelope, "bad-signature");
  });

  it("if its provider has said no, and node 0 keeps that out of the log", async () => {
    const request = await requestOf();
    const hash = await space.add(request);
    await space.witness();
    const veto = await space.sign("shelter", "veto:v1", { provider: "shelter", request: hash });
    const db = openSqlite(world.configs[2].dataDir);
    new LogStore(db).putPending(await statementHash(veto), veto);
    db.close();
    await refusedWith(request, "vetoed", [2]);
  });

  it("for another purpose, use case or parameter than was approved", async () => {
    await refused("other-purpose", { purpose: "statistics" });
    await refused("bad-params", { params: { ...params, threshold: 599 } });
    await refused("bad-params", { params: { ...params, more: 1 } });
    await refused("use-case-unknown", { useCase: "56".repeat(32) as Hash });
    await refused("unknown-query", { query: "78".repeat(32) as Hash });
  });

  it("for somebody else than the use case is for", async () => {
    const { shelter, police } = { police: lists[0].root, shelter: lists[1].root };
    const id = world.space.id;
    const request = JSON.parse(Buffer.from((await requestOf()).payload, "base64").toString());
    const theirs = [{ space: id, dataset: "police-list", root: police }];
    const ours = { space: id, dataset: "shelter-list", root: shelter };
    const other = await world.sign("shelter", { ...request, asker: "shelter", ours, theirs });
    await space.add(other);
    await space.witness();
    await refusedWith(other, "other-beneficiary");
  });

  it("by the provider's last word: other columns, purpose, runs, expiry, not agreed", async () => {
    await lastWord({ fields: ["content"] });
    await refused("other-fields");
    await lastWord({ purpose: "statistics" });
    await refused("other-purpose");
    await lastWord({ runsMax: 0 });
    await refused("runs-used-up");
    await lastWord({}, false);
    await refused("not-agreed");
    await lastWord({ expires: instantOf(Date.now() + 2_000) });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await refused("offer-expired");
  });

  it("if its provider says no, also after the witnesses have signed", async () => {
    const request = await requestOf();
    const hash = await space.add(request);
    await space.witness();
    await space.add(await space.sign("shelter", "veto:v1", { provider: "shelter", request: hash }));
    await refusedWith(request, "vetoed");
  });

  it("under a use case that was replaced, and beyond the budget of the new one", async () => {
    const before = space.hash("use case");
    const next = useCaseOf(world, { version: 2, budget: { runsPerEpoch: 0 } });
    const hash = await space.add(await world.sign("police", next), "use case");
    await space.yes(hash, hash, "shelter");
    await refused("use-case-unknown", { useCase: before });
    await refused("budget-spent");
  });

  it("on a head that its witnesses have signed for the other nodes only", async () => {
    const next = useCaseOf(world, { version: 3 });
    const hash = await space.add(await world.sign("police", next), "use case");
    await space.yes(hash, hash, "shelter");
    const request = await requestOf();
    await space.add(request);
    await space.witness([1]);
    await refusedWith(request, "head-not-cosigned", [0, 2]);
    await refusedWith(request, "other-use-case", [1]);
  });

  it("while its provider may still say no, and by a node with an older ledger", async () => {
    const offer = await lastWord({});
    const request = await space.add(await requestOf());
    // Node 1 had three entries when it granted a run, and has none now.
    const type = "urn:symbolon:statement:run-granted:v2";
    const says = { ...space.about(), type, node: 1, request, consents: [offer] };
    const ledger = { size: 3, root: "a".repeat(64) };
    await space.add(await signNode(world, 1, { ...says, ledger }));
    await lastWord({ vetoHours: 1 });
    const next = await requestOf();
    await space.add(next);
    await space.witness();
    await refusedWith(next, "veto-open", [0, 2]);
    await refusedWith(next, "ledger-older", [1]);
  });

  it("by nodes whose build the members have ended", async () => {
    const software = { by: "shelter", version: "0.2.0", build: "34".repeat(32), ends: [BUILD] };
    const hash = await space.add(await space.sign("shelter", "software-acceptance:v1", software));
    await space.yes(hash, hash, "police");
    await refused("build-not-accepted");
  });
});
