import { initNode } from "@symbolon/node/init";
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
  const { configFile, keyFile, cardFile } = made;
  output.result({ config: configFile, keys: keyFile, card: cardFile });
}
export async function nodeStart(_o: NodeStartOptions, _s: Session): Promise<void> {}
