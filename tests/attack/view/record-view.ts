import { bytesOf } from "@symbolon/base/bytes";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { RunOptions } from "@symbolon/mpc/context";
import { memoryTransports } from "@symbolon/mpc/transport/memory";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { seededCrypto } from "@symbolon/sim/world/seeded-crypto";
import { partyOptions } from "../trio.js";

/** Everything that one party has seen in a run, by name, in the order in which it came. */
export type View = Map<string, Uint8Array>;

/** A run of which a party sees its shares, the messages it gets, and its randomness. */
export type Watched = (
  options: RunOptions,
  self: PartyIndex,
  see: (what: string, bytes: Uint8Array) => void,
) => Promise<void>;

/** Runs three parties and gives what `watcher` has seen. */
export async function recordView(run: Watched, seed: string, watcher: PartyIndex): Promise<View> {
  const view: View = new Map();
  const see = (what: string, bytes: Uint8Array) => view.set(`${view.size} ${what}`, bytes.slice());
  const transports = memoryTransports();
  await Promise.all(
    PARTIES.map(async (self) => {
      const isWatched = self === watcher;
      const crypto = seededCrypto(`${seed}/party/${self}`);
      const options = {
        ...partyOptions({ seed }, self, transports[self]),
        crypto: isWatched ? watchedCrypto(crypto, see) : crypto,
        transport: isWatched ? watchedTransport(transports[self], see) : transports[self],
      };
      try {
        await run(options, self, isWatched ? see : () => undefined);
      } catch (error) {
        transports[self].abort("ERROR");
        throw error;
      }
    }),
  );
  return view;
}

type See = (what: string, bytes: Uint8Array) => void;

/** All streams that the party shares with its neighbours, and what it draws by itself. */
const watchedCrypto = (crypto: RunOptions["crypto"], see: See): RunOptions["crypto"] => ({
  ...crypto,
  keystream(key, size) {
    const stream = crypto.keystream(key, size);
    see("stream", stream);
    return stream;
  },
  random(size) {
    const drawn = crypto.random(size);
    see("drawn", drawn);
    return drawn;
  },
});

const watchedTransport = (transport: Transport, see: See): Transport => ({
  ...transport,
  async receive(from, channel) {
    const message = await transport.receive(from, channel);
    see(`from ${from} ${channel}`, bytesOf(message));
    return message;
  },
});
