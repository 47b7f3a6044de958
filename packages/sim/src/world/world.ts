import { PARTIES, type PartyIndex, previous } from "@symbolon/base/id";
import { Context, type RunOptions } from "@symbolon/mpc/context";
import { PeerUnavailable, ProtocolAbort } from "@symbolon/mpc/error";
import type { Kernels } from "@symbolon/mpc/kernels/kernels";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { type Profile, SMALL_BATCH_TEST } from "@symbolon/mpc/profile";
import { type Adding, addUp, subtract, vectorLike, xor } from "@symbolon/mpc/ring/vector";
import { type RingVector, Shares } from "@symbolon/mpc/sharing/shares";
import { memoryTransports, type Tamper } from "@symbolon/mpc/transport/memory";
import { seededCrypto } from "./seeded-crypto.js";

let kernels: Kernels | undefined;

export interface WorldOptions {
  readonly tamper?: Tamper;
  readonly profile?: Profile;
  readonly kernels?: Kernels;
  /** A party that computes wrongly, in its own state as in what it sends. */
  readonly liar?: { readonly party: PartyIndex; readonly kernels: Kernels };
}

/** A trusted dealer and three parties in one process. Replays exactly from its seed. Tests only. */
export class World {
  readonly #dealer: ReturnType<typeof seededCrypto>;
  readonly #transports: ReturnType<typeof memoryTransports>;
  readonly #options: (party: PartyIndex) => RunOptions;
  #contexts: readonly Context[] | undefined;

  constructor(seed: number | string, options: WorldOptions = {}) {
    kernels ??= wasmKernels();
    const shared = options.kernels ?? kernels;
    const { liar } = options;
    this.#dealer = seededCrypto(`dealer/${seed}`);
    this.#transports = memoryTransports(options.tamper);
    const keys = PARTIES.map(() => this.#dealer.random(32));
    this.#options = (party) => ({
      id: `world-${seed}`,
      transport: this.#transports[party],
      keys: { own: keys[party], next: keys[(party + 1) % 3] },
      kernels: liar?.party === party ? liar.kernels : shared,
      crypto: seededCrypto(`party/${seed}/${party}`),
      profile: options.profile ?? SMALL_BATCH_TEST,
      clock: () => performance.now(),
    });
  }

  /** The three parties' roots, started at the first call. */
  get contexts(): readonly Context[] {
    this.#contexts ??= PARTIES.map((party) => Context.start(this.#options(party)));
    return this.#contexts;
  }

  /** What each party holds of a value, dealt by the trusted dealer. */
  share<V extends RingVector>(
    value: V,
    adding: Adding,
  ): readonly [Shares<V>, Shares<V>, Shares<V>] {
    const random = (): V => vectorLike(value, this.#dealer.random(value.byteLength).slice());
    const [x0, x1] = [random(), random()];
    const x2 =
      adding === "add"
        ? subtract(subtract(value, x0), x1)
        : (xor(xor(value as Uint32Array, x0 as Uint32Array), x1 as Uint32Array) as V);
    return [new Shares(x0, x1), new Shares(x1, x2), new Shares(x2, x0)];
  }

  /** The value that the parties' shares make, after checking that both copies agree. */
  combine<V extends RingVector>(shares: readonly Shares<V>[], adding: Adding): V {
    for (const party of PARTIES) {
      const copy = shares[previous(party)].next;
      if (!shares[party].own.every((value, k) => value === copy[k])) {
        throw new Error(`the copies of component ${party} differ`);
      }
    }
    return addUp(adding, shares[0].own, shares[1].own, shares[2].own);
  }

  /** Runs one function as each of the three parties; the first failure ends the others. */
  each<T>(party: (ctx: Context, self: PartyIndex) => Promise<T>): Promise<[T, T, T]> {
    return this.#each((self) => party(this.contexts[self], self));
  }

  /** The same for functions that start a run of their own. */
  eachOption<T>(
    profile: Profile,
    party: (options: RunOptions, self: PartyIndex) => Promise<T>,
  ): Promise<[T, T, T]> {
    return this.#each((self) => party({ ...this.#options(self), profile }, self));
  }

  async #each<T>(party: (self: PartyIndex) => Promise<T>): Promise<[T, T, T]> {
    const run = async (self: PartyIndex): Promise<T> => {
      try {
        return await party(self);
      } catch (error) {
        this.#transports[self].abort(error instanceof ProtocolAbort ? error.code : "ERROR");
        throw error;
      }
    };
    const settled = await Promise.allSettled(PARTIES.map(run));
    const failures = settled.flatMap((result) =>
      result.status === "rejected" ? [result.reason as Error] : [],
    );
    const cause = failures.find((error) => !(error instanceof PeerUnavailable)) ?? failures[0];
    if (cause) throw cause;
    return settled.map((result) => (result as PromiseFulfilledResult<T>).value) as [T, T, T];
  }
}
