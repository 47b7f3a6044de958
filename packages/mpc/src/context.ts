import { assert } from "@symbolon/base/assert";
import { utf8 } from "@symbolon/base/bytes";
import { next, type PartyIndex, previous } from "@symbolon/base/id";
import type { Crypto } from "./crypto/crypto.js";
import { ProtocolAbort } from "./error.js";
import type { Kernels } from "./kernels/kernels.js";
import { type Activity, Metrics } from "./metrics.js";
import type { Profile } from "./profile.js";
import { type PairwiseKeys, Prss } from "./prss/prss.js";
import type { Transport } from "./transport/transport.js";
import { ProductClaims } from "./verify/claims.js";

/** All that one party brings to one attempt of one run. */
export interface RunOptions {
  /** Names run and attempt; every channel and random stream hangs below it. */
  readonly id: string;
  readonly transport: Transport;
  readonly keys: PairwiseKeys;
  readonly kernels: Kernels;
  readonly crypto: Crypto;
  readonly profile: Profile;
  /** Milliseconds that only grow; for metrics. */
  readonly clock: () => number;
  /** Called between bands with the work done and announced; throwing ends the run. */
  readonly onProgress?: (done: number, total: number) => void;
}

interface Run extends RunOptions {
  readonly prss: Prss;
  readonly metrics: Metrics;
  readonly taken: Set<string>;
  readonly claimSets: Set<ProductClaims>;
  readonly work: { done: number; total: number };
}

/** A count of rounds along one line of dependent messages. */
interface Chain {
  rounds: number;
}

/** What the neighbours sent in one round. */
export interface Received {
  readonly next: Uint8Array;
  readonly previous: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/**
 * A named position in a run. Its path keys the random streams, the channel and the metrics, so any
 * worker can compute any tile. A name is taken once: using one twice is a bug and crashes.
 */
export class Context {
  readonly self: PartyIndex;
  readonly path: string;
  readonly #run: Run;
  readonly #chain: Chain;
  readonly claims: ProductClaims;
  readonly #activity: Activity | undefined;

  private constructor(
    run: Run,
    path: string,
    chain: Chain,
    claims: ProductClaims,
    activity?: Activity,
  ) {
    this.self = run.transport.self;
    this.#run = run;
    this.path = path;
    this.#chain = chain;
    this.claims = claims;
    this.#activity = activity;
  }

  /** The root of one attempt of a run. */
  static start(options: RunOptions): Context {
    const run: Run = {
      ...options,
      prss: new Prss(options.keys, options.crypto),
      metrics: new Metrics(options.clock),
      taken: new Set(),
      claimSets: new Set(),
      work: { done: 0, total: 0 },
    };
    const claims = new ProductClaims();
    run.claimSets.add(claims);
    return new Context(run, options.id, { rounds: 0 }, claims);
  }

  get kernels(): Kernels {
    return this.#run.kernels;
  }
  get crypto(): Crypto {
    return this.#run.crypto;
  }
  get profile(): Profile {
    return this.#run.profile;
  }
  get metrics(): Metrics {
    return this.#run.metrics;
  }
  get bytesSent(): readonly [number, number, number] {
    return this.#run.transport.bytesSent;
  }

  #take(step: string): string {
    const path = `${this.path}/${step}`;
    assert(!this.#run.taken.has(path), `a step name is taken once: ${path}`);
    this.#run.taken.add(path);
    return path;
  }

  /** A step below this one, on the same line of rounds. */
  narrow(step: string): Context {
    return new Context(this.#run, this.#take(step), this.#chain, this.claims, this.#activity);
  }

  /**
   * A step whose rounds run beside those of its siblings; close it with `join`. It begins where
   * `after` has come to: its own parent, or an earlier sibling that it waits for.
   */
  fork(step: string, after: Context = this): Context {
    const chain = { rounds: after.#chain.rounds };
    return new Context(this.#run, this.#take(step), chain, this.claims, this.#activity);
  }

  /** Rounds of parallel lines count once: the longest decides. */
  join(...forks: readonly Context[]): void {
    for (const fork of forks) {
      this.#chain.rounds = Math.max(this.#chain.rounds, fork.#chain.rounds);
    }
    this.metrics.rounds = Math.max(this.metrics.rounds, this.#chain.rounds);
  }

  /** A fork with claims of its own, which must be verified before the run may end. */
  batch(step: string, after: Context = this): Context {
    const claims = new ProductClaims();
    this.#run.claimSets.add(claims);
    const chain = { rounds: after.#chain.rounds };
    return new Context(this.#run, this.#take(step), chain, claims, this.#activity);
  }

  /** A step all of whose work is booked under one activity. */
  booked(step: string, activity: Activity): Context {
    return new Context(this.#run, this.#take(step), this.#chain, this.claims, activity);
  }

  /** Books synchronous work. */
  timed<T>(activity: Activity, work: () => T): T {
    return this.metrics.timed(this.#activity ?? activity, work);
  }

  /** Announces work, in pairs to compare, so that progress has an end. */
  expectWork(pairs: number): void {
    this.#run.work.total += pairs;
  }

  /** Reports work done. */
  progress(pairs: number): void {
    const { work } = this.#run;
    work.done += pairs;
    this.#run.onProgress?.(work.done, Math.max(work.total, work.done));
  }

  /** `size` bytes of the two random streams of this step: own with P_{i-1}, next with P_{i+1}. */
  random(size: number): { own: Uint8Array; next: Uint8Array } {
    return this.timed("randomness", () => this.#run.prss.streams(this.#take("prss"), size));
  }

  /** `size` bytes of one of the two random streams of this step. */
  randomOf(which: "own" | "next", size: number): Uint8Array {
    return this.timed("randomness", () => this.#run.prss.stream(which, this.#take("prss"), size));
  }

  /**
   * As `random`, from seeds that outlive an attempt: the same bytes in every attempt at a run, so
   * that nobody draws again by cutting one off. A stream is named by its step below the attempt.
   */
  settled(seeds: PairwiseKeys, size: number): { own: Uint8Array; next: Uint8Array } {
    const name = this.#take("settled").slice(this.#run.id.length);
    const label = utf8(`symbolon/settled/v1|${name}`);
    const stream = (seed: Uint8Array): Uint8Array =>
      this.crypto.keystream(this.crypto.hmac(seed, label).subarray(0, 16), size);
    return this.timed("randomness", () => ({ own: stream(seeds.own), next: stream(seeds.next) }));
  }

  /**
   * One round: sends to neighbours (nothing where absent) and waits for messages of exactly the
   * expected sizes. Any other size is a deviation.
   */
  async exchange(
    out: { readonly next?: Uint8Array; readonly previous?: Uint8Array },
    expect: { readonly next?: number; readonly previous?: number },
  ): Promise<Received> {
    const channel = this.#take("message");
    const { transport } = this.#run;
    if (out.next) transport.send(next(this.self), channel, out.next);
    if (out.previous) transport.send(previous(this.self), channel, out.previous);
    this.metrics.messages += (out.next ? 1 : 0) + (out.previous ? 1 : 0);
    const [fromNext, fromPrevious] = await Promise.all([
      this.#receive(next(this.self), channel, expect.next),
      this.#receive(previous(this.self), channel, expect.previous),
    ]);
    this.#chain.rounds += 1;
    this.metrics.rounds = Math.max(this.metrics.rounds, this.#chain.rounds);
    return { next: fromNext, previous: fromPrevious };
  }

  async #receive(from: PartyIndex, channel: string, size: number | undefined): Promise<Uint8Array> {
    if (size === undefined) return NOTHING;
    const message = await this.#run.transport.receive(from, channel);
    if (message.length !== size) {
      throw new ProtocolAbort("MESSAGE_LENGTH", "a message has the wrong length", {
        step: channel,
        from,
        expected: size,
        received: message.length,
      });
    }
    return message;
  }

  /** No run ends, and nothing is opened, while a product is unverified: a bug, so it crashes. */
  assertAllVerified(): void {
    for (const claims of this.#run.claimSets) {
      assert(claims.isSettled, "every product is verified before anything is opened or ends");
    }
  }
}
