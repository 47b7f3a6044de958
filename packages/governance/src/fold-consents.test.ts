import { describe, it } from "vitest";
import { OTHER_HASH, offerOf, QUERY } from "./fixture.contract.js";
import { instantOf } from "./instant.js";
import {
  add,
  ask,
  FOUNDED,
  type LogWriter,
  member,
  offerIn,
  termsOf,
} from "./log-fixture.contract.js";
import { begun, counter, expectRefused, now, type Refused } from "./refused.contract.js";
import { runIdOf } from "./statement.js";

/** Node 0 begins runs, one after the other, with ledgers that have come to these heads. */
async function grants(log: LogWriter, ...heads: (readonly [size: number, digit: string])[]) {
  for (const [k, [size, digit]] of heads.entries()) {
    const request = await ask(log, { nonce: `${k}${size}`.repeat(16) });
    const ledger = { size, root: digit.repeat(64) };
    const says = { node: 0, request, consents: [log.hash("offer")], ledger };
    await add(log, "run-granted:v2", says, "node0");
  }
}

/** The same of consents and runs. */
const REFUSED: readonly Refused[] = [
  [
    "an offer for a use case that is not approved",
    "NOT_IN_LOG",
    async (log) => {
      const terms = termsOf(OTHER_HASH);
      const says = { provider: "shelter", dataset: "shelter-list", terms, answers: null };
      return add(log, "offer:v2", says, "shelter");
    },
  ],
  [
    "an offer for a query that the use case does not have",
    "OTHER_USE_CASE",
    (log) => offerIn(log, { terms: { query: OTHER_HASH }, without: ["agreement"] }),
  ],
  [
    "an offer as an answer to an offer",
    "OFFER_MISMATCH",
    (log) => offerIn(log, { offer: { answers: log.hash("offer") }, without: ["agreement"] }),
  ],
  [
    "an agreement by somebody whom the offer is not for",
    "NOT_YOURS",
    (log) => add(log, "agreement:v1", { by: "helpline", about: log.hash("offer") }, "helpline"),
  ],
  [
    "an agreement by the provider to its own offer",
    "NOT_YOURS",
    (log) => add(log, "agreement:v1", { by: "shelter", about: log.hash("offer") }, "shelter"),
  ],
  [
    "a counter-offer for others",
    "NOT_YOURS",
    (log) => {
      const terms = termsOf(log.hash("use case"));
      const says = { by: "police", offer: log.hash("offer"), terms };
      return add(log, "counter-offer:v1", says, "passkey:police-1");
    },
  ],
  [
    "a receipt for another dataset of that root",
    "ROOT_MISMATCH",
    (log) => {
      const root = log.hash("shelter root");
      const says = { node: 0, provider: "helpline", dataset: "helpline-list", root };
      return add(log, "receipt:v1", says, "node0");
    },
  ],
  [
    "a receipt after this node's tombstone",
    "DATASET_DELETED",
    async (log) => {
      const root = log.hash("shelter root");
      await add(log, "tombstone:v1", { node: 0, dataset: "shelter-list", root }, "node0");
      const says = { node: 0, provider: "shelter", dataset: "shelter-list", root };
      await add(log, "receipt:v1", says, "node0");
    },
  ],
  [
    "a withdrawal that was kept back until the list had come anew",
    "STATEMENT_TOO_OLD",
    (log) => {
      const says = { provider: "shelter", dataset: "shelter-list", issuedAt: instantOf(FOUNDED) };
      return add(log, "withdrawal:v1", says, "shelter");
    },
  ],
  [
    "a veto by somebody whose data is not named",
    "NOT_YOURS",
    async (log) => {
      const request = await ask(log);
      await add(log, "veto:v1", { provider: "helpline", request }, "helpline");
    },
  ],
  [
    "a veto after the run began",
    "VETO_TOO_LATE",
    async (log) => {
      const request = await ask(log);
      const consents = [log.hash("offer")];
      await add(log, "run-granted:v2", { node: 0, request, consents }, "node0");
      await add(log, "veto:v1", { provider: "shelter", request }, "shelter");
    },
  ],
  [
    "a node's word that it began what was stopped",
    "VETOED",
    async (log) => {
      const request = await ask(log);
      await add(log, "veto:v1", { provider: "shelter", request }, "shelter");
      const consents = [log.hash("offer")];
      await add(log, "run-granted:v2", { node: 0, request, consents }, "node0");
    },
  ],
  [
    "a node's word on a ledger with less in it than it had at its last",
    "LEDGER_OLDER",
    (log) => grants(log, [5, "a"], [4, "b"]),
  ],
  [
    "a node's word on a ledger as it was before its last run",
    "LEDGER_OLDER",
    async (log) => {
      await grants(log, [5, "a"]);
      const says = { node: 0, run: runIdOf(log.hash("request")), outcome: "done" };
      const ledger = { size: 7, root: "c".repeat(64) };
      await add(log, "run-ended:v2", { ...says, ledger }, "node0");
      await grants(log, [6, "a"]);
    },
  ],
  [
    "a node's word on another ledger of the same length",
    "LEDGER_OLDER",
    (log) => grants(log, [5, "a"], [5, "b"]),
  ],
  [
    "a node's word that it began while its provider may say no, which would bar the veto",
    "VETO_OPEN",
    async (log) => {
      await offerIn(log, { terms: { vetoHours: 1 } });
      await begun(log);
    },
  ],
  [
    "a node's word that a run ended that it did not begin",
    "NOT_IN_LOG",
    async (log) => {
      const run = (await ask(log)).slice(0, 32);
      await add(log, "run-ended:v2", { node: 0, run, outcome: "done" }, "node0");
    },
  ],
  [
    "private contents for a stranger",
    "UNKNOWN_MEMBER",
    (log) => {
      const about = log.hash("use case");
      const says = { by: "shelter", about, commitment: QUERY, readers: ["stranger"] };
      return add(log, "private-contents:v1", says, "shelter");
    },
  ],
  [
    "another provider's answer to a counter-offer",
    "OFFER_MISMATCH",
    async (log) => {
      const answers = await counter(log);
      const terms = termsOf(log.hash("use case"));
      const says = { provider: "helpline", dataset: "shelter-list", terms, answers };
      await add(log, "offer:v2", says, "helpline");
    },
  ],
  [
    "an answer about another dataset",
    "OFFER_MISMATCH",
    async (log) => {
      const answers = await counter(log);
      const terms = termsOf(log.hash("use case"));
      const says = { provider: "shelter", dataset: "other-list", terms, answers };
      await add(log, "offer:v2", says, "shelter");
    },
  ],
  [
    "a counter-offer to a counter-offer",
    "NOT_YOURS",
    async (log) => {
      const beneficiaries = { classes: [], members: [member("police")] };
      const terms = termsOf(log.hash("use case"), { beneficiaries });
      const says = { by: "police", offer: await counter(log), terms };
      await add(log, "counter-offer:v1", says, "passkey:police-1");
    },
  ],
  [
    "a counter-offer by whom the offer is not for",
    "NOT_YOURS",
    async (log) => {
      const beneficiaries = { classes: [], members: [member("helpline")] };
      const terms = termsOf(log.hash("use case"), { beneficiaries });
      const says = { by: "helpline", offer: log.hash("offer"), terms };
      await add(log, "counter-offer:v1", says, "helpline");
    },
  ],
  [
    "an agreement to an offer that needs none",
    "NOT_YOURS",
    async (log) => {
      const about = await add(
        log,
        "offer:v1",
        { ...offerOf("shelter"), issuedAt: now(log) },
        "shelter",
      );
      await add(log, "agreement:v1", { by: "police", about }, "passkey:police-1");
    },
  ],
  [
    "a provider's second agreement",
    "ALREADY_DECIDED",
    async (log) => {
      const about = await counter(log);
      await add(log, "agreement:v1", { by: "shelter", about }, "shelter");
      await add(log, "agreement:v1", { by: "shelter", about }, "shelter");
    },
  ],
  [
    "a tombstone for another dataset of that root",
    "ROOT_MISMATCH",
    (log) => {
      const says = { node: 0, dataset: "police-list", root: log.hash("shelter root") };
      return add(log, "tombstone:v1", says, "node0");
    },
  ],
  [
    "private contents about nothing",
    "NOT_IN_LOG",
    (log) => {
      const says = { by: "shelter", about: QUERY, commitment: QUERY, readers: ["helpline"] };
      return add(log, "private-contents:v1", says, "shelter");
    },
  ],
  [
    "a node's second beginning of a run",
    "ALREADY_DECIDED",
    async (log) => {
      await begun(log);
      await begun(log, false);
    },
  ],
  [
    "a node's word that a run began under another dataset's consent",
    "OFFER_MISMATCH",
    async (log) => {
      const terms = termsOf(log.hash("use case"));
      const says = { provider: "helpline", dataset: "helpline-list", terms, answers: null };
      const other = await add(log, "offer:v2", says, "helpline");
      const request = await ask(log);
      await add(log, "run-granted:v2", { node: 0, request, consents: [other] }, "node0");
    },
  ],
  [
    "a node's second end of a run",
    "ALREADY_DECIDED",
    async (log) => {
      const run = await begun(log);
      await add(log, "run-ended:v2", { node: 0, run, outcome: "done" }, "node0");
      await add(log, "run-ended:v2", { node: 0, run, outcome: "aborted" }, "node0");
    },
  ],
  [
    "another member's word that it has the answer",
    "NOT_YOURS",
    async (log) =>
      add(log, "result-received:v1", { asker: "shelter", run: await begun(log) }, "shelter"),
  ],
  [
    "the asker's word that it has an answer before a run began",
    "NOT_IN_LOG",
    async (log) => {
      const run = (await ask(log)).slice(0, 32);
      const says = { asker: "police", run };
      await add(log, "result-received:v1", says, "police", "police-admin");
    },
  ],
];

describe("the log does not count", () => {
  it.each(REFUSED)("%s: %s", (_, code, write) => expectRefused(code, write));
});
