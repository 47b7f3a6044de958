import type {
  BudgetUsed,
  CommitReply,
  DescriptorReply,
  ManifestReply,
  OfferReply,
  Problem,
  ResultReply,
  Risk,
  RunAccepted,
  RunProgress,
  RunReply,
  RunState,
  StatusReply,
  WithdrawalReply,
} from "@symbolon/governance/api";
import {
  type Check,
  hash,
  identifier,
  integer,
  list,
  number,
  oneOf,
  text,
} from "@symbolon/governance/check";
import { parseEnvelope } from "@symbolon/governance/envelope";
import { InvalidDocument } from "@symbolon/governance/invalid-document";

/** What nodes answer, checked: a node is trusted for nothing but keeping its shares to itself. */

const STATES = ["waiting", "running", "interrupted", "done", "aborted", "refused"] as const;
const state: Check<RunState> = oneOf(...STATES);
const COUNT_MAX = Number.MAX_SAFE_INTEGER;
const amount = number(0, Number.MAX_VALUE);
const count = integer(0, COUNT_MAX);

/** Only the fields that are known, so that a newer node may say more; some may be missing. */
function lenient<T extends object>(
  fields: { readonly [K in keyof T]-?: Check<Exclude<T[K], undefined>> },
  optional: readonly (keyof T & string)[] = [],
): Check<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return (value, path) => {
    if (typeof value !== "object" || value === null)
      throw new InvalidDocument(path, "be an object");
    const given = value as Partial<Record<keyof T, unknown>>;
    const result: Partial<T> = {};
    for (const name of names) {
      const item = Object.hasOwn(given, name) ? given[name] : undefined;
      if ((item === undefined || item === null) && optional.includes(name)) continue;
      result[name] = fields[name](item, `${path}.${name}`);
    }
    return result as T;
  };
}

export const descriptorReply = lenient<DescriptorReply>({ descriptor: parseEnvelope });

export const manifestReply = lenient<ManifestReply>({
  dataset: identifier,
  root: hash,
  state: oneOf("uploading", "complete"),
  present: list(text(160), 0, 10_000_000),
});

export const commitReply = lenient<CommitReply>({ receipt: parseEnvelope });
/** Versions of one dataset. */
const VERSIONS_MAX = 100_000;

export const withdrawalReply = lenient<WithdrawalReply>({
  dataset: identifier,
  versions: list(
    lenient<WithdrawalReply["versions"][number]>(
      {
        root: hash,
        reason: oneOf("withdrawn", "expired", "replaced"),
        tombstone: parseEnvelope,
      },
      ["tombstone"],
    ),
    0,
    VERSIONS_MAX,
  ),
});
export const offerReply = lenient<OfferReply>({ offer: hash });
export const runAccepted = lenient<RunAccepted>({ run: identifier, state });

const progress = lenient<RunProgress>({
  done: amount,
  total: amount,
  unit: text(40),
  ratePerSecond: amount,
  secondsLeft: amount,
});
const chance = number(0, 1);
const risk = lenient<Risk>({ low: chance, expected: chance, high: chance });
const stats = lenient<NonNullable<RunReply["stats"]>>({
  rounds: count,
  bytesSent: list(count, 0, 3),
});

export const runReply = lenient<RunReply>(
  {
    run: identifier,
    state,
    progress: progress,
    risk: risk,
    soundnessBits: number(0, 1_000),
    stats: stats,
    reason: text(500),
  },
  ["progress", "risk", "soundnessBits", "stats", "reason"],
);

const base64Text: Check<string> = (value, path) => {
  if (typeof value !== "string") throw new InvalidDocument(path, "be base64");
  return value;
};

export const resultReply = lenient<ResultReply>({ sealed: base64Text, enc: base64Text });

const budgetUsed = lenient<BudgetUsed>(
  {
    dataset: identifier,
    epsilon: text(2_000),
    epsilonMost: text(40),
    exact: count,
    exactMost: count,
  },
  ["epsilonMost", "exactMost"],
);

export const statusReply = lenient<StatusReply>(
  {
    space: identifier,
    node: oneOf(0, 1, 2),
    name: text(80),
    version: text(64),
    buildHash: hash,
    peers: list(lenient({ node: oneOf(0, 1, 2), name: text(80), up: boolean }), 0, 2),
    datasets: count,
    runs: lenient<Record<RunState, number>>({
      waiting: count,
      running: count,
      interrupted: count,
      done: count,
      aborted: count,
      refused: count,
    }),
    ledger: lenient({ size: count, root: hash }),
    budgets: list(budgetUsed, 0, 1_000_000),
  },
  ["ledger", "budgets"],
);

function boolean(value: unknown, path: string): boolean {
  if (typeof value !== "boolean") throw new InvalidDocument(path, "be true or false");
  return value;
}

/** A problem document; missing parts are left empty, control characters are taken out. */
export function problemOf(status: number, body: string | undefined): Problem {
  let value: Partial<Record<keyof Problem, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(body ?? "");
    if (typeof parsed === "object" && parsed !== null) value = parsed;
  } catch {
    // Something between us and the node has answered; the status says what there is to say.
  }
  const say = (field: keyof Problem): string => {
    const said = value[field];
    return typeof said === "string" ? said.replace(/\p{Control}+/gu, " ").slice(0, 500) : "";
  };
  const type = say("type");
  return {
    type: /^urn:symbolon:problem:[a-z0-9-]+$/i.test(type)
      ? (type as Problem["type"])
      : "urn:symbolon:problem:unknown",
    title: say("title"),
    status,
    detail: say("detail"),
    cure: say("cure"),
  };
}
