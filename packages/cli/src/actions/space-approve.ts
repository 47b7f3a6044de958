import type { Hash } from "@symbolon/governance/hash";
import type { Proposal, SpaceState } from "@symbolon/governance/space-state";
import { catalogue, queryHash } from "@symbolon/queries/catalogue/catalogue";
import { explain, explainHash } from "@symbolon/queries/explain/explain";
import { explanationText } from "@symbolon/queries/explain/explanation-text";
import type { SpaceApproveOptions } from "../commands/space.js";
import { CliError } from "../error.js";
import { LogClient } from "../log-client.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { byPrefix } from "./by-prefix.js";
import { hashBytes } from "./sha256.js";
import { contentLines, proposalLines } from "./space-show.js";
import type { Voter } from "./voter.js";

/** Shows what is proposed, whole; signs a vote on just that, if one is given. */
export async function spaceApprove(
  prefix: string | undefined,
  options: SpaceApproveOptions,
  { output, signal }: Session,
): Promise<void> {
  const voter = await voterOf(options);
  const client = new LogClient(options.space, voter.signatures, signal);
  try {
    const { state } = await client.read();
    const proposals = [...state.proposals.values()].filter((it) => it.accepted === undefined);
    if (prefix === undefined) return listOpen(proposals, state, output);
    const about = byPrefix(state.proposals.keys(), prefix, "proposal");
    const proposal = state.proposals.get(about) as Proposal;
    const shown = show(proposal, state, output);
    if (options.vote === undefined) {
      output.line("Nothing is signed. Read it all; then add --vote yes or --vote no.");
      output.result({ proposal: about, shown });
      return;
    }
    const says = { about, shown, verdict: options.vote };
    await client.log(await voter.sign(client.space.id, says, Date.now()));
    const { state: after } = await client.read();
    const isDecided = after.proposals.get(about)?.accepted !== undefined;
    output.line(isDecided ? "Your vote is logged, and it is decided." : "Your vote is logged.");
    output.result({ proposal: about, shown, vote: options.vote, decided: isDecided });
  } finally {
    await client.close();
  }
}

/** Loads a member's or a node's code: never both. */
async function voterOf({ identity, node }: SpaceApproveOptions): Promise<Voter> {
  if (identity !== undefined && node === undefined)
    return (await import("./member-voter.js")).memberVoter(identity);
  if (node !== undefined && identity === undefined)
    return (await import("./node-voter.js")).nodeVoter(node);
  const cure = "give --identity as a member, or --node as a node's operator";
  throw new CliError("USAGE", "a vote is either a member's or a node's", {}, cure);
}

function listOpen(proposals: readonly Proposal[], state: SpaceState, output: Output): void {
  if (proposals.length === 0) output.line("Nothing is open.");
  for (const proposal of proposals)
    for (const line of proposalLines(proposal, state)) output.line(line);
  output.result({ open: proposals.map(({ hash, kind }) => ({ proposal: hash, kind })) });
}

/** What is voted on, and the hash of what was shown. */
function show(proposal: Proposal, state: SpaceState, output: Output): Hash {
  const { statement } = proposal;
  for (const line of proposalLines(proposal, state)) output.line(line);
  output.line();
  if (statement.type !== "urn:symbolon:statement:query-proposal:v1") {
    for (const line of contentLines(proposal)) output.line(line);
    return proposal.hash;
  }
  const query = catalogue.find((it) => queryHash(hashBytes, it) === statement.query);
  const isSame = query !== undefined && explainHash(hashBytes, query) === statement.explanation;
  if (!isSame) {
    const cure = "vote with the version that the nodes run, or vote no with it";
    const message = "this program explains the question in another text than is proposed";
    throw new CliError("FILE_INVALID", message, {}, cure);
  }
  output.line(explanationText(explain(hashBytes, query)).trimEnd());
  return statement.explanation;
}
