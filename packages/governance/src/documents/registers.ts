import { memberIn, type SpaceState } from "../space-state.js";
import { type Document, table, text } from "./document.js";
import { aboutOf, beneficiariesOf, CLASSES, nameOf, paramsOf, short, useCasesOf } from "./said.js";

/** The register of use cases: what may be done in the space, and what may not any more. */
export function useCaseRegister(state: SpaceState): Document {
  const rows = useCasesOf(state).map(([hash, it]) => [
    `${it.title} (${it.name}, version ${it.version})`,
    it.purpose,
    beneficiariesOf(state, it.beneficiaries),
    it.queries.map((query) => `${short(query.query)} (${paramsOf(query)})`).join("; "),
    it.data.fields.join(", "),
    `${it.retentionDays} days`,
    short(hash),
  ]);
  const open = [...state.proposals.values()].filter(
    ({ kind, accepted }) => kind === "use-case" && accepted === undefined,
  );
  const pending = open.map(({ hash, at, votes }) => [short(hash), at, String(votes.size)]);
  const head = ["use case", "purpose", "for", "queries", "columns", "kept for", "statement"];
  return {
    title: "Register of use cases",
    about: aboutOf(state),
    sections: [
      { heading: "In force", blocks: [table(head, rows)] },
      {
        heading: "Proposed, not decided",
        blocks: [table(["statement", "of", "votes"], pending)],
      },
    ],
  };
}

/**
 * The record of processing activities (GDPR article 30; Directive 2016/680, article 24), as far as
 * the log knows it: what it does not know is named.
 */
export function processingRecord(state: SpaceState): Document {
  const members = [...state.members.values()].map((it) => [
    nameOf(state, it.id),
    CLASSES[it.class],
    it.left === undefined ? "member" : `left by entry ${it.left}`,
  ]);
  const activities = useCasesOf(state).map(([, it]) => [
    it.title,
    it.purpose,
    it.legalBasis,
    it.data.fields.join(", "),
    beneficiariesOf(state, it.beneficiaries),
    `${it.retentionDays} days`,
  ]);
  const nodes = state.nodes.map(({ index, name, api }) => [`node ${index}`, name, api]);
  const head = ["activity", "purpose", "legal basis", "columns", "recipients", "kept for"];
  return {
    title: "Record of processing activities",
    about: aboutOf(state),
    sections: [
      { heading: "Who takes part", blocks: [table(["organisation", "class", "state"], members)] },
      { heading: "Activities", blocks: [table(head, activities)] },
      { heading: "Where it is done", blocks: [table(["", "operator", "address"], nodes)] },
      { heading: "Data that are held", blocks: [table(HELD, holdingsOf(state))] },
      {
        heading: "What the log does not know",
        blocks: [
          text("Contacts of controllers and officers, persons concerned, transfers abroad."),
        ],
      },
    ],
  };
}

const HELD = ["dataset", "of", "version", "state"];

const holdingsOf = (state: SpaceState): string[][] =>
  [...state.holdings].map(([root, { provider, dataset, receipts, deleted }]) => {
    const gone = memberIn(state, provider) === undefined ? "; its provider has left" : "";
    const nodes = `at ${receipts.size} nodes, deleted at ${deleted.size}${gone}`;
    return [dataset, nameOf(state, provider), short(root), nodes];
  });
