import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { RunOptions } from "@symbolon/mpc/context";
import { PeerUnavailable, ProtocolAbort } from "@symbolon/mpc/error";
import type { Kernels } from "@symbolon/mpc/kernels/kernels";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { type Profile, SMALL_BATCH_TEST } from "@symbolon/mpc/profile";
import { type Adding, subtract, vectorLike, xor } from "@symbolon/mpc/ring/vector";
import { type RingVector, Shares } from "@symbolon/mpc/sharing/shares";
import { memoryTransports, type Tamper } from "@symbolon/mpc/transport/memory";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { memoCrypto } from "./memo-crypto.js";

let kernels: Kernels | undefined;

/** Shares as the three parties hold them. */
export type Dealt<V extends RingVector = Uint32Array> = readonly [Shares<V>, Shares<V>, Shares<V>];

/** What is dealt in the place of a value; a test may change it. */
export type Replace = <V extends RingVector>(value: V) => V;

/**
 * A trusted dealer that replays from its seed. Of the three components, `derived` depends on the
 * value and the two others on the seed alone: who holds those has the same view of every value.
 */
export class Dealer {
  readonly #random: (size: number) => Uint8Array;
  readonly #derived: PartyIndex;
  readonly #replace: Replace;

  constructor(seed: string, derived: PartyIndex = 2, replace: Replace = (value) => value) {
    this.#random = memoCrypto(`attack/${seed}`).random;
    this.#derived = derived;
    this.#replace = replace;
  }

  share<V extends RingVector>(given: V, adding: Adding): Dealt<V> {
    const value = this.#replace(given);
    const random = (): V => vectorLike(value, this.#random(value.byteLength).slice());
    const [a, b] = [random(), random()];
    const rest =
      adding === "add"
        ? subtract(subtract(value, a), b)
        : (xor(xor(value as Uint32Array, a as Uint32Array), b as Uint32Array) as V);
    const order = [a, b, rest];
    const [x0, x1, x2] = [0, 1, 2].map((j) => order[(j + 5 - this.#derived) % 3]);
    // Every party has memory of its own: a liar that changes its copy changes nobody else's.
    const copy = (part: V): V => part.slice() as V;
    return [new Shares(x0, x1), new Shares(copy(x1), x2), new Shares(copy(x2), copy(x0))];
  }
}

export interface TrioOptions {
  readonly seed: string;
  readonly profile?: Profile;
  /** Who deviates. What its own checks say counts for nothing: a real liar would not listen. */
  readonly liar?: PartyIndex;
  readonly tamper?: Tamper;
  /** The liar's way to the others, when changing messages one by one is not enough. */
  readonly liarTransport?: (transport: Transport) => Transport;
  /** A second copy of the liar with randomness of its own, which talks to the previous party. */
  readonly isTwoFaced?: boolean;
  /** What the liar brings to the run in place of what it should. */
  readonly liarOptions?: (options: RunOptions) => RunOptions;
  /** An abort is told to nobody, as if the network had lost it. */
  readonly isAbortLost?: boolean;
}

/** How one party's part ended; `undefined` while it waits for a message that never comes. */
export type Ending<T> = { readonly value: T } | { readonly error: Error } | undefined;

export interface TrioResult<T> {
  readonly endings: readonly [Ending<T>, Ending<T>, Ending<T>];
  /** Some honest party was left waiting. Exact: a run waits for nothing but messages. */
  readonly isStalled: boolean;
}

/** Runs one function as three parties, one of which may lie. Replays exactly. */
export async function runTrio<T>(
  trio: TrioOptions,
  party: (options: RunOptions, self: PartyIndex) => Promise<T>,
): Promise<TrioResult<T>> {
  const transports = memoryTransports(trio.tamper);
  const endings: [Ending<T>, Ending<T>, Ending<T>] = [undefined, undefined, undefined];
  const start = async (self: PartyIndex, options: RunOptions): Promise<void> => {
    try {
      endings[self] = { value: await party(options, self) };
    } catch (error) {
      endings[self] = { error: error as Error };
      if (self === trio.liar || trio.isAbortLost) return;
      transports[self].abort(error instanceof ProtocolAbort ? error.code : "ERROR");
    }
  };
  for (const self of PARTIES) {
    const options = partyOptions(trio, self, transports[self]);
    if (self !== trio.liar) void start(self, options);
    else startLiar(trio, options, start);
  }
  await new Promise((resolve) => setImmediate(resolve));
  const isStalled = PARTIES.some((self) => self !== trio.liar && endings[self] === undefined);
  const before = [...endings] as typeof endings;
  transports[0].close();
  await new Promise((resolve) => setImmediate(resolve));
  return { endings: before, isStalled };
}

/** What one party brings to a run: its keys, its randomness and its way to the others. */
export function partyOptions(
  trio: TrioOptions,
  self: PartyIndex,
  transport: Transport,
): RunOptions {
  kernels ??= wasmKernels();
  const keys = PARTIES.map((j) => memoCrypto(`attack/${trio.seed}/key/${j}`).random(32));
  return {
    id: "attack",
    transport,
    keys: { own: keys[self], next: keys[(self + 1) % 3] },
    kernels,
    crypto: memoCrypto(`attack/${trio.seed}/party/${self}`),
    profile: trio.profile ?? SMALL_BATCH_TEST,
    clock: () => 0,
  };
}

function startLiar(
  trio: TrioOptions,
  honest: RunOptions,
  start: (self: PartyIndex, options: RunOptions) => Promise<void>,
): void {
  const self = honest.transport.self;
  const own = trio.liarTransport?.(honest.transport) ?? honest.transport;
  const options = { ...honest, transport: own };
  const changed = trio.liarOptions?.(options) ?? options;
  if (!trio.isTwoFaced) {
    void start(self, changed);
    return;
  }
  const [first, second] = twoFaces(own);
  void start(self, { ...changed, transport: first });
  const crypto = memoCrypto(`attack/${trio.seed}/second-face`);
  void start(self, { ...changed, transport: second, crypto });
}

/** Two views of one transport: both hear everything, each talks to one neighbour only. */
function twoFaces(transport: Transport): [Transport, Transport] {
  const heard = new Map<string, Promise<Uint8Array>>();
  const face = (to: PartyIndex): Transport => ({
    ...transport,
    send: (receiver, channel, message) => {
      if (receiver === to) transport.send(receiver, channel, message);
    },
    receive: (from, channel) => {
      const key = `${from}|${channel}`;
      const known = heard.get(key) ?? transport.receive(from, channel);
      heard.set(key, known);
      return known;
    },
  });
  const self = transport.self;
  return [face(((self + 1) % 3) as PartyIndex), face(((self + 2) % 3) as PartyIndex)];
}

/** The error that an honest party found by itself, not one that it heard of. */
export function causeOf<T>(result: TrioResult<T>, liar?: PartyIndex): Error | undefined {
  const errors = PARTIES.filter((self) => self !== liar).flatMap((self) => {
    const ending = result.endings[self];
    return ending && "error" in ending ? [ending.error] : [];
  });
  return errors.find((error) => !(error instanceof PeerUnavailable)) ?? errors[0];
}
