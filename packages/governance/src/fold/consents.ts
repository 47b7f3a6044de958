import type { PartyIndex } from "@symbolon/base/id";
import type {
  Agreement,
  Beneficiaries,
  CounterOffer,
  TermsOffer,
  Tombstone,
  Withdrawal,
} from "../acts/consent.js";
import type { PrivateContents } from "../acts/run.js";
import { CLOCK_SKEW_MS } from "../admit.js";
import { millisecondsOf } from "../instant.js";
import { Refusal } from "../refusal.js";
import { type Consent, datasetName, type MemberState, memberIn } from "../space-state.js";
import type { Offer, Receipt } from "../statement.js";
import { type Act, change, type Draft, known } from "./draft.js";

/** Whether terms are for this member. */
export const covers = (
  { classes, members }: Beneficiaries,
  member: Pick<MemberState, "id" | "class">,
): boolean => classes.includes(member.class) || members.includes(member.id);

/** An offer of the first form: to one beneficiary, without use case, counting at once. */
export const takeOffer: Act<Offer> = (draft, { statement, hash, index }) => {
  const { provider, dataset, query, beneficiary, riskMax, overlapMin, runsMax, expires } =
    statement;
  requireMember(draft, beneficiary);
  const beneficiaries = { classes: [], members: [beneficiary] };
  const own = { query, beneficiaries, expires, riskMax, overlapMin, runsMax };
  const terms = { ...own, direction: "asker", vetoHours: 0 } as const;
  const about = { hash, provider, dataset, terms, index };
  draft.consents.set(hash, { ...about, isOneSided: true, agreed: new Set() });
};

function requireMember(draft: Draft, id: MemberState["id"]): MemberState {
  const member = memberIn(draft, id);
  if (member !== undefined) return member;
  throw new Refusal("UNKNOWN_MEMBER", `${id} is not a member of ${draft.space}`, { member: id });
}

function requireUse(draft: Draft, { useCase, query }: TermsOffer["terms"]): void {
  const { queries } = known(draft.useCases, useCase, "use case");
  if (!queries.some((entry) => entry.query === query))
    throw new Refusal("OTHER_USE_CASE", "the use case does not have this query");
}

export const takeTermsOffer: Act<TermsOffer> = (draft, { statement, hash, index }) => {
  const { provider, dataset, terms, answers } = statement;
  requireUse(draft, terms);
  if (answers !== null) {
    const asked = known(draft.consents, answers, "counter-offer");
    if (asked.askedBy === undefined || asked.provider !== provider || asked.dataset !== dataset)
      throw new Refusal("OFFER_MISMATCH", "the offer answers what was asked of somebody else");
  }
  const about = { hash, provider, dataset, terms, index };
  draft.consents.set(hash, { ...about, isOneSided: false, agreed: new Set() });
};

export const takeCounterOffer: Act<CounterOffer> = (draft, { statement, hash, index }) => {
  const { by, offer, terms } = statement;
  const asked = known(draft.consents, offer, "offer");
  const { provider, dataset } = asked;
  const { classes, members } = terms.beneficiaries;
  const isOwn = classes.length === 0 && members.length === 1 && members[0] === by;
  if (asked.askedBy !== undefined || !covers(asked.terms.beneficiaries, requireMember(draft, by)))
    throw new Refusal("NOT_YOURS", "the offer is not for this member");
  if (!isOwn) throw new Refusal("NOT_YOURS", "a member asks for terms for itself");
  requireUse(draft, terms);
  const about = { hash, provider, dataset, terms, index, askedBy: by };
  draft.consents.set(hash, { ...about, isOneSided: false, agreed: new Set() });
};

export const takeAgreement: Act<Agreement> = (draft, { statement, index }) => {
  const { by, about } = statement;
  const consent = known(draft.consents, about, "offer");
  const { askedBy, provider, terms, agreed } = consent;
  const isOther =
    askedBy === undefined ? covers(terms.beneficiaries, requireMember(draft, by)) : provider === by;
  if (!isOther || consent.isOneSided)
    throw new Refusal("NOT_YOURS", "only the other side can agree to an offer");
  if (askedBy === undefined) {
    change(draft.consents, about, { agreed: new Set(agreed).add(by) });
    return;
  }
  if (agreed.size > 0) throw new Refusal("ALREADY_DECIDED", "the provider has agreed already");
  // The provider's word is of now: it comes after whatever it offered in between.
  change(draft.consents, about, { agreed: new Set([askedBy]), index });
};

/** What somebody has kept back takes nothing that its provider has handed in since it signed. */
export const takeWithdrawal: Act<Withdrawal> = (draft, { statement, index }) => {
  const { provider, dataset, issuedAt } = statement;
  const signed = (millisecondsOf(issuedAt) as number) + CLOCK_SKEW_MS;
  for (const held of draft.holdings.values()) {
    const isNewer = (millisecondsOf(held.since) as number) > signed;
    if (isNewer && held.provider === provider && held.dataset === dataset)
      throw new Refusal("STATEMENT_TOO_OLD", `${dataset} has come anew since this was signed`);
  }
  draft.withdrawn.set(datasetName(provider, dataset), index);
};

/** A node has a dataset: its root is committed to from here on. */
export const takeReceipt: Act<Receipt> = (draft, { statement, index, at }) => {
  const { node, provider, dataset, root } = statement;
  requireMember(draft, provider);
  const before = draft.holdings.get(root);
  const differs = before && (before.provider !== provider || before.dataset !== dataset);
  if (differs) throw new Refusal("ROOT_MISMATCH", "the other nodes have it as another dataset");
  if (before?.deleted.has(node))
    throw new Refusal("DATASET_DELETED", "this node has deleted this version");
  const receipts = new Map(before?.receipts).set(node, index);
  const { since = at, deleted = new Set<PartyIndex>() } = before ?? {};
  draft.holdings.set(root, { provider, dataset, since, receipts, deleted });
};

export const takeTombstone: Act<Tombstone> = (draft, { statement }) => {
  const { node, dataset, root } = statement;
  const held = known(draft.holdings, root, "dataset");
  if (held.dataset !== dataset)
    throw new Refusal("ROOT_MISMATCH", "the root is of another dataset");
  change(draft.holdings, root, { deleted: new Set(held.deleted).add(node) });
};

export const takePrivateContents: Act<PrivateContents> = (draft, { statement, hash }) => {
  for (const reader of statement.readers) requireMember(draft, reader);
  if (!draft.seen.has(statement.about))
    throw new Refusal("NOT_IN_LOG", "the log has no statement that this belongs to");
  draft.privates.set(hash, statement);
};

/** Whether it is the provider's word: what somebody else asked for is not, until it has agreed. */
export const isGiven = ({ askedBy, agreed }: Consent): boolean =>
  askedBy === undefined || agreed.size > 0;

/** The provider's last word on a dataset for a query and a member; later entries go before. */
export const byLastWord = (a: Consent, b: Consent): number => b.index - a.index;
