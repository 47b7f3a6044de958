import type { PartyIndex } from "@symbolon/base/id";
import { ProtocolAbort } from "@symbolon/mpc/error";
import { World, type WorldOptions } from "./world.js";

/** One flipped bit of one message that one party sends; places are taken modulo what there is. */
export interface Lie {
  readonly by: PartyIndex;
  readonly message: number;
  readonly byte: number;
  readonly bit: number;
}

/** What became of a run in which somebody lied. */
export interface Told {
  readonly outcome: "aborted" | "same result" | "wrong result";
  /** The channel of the message that was changed. */
  readonly channel: string;
}

/**
 * Runs twice from one seed, honestly and with one lie, and compares what `run` answers (text that
 * tells results apart). Only messages on channels that `where` admits are changed.
 */
export async function tellLie(
  seed: number | string,
  lie: Lie,
  run: (world: World) => Promise<string>,
  where: (channel: string) => boolean = () => true,
  options: WorldOptions = {},
): Promise<Told> {
  let count = 0;
  const isHis = (from: PartyIndex, channel: string, size: number): boolean =>
    from === lie.by && size > 0 && where(channel);
  const honest = await run(
    new World(seed, {
      ...options,
      tamper: (bytes, { from, channel }) => {
        if (isHis(from, channel, bytes.length)) count += 1;
        return bytes;
      },
    }),
  );
  let seen = -1;
  let changed = "";
  const world = new World(seed, {
    ...options,
    tamper: (bytes, { from, channel }) => {
      if (!isHis(from, channel, bytes.length)) return bytes;
      seen += 1;
      if (seen !== lie.message % count) return bytes;
      changed = channel;
      const message = bytes.slice();
      message[lie.byte % message.length] ^= 1 << (lie.bit % 8);
      return message;
    },
  });
  try {
    const result = await run(world);
    return { outcome: result === honest ? "same result" : "wrong result", channel: changed };
  } catch (error) {
    if (!(error instanceof ProtocolAbort)) throw error;
    return { outcome: "aborted", channel: changed };
  }
}
