import { utf8 } from "@symbolon/base/bytes";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { canonicalBytes } from "./canonical-json.js";
import { cosignHead } from "./cosign-head.js";
import { headPolicy } from "./decide-charter.js";
import { type Envelope, payloadJson, seal } from "./envelope.js";
import { signatures, signer, space } from "./fixture.contract.js";
import { foldLog } from "./fold-log.js";
import { instantOf } from "./instant.js";
import { parseCheckpoint } from "./log/checkpoint.js";
import { compareByTiles } from "./log/compare-checkpoints.js";
import { TileStore } from "./log/fixture.contract.js";
import { consistencyFromTiles } from "./log/from-tiles.js";
import { append, EMPTY_FRONTIER, frontierRoot } from "./log/frontier.js";
import { formatGrowth } from "./log/growth.js";
import { parseNote } from "./log/note.js";
import { leafHash } from "./log/tree.js";
import { entryBytes, parseEntry } from "./log-entry.js";
import { headOf, headSigner, type LogWriter } from "./log-fixture.contract.js";
import { statementSchemas } from "./parse-statement.js";
import { genesisOf, type HeadKeys, type SpaceState } from "./space-state.js";
import { wholeStory } from "./whole-story.contract.js";

/**
 * A node, or whoever carries the log, changes, drops, reorders or backdates entries, or shows two
 * members two logs. Counts are printed; all must be refused, or show at the next head.
 */

let log: LogWriter;
/** The state before each entry, and after the last. */
let states: SpaceState[];
let roots: Uint8Array[];

const print = (line: string): void => void process.stdout.write(`${line}\n`);

beforeAll(async () => {
  log = await wholeStory();
  states = [await genesisOf(space)];
  for (const [k, entry] of log.entries.entries()) {
    const { state, refused } = await foldLog(signatures, states[k], [entry]);
    expect(refused, `entry ${k}`).toEqual([]);
    states.push(state);
  }
  roots = await Promise.all(states.map(({ frontier }) => frontierRoot(frontier)));
}, 120_000);

type Path = readonly string[];

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Object.entries(value);
  if (entries.length === 0) return [path];
  return entries.flatMap(([name, item]) => leavesOf(item, [...path, name]));
}

/** The same with one leaf changed, keeping its form where that is possible. */
function altered(value: unknown, [name, ...rest]: Path): unknown {
  if (name !== undefined) {
    const copy = structuredClone(value) as Record<string, unknown>;
    copy[name] = altered(copy[name], rest);
    return copy;
  }
  if (typeof value === "number") return value === 0 ? 1 : 0;
  if (typeof value !== "string") return value === null ? "0".repeat(64) : ["x"];
  if (value === "yes" || value === "no") return value === "yes" ? "no" : "yes";
  const moment = Date.parse(value);
  if (/^\d{4}-.*Z$/.test(value)) return instantOf(moment - 60_000);
  return value.startsWith("a") ? `b${value.slice(1)}` : `a${value.slice(1)}`;
}

const reads = async (envelope: Envelope, at: string) => {
  try {
    return entryBytes({ at: at as never, envelope });
  } catch {
    return canonicalBytes({ at, envelope });
  }
};

/** Whether an entry in the place of entry `k` does not count, and shows in the root. */
async function isCaught(k: number, bytes: Uint8Array): Promise<boolean> {
  const { state, refused } = await foldLog(signatures, states[k], [bytes]);
  const root = await frontierRoot(state.frontier);
  return refused.length === 1 && Buffer.compare(root, roots[k + 1]) !== 0;
}

/** It does not count; or all that was changed is its date, which shows in the root. */
async function changesNothing(k: number, bytes: Uint8Array): Promise<boolean> {
  const { state, refused } = await foldLog(signatures, states[k], [bytes]);
  const isOther = Buffer.compare(await frontierRoot(state.frontier), roots[k + 1]) !== 0;
  const isRedated = () =>
    JSON.stringify(parseEntry(bytes).envelope) ===
    JSON.stringify(parseEntry(log.entries[k]).envelope);
  return isOther && (refused.length === 1 || isRedated());
}

/** New keys without the old ones' signature wait for others to vouch: no member has them yet. */
async function changesNobody(k: number, bytes: Uint8Array): Promise<boolean> {
  const { state } = await foldLog(signatures, states[k], [bytes]);
  const { type } = payloadJson(parseEntry(bytes).envelope) as { readonly type: string };
  expect(type).toContain(":identity:");
  const root = await frontierRoot(state.frontier);
  const isSame = JSON.stringify([...state.members]) === JSON.stringify([...states[k].members]);
  return isSame && Buffer.compare(root, roots[k + 1]) !== 0;
}

describe("whoever holds the log", { timeout: 600_000 }, () => {
  it("has every kind of statement that a log takes in it", () => {
    const types = new Set(
      log.envelopes.map((it) => (payloadJson(it) as { readonly type: string }).type),
    );
    const elsewhere = ["node-descriptor:v1", "dataset-manifest:v1", "result-request:v1"];
    const direct = [...elsewhere, "run-request:v1"].map((it) => `urn:symbolon:statement:${it}`);
    const all = [...statementSchemas().keys()].filter((type) => !direct.includes(type));
    expect(all.filter((type) => !types.has(type))).toEqual([]);
  });

  it("changes a field: it does not count, under the old signatures or under its own", async () => {
    let [fields, caught] = [0, 0];
    for (const [k, bytes] of log.entries.entries()) {
      const { at, envelope } = parseEntry(bytes);
      const statement = payloadJson(envelope) as { readonly node?: unknown };
      // Somebody else of the same space: a member for what nodes say, a node for the rest.
      const other = await signer(typeof statement.node === "number" ? "shelter" : "node0");
      for (const path of leavesOf(statement)) {
        const forged = await seal(altered(statement, path) as object, other);
        const kept = { ...forged, signatures: envelope.signatures };
        for (const one of [kept, forged]) {
          fields += 1;
          if (await isCaught(k, await reads(one, at))) caught += 1;
          else expect.fail(`entry ${k}: ${path.join(".")}`);
        }
      }
    }
    print(`changed fields of statements: ${caught} of ${fields} refused`);
    expect(caught).toBe(fields);
  });

  it("changes any byte of an entry: it does not count, and nothing breaks", async () => {
    let tried = 0;
    const property = fc.asyncProperty(
      fc.nat(log.entries.length - 1),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (k, place, change) => {
        const bytes = log.entries[k].slice();
        bytes[place % bytes.length] ^= change;
        tried += 1;
        expect(await changesNothing(k, bytes)).toBe(true);
      },
    );
    await fc.assert(property, { numRuns: 2_000 });
    print(`changed bytes of entries: ${tried} of ${tried} refused, or dated otherwise`);
  });

  it("changes a signature, or takes one away: nothing comes of it", async () => {
    let [tried, caught] = [0, 0];
    for (const [k, bytes] of log.entries.entries()) {
      const { at, envelope } = parseEntry(bytes);
      for (const [which, one] of envelope.signatures.entries())
        for (const path of leavesOf(one)) {
          const others = envelope.signatures.with(which, altered(one, path) as typeof one);
          tried += 1;
          if (await isCaught(k, await reads({ ...envelope, signatures: others }, at))) caught += 1;
          else expect.fail(`entry ${k}: signature ${which}: ${path.join(".")}`);
        }
      if (envelope.signatures.length < 2) continue;
      for (const which of envelope.signatures.keys()) {
        const rest = envelope.signatures.filter((_, other) => other !== which);
        tried += 1;
        const bytes = await reads({ ...envelope, signatures: rest }, at);
        if ((await isCaught(k, bytes)) || (await changesNobody(k, bytes))) caught += 1;
        else expect.fail(`entry ${k} without signature ${which}`);
      }
    }
    print(`changed and missing signatures: ${caught} of ${tried} without effect`);
    expect(caught).toBe(tried);
  });

  it("drops, doubles, swaps or backdates entries: the root is not the signed one", async () => {
    const logs: Uint8Array[][] = [];
    const { entries } = log;
    for (const k of entries.keys()) {
      logs.push(entries.toSpliced(k, 1));
      logs.push(entries.toSpliced(k, 0, entries[k]));
      if (k > 0) logs.push(entries.toSpliced(k - 1, 2, entries[k], entries[k - 1]));
      const { at, envelope } = parseEntry(entries[k]);
      for (const minutes of [-60, -1, 1, 60]) {
        const other = instantOf(Date.parse(at) + minutes * 60_000);
        logs.push(entries.with(k, entryBytes({ at: other, envelope })));
      }
    }
    const signed = roots[entries.length];
    let caught = 0;
    for (const other of logs) {
      let frontier = EMPTY_FRONTIER;
      for (const bytes of other) frontier = await append(frontier, await leafHash(bytes));
      const isSame = Buffer.compare(await frontierRoot(frontier), signed) === 0;
      if (frontier.size !== entries.length || !isSame) caught += 1;
    }
    print(`logs with an entry dropped, doubled, swapped or redated: ${caught} of ${logs.length}`);
    expect(caught).toBe(logs.length);
  });
});

describe("three nodes that lie together", { timeout: 600_000 }, () => {
  it("show two members two logs: no witness signs both, and two heads are the proof", async () => {
    const keys = states[log.entries.length].heads as HeadKeys;
    const policy = await headPolicy({ ...keys, quorum: 0 });
    const head = async (store: TileStore, entries: readonly Uint8Array[]) => {
      await store.append(entries);
      let frontier = EMPTY_FRONTIER;
      for (const bytes of entries) frontier = await append(frontier, await leafHash(bytes));
      return headOf(frontier, keys, [0, 1, 2]);
    };
    const honest = new TileStore();
    const whole = await head(honest, log.entries);
    const checkpoint = parseCheckpoint(parseNote(whole).text);
    const seen = { size: checkpoint.size, root: checkpoint.root };
    const signer = await headSigner("head-shelter", keys, "shelter" as never);
    let [forks, refused, shown] = [0, 0, 0];
    for (let k = 0; k < log.entries.length; k += 1) {
      const other = [...log.entries.with(k, utf8(`{"another":${k}}`)), utf8("one more")];
      const store = new TileStore();
      const file = await head(store, other);
      const second = parseCheckpoint(parseNote(file).text);
      forks += 1;
      const { path } = await consistencyFromTiles(store.read, second, seen.size);
      const growth = formatGrowth({ oldSize: seen.size, path, checkpoint: file });
      const witness = { signer, time: 1_772_366_400 };
      const word = await cosignHead(signatures, policy, seen, growth, witness).catch(
        (error) => error.code as string,
      );
      if (word === "LOG_PROOF_WRONG") refused += 1;
      if ((await compareByTiles(checkpoint, second, store.read)) === "fork") shown += 1;
    }
    print(`second histories: ${refused} of ${forks} not cosigned, ${shown} shown by two heads`);
    expect([refused, shown]).toEqual([forks, forks]);
  });
});
