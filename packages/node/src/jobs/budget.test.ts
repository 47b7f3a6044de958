import { cpSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DatasetId } from "@symbolon/base/id";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  call,
  type DataSpace,
  dataSpace,
  echoEngine,
  prepare,
  question,
  type Submission,
  startTestNode,
  submit,
} from "../data-space.contract.js";
import type { RunningNode } from "../node.js";
import { until } from "../transport/three-links.contract.js";

let world: DataSpace;
let nodes: (RunningNode | undefined)[];
let shelter: Submission;
/** Two lists of the police: each is answered once. */
let lists: [string, Submission][];

const start = async (index: PartyIndex) => {
  nodes[index] = await startTestNode(world, index, echoEngine());
};
const stop = async (index: PartyIndex) => {
  const node = nodes[index];
  nodes[index] = undefined;
  await node?.close();
};
const allUp = () =>
  until(() => nodes.every((node) => node?.status().peers.every(({ up }) => up) ?? false));

beforeEach(async () => {
  world = await dataSpace();
  nodes = [undefined, undefined, undefined];
  for (const index of PARTIES) await start(index);
  shelter = await prepare(world, "shelter", { offer: { runsMax: 9 } });
  lists = [];
  for (const dataset of ["police-1", "police-2"])
    lists.push([
      dataset,
      await prepare(world, "police", { manifest: { dataset: dataset as DatasetId } }),
    ]);
  for (const index of PARTIES) {
    expect((await submit(world, index, "shelter-list", shelter)).status).toBe(200);
    for (const [dataset, one] of lists)
      expect((await submit(world, index, dataset, one)).status).toBe(200);
  }
  await allUp();
});
afterEach(async () => {
  for (const index of PARTIES) await stop(index);
  world.remove();
});

/** Asks with one of the lists; what each node answers, and the run. */
async function ask(which: 0 | 1) {
  const [dataset, one] = lists[which];
  const ours = { dataset: dataset as DatasetId, root: one.root };
  const { request, run } = await question(world, one, shelter, { ours });
  const replies = await Promise.all(
    PARTIES.map((node) => call(world, node, "POST", "/runs", { request })),
  );
  const ended = async (state: string) => {
    for (const end = Date.now() + 10_000; Date.now() < end; ) {
      const seen = await Promise.all(
        PARTIES.map((node) => call(world, node, "GET", `/runs/${run}`)),
      );
      const states = seen.map(({ json }) => (json as { state?: string }).state);
      if (states.every((one) => one === state)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`not ${state}`);
  };
  return { replies, run, ended };
}
const change = async (index: PartyIndex, exact: number) => {
  await stop(index);
  const config = world.configs[index];
  Object.assign(config, { budget: { ...config.budget, each: { exact } } });
  await start(index);
  await allUp();
};

describe("a dataset's budget", () => {
  it("is written down and shown; the run that does not fit any more is refused", async () => {
    await change(1, 1);
    const first = await ask(0);
    await first.ended("done");
    for (const node of nodes) {
      const { ledger, budgets } = node!.status();
      expect(ledger?.size).toBe(2);
      expect(budgets).toEqual([
        { dataset: "shelter-list", epsilon: "0", epsilonMost: "20", exact: 1, exactMost: 60 },
      ]);
    }
    const { replies } = await ask(1);
    expect(replies[1]).toMatchObject({
      status: 409,
      json: {
        type: "urn:symbolon:problem:budget-spent",
        detail: expect.stringMatching(
          /of police for unstated of shelter's shelter-list at Node B until .*Node B's operator/,
        ),
      },
    });
  });
});

describe("a node that was set back to an older copy", () => {
  const copy = () => join(world.dir, "copy");
  const { dataDir, keyDir } = {
    dataDir: () => world.configs[0].dataDir,
    keyDir: () => dirname(world.configs[0].keyFile),
  };

  it("does not start if its keys are newer, and finds no partner if they are not", async () => {
    await stop(0);
    cpSync(dataDir(), join(copy(), "data"), { recursive: true });
    cpSync(keyDir(), join(copy(), "keys"), { recursive: true });
    await start(0);
    await allUp();
    await (await ask(0)).ended("done");
    await stop(0);
    rmSync(dataDir(), { recursive: true });
    cpSync(join(copy(), "data"), dataDir(), { recursive: true });
    await expect(start(0)).rejects.toMatchObject({
      code: "LEDGER_OLDER",
      message: expect.stringMatching(/has 0 entries; it had 2/),
    });
    rmSync(keyDir(), { recursive: true });
    cpSync(join(copy(), "keys"), keyDir(), { recursive: true });
    await start(0);
    await allUp();
    const { replies, run, ended } = await ask(1);
    expect(replies.map(({ status }) => status)).toEqual([202, 202, 202]);
    await ended("refused");
    const { json } = await call(world, 1, "GET", `/runs/${run}`);
    expect((json as { reason?: string }).reason).toMatch(/disclosure ledger/);
  });
});
