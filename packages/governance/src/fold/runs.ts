import type { RunId } from "@symbolon/base/id";
import type { Veto } from "../acts/consent.js";
import type { ResultReceived, RunEnded, RunGranted, UseRequest } from "../acts/run.js";
import type { Hash } from "../hash.js";
import { millisecondsOf } from "../instant.js";
import { Refusal } from "../refusal.js";
import { budgetKey, isOlder, type LoggedRequest } from "../space-state.js";
import { answerKey, type RunRequest, runIdOf } from "../statement.js";
import { type Act, change, type Draft, known } from "./draft.js";
import { vetoEnds } from "./veto-time.js";

/** A request stands in the log before it runs, so that providers can see it, and say no. */
export const takeRequest: Act<RunRequest | UseRequest> = (
  draft,
  { statement, hash, at, index },
) => {
  const nothing = { granted: new Map(), ended: new Map(), isReceived: false };
  draft.requests.set(hash, { statement, at, index, vetoes: [], ...nothing });
  draft.runs.set(runIdOf(hash), hash);
};

export const takeVeto: Act<Veto> = (draft, { statement }) => {
  const { provider, request } = statement;
  const asked = known(draft.requests, request, "request");
  const refs = [asked.statement.ours, ...asked.statement.theirs];
  if (!refs.some(({ root }) => draft.holdings.get(root)?.provider === provider))
    throw new Refusal("NOT_YOURS", "the request names no dataset of this provider");
  if (asked.granted.size > 0) throw new Refusal("VETO_TOO_LATE", "a node has begun the run");
  change(draft.requests, request, { vetoes: [...asked.vetoes, provider] });
};

/**
 * A node begins a run: what it uses up is used up from here on, whatever comes of it. Not before
 * the time to say no is over: one node's haste would make every veto come too late.
 */
export const takeGrant: Act<RunGranted> = (draft, { statement, ms }) => {
  const { node, request: hash, consents, ledger } = statement;
  const asked = known(draft.requests, hash, "request");
  if (asked.vetoes.length > 0) throw new Refusal("VETOED", `${asked.vetoes[0]} has said no`);
  if (asked.granted.has(node)) throw new Refusal("ALREADY_DECIDED", "this node has begun it");
  if (ms < vetoEnds(draft, asked)) throw new Refusal("VETO_OPEN", "providers may still say no");
  const before = draft.ledgers.get(node);
  if (before !== undefined && isOlder(ledger, before)) {
    const sizes = `${ledger.size} entries, where it had ${before.size} in an earlier grant`;
    throw new Refusal("LEDGER_OLDER", `the disclosure ledger of node ${node} has ${sizes}`);
  }
  for (const consent of consents) requireConsent(draft, asked, consent);
  draft.ledgers.set(node, ledger);
  change(draft.requests, hash, { granted: new Map(asked.granted).set(node, consents) });
  spend(draft, asked, runIdOf(hash), consents);
};

function requireConsent(draft: Draft, { statement }: LoggedRequest, hash: Hash): void {
  const { provider, dataset } = known(draft.consents, hash, "consent");
  const isNamed = [statement.ours, ...statement.theirs].some(
    (ref) => ref.dataset === dataset && draft.holdings.get(ref.root)?.provider === provider,
  );
  if (!isNamed) throw new Refusal("OFFER_MISMATCH", "the consent is for another dataset");
}

/** A run counts once for each consent, whichever nodes name it: one that lies cannot save it. */
function spend(draft: Draft, asked: LoggedRequest, run: RunId, consents: readonly Hash[]): void {
  const { statement, at } = asked;
  const used = new Map(draft.spent.consents);
  for (const consent of consents) used.set(consent, new Set(used.get(consent)).add(run));
  const budgets = new Map(draft.spent.budgets);
  if ("useCase" in statement) {
    const ms = millisecondsOf(at) as number;
    const key = budgetKey(draft, statement.useCase, statement.asker, ms);
    budgets.set(key, new Set(budgets.get(key)).add(run));
  }
  const key = answerKey(statement.query, statement.ours);
  const answered = new Map(draft.spent.answered);
  if (!answered.has(key)) answered.set(key, run);
  draft.spent = { consents: used, budgets, answered };
}

export const takeEnd: Act<RunEnded> = (draft, { statement }) => {
  const { node, run, outcome, ledger } = statement;
  const hash = known(draft.runs, run, "run");
  const { granted, ended } = known(draft.requests, hash, "request");
  if (!granted.has(node)) throw new Refusal("NOT_IN_LOG", "this node has not begun the run");
  if (ended.has(node)) throw new Refusal("ALREADY_DECIDED", "this node has ended the run");
  change(draft.requests, hash, { ended: new Map(ended).set(node, outcome) });
  // Signed before a grant that was logged first, it can say less than that.
  if (ledger.size > (draft.ledgers.get(node)?.size ?? -1)) draft.ledgers.set(node, ledger);
};

export const takeResult: Act<ResultReceived> = (draft, { statement }) => {
  const hash = known(draft.runs, statement.run, "run");
  const asked = known(draft.requests, hash, "request");
  if (asked.statement.asker !== statement.asker)
    throw new Refusal("NOT_YOURS", "the run is another member's");
  if (asked.granted.size === 0) throw new Refusal("NOT_IN_LOG", "no node has begun the run");
  change(draft.requests, hash, { isReceived: true });
};
