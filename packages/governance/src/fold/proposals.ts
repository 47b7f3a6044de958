import type { MemberId } from "@symbolon/base/id";
import type { Charter, DecisionKind } from "../acts/charter.js";
import type { Enrolment, Recovery, Removal } from "../acts/identity.js";
import type { UseCase } from "../acts/use-case.js";
import type {
  Approval,
  NodeApproval,
  NodeReplacement,
  QueryProposal,
  SoftwareAcceptance,
} from "../acts/vote.js";
import type { Hash } from "../hash.js";
import { millisecondsOf } from "../instant.js";
import { Refusal } from "../refusal.js";
import type { SpaceNode } from "../space.js";
import { headKeysIn, headKeysOf } from "../space-log.js";
import { memberIn, type Proposal } from "../space-state.js";
import { type Act, type Draft, known, type Placed } from "./draft.js";
import { enrol, leave, recover, requireFingerprint, requireSuccessor } from "./members.js";

/** What is decided together, by the type of its statement. */
export type ProposalStatement =
  | Charter
  | Enrolment
  | Recovery
  | Removal
  | NodeReplacement
  | SoftwareAcceptance
  | UseCase
  | QueryProposal;

const KINDS: { readonly [T in ProposalStatement as T["type"]]: DecisionKind } = {
  "urn:symbolon:statement:charter:v1": "charter",
  "urn:symbolon:statement:enrolment:v1": "enrolment",
  "urn:symbolon:statement:recovery:v1": "recovery",
  "urn:symbolon:statement:removal:v1": "removal",
  "urn:symbolon:statement:node-replacement:v1": "node",
  "urn:symbolon:statement:software-acceptance:v1": "software",
  "urn:symbolon:statement:use-case:v1": "use-case",
  "urn:symbolon:statement:query-proposal:v1": "query",
};

/** How long votes on a proposal are taken. */
export const PROPOSAL_DAYS_MAX = 90;
const DAY_MS = 86_400_000;

/** A proposal, which its author's signature says yes to. */
export const propose: Act<ProposalStatement> = (draft, placed) => {
  const { statement, hash, at } = placed;
  requireValid(draft, statement);
  const votes = new Map([[`member ${statement.by}`, "yes"] as const]);
  const proposal = { hash, kind: KINDS[statement.type], statement, at, votes };
  settle(draft, proposal, placed.index);
};

/** What must hold when it is proposed, and still when it is decided. Throws `Refusal`. */
function requireValid(draft: Draft, statement: ProposalStatement): void {
  switch (statement.type) {
    case "urn:symbolon:statement:charter:v1":
      if (statement.previous !== (draft.charter ?? draft.genesis))
        throw new Refusal("SUPERSEDED", "the charter does not follow the present one");
      if (statement.log !== (headKeysIn(draft)?.log ?? statement.log))
        throw new Refusal("SUPERSEDED", "a log keeps its name");
      for (const { member } of statement.witnesses) known(draft.members, member, "member");
      refuseMembersKeys(draft, statement.nodes);
      return;
    case "urn:symbolon:statement:enrolment:v1":
      known(draft.applications, statement.application, "application");
      requireFingerprint(statement.application, statement.fingerprint);
      return;
    case "urn:symbolon:statement:recovery:v1":
      requireSuccessor(draft, statement.member, statement.identity);
      requireFingerprint(statement.identity, statement.fingerprint);
      return;
    case "urn:symbolon:statement:removal:v1":
      if (memberIn(draft, statement.member) === undefined)
        throw new Refusal("NOT_IN_LOG", `${statement.member} is not a member`);
      return;
    case "urn:symbolon:statement:node-replacement:v1":
      refuseMembersKeys(draft, nodesWith(draft, statement));
      return;
    case "urn:symbolon:statement:use-case:v1":
      for (const member of statement.approvers) known(draft.members, member, "member");
  }
}

/** No key may be a node's twice, or a node's and a member's. */
function refuseMembersKeys(draft: Draft, nodes: readonly SpaceNode[]): void {
  const members = [...draft.members.values()].flatMap(({ keys }) => keys.map(({ key }) => key));
  const all = [...nodes.map(({ signingKey }) => signingKey), ...members];
  if (new Set(all).size !== all.length)
    throw new Refusal("SHARED_KEY", "a node names a key that somebody else has");
}

const nodesWith = (draft: Draft, { node }: NodeReplacement): Draft["nodes"] =>
  draft.nodes.map((old, k) => (k === node.index ? node : old)) as unknown as Draft["nodes"];

export const takeApproval: Act<Approval> = (draft, placed) =>
  vote(draft, placed, `member ${placed.statement.by}`);

export const takeNodeApproval: Act<NodeApproval> = (draft, placed) =>
  vote(draft, placed, `node ${placed.statement.node}`);

function vote(draft: Draft, placed: Placed<Approval | NodeApproval>, voter: string): void {
  const { statement, ms, index } = placed;
  const proposal = known(draft.proposals, statement.about, "proposal");
  if (proposal.accepted !== undefined)
    throw new Refusal("ALREADY_DECIDED", "the proposal has been accepted");
  if (ms - (millisecondsOf(proposal.at) as number) > PROPOSAL_DAYS_MAX * DAY_MS)
    throw new Refusal("PROPOSAL_EXPIRED", `the proposal is of ${proposal.at}`);
  if (statement.shown !== shownFor(proposal))
    throw new Refusal("SHOWN_DIFFERS", "the voter was shown something else than is proposed");
  const votes = new Map(proposal.votes).set(voter, statement.verdict);
  settle(draft, { ...proposal, votes }, index);
}

/** What a voter must have seen: of a query, what it reveals. */
const shownFor = ({ hash, statement }: Proposal): Hash =>
  statement.type === "urn:symbolon:statement:query-proposal:v1" ? statement.explanation : hash;

/** Keeps the proposal, and carries it out if enough have said yes. */
function settle(draft: Draft, proposal: Proposal, index: number): void {
  if (!isCarried(draft, proposal)) {
    draft.proposals.set(proposal.hash, proposal);
    return;
  }
  const statement = proposal.statement as ProposalStatement;
  requireValid(draft, statement);
  carryOut(draft, statement, proposal.hash, index);
  draft.proposals.set(proposal.hash, { ...proposal, accepted: index });
}

/** Whom a decision is about does not vote on it: removed, or without keys. */
const concerned = (statement: ProposalStatement): MemberId | undefined =>
  "member" in statement ? statement.member : undefined;

function isCarried(draft: Draft, { kind, statement, votes }: Proposal): boolean {
  const rule = draft.rules[kind];
  const about = concerned(statement as ProposalStatement);
  const voters = [...draft.members.values()].filter(
    ({ id, left }) => left === undefined && id !== about,
  );
  const hasSaid = (id: MemberId): boolean => votes.get(`member ${id}`) === "yes";
  const yes = voters.filter(({ id }) => hasSaid(id)).length;
  const nodes = draft.nodes.filter(({ index }) => votes.get(`node ${index}`) === "yes").length;
  const needed = { none: 0, half: Math.floor(voters.length / 2) + 1, all: voters.length };
  const approvers = "approvers" in statement ? statement.approvers : [];
  return yes >= needed[rule.members] && nodes >= rule.nodes && approvers.every(hasSaid);
}

function carryOut(draft: Draft, statement: ProposalStatement, hash: Hash, index: number): void {
  switch (statement.type) {
    case "urn:symbolon:statement:charter:v1":
      takeCharter(draft, statement, hash);
      return;
    case "urn:symbolon:statement:enrolment:v1":
      enrol(draft, statement.application, index);
      return;
    case "urn:symbolon:statement:recovery:v1":
      recover(draft, statement.member, statement.identity, index);
      return;
    case "urn:symbolon:statement:removal:v1":
      leave(draft, statement.member, index);
      return;
    case "urn:symbolon:statement:node-replacement:v1":
      replaceNode(draft, statement);
      return;
    case "urn:symbolon:statement:software-acceptance:v1":
      for (const build of statement.ends) draft.builds.delete(build);
      draft.builds.add(statement.build);
      return;
    case "urn:symbolon:statement:use-case:v1":
      takeUseCase(draft, statement, hash);
      return;
    case "urn:symbolon:statement:query-proposal:v1":
      draft.queries.set(statement.query, statement.explanation);
  }
}

function takeCharter(draft: Draft, charter: Charter, hash: Hash): void {
  const { name, nodes, classes, rules, twoPerson, passkeys } = charter;
  const { epochHours, vetoHours, builds } = charter;
  for (const { index, signingKey } of nodes) {
    if (signingKey !== draft.nodes[index].signingKey) draft.ledgers.delete(index);
  }
  Object.assign(draft, {
    ...{ charter: hash, name, nodes, classes, rules, twoPerson, passkeys },
    ...{ epochHours, vetoHours, heads: headKeysOf(charter), builds: new Set(builds) },
  } satisfies Partial<Draft>);
}

function replaceNode(draft: Draft, statement: NodeReplacement): void {
  const { index, headKey } = statement.node;
  draft.nodes = nodesWith(draft, statement);
  // Another machine in a node's place has a ledger of its own.
  draft.ledgers.delete(index);
  if (draft.heads === undefined) return;
  const keys = draft.heads.nodes.map((key, k) => (k === index ? headKey : key));
  draft.heads = { ...draft.heads, nodes: keys as unknown as NonNullable<Draft["heads"]>["nodes"] };
}

/** A new version of a use case takes the place of the one of that name. */
function takeUseCase(draft: Draft, useCase: UseCase, hash: Hash): void {
  for (const [other, { name }] of draft.useCases)
    if (name === useCase.name) draft.useCases.delete(other);
  draft.useCases.set(hash, useCase);
}
