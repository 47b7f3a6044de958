import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { PartyIndex } from "@symbolon/base/id";
import { ownBuildHash } from "@symbolon/node/build-hash";
import { throwawayCa } from "@symbolon/node/identity/throwaway-ca";
import { initNode } from "@symbolon/node/init";
import { freePorts } from "@symbolon/node/transport/free-ports";
import type { Children, Running } from "./children.js";
import { DemoError } from "./demo-error.js";
import type { DemoList } from "./lists.js";

const SPACE = "demo";
const NODE_NAMES = ["University node", "NGO umbrella node", "Public body node"];
const START_MS_MAX = 30_000;
const POLL_MS = 300;
const LOG_POLL_MS = 20;

/** Three nodes that run, and members with their keys. */
export interface Stage {
  readonly folder: string;
  readonly space: string;
  readonly nodes: readonly Running[];
  readonly nodeFolders: readonly string[];
}

/** Makes nodes under an authority that lives only in this process, members, and space.json. */
export async function setStage(
  folder: string,
  children: Children,
  lists: readonly DemoList[],
): Promise<Stage> {
  const now = Date.now();
  const ca = throwawayCa(now);
  const ports = await freePorts("127.0.0.1", 6);
  const space = join(folder, "space.json");
  const nodeFolders = NODE_NAMES.map((_, k) => join(folder, `node-${k}`));
  const made = await Promise.all(
    NODE_NAMES.map((name, k) =>
      initNode({
        ...{ name, now, ca, space: SPACE, spaceFile: space, dir: nodeFolders[k] },
        index: k as PartyIndex,
        api: { host: "127.0.0.1", port: ports[2 * k] },
        peer: { host: "127.0.0.1", port: ports[2 * k + 1] },
      }),
    ),
  );
  await Promise.all(
    lists.map(({ member, name, class: kind }) =>
      children.run([
        ...["provider", "init", "--id", member, "--name", name],
        ...["--class", kind, "--dir", join(folder, member)],
      ]),
    ),
  );
  await children.run([
    ...["space", "create", "--id", SPACE, "--name", "Demonstration", "--out", space],
    ...made.flatMap(({ cardFile }) => ["--node", cardFile]),
    ...lists.flatMap(({ member }) => ["--member", join(folder, member, "member-card.json")]),
    ...["--build", ownBuildHash()],
  ]);
  const nodes = made.map(({ configFile }) =>
    children.start(["node", "start", "--config", configFile]),
  );
  await untilUp(children, space, nodes);
  return { folder, space, nodes, nodeFolders };
}

/** Where an organisation keeps the receipt of a list of its own. */
export const receiptOf = ({ folder }: Stage, { member }: DemoList, of = "list"): string =>
  join(folder, member, `${of === "list" ? "" : `${of}-`}receipt.json`);

interface Status {
  readonly nodes: readonly { up: boolean; status?: { peers: readonly { up: boolean }[] } }[];
}

/** A node says on standard error when it listens: until then there is no use in asking. */
async function untilListening(nodes: readonly Running[], stop: () => boolean): Promise<void> {
  while (!stop() && nodes.some((node) => !node.log().includes("for members at port"))) {
    await wait(LOG_POLL_MS);
  }
}

/** Waits until each node is up and sees the two others. */
async function untilUp(
  children: Children,
  space: string,
  nodes: readonly Running[],
): Promise<void> {
  const started = performance.now();
  const isLate = () => performance.now() - started > START_MS_MAX;
  const ended = Promise.race(nodes.map((node) => node.ended));
  await Promise.race([untilListening(nodes, isLate), ended]);
  for (;;) {
    const asked = children.run(["status", "--space", space]).catch(() => undefined);
    const status = (await Promise.race([asked, ended])) as Status | undefined;
    const ready = status?.nodes.every(
      (node) => node.up && node.status?.peers.every((peer) => peer.up) === true,
    );
    if (ready === true) return;
    if (isLate()) {
      const said = nodes.map((node) => node.log().trim().split("\n").at(-1) ?? "").join(" | ");
      throw new DemoError("NODES_SILENT", `the nodes do not see one another: ${said}`);
    }
    await wait(POLL_MS);
  }
}

/** Writes the result for `--keep`. */
export const keepResult = (folder: string, result: unknown): void =>
  writeFileSync(join(folder, "result.json"), `${JSON.stringify(result, null, 2)}\n`);
