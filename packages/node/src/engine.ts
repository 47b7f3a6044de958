import { assert } from "@symbolon/base/assert";
import { fromHex, toHex, utf8 } from "@symbolon/base/bytes";
import type { TableSpec } from "@symbolon/base/dataset";
import { canonicalJson } from "@symbolon/governance/canonical-json";
import type { Hash } from "@symbolon/governance/hash";
import { estimateRisk } from "@symbolon/governance/risk";
import type { RunParams } from "@symbolon/governance/statement";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { gangKernels } from "@symbolon/mpc/kernels/gang-node";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { VALIDITY_RULES } from "@symbolon/mpc/linkage/validity";
import { PRODUCTION } from "@symbolon/mpc/profile";
import type { Bits } from "@symbolon/mpc/sharing/shares";
import { catalogue, queryHash } from "@symbolon/queries/catalogue/catalogue";
import { sharedIndicators } from "@symbolon/queries/catalogue/shared-indicators";
import { type AnyQuery, epsilonOf } from "@symbolon/queries/define-query";
import { explainHash } from "@symbolon/queries/explain/explain";
import type { Told } from "@symbolon/queries/leakage/leakage-model";
import { columnsRead, type Plan, unaskedIn } from "@symbolon/queries/plan/plan";
import type { PlanList } from "@symbolon/queries/three-party/backend";
import { executeRun, type RunList } from "@symbolon/queries/three-party/execute";
import type { Cost } from "@symbolon/release/ledger";
import { parseRational } from "@symbolon/release/rational";
import type { AskedInput, RunInput, RunOutcome, RunTask } from "./jobs/execute.js";
import type { Engine, Remembered } from "./jobs/job-services.js";

/** The catalogue of queries on the production engine. There is no way to load another profile. */
export function createEngine(threads = 1): Engine {
  const kernels = threads === 1 ? wasmKernels() : gangKernels(threads);
  const queries = catalogue.map((query) => ({
    query,
    hash: queryHash((bytes) => nodeCrypto.sha256(bytes), query) as Hash,
  }));
  const queryOf = (wanted: Hash) => queries.find(({ hash }) => hash === wanted)?.query;

  const execute = async (task: RunTask): Promise<RunOutcome> => {
    const query = queryOf(task.query);
    assert(query !== undefined, "a run that was allowed has a known query");
    const plan = query.planFor(task.params);
    const lists: RunList[] = [];
    for (const input of [task.ours, ...task.theirs]) {
      lists.push(await loadList(input, query, plan));
    }
    const [ours, ...theirs] = lists;
    const asked = await Promise.all(task.asked.map(loadAsked));
    const outcome = await executeRun(
      {
        id: `${task.run}/${task.attempt}`,
        transport: task.transport,
        keys: task.keys,
        kernels,
        crypto: nodeCrypto,
        profile: PRODUCTION,
        clock: () => performance.now(),
        onProgress: (done, total) => task.onProgress({ done, total, unit: "pairs" }),
      },
      {
        plan,
        layout: query.layout,
        ours,
        theirs,
        asked,
        seeds: task.selection,
        terms: `${task.query} ${canonicalJson(task.params)}`,
        onValid: (name) => {
          const input = [task.ours, ...task.theirs].find(({ dataset }) => dataset === name);
          if (input) task.onInputChecked(input.dataset);
        },
      },
    );
    const { result, soundnessBits, metrics } = outcome;
    return { own: result.own, next: result.next, rounds: metrics.rounds, soundnessBits };
  };

  return {
    queries: queries.map(({ query, hash }) => ({
      hash,
      inputRules: inputRules(query),
      reads: { layout: query.layout.id, ...query.reads },
      lists: query.lists,
      picks: query.picks,
      repeats: query.repeats,
      problem: query.problem,
      explanation: explainHash((bytes) => nodeCrypto.sha256(bytes), query) as Hash,
    })),
    risk: estimateRisk,
    execute,
    costOf: (hash) => {
      const query = queryOf(hash);
      assert(query !== undefined, "a run that was allowed has a known query");
      return costOf(query);
    },
    remembers: (hash, params) => rememberedBy(queryOf(hash), params),
  };
}

/**
 * What a run uses up, by what its query declares: the ε of its noise, and whether anything is told
 * to the asker without noise, apart from what manifests say to everybody.
 */
export function costOf({ noise, leakage }: Pick<AnyQuery, "noise" | "leakage">): Cost {
  const epsilon = parseRational(epsilonOf(noise));
  assert(epsilon !== undefined, "a query declares its ε as an exact fraction");
  const told = Object.entries<Told>(leakage.asker);
  const isExact = told.some(([fact, one]) => fact !== "manifests" && one.epsilon === undefined);
  return { epsilon, exact: isExact ? 1 : 0 };
}

/** Columns of a list by which it is recognised, on shares, who is asked about again. */
const ASKED_COLUMNS = ["content", "present", "real"] as const;

/** What a later run looks at of the asker's list, if this query's plans look at any of it. */
function rememberedBy(query: AnyQuery | undefined, params: RunParams): Remembered | undefined {
  if (query === undefined || query.problem(params) !== undefined) return undefined;
  const plan = query.planFor(params);
  if (plan.op !== "pick" || unaskedIn(plan.from) === undefined) return undefined;
  return { kind: query.layout.id, table: query.reads.table, columns: ASKED_COLUMNS };
}

/** A list that was asked about before, decrypted for this run. */
async function loadAsked({ root, rows, load }: AskedInput): Promise<RunList> {
  const rootBytes = fromHex(root);
  assert(rootBytes !== undefined, "a root is a hash");
  const [content, present, real] = [
    await load("content"),
    await load("present"),
    await load("real"),
  ];
  return { name: "an-earlier-list", root: rootBytes, list: { rows, content, present, real } };
}

/** Hash of all that decides whether `validateList` passes a dataset: rules, layout, columns. */
function inputRules({ layout, reads }: (typeof catalogue)[number]): Hash {
  const text = JSON.stringify({ rules: VALIDITY_RULES, layout, reads });
  return toHex(nodeCrypto.sha256(utf8(text))) as Hash;
}

/** The columns of a dataset that a plan reads, decrypted for this run. */
async function loadList(input: RunInput, query: AnyQuery, plan: Plan): Promise<RunList> {
  const { dataset, root, manifest, isChecked } = input;
  const table = manifest.schema.tables.find(({ name }) => name === query.reads.table);
  assert(table !== undefined, "a dataset that was accepted has the table that is read");
  const rootBytes = fromHex(root);
  assert(rootBytes !== undefined, "a root is a hash");
  const list = await loadRows(input, table, query, plan);
  return { name: dataset, root: rootBytes, isChecked, list };
}

async function loadRows(
  input: RunInput,
  { name, rows }: TableSpec,
  { keys, records }: AnyQuery,
  plan: Plan,
): Promise<PlanList> {
  const load = (column: string) => input.load(name, column);
  if (plan.op === "count") {
    return { rows, columns: await loadAll(columnsRead(plan), load) };
  }
  if (name === sharedIndicators.reads.table) {
    return { rows, codes: await load("slot-codes"), keys: await load("slot-keys") };
  }
  return {
    rows,
    content: await load("content"),
    present: await load("present"),
    real: await load("real"),
    ...(keys && { keys: await load(keys.id) }),
    ...(records && { records: await load(records.id) }),
    ...(plan.op === "count-persons" && { attributes: await loadAll(columnsRead(plan), load) }),
  };
}

/** Columns by name, one after the other. */
async function loadAll(
  names: readonly string[],
  load: (column: string) => Promise<Bits>,
): Promise<ReadonlyMap<string, Bits>> {
  const columns = new Map<string, Bits>();
  for (const name of names) columns.set(name, await load(name));
  return columns;
}
