import { describe, expect, it } from "vitest";
import { fingerprintOf } from "./acts/identity.js";
import { keyOf, OTHER_HASH, offerOf, QUERY, space } from "./fixture.contract.js";
import {
  add,
  apply,
  ask,
  carry,
  charterOf,
  EXPLANATION,
  founded,
  harbour,
  member,
  policeIdentity,
  policeKeys,
  useCaseOf,
  vouch,
} from "./log-fixture.contract.js";
import { passkeyOf } from "./passkey-fixture.contract.js";
import {
  applyAs,
  expectRefused,
  later,
  now,
  type Refused,
  recoverBy,
  votes,
  yes,
} from "./refused.contract.js";

/** One refusal for each check of the log: `write` ends with the entry that must not count. */
const REFUSED: readonly Refused[] = [
  ["no entry", "ENTRY_MALFORMED", async (log) => log.entries.push(Uint8Array.of(123, 125))],
  [
    "an entry that is dated before the last",
    "ENTRY_OUT_OF_ORDER",
    async (log) => {
      log.ms -= 120_000;
      await add(log, "departure:v1", { member: "helpline" }, "helpline");
    },
  ],
  [
    "a statement that stands there already",
    "ENTRY_REPLAYED",
    async (log) => log.entries.push(log.entries[log.entries.length - 1]),
  ],
  [
    "a statement of the future",
    "REQUEST_IN_FUTURE",
    (log) => add(log, "departure:v1", { member: "helpline", issuedAt: later(log) }, "helpline"),
  ],
  [
    "an old statement",
    "STATEMENT_TOO_OLD",
    (log) => {
      const issuedAt = "2026-02-10T00:00:00Z";
      return add(log, "departure:v1", { member: "helpline", issuedAt }, "helpline");
    },
  ],
  [
    "an old request",
    "REQUEST_TOO_OLD",
    (log) => ask(log, { issuedAt: "2026-03-01T01:00:00Z" as never }),
  ],
  [
    "another space's statement",
    "WRONG_SPACE",
    (log) => add(log, "departure:v1", { member: "helpline", space: "south" }, "helpline"),
  ],
  [
    "a statement that belongs elsewhere",
    "NOT_FOR_THE_LOG",
    (log) => add(log, "result-request:v1", { asker: "police", run: "x" }, "police"),
  ],
  ["no statement", "NOT_A_STATEMENT", (log) => add(log, "departure:v2", {}, "helpline")],
  [
    "a stranger's statement",
    "UNKNOWN_MEMBER",
    (log) => add(log, "departure:v1", { member: "stranger" }, "stranger"),
  ],
  [
    "another's signature",
    "BAD_SIGNATURE",
    (log) => add(log, "departure:v1", { member: "helpline" }, "shelter"),
  ],
  [
    "a wrong signature beside a right one",
    "BAD_SIGNATURE",
    (log) => add(log, "departure:v1", { member: "helpline" }, "helpline", "shelter"),
  ],
  [
    "a key that was changed",
    "WRONG_ROLE",
    (log) => add(log, "departure:v1", { member: "police" }, "police"),
  ],
  [
    "one person's request where two must sign",
    "TWO_PEOPLE_NEEDED",
    async (log) => {
      await ask(log);
      const says = JSON.parse(Buffer.from(log.envelopes.at(-1)!.payload, "base64").toString());
      const nonce = "00".repeat(16);
      await add(log, "run-request:v2", { ...says, nonce }, "police");
    },
  ],
  [
    "new keys that the old ones did not sign, used at once",
    "UNKNOWN_MEMBER",
    async (log) => {
      await add(log, "departure:v1", { member: "helpline" }, "helpline");
      await add(log, "offer:v1", { ...offerOf("helpline"), issuedAt: now(log) }, "helpline");
    },
  ],
  [
    "new keys that do not follow the present ones",
    "IDENTITY_BROKEN",
    async (log) => {
      const says = await policeIdentity({ sequence: 3, previous: log.hash("police identity") });
      await log.add({ name: "x", says, by: ["police-admin"] });
    },
  ],
  [
    "new keys with another member's among them",
    "SHARED_KEY",
    async (log) => {
      const keys = [...policeKeys, { ...policeKeys[0], key: keyOf("shelter") }];
      const previous = log.hash("police identity");
      const says = await policeIdentity({ sequence: 2, previous, keys });
      await log.add({ name: "x", says, by: ["police-admin"] });
    },
  ],
  [
    "new keys that ask for two, signed by one",
    "TWO_PEOPLE_NEEDED",
    async (log) => {
      const previous = log.hash("police identity");
      const says = await policeIdentity({ sequence: 2, previous, twoPerson: ["admin"] });
      await log.add({ name: "x", says, by: ["police-admin"] });
    },
  ],
  ["an application by a member", "ALREADY_MEMBER", (log) => applyAs(log, "police")],
  [
    "an application with another's keys",
    "NOT_YOURS",
    async (log) => {
      await apply(log);
      await apply(log, { member: "pier" });
    },
  ],
  [
    "an application of a class that is not admitted",
    "CLASS_NOT_ADMITTED",
    (log) => apply(log, { class: "un" }),
  ],
  [
    "an application without keys",
    "NOT_IN_LOG",
    (log) =>
      add(
        log,
        "application:v1",
        { member: "pier", identity: OTHER_HASH, name: "Pier", class: "ngo" },
        "pier",
      ),
  ],
  [
    "a member vouching for what came in, where something else was read out",
    "CHANNELS_DIFFER",
    async (log) => vouch(log, await apply(log), fingerprintOf(OTHER_HASH)),
  ],
  [
    "a member vouching for keys that do not follow",
    "IDENTITY_BROKEN",
    (log) => {
      const identity = log.hash("police identity");
      const own = {
        by: "shelter",
        member: "police",
        identity,
        fingerprint: fingerprintOf(identity),
      };
      return add(log, "recovery:v1", own, "shelter");
    },
  ],
  [
    "a charter that follows another one",
    "SUPERSEDED",
    async (log) => log.add({ name: "x", says: await charterOf(), by: ["shelter"] }),
  ],
  [
    "a charter with a member's key for a node",
    "SHARED_KEY",
    async (log) => {
      const [a, b, c] = space.nodes.map((node) => ({ ...node, headKey: keyOf(`h${node.index}`) }));
      const nodes = [a, { ...b, signingKey: keyOf("shelter") }, c] as const;
      const says = await charterOf({ previous: log.hash("charter"), nodes });
      return log.add({ name: "x", says, by: ["shelter"] });
    },
  ],
  [
    "a vote on nothing",
    "NOT_IN_LOG",
    (log) =>
      add(
        log,
        "approval:v1",
        { by: "shelter", about: QUERY, shown: QUERY, verdict: "yes" },
        "shelter",
      ),
  ],
  [
    "a vote on what is decided",
    "ALREADY_DECIDED",
    (log) => {
      const about = log.hash("use case");
      return add(
        log,
        "approval:v1",
        { by: "shelter", about, shown: about, verdict: "no" },
        "shelter",
      );
    },
  ],
  [
    "a vote of somebody who was shown another text",
    "SHOWN_DIFFERS",
    async (log) => {
      const says = { by: "shelter", name: "other", query: OTHER_HASH, explanation: QUERY };
      const about = await add(log, "query-proposal:v1", says, "shelter");
      const vote = { by: "helpline", about, shown: EXPLANATION, verdict: "yes" };
      await add(log, "approval:v1", vote, "helpline");
    },
  ],
  [
    "a vote after ninety days",
    "PROPOSAL_EXPIRED",
    async (log) => {
      const about = await vouch(log, await apply(log));
      log.ms += 91 * 86_400_000;
      const vote = { by: "helpline", about, shown: about, verdict: "yes" };
      await add(log, "approval:v1", vote, "helpline");
    },
  ],
  [
    "a second way in, once the first was carried",
    "ALREADY_MEMBER",
    async (log) => {
      const [one, two] = [await apply(log), await apply(log, { name: "Harbour again" })];
      const first = await vouch(log, one);
      const second = await vouch(log, two);
      await carry(log, first, first, ["police", "helpline"]);
      await votes(log, second, ["harbour", "helpline"]);
      await add(log, "approval:v1", { by: "police", ...yes(second) }, "passkey:police-1");
    },
  ],
  [
    "a newcomer with the keys of one that came before",
    "SHARED_KEY",
    async (log) => {
      const one = await apply(log);
      const own = { type: "identity:v1", member: "pier", sequence: 0, previous: null };
      const says = { ...own, keys: [harbour], twoPerson: [], sealingKey: keyOf("pier-seal") };
      const identity = await log.add({ name: "pier", says, by: ["harbour"] });
      const about = { member: "pier", identity, name: "Pier", class: "ngo" };
      const two = await add(log, "application:v1", about, "harbour");
      const [first, second] = [await vouch(log, one), await vouch(log, two)];
      await carry(log, first, first, ["police", "helpline"]);
      await votes(log, second, ["harbour", "helpline"]);
      await add(log, "approval:v1", { by: "police", ...yes(second) }, "passkey:police-1");
    },
  ],
  [
    "new keys for a member that another has by then",
    "SHARED_KEY",
    async (log) => {
      const previous = log.hash("police identity");
      const keys = [{ ...policeKeys[1], key: harbour.key }];
      const says = await policeIdentity({ sequence: 2, previous, keys });
      const identity = await log.add({ name: "x", says, by: ["harbour"] });
      const first = await vouch(log, await apply(log));
      await carry(log, first, first, ["police", "helpline"]);
      const own = { by: "shelter", member: "police", identity };
      const more = { ...own, fingerprint: fingerprintOf(identity) };
      const recovery = await add(log, "recovery:v1", more, "shelter");
      await votes(log, recovery, ["helpline"]);
    },
  ],
  [
    "another member's keys for one that lost its own",
    "IDENTITY_BROKEN",
    (log) => recoverBy(log, { member: member("pier") }),
  ],
  [
    "keys that follow older ones",
    "IDENTITY_BROKEN",
    (log) => recoverBy(log, { previous: OTHER_HASH }),
  ],
  ["keys of the same number", "IDENTITY_BROKEN", (log) => recoverBy(log, { sequence: 1 })],
  [
    "the removal of who is no member",
    "NOT_IN_LOG",
    (log) => add(log, "removal:v1", { by: "shelter", member: "stranger" }, "shelter"),
  ],
  [
    "a node with a member's key",
    "SHARED_KEY",
    (log) => {
      const node = { ...space.nodes[1], signingKey: keyOf("helpline"), headKey: keyOf("h") };
      return add(log, "node-replacement:v1", { by: "shelter", node }, "shelter");
    },
  ],
];

describe("the log does not count", () => {
  it.each(REFUSED)("%s: %s", (_, code, write) => expectRefused(code, write));

  it("a passkey's signature of a page that the charter does not list", async () => {
    const log = await founded({
      charter: { passkeys: [] },
      without: ["query", "use case", "offer"],
    });
    const { refused } = await log.fold();
    expect(refused.map(({ refuse }) => refuse)).toContain("BAD_SIGNATURE");
    expect(passkeyOf("police-1").publicKey.suite).toBe("webauthn-es256");
  });

  it("a use case that one of its approvers has not seen", async () => {
    const log = await founded({ useCase: { approvers: [member("shelter")], version: 2 } });
    expect((await log.fold()).state.useCases.size).toBe(1);
    const half = { members: "none", nodes: 3 } as const;
    const rules = { ...(await charterOf()).rules, "use-case": half };
    const lax = await founded({ charter: { rules }, without: ["offer"] });
    const says = useCaseOf({ name: "other", approvers: [member("helpline")] });
    const about = await lax.add({ name: "other", says, by: ["passkey:police-2"] });
    await carry(lax, about, about, []);
    expect((await lax.fold()).state.useCases.has(about)).toBe(false);
    await add(
      lax,
      "approval:v1",
      { by: "helpline", about, shown: about, verdict: "yes" },
      "helpline",
    );
    expect((await lax.fold()).state.useCases.has(about)).toBe(true);
  });
});
