import { known } from "../fold/draft.js";
import type { Hash } from "../hash.js";
import type { SpaceState } from "../space-state.js";
import { type Block, type Document, items, table, text } from "./document.js";
import { aboutOf, beneficiariesOf, nameOf, paramsOf, short, votesOf } from "./said.js";

const MEASURES = [
  "Each list is split at its owner into three parts, each of them noise by itself, for three " +
    "nodes of different operators.",
  "The nodes compute on parts only. What a run opens, and to whom, is said of each query above.",
  "Each node decides by itself whether a run may start, from signed statements in a log.",
  "A consent names query, use case, columns, purpose, beneficiaries, number of runs and end; it " +
    "can be taken back with effect on the next run.",
  "Parts are stored encrypted, under keys of their own for each column.",
];

const QUESTIONS = [
  "Is the legal basis right for every provider and beneficiary, in each country concerned?",
  "Which rights of the persons concerned can be exercised, with whom, and how are they told?",
  "What happens to a person whom a result names wrongly, and who checks before somebody acts?",
  "Who operates the three nodes, and what keeps any two of them from putting their data together?",
  "Have the views of the persons concerned, or of those who speak for them, been sought?",
];

/** The text that approvers were shown of a query, by its hash. */
export type Explanations = ReadonlyMap<Hash, string>;

/**
 * A draft of the impact assessment of a use case (GDPR article 35, paragraph 7; Directive 2016/680,
 * article 27): what its statement and the log say, and the questions that they leave to people.
 * Throws `Refusal` if the use case is not in force.
 */
export function impactAssessment(
  state: SpaceState,
  useCase: Hash,
  explanations: Explanations,
): Document {
  const it = known(state.useCases, useCase, "use case");
  const facts = [
    ["purpose", it.purpose],
    ["for", beneficiariesOf(state, it.beneficiaries)],
    ["data", `encoding ${it.data.layout}; columns ${it.data.fields.join(", ")}`],
    ["kept for", `${it.retentionDays} days`],
    ["runs of one beneficiary", `at most ${it.budget.runsPerEpoch} in ${state.epochHours} hours`],
    ["proposed by", nameOf(state, it.by)],
  ];
  return {
    title: `Data-protection impact assessment (draft): ${it.title}`,
    about: `${aboutOf(state)} Use case ${it.name}, version ${it.version}, ${short(useCase)}.`,
    sections: [
      { heading: "What is done", blocks: [table(["", ""], facts)] },
      { heading: "Legal basis", blocks: [text(it.legalBasis)] },
      { heading: "Necessity, proportionality, risks", blocks: [text(it.assessment)] },
      {
        heading: "What each query reveals, and to whom",
        blocks: it.queries.flatMap((query): Block[] => [
          text(`Query ${short(query.query)}; parameters: ${paramsOf(query)}.`),
          text(explained(state, query.query, explanations)),
        ]),
      },
      { heading: "Measures that the nodes enforce", blocks: [items(MEASURES)] },
      { heading: "Who decided", blocks: [decisionOn(state, useCase)] },
      { heading: "Left to the officer", blocks: [items(QUESTIONS)] },
    ],
  };
}

function explained(state: SpaceState, query: Hash, explanations: Explanations): string {
  const approved = state.queries.get(query);
  if (approved === undefined) return "The members have not approved this query: it cannot run.";
  return explanations.get(approved) ?? `The explanation ${short(approved)} is not at hand.`;
}

function decisionOn(state: SpaceState, proposal: Hash): Block {
  const found = known(state.proposals, proposal, "proposal");
  return table(["who", "said"], votesOf(state, found));
}
