import { expect } from "vitest";
import { fingerprintOf, type Identity } from "./acts/identity.js";
import { keyOf, signatures } from "./fixture.contract.js";
import { foldLog } from "./fold-log.js";
import type { Hash } from "./hash.js";
import {
  add,
  ask,
  founded,
  harbour,
  type LogWriter,
  member,
  policeIdentity,
  policeKeys,
  termsOf,
} from "./log-fixture.contract.js";
import type { RefusalCode } from "./refusal.js";

export const yes = (about: Hash) => ({ about, shown: about, verdict: "yes" });

export async function votes(
  log: LogWriter,
  about: Hash,
  members: readonly string[],
): Promise<void> {
  for (const by of members) await add(log, "approval:v1", { by, ...yes(about) }, by);
  for (const node of about === log.hashes.get("recovery:v1") ? [] : [0, 1, 2])
    await add(log, "node-approval:v1", { node, ...yes(about) }, `node${node}`);
}

/** The police ask the shelter for other terms. */
export function counter(log: LogWriter): Promise<Hash> {
  const beneficiaries = { classes: [], members: [member("police")] };
  const terms = termsOf(log.hash("use case"), { beneficiaries });
  const says = { by: "police", offer: log.hash("offer"), terms };
  return add(log, "counter-offer:v1", says, "passkey:police-1");
}

/** Node 0 begins the run that the police ask for. */
export async function begun(log: LogWriter, isNew = true): Promise<string> {
  const request = isNew ? await ask(log) : log.hash("request");
  const consents = [log.hash("offer")];
  await add(log, "run-granted:v2", { node: 0, request, consents }, "node0");
  return request.slice(0, 32);
}

/** The shelter vouches for new keys of the police, which are not quite what they should be. */
export async function recoverBy(log: LogWriter, changes: Partial<Identity>): Promise<void> {
  const keys = [{ ...policeKeys[1], key: keyOf("lost") }];
  const previous = log.hash("police identity");
  const says = await policeIdentity({ sequence: 2, previous, keys, ...changes });
  const identity = await log.add({ name: "lost", says, by: ["lost"] });
  const own = { by: "shelter", member: "police", identity, fingerprint: fingerprintOf(identity) };
  await add(log, "recovery:v1", own, "shelter");
}

export const now = (log: LogWriter) => new Date(log.ms + 60_000).toISOString().replace(".000", "");
export const later = (log: LogWriter) =>
  new Date(log.ms + 300_000).toISOString().replace(".000", "");

/** The newcomer's keys, under a member's name. */
export async function applyAs(log: LogWriter, name: string) {
  const own = { type: "identity:v1", member: name, sequence: 0, previous: null, keys: [harbour] };
  const says = { ...own, twoPerson: [], sealingKey: keyOf("harbour-seal") };
  const identity = await log.add({ name: "x", says, by: ["harbour"] });
  const about = { member: name, identity, name: "Harbour", class: "ngo" };
  await add(log, "application:v1", about, "harbour");
}

/** An entry that must not count: it has no effect, and the reason that is expected. */
export type Refused = readonly [string, RefusalCode, (log: LogWriter) => Promise<unknown>];

/** Writes on a log that counts up to an entry that must not, and looks at what it left. */
export async function expectRefused(code: RefusalCode, write: Refused[2]): Promise<void> {
  const log = await founded();
  const before = log.entries.length;
  await write(log);
  const { state, refused } = await log.fold();
  const last = log.entries.length - 1;
  expect(refused).toMatchObject([{ index: last, refuse: code }]);
  expect(refused[0].reason.length * refused[0].cure.length).toBeGreaterThan(0);
  expect(last).toBeGreaterThanOrEqual(before);
  // But for its place and time, the entry has left nothing.
  const base = await (await founded()).fold();
  const without = await foldLog(signatures, base.state, log.entries.slice(before, last));
  const { frontier: _f, at: _a, ...rest } = state;
  expect(without.state).toMatchObject(rest);
}
