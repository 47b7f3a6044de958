import { utf8 } from "@symbolon/base/bytes";
import { beforeAll, describe, expect, it } from "vitest";
import { cosignHead, extendLog } from "./cosign-head.js";
import { decide } from "./decide.js";
import { headPolicy } from "./decide-charter.js";
import { checkReceipt, receiptOf } from "./entry-receipt.js";
import { OTHER_HASH, signatures } from "./fixture.contract.js";
import { parseCheckpoint } from "./log/checkpoint.js";
import { TileStore } from "./log/fixture.contract.js";
import { consistencyFromTiles } from "./log/from-tiles.js";
import { frontierRoot } from "./log/frontier.js";
import { formatGrowth } from "./log/growth.js";
import { parseNote } from "./log/note.js";
import type { LogPolicy } from "./log/policy.js";
import {
  add,
  ask,
  founded,
  headOf,
  headSigner,
  LOG,
  type LogWriter,
  logCase,
} from "./log-fixture.contract.js";
import type { HeadKeys, SpaceState } from "./space-state.js";

let log: LogWriter;
let state: SpaceState;
let keys: HeadKeys;
let policy: LogPolicy;
let store: TileStore;

beforeAll(async () => {
  log = await founded();
  await ask(log);
  ({ state } = await log.fold());
  keys = state.heads as HeadKeys;
  policy = await headPolicy(keys);
  store = await new TileStore().append(log.entries);
});

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "signed",
    (error) => error.code as string,
  );

describe("a node that is asked to sign a head", () => {
  const extend = async (write: (log: LogWriter) => Promise<unknown>, minutes = 0) => {
    const longer = log.fork();
    await write(longer);
    const entries = longer.entries.slice(log.entries.length);
    return extendLog(signatures, { state, log: LOG, entries, now: longer.ms + minutes * 60_000 });
  };
  const leave = (it: LogWriter) => add(it, "departure:v1", { member: "helpline" }, "helpline");

  it("makes it from its own copy, where every entry counts", async () => {
    const { head, state: after } = await extend(leave);
    const checkpoint = parseCheckpoint(head);
    expect(checkpoint.size).toBe(log.entries.length + 1);
    expect(checkpoint.root).toEqual(await frontierRoot(after.frontier));
    expect(after.members.get("helpline" as never)?.left).toBe(log.entries.length);
  });

  it("does not sign an entry that does not count, or is dated otherwise than now", async () => {
    const forged = (it: LogWriter) => add(it, "departure:v1", { member: "helpline" }, "shelter");
    expect(await codeOf(extend(forged))).toBe("BAD_SIGNATURE");
    expect(await codeOf(extend(leave, 15))).toBe("signed");
    expect(await codeOf(extend(leave, 16))).toBe("ENTRY_OUT_OF_ORDER");
    expect(await codeOf(extend(leave, -2))).toBe("signed");
    expect(await codeOf(extend(leave, -3))).toBe("ENTRY_OUT_OF_ORDER");
  });
});

describe("a run", () => {
  it.each([
    [[0, 1, 2, "helpline"], "allowed"],
    [[0, 1, 2, "shelter", "helpline"], "allowed"],
    [[1, 2, "helpline"], "HEAD_NOT_COSIGNED"],
    [[0, 2, "helpline"], "HEAD_NOT_COSIGNED"],
    [[0, 1, "helpline"], "HEAD_NOT_COSIGNED"],
    [[0, "helpline", "shelter"], "HEAD_NOT_COSIGNED"],
    [[0, 1, 2], "HEAD_NOT_COSIGNED"],
  ])("on a head that %s have signed: %s", async (signedBy, outcome) => {
    const decision = await decide(await logCase(log, { signedBy }));
    expect(decision.allow ? "allowed" : decision.refuse).toBe(outcome);
  });

  it("does not start on an older head, or on none", async () => {
    const before = await founded();
    const old = await headOf((await before.fold()).state.frontier, keys);
    expect(await decide(await logCase(log, { head: old }))).toMatchObject({
      refuse: "HEAD_OF_OTHER_LOG",
    });
    const about = await logCase(log);
    const spaces = new Map([...about.spaces].map(([id]) => [id, { state }]));
    expect(await decide({ ...about, spaces })).toMatchObject({ refuse: "HEAD_NOT_COSIGNED" });
    const nonsense = new Map([...about.spaces].map(([id]) => [id, { state, head: "x\n\n" }]));
    expect(await decide({ ...about, spaces: nonsense })).toMatchObject({
      refuse: "HEAD_NOT_COSIGNED",
    });
  });
});

describe("a witness", () => {
  const time = 1_772_366_400;
  const cosign = async (file: string, last?: { size: number; root: Uint8Array }) => {
    const signer = await headSigner("head-helpline", keys, "helpline" as never);
    return cosignHead(signatures, policy, last, file, { signer, time });
  };
  const nodesHead = (frontier = state.frontier) => headOf(frontier, keys, [0, 1, 2]);
  const earlier = async () => {
    const { frontier } = (await (await founded()).fold()).state;
    return { size: frontier.size, root: await frontierRoot(frontier), frontier };
  };

  it("cosigns what continues its last head, and its cosignature counts", async () => {
    const last = await earlier();
    const head = await nodesHead();
    const { root, size } = parseCheckpoint(parseNote(head).text);
    const { path } = await consistencyFromTiles(store.read, { size, root }, last.size);
    const growth = formatGrowth({ oldSize: last.size, path, checkpoint: head });
    const { seen, signature } = await cosign(growth, last);
    expect(seen).toEqual({ size, root });
    expect(signature.name).toBe(`${LOG}/helpline`);
    expect((await cosign(head)).seen).toEqual(seen);
    expect((await cosign(head, seen)).seen).toEqual(seen);
  });

  it("signs nothing else", async () => {
    const last = await earlier();
    const head = await nodesHead();
    expect(await codeOf(cosign(head, last))).toBe("LOG_PROOF_WRONG");
    const { root, size } = parseCheckpoint(parseNote(head).text);
    // Back to an older head, and to another history of the same length.
    expect(await codeOf(cosign(await nodesHead(last.frontier), { size, root }))).toBe(
      "LOG_PROOF_WRONG",
    );
    const fork = log.fork();
    fork.entries[fork.entries.length - 1] = utf8("another");
    const other = await fork.refold(fork.entries);
    expect(await codeOf(cosign(await nodesHead(other.frontier), { size, root }))).toBe("LOG_FORK");
    expect(await codeOf(cosign(await headOf(state.frontier, keys, [0, 1])))).toBe(
      "LOG_NOT_COSIGNED",
    );
  });
});

describe("a receipt", () => {
  it("shows a member its statement, under everybody's signatures, for ever", async () => {
    const head = await headOf(state.frontier, keys);
    const index = log.entries.length - 1;
    const file = utf8(await receiptOf(store.read, head, index));
    const found = await checkReceipt(signatures, policy, file, log.hash("request"));
    expect(found.index).toBe(index);
    expect(found.entry.envelope).toEqual(log.envelopes[index]);
    expect(await codeOf(checkReceipt(signatures, policy, file, OTHER_HASH))).toBe(
      "LOG_ENTRY_UNCLEAR",
    );
    const [a, b, c] = policy.nodes;
    const other = { ...policy, nodes: [b, a, c] as const, origin: "south.example/log" };
    expect(await codeOf(checkReceipt(signatures, other, file, log.hash("request")))).toBe(
      "LOG_OTHER_ORIGIN",
    );
  });
});
