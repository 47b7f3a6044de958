import { KnownError } from "@symbolon/base/error";
import { checkSpace, MEMBER_CLASSES, type Space } from "@symbolon/governance/space";
import type { SpaceCreateOptions } from "../commands/space.js";
import { CliError } from "../error.js";
import { pretty, readWith, writeNew } from "../files.js";
import type { Session } from "../program.js";

type Card = Readonly<Record<string, unknown>>;

/** What of a node's card goes into the space file; a card may say more. */
const NODE_FIELDS = ["index", "name", "api", "peer", "signingKey", "certificate", "ca"] as const;

/** Puts cards together into a space file that is checked as every node will check it. */
export function spaceCreate(options: SpaceCreateOptions, { output }: Session): void {
  const nodes = options.node
    .map((path) => readCard(path, "node card"))
    .sort((a, b) => Number(a["index"]) - Number(b["index"]));
  if (nodes.length !== 3) {
    const cure = "name the node-card.json of each of the three nodes";
    throw new CliError("USAGE", `a data space has three nodes, not ${nodes.length}`, {}, cure);
  }
  const hashes = nodes.map((card) => card["buildHash"]).filter((it) => it !== undefined);
  const space = checked({
    version: 1,
    id: options.id,
    name: options.name,
    nodes: nodes.map((card) => Object.fromEntries(NODE_FIELDS.map((key) => [key, card[key]]))),
    members: (options.member ?? []).map((path) => readCard(path, "member card")),
    builds: [...new Set([...hashes, ...(options.build ?? [])])],
  });
  const witnesses = (options.witness ?? []).map((path) => readCard(path, "witness card"));
  const charter = options.charter === undefined ? undefined : charterDraft(space, nodes, witnesses);
  writeNew(options.out, pretty(space));
  output.line(`Made ${options.out}: give the same file to every node and member.`);
  for (const { index, name, api } of space.nodes) output.line(`  node ${index}  ${name}  ${api}`);
  for (const { id, name } of space.members) output.line(`  member  ${id}  ${name}`);
  if (options.charter !== undefined) {
    writeNew(options.charter, pretty(charter));
    output.line(`Made ${options.charter}: a draft of the rules. Read and edit it, then a member`);
    output.line("proposes it once the nodes run: symbolon space propose");
  }
  output.result({ space: options.out, nodes: 3, members: space.members.length });
}

const EVERYBODY = { members: "all", nodes: 3 };
const MOST = { members: "half", nodes: 0 };

/** Rules to start from: everybody for what binds all, more than half for the rest. */
function charterDraft(space: Space, nodes: readonly Card[], witnesses: readonly Card[]): Card {
  const lacking = nodes.find((card) => card["headKey"] === undefined);
  if (lacking !== undefined) {
    const message = `the card of node ${lacking["index"]} has no key for the log's heads`;
    const cure = "let its operator make the card anew: symbolon node card";
    throw new CliError("FILE_INVALID", message, {}, cure);
  }
  return {
    type: "urn:symbolon:statement:charter:v1",
    name: space.name,
    log: `${space.id}/log`,
    nodes: space.nodes.map((node, k) => ({ ...node, headKey: nodes[k]["headKey"] })),
    classes: [...MEMBER_CLASSES],
    rules: {
      ...{ charter: EVERYBODY, enrolment: EVERYBODY, recovery: EVERYBODY, removal: MOST },
      ...{ node: EVERYBODY, software: EVERYBODY, "use-case": EVERYBODY, query: EVERYBODY },
    },
    ...{ twoPerson: [], passkeys: [], epochHours: 720, vetoHours: 0 },
    witnesses: witnesses.map(({ member, headKey }) => ({ member, headKey })),
    quorum: Math.min(1, witnesses.length),
    builds: space.builds,
  };
}

function readCard(path: string, what: string): Card {
  const card = readWith(path, what, (text) => JSON.parse(text) as unknown);
  if (typeof card === "object" && card !== null && !Array.isArray(card)) return card as Card;
  throw new CliError("FILE_INVALID", `${what} ${path} is not a card`, {}, "name the right file");
}

function checked(value: unknown): ReturnType<typeof checkSpace> {
  try {
    return checkSpace(value);
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    throw new CliError("FILE_INVALID", `the cards do not fit: ${error.message}`, {}, error.cure);
  }
}
