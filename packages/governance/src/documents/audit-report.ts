import { payloadJson } from "../envelope.js";
import type { RefusedEntry } from "../fold-log.js";
import { InvalidDocument } from "../invalid-document.js";
import { LogError } from "../log/log-error.js";
import { parseEntry } from "../log-entry.js";
import { parseStatement } from "../parse-statement.js";
import type { SpaceState } from "../space-state.js";
import { runIdOf } from "../statement.js";
import { type Document, table, text } from "./document.js";
import { aboutOf, nameOf, short } from "./said.js";

/** What a report is made of: the whole log, what it comes to, and what did not count. */
export interface Audit {
  readonly state: SpaceState;
  readonly entries: readonly Uint8Array[];
  readonly refused: readonly RefusedEntry[];
}

/**
 * What happened in a space: every run with what it was allowed by, every entry that did not count
 * with the reason, and every entry in its order. Anybody with the log makes the same report.
 */
export function auditReport({ state, entries, refused }: Audit): Document {
  const reasons = new Map(refused.map((entry) => [entry.index, entry.refuse]));
  const all = entries.map((bytes, index) => {
    const { at, kind, by } = summary(bytes);
    return [String(index), at, kind, by, reasons.get(index) ?? "counts"];
  });
  const not = refused.map(({ index, refuse, reason }) => [String(index), refuse, reason]);
  return {
    title: "Audit report",
    about: aboutOf(state),
    sections: [
      {
        heading: "Summary",
        blocks: [
          text(
            `${entries.length} entries, ${refused.length} without effect; ` +
              `${state.requests.size} requests, ${started(state)} of them begun.`,
          ),
        ],
      },
      { heading: "Requests and runs", blocks: [table(RUNS, runsOf(state))] },
      { heading: "Entries without effect", blocks: [table(["entry", "code", "reason"], not)] },
      { heading: "All entries", blocks: [table(["entry", "at", "what", "by", ""], all)] },
    ],
  };
}

const RUNS = ["run", "asker", "asked at", "query", "datasets", "under", "begun", "ended"];

const started = ({ requests }: SpaceState): number =>
  [...requests.values()].filter(({ granted }) => granted.size > 0).length;

const runsOf = (state: SpaceState): string[][] =>
  [...state.requests].map(([hash, { statement, at, granted, ended, vetoes, isReceived }]) => {
    const datasets = [statement.ours, ...statement.theirs].map(({ dataset }) => dataset);
    const consents = new Set([...granted.values()].flat().map(short));
    const ends = [...ended].map(([node, outcome]) => `node ${node}: ${outcome}`);
    const said = vetoes.map((id) => `${nameOf(state, id)} said no`);
    return [
      ...[runIdOf(hash), nameOf(state, statement.asker), at, short(statement.query)],
      ...[datasets.join(", "), [...consents].join(", "), `${granted.size} nodes`],
      [...ends, ...said, ...(isReceived ? ["received"] : [])].join("; "),
    ];
  });

/** What an entry is, by its own word; whether it counts is for the fold to say. */
function summary(bytes: Uint8Array): { at: string; kind: string; by: string } {
  try {
    const { at, envelope } = parseEntry(bytes);
    const statement = parseStatement(payloadJson(envelope));
    const kind = statement.type.split(":").slice(3).join(" ");
    return { at, kind, by: authorIn(statement) };
  } catch (error) {
    if (!(error instanceof InvalidDocument) && !(error instanceof LogError)) throw error;
    return { at: "", kind: "unreadable", by: "" };
  }
}

const AUTHORS = ["by", "asker", "provider", "member"] as const;

function authorIn(statement: object): string {
  const fields = new Map<string, unknown>(Object.entries(statement));
  const node = fields.get("node");
  if (typeof node === "number") return `node ${node}`;
  return String(AUTHORS.map((name) => fields.get(name)).find((id) => id !== undefined) ?? "");
}
