import { fingerprintOf } from "./acts/identity.js";
import { keyOf, OTHER_HASH, offerOf, QUERY, space } from "./fixture.contract.js";
import {
  add,
  apply,
  ask,
  carry,
  charterOf,
  founded,
  type LogWriter,
  member,
  policeIdentity,
  policeKeys,
  termsOf,
  vouch,
} from "./log-fixture.contract.js";

/** A log in which every kind of statement stands, and each of them counts. */
export async function wholeStory(): Promise<LogWriter> {
  const log = await founded();
  await newcomer(log);
  await bargain(log);
  await run(log);
  await stopped(log);
  await changes(log);
  return log;
}

async function newcomer(log: LogWriter): Promise<void> {
  const enrolment = await vouch(log, await apply(log));
  await carry(log, enrolment, enrolment, ["police", "helpline"]);
  const about = log.hash("use case");
  const secret = { by: "shelter", about, commitment: QUERY, readers: ["helpline"] };
  await add(log, "private-contents:v1", secret, "shelter");
}

async function bargain(log: LogWriter): Promise<void> {
  const beneficiaries = { classes: [], members: [member("police")] };
  const terms = termsOf(log.hash("use case"), { beneficiaries, runsMax: 3 });
  const asked = { by: "police", offer: log.hash("offer"), terms };
  const counter = await add(log, "counter-offer:v1", asked, "passkey:police-1");
  await add(log, "agreement:v1", { by: "shelter", about: counter }, "shelter");
  const first = { ...offerOf("helpline") } as Record<string, unknown>;
  delete first["issuedAt"];
  await add(log, "offer:v1", first, "helpline");
}

async function run(log: LogWriter): Promise<void> {
  const request = await ask(log);
  const consents = [log.hash("counter-offer:v1")];
  const id = request.slice(0, 32);
  for (const node of [0, 1, 2])
    await add(log, "run-granted:v2", { node, request, consents }, `node${node}`);
  for (const node of [0, 1, 2])
    await add(log, "run-ended:v2", { node, run: id, outcome: "done" }, `node${node}`);
  await add(log, "result-received:v1", { asker: "police", run: id }, "police", "police-admin");
}

async function stopped(log: LogWriter): Promise<void> {
  const request = await ask(log, { nonce: "11".repeat(16) });
  await add(log, "veto:v1", { provider: "shelter", request }, "shelter");
  await add(log, "withdrawal:v1", { provider: "shelter", dataset: "shelter-list" }, "shelter");
  const root = log.hash("shelter root");
  for (const node of [0, 1, 2])
    await add(log, "tombstone:v1", { node, dataset: "shelter-list", root }, `node${node}`);
}

async function changes(log: LogWriter): Promise<void> {
  const previous = log.hash("police identity");
  const keys = [{ ...policeKeys[0], key: keyOf("new"), roles: ["admin", "approve"] }];
  const identity = await log.add({
    name: "new keys",
    says: await policeIdentity({ sequence: 2, previous, keys: keys as never }),
    by: ["new"],
  });
  const own = { by: "shelter", member: "police", identity, fingerprint: fingerprintOf(identity) };
  const recovery = await add(log, "recovery:v1", own, "shelter");
  const yes = (about: string) => ({ about, shown: about, verdict: "yes" });
  await add(log, "approval:v1", { by: "helpline", ...yes(recovery) }, "helpline");
  const build = { by: "shelter", version: "0.2.0", build: QUERY, ends: [OTHER_HASH] };
  const software = await add(log, "software-acceptance:v1", build, "shelter");
  for (const node of [0, 1, 2])
    await add(log, "node-approval:v1", { node, ...yes(software) }, `node${node}`);
  await add(log, "departure:v1", { member: "helpline" }, "helpline");
  await add(log, "removal:v1", { by: "shelter", member: "harbour" }, "shelter");
  await add(log, "approval:v1", { by: "police", ...yes(log.hash("removal:v1")) }, "new");
  const node = { ...space.nodes[1], signingKey: keyOf("new1"), headKey: keyOf("newhead1") };
  await add(log, "node-replacement:v1", { by: "shelter", node }, "shelter");
  const witnesses = [{ member: member("shelter"), headKey: keyOf("head-shelter") }];
  const next = await charterOf({ previous: log.hash("charter"), witnesses });
  await log.add({ name: "charter 2", says: next, by: ["shelter"] });
}
