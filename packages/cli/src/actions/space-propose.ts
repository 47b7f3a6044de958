import type { Json } from "@symbolon/governance/canonical-json";
import { headKeysIn } from "@symbolon/governance/space-log";
import { explainHash } from "@symbolon/queries/explain/explain";
import type { SpaceProposeOptions, SpaceUseCaseOptions } from "../commands/space.js";
import { CliError } from "../error.js";
import { pretty, readWith, writeNew } from "../files.js";
import type { Session } from "../program.js";
import { findQuery } from "./query.js";
import { hashBytes } from "./sha256.js";
import { asMember } from "./space-log.js";

type Draft = Readonly<Record<string, Json>>;

/** Signs what a file says, as its author, and logs it. */
export function spacePropose(
  path: string | undefined,
  { query, ...options }: SpaceProposeOptions,
  session: Session,
): Promise<void> {
  if ((path === undefined) === (query === undefined)) {
    const cure = "name the file of a statement, or a question by --query";
    throw new CliError("USAGE", "one thing is proposed at a time", {}, cure);
  }
  return asMember(options, session, async ({ client, identity, sign }) => {
    const by = { by: identity.member };
    const draft = path === undefined ? proposalOf(query as string) : readDraft(path);
    const { type, ...says } = draft;
    let own: object = { ...by, ...says };
    if (type === CHARTER && says["previous"] === undefined) {
      const { state } = await client.read();
      own = { ...own, previous: state.charter ?? state.genesis };
      const log = headKeysIn(state)?.log;
      if (log !== undefined) own = { ...own, log };
    }
    const { hash } = await client.log(await sign(type as string, own));
    session.output.line(`Proposed, with your yes. Each member and operator now runs:`);
    session.output.line(`  symbolon space approve ${hash.slice(0, 12)}`);
    session.output.result({ proposal: hash });
  });
}

const CHARTER = "urn:symbolon:statement:charter:v1";

/** What a vote on a query is about is the text that says what it reveals. */
function proposalOf(name: string): Draft {
  const { query, hash } = findQuery(name);
  const explanation = explainHash(hashBytes, query);
  return { type: "urn:symbolon:statement:query-proposal:v1", name, query: hash, explanation };
}

function readDraft(path: string): Draft {
  const draft = readWith(path, "statement", (text) => JSON.parse(text) as Json);
  const isObject = typeof draft === "object" && draft !== null && !Array.isArray(draft);
  const { type } = (isObject ? draft : {}) as Draft;
  if (typeof type === "string" && type.startsWith("urn:symbolon:statement:")) return draft as Draft;
  const cure = "name a draft that `symbolon space create` or `symbolon space use-case` wrote";
  throw new CliError("FILE_INVALID", `${path} is not a statement`, {}, cure);
}

/** The draft of a use case: what follows from the question is filled in, people write the rest. */
export function spaceUseCase(
  name: string,
  options: SpaceUseCaseOptions,
  { output }: Session,
): void {
  const { query, hash } = findQuery(name);
  const params = Object.entries(query.bounds).map(([param, bounds]) => ({
    name: param,
    ...("always" in bounds
      ? { min: bounds.always, max: bounds.always }
      : { min: bounds.least, max: bounds.most }),
  }));
  const draft = {
    type: "urn:symbolon:statement:use-case:v1",
    name: options.name,
    version: 1,
    title: `To be written: what this use of “${query.question}” is called`,
    purpose: options.purpose,
    legalBasis: "To be written: the legal basis of each organisation",
    data: {
      layout: query.layout.id,
      fields: query.reads.columns.map((column) => column.name),
    },
    queries: [{ query: hash, params }],
    beneficiaries: { classes: options.for, members: [] },
    approvers: [],
    retentionDays: 30,
    budget: { runsPerEpoch: 10 },
    assessment: "To be written: why it is necessary, the risks to people, and what is done",
  };
  writeNew(options.out, pretty(draft));
  output.line(`Made ${options.out}: write what is to be written, then propose it.`);
  output.result({ draft: options.out });
}
