import { describe, expect, it } from "vitest";
import { fingerprintOf } from "./acts/identity.js";
import { decide } from "./decide.js";
import { keyOf, OTHER_HASH, QUERY, SPACE, signatures, space } from "./fixture.contract.js";
import { foldLog } from "./fold-log.js";
import {
  add,
  apply,
  ask,
  carry,
  EXPLANATION,
  founded,
  logCase,
  member,
  policeIdentity,
  policeKeys,
  termsOf,
  vouch,
} from "./log-fixture.contract.js";
import { genesisOf } from "./space-state.js";

describe("a space that was founded in its log", () => {
  it("has members, keys, rules, query and use case from their entries on", async () => {
    const log = await founded();
    const { state, refused } = await log.fold();
    expect(refused).toEqual([]);
    expect(state.charter).toBe(log.hash("charter"));
    expect(state.space).toBe(SPACE);
    expect(state.frontier.size).toBe(log.entries.length);
    expect(state.members.get(member("police"))?.keys).toEqual(policeKeys);
    expect([...state.useCases.keys()]).toEqual([log.hash("use case")]);
    expect(state.queries).toEqual(new Map([[QUERY, EXPLANATION]]));
    expect(state.consents.get(log.hash("offer"))?.agreed).toEqual(new Set(["police"]));
    expect(state.holdings.size).toBe(2);
  });

  it("is the same folded at once or entry by entry, and leaves its beginning alone", async () => {
    const log = await founded();
    const genesis = await genesisOf(space);
    const before = structuredClone({ ...genesis });
    let state = genesis;
    for (const entry of log.entries) ({ state } = await foldLog(signatures, state, [entry]));
    expect(state).toEqual((await log.fold()).state);
    expect({ ...genesis }).toEqual(before);
  });

  it("allows a run that everybody agreed to, and knows how it went on", async () => {
    const log = await founded();
    const request = await ask(log);
    const decision = await decide(await logCase(log));
    expect(decision).toMatchObject({ allow: true });
    if (!decision.allow) return;
    expect(decision.grant.offers).toEqual([log.hash("offer")]);
    const run = decision.grant.run;
    for (const node of [0, 1, 2]) {
      const consents = [log.hash("offer")];
      await add(log, "run-granted:v2", { node, request, consents }, `node${node}`);
      await add(log, "run-ended:v2", { node, run, outcome: "done" }, `node${node}`);
    }
    await add(log, "result-received:v1", { asker: "police", run }, "police", "police-admin");
    const { state, refused } = await log.fold();
    expect(refused).toEqual([]);
    expect(state.requests.get(request)?.isReceived).toBe(true);
    expect(state.spent.consents.get(log.hash("offer"))?.size).toBe(1);
    expect([...state.spent.budgets.values()].map(({ size }) => size)).toEqual([1]);
    expect([...state.spent.answered.keys()]).toEqual([`${QUERY}/${log.hash("police root")}`]);
  });

  it("takes a newcomer in over two channels, once all have said yes", async () => {
    const log = await founded();
    const application = await apply(log);
    const enrolment = await vouch(log, application);
    await carry(log, enrolment, enrolment, ["police"]);
    expect((await log.fold()).state.members.has(member("harbour"))).toBe(false);
    await carry(log, enrolment, enrolment, ["helpline"]);
    const { state } = await log.fold();
    expect(state.members.get(member("harbour"))?.class).toBe("ngo");
    expect(state.proposals.get(enrolment)?.accepted).toBe(log.entries.length - 4);
  });

  it("gives a member that lost its keys new ones, by others' word over two channels", async () => {
    const log = await founded();
    const keys = [{ ...policeKeys[0], key: keyOf("new"), roles: ["admin", "ask", "approve"] }];
    const before = log.hash("police identity");
    const identity = await log.add({
      name: "new keys",
      says: await policeIdentity({ sequence: 2, previous: before, keys: keys as never }),
      by: ["new"],
    });
    expect((await log.fold()).state.members.get(member("police"))?.identity).toBe(before);
    const fingerprint = fingerprintOf(identity);
    const says = { type: "recovery:v1", by: "shelter", member: "police", identity, fingerprint };
    const recovery = await log.add({ name: "recovery", says, by: ["shelter"] });
    const vote = { about: recovery, shown: recovery, verdict: "yes", by: "helpline" };
    await add(log, "approval:v1", vote, "helpline");
    const { state, refused } = await log.fold();
    expect(refused).toEqual([]);
    expect(state.members.get(member("police"))?.keys).toEqual(keys);
  });

  it("has a negotiation: other terms asked for, and agreed by the provider", async () => {
    const log = await founded({ without: ["agreement"] });
    const beneficiaries = { classes: [], members: [member("police")] };
    const terms = termsOf(log.hash("use case"), { beneficiaries, runsMax: 1 });
    const counter = await log.add({
      name: "counter",
      says: { type: "counter-offer:v1", by: "police", offer: log.hash("offer"), terms },
      by: ["passkey:police-1"],
    });
    await ask(log);
    expect(await decide(await logCase(log))).toMatchObject({ refuse: "NOT_AGREED" });
    await add(log, "agreement:v1", { by: "shelter", about: counter }, "shelter");
    await ask(log, { nonce: "11".repeat(16) });
    const decision = await decide(await logCase(log));
    expect(decision.allow && decision.grant.offers).toEqual([counter]);
  });

  it("changes nodes, builds, use cases and charter by what was decided", async () => {
    const log = await founded();
    const node = { ...space.nodes[1], name: "New", signingKey: keyOf("new1"), headKey: keyOf("h") };
    const about = await add(log, "node-replacement:v1", { by: "shelter", node }, "shelter");
    await carry(log, about, about, ["police", "helpline"]);
    const build = { by: "shelter", version: "0.2.0", build: QUERY, ends: [OTHER_HASH] };
    const software = await add(log, "software-acceptance:v1", build, "shelter");
    // From here on node 1 signs with its new key.
    for (const [k, hand] of ["node0", "new1", "node2"].entries()) {
      const vote = { about: software, shown: software, verdict: "yes", node: k };
      await add(log, "node-approval:v1", vote, hand);
    }
    const { state, refused } = await log.fold();
    expect(refused).toEqual([]);
    expect(state.nodes[1].name).toBe("New");
    expect(state.heads?.nodes[1]).toBe(keyOf("h"));
    expect([...state.builds]).toEqual([QUERY]);
  });
});
