import { KnownError } from "@symbolon/base/error";
import { checkSpace } from "@symbolon/governance/space";
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
  writeNew(options.out, pretty(space));
  output.line(`Made ${options.out}: give the same file to every node and member.`);
  for (const { index, name, api } of space.nodes) output.line(`  node ${index}  ${name}  ${api}`);
  for (const { id, name } of space.members) output.line(`  member  ${id}  ${name}`);
  output.result({ space: options.out, nodes: 3, members: space.members.length });
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
