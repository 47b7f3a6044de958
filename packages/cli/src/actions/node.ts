import { toBase64 } from "@symbolon/base/bytes";
import { ownBuildHash } from "@symbolon/node/build-hash";
import { readConfig } from "@symbolon/node/config";
import { createEngine } from "@symbolon/node/engine";
import { headKeyOf } from "@symbolon/node/identity/head-key";
import { initNode } from "@symbolon/node/init";
import { startNode } from "@symbolon/node/node";
import type { NodeInitOptions, NodeStartOptions } from "../commands/node.js";
import type { Session } from "../program.js";

/** Makes a node and tells its operator what is public and what is not. */
export async function nodeInit(options: NodeInitOptions, { output }: Session): Promise<void> {
  const { index, name, spaceId, dir, api, peer, listen, space } = options;
  const made = await initNode({
    ...{ index, name, dir, api, peer, space: spaceId, spaceFile: space, now: Date.now() },
    ...(listen !== undefined && { listen: { api: listen, peer: listen } }),
  });
  output.line(`Made ${made.keyFile}: secret, keep it and a backup to yourselves.`);
  output.line(`Made ${made.cardFile}: public, for whoever puts space.json together.`);
  output.line(`Made ${made.configFile}: start the node with it once space.json is there.`);
  const build = ownBuildHash();
  output.line(`This program's build hash, for members to accept: ${build}`);
  const { configFile, keyFile, cardFile } = made;
  output.result({ config: configFile, keys: keyFile, card: cardFile, build });
}

/** Runs a node until the signal; everything acknowledged is on disk then. */
export async function nodeStart(
  { config: path }: NodeStartOptions,
  { output, signal }: Session,
): Promise<void> {
  const config = readConfig(path);
  const stopped = new Promise((resolve) => {
    signal.addEventListener("abort", resolve, { once: true });
  });
  const node = await startNode({
    config,
    engine: createEngine(config.threads),
    now: () => Date.now(),
  });
  const { api, peer } = node.ports;
  const { index, name } = config;
  output.note(
    `Node ${index}, ${name}: for members at port ${api}, for the other nodes at ${peer}.`,
  );
  output.result({ index, name, build: node.buildHash, ports: node.ports });
  if (!signal.aborted) await stopped;
  await node.close();
}

/** The key for heads, which a card of an earlier version lacks. */
export function nodeCard({ config: path }: NodeStartOptions, { output }: Session): void {
  const { keys, index, space } = readConfig(path);
  const headKey = toBase64(headKeyOf(keys.signing).publicKey);
  output.line(headKey);
  output.result({ ...space.nodes[index], headKey });
}

/** The hash of this program's code as a node runs it. */
export function nodeBuild({ output }: Session): void {
  const build = ownBuildHash();
  output.line(build);
  output.result({ build });
}
