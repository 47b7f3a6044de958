import { DECISIONS } from "@symbolon/governance/acts/charter";
import { instantOf } from "@symbolon/governance/instant";
import { memberIn } from "@symbolon/governance/space-state";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { LogClient, type ReadLog, rootText } from "../log-client.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { memberLine, oneLine, proposalLines, ruleText, silentOn, titleOf } from "./space-show.js";

/** Reads the log from all three nodes, checks it, and says what it comes to. */
export async function spaceStatus(
  { space }: { readonly space: string },
  { output, signal }: Session,
): Promise<void> {
  const client = new LogClient(space, nodeToolbox.signatures, signal);
  try {
    const read = await client.read();
    showNodes(read, output);
    showSpace(read, output);
    await showHead(read, output);
    output.result(await plain(read));
  } finally {
    await client.close();
  }
}

const open = ({ state }: ReadLog) =>
  [...state.proposals.values()].filter(({ accepted }) => accepted === undefined);

function showNodes({ state, replies }: ReadLog, output: Output): void {
  for (const [k, { name }] of state.nodes.entries()) {
    const reply = replies[k];
    if (reply === undefined) output.line(`node ${k}  ${name}: no answer`);
    else if (reply.stopped !== undefined)
      output.line(`node ${k}  ${name}: STOPPED: ${oneLine(reply.stopped)}`);
    else {
      const waits = reply.pending === 0 ? "" : `, ${reply.pending} waiting to be logged`;
      output.line(`node ${k}  ${name}: ${reply.size} entries${waits}`);
    }
  }
}

function showSpace(read: ReadLog, output: Output): void {
  const { state } = read;
  output.line(
    state.charter === undefined
      ? `${oneLine(state.name)} has no charter in force: it runs on space.json and offers.`
      : `${oneLine(state.name)}, by its charter ${state.charter.slice(0, 12)}.`,
  );
  output.line("Members:");
  for (const member of state.members.values())
    output.line(memberIn(state, member.id) ? memberLine(member) : `  ${member.id}  (has gone)`);
  output.line("Who must say yes:");
  for (const kind of DECISIONS) output.line(`  ${kind}: ${ruleText(state.rules[kind])}`);
  for (const { name, title, purpose } of state.useCases.values())
    output.line(`Use case ${name}: ${oneLine(title)} (${purpose})`);
  const proposals = open(read);
  output.line(proposals.length === 0 ? "Nothing is open." : "Open:");
  for (const proposal of proposals)
    for (const line of proposalLines(proposal, state)) output.line(`  ${line}`);
}

async function showHead({ state, head }: ReadLog, output: Output): Promise<void> {
  if (head === undefined) {
    output.line("The log has no entry yet.");
    return;
  }
  const { size, witnesses } = head.checkpoint;
  output.line(`Head: ${size} entries, root ${await rootText(state)}, signed by all three nodes.`);
  const seen = new Map(witnesses.map(({ name, time }) => [name, time]));
  for (const { member } of state.heads?.witnesses ?? []) {
    const time = seen.get(`${state.heads?.log}/${member}`);
    const when = time === undefined ? "not this head yet" : instantOf(time * 1_000);
    output.line(`  witness ${member}: ${when}`);
  }
  if (state.heads) output.line(`  a run needs ${state.heads.quorum} of them`);
}

async function plain(read: ReadLog) {
  const { state, head, replies, refused } = read;
  const members = [...state.members.values()].filter(({ id }) => memberIn(state, id));
  return {
    space: state.space,
    charter: state.charter ?? null,
    members: members.map(({ id, name, class: kind }) => ({ id, name, class: kind })),
    rules: state.rules,
    queries: [...state.queries].map(([query, explanation]) => ({ query, explanation })),
    useCases: [...state.useCases].map(([hash, { name, purpose }]) => ({ hash, name, purpose })),
    open: open(read).map((proposal) => ({
      ...{ proposal: proposal.hash, kind: proposal.kind, about: titleOf(proposal, state) },
      ...{ votes: Object.fromEntries(proposal.votes), notYet: silentOn(proposal, state) },
    })),
    size: state.frontier.size,
    root: await rootText(state),
    withoutEffect: refused.length,
    witnesses: (head?.checkpoint.witnesses ?? []).map(({ name }) => name),
    quorum: state.heads?.quorum ?? 0,
    nodes: replies.map((reply) => reply ?? null),
  };
}
