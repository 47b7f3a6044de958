import { Context } from "@symbolon/mpc/context";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { gangKernels } from "@symbolon/mpc/kernels/gang-node";
import type { Kernels } from "@symbolon/mpc/kernels/kernels";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { vectorLike } from "@symbolon/mpc/ring/vector";
import { Shares } from "@symbolon/mpc/sharing/shares";
import { memoryTransports } from "@symbolon/mpc/transport/memory";
import { andFold, slotBits } from "@symbolon/mpc/verify/and-fold";
import { fieldExtension } from "@symbolon/mpc/verify/extension";
import { slotBasis } from "@symbolon/mpc/verify/grid";
import { type Bench, numbers } from "./bench.js";
import { type BenchResult, inTheClear } from "./result.js";

/** AND gates of a pair: the sign, and one along the row. */
const GATES = 30;

const random = <V extends Uint16Array | Uint32Array>(like: V, length: number): V =>
  vectorLike(like, nodeCrypto.random(length * like.BYTES_PER_ELEMENT)) as V;
const words = (length: number): Uint32Array => random(new Uint32Array(0), length);

/** What one party computes for a band of a comparison between its messages, by itself. */
function bandOf(dims: number): (kernels: Kernels) => Record<string, number> {
  const { tileRows, tileColumns, tilesPerBand, andVariables } = PRODUCTION;
  const pairs = tileRows * tileColumns * tilesPerBand;
  const halves = (length: number) => random(new Uint16Array(0), length);
  const [a, b] = [halves(tileRows * 2 * dims), halves(tileColumns * 2 * dims)];
  const layer = pairs / 32;
  const shares = () => new Shares(words(layer), words(layer));
  const [x, y, alpha] = [shares(), shares(), words(layer)];
  const slots = 2 ** andVariables;
  const weights = words(slotBits(GATES * layer, slots) * 4);
  for (let k = 3; k < weights.length; k += 4) weights[k] = 0;
  const ctx = Context.start({
    id: "local",
    transport: memoryTransports()[0],
    keys: { own: new Uint8Array(32), next: new Uint8Array(32) },
    kernels: gangKernels(1),
    crypto: nodeCrypto,
    profile: PRODUCTION,
    clock: () => performance.now(),
  });
  return (kernels) => {
    const seconds: Record<string, number> = {};
    const timed = <T>(name: string, work: () => T): T => {
      const start = performance.now();
      const made = work();
      seconds[name] = (performance.now() - start) / 1000;
      return made;
    };
    timed("multiply", () => {
      for (let tile = 0; tile < tilesPerBand; tile += 1)
        kernels.matmul16(a, b, tileRows, tileColumns, 2 * dims);
    });
    const z = timed("gates", () => {
      let last = alpha;
      for (let k = 0; k < GATES; k += 1)
        last = kernels.andLocal(x.own, x.next, y.own, y.next, alpha);
      return new Shares(last, last);
    });
    const claims = Array.from({ length: GATES }, () => ({ x, y, z }));
    const extension = fieldExtension(kernels);
    const own = Object.create(ctx, { kernels: { value: kernels } }) as Context;
    const folded = timed("first fold", () => {
      const fold = andFold(own, extension, claims, andVariables, weights);
      fold.values();
      return fold.fold(slotBasis(extension, weights.slice(0, 4 * andVariables)));
    });
    timed("other folds", () => {
      let { a: left, b: right } = folded;
      const r = weights.slice(0, 4);
      while (left.length > 1 << 12 && left.length % 8 === 0) {
        extension.halves(left.own, left.next, right.own, right.next);
        left = left.map((part) => extension.fold(part, r));
        right = right.map((part) => extension.fold(part, r));
      }
    });
    return seconds;
  };
}

/** `local`: whether more threads help. No other party takes part, and nothing is checked. */
export const local: Bench = {
  name: "local",
  about: "one party's own share of the work of a band of `compare`, on several threads",
  options: { threads: "1,2", dims: "512", repeat: "5" },
  async *run({ threads, dims, repeat }) {
    const [width] = numbers("dims", dims, [8, 100_000]);
    const [times] = numbers("repeat", repeat, [1, 1000]);
    const { tileRows, tileColumns, tilesPerBand } = PRODUCTION;
    const pairs = tileRows * tileColumns * tilesPerBand;
    const band = bandOf(Math.ceil(width / 8) * 8);
    let first: number | undefined;
    for (const count of numbers("threads", threads, [1, 64])) {
      const kernels = gangKernels(count);
      await kernels.ready;
      band(kernels);
      const runs = Array.from({ length: times }, () => band(kernels));
      await kernels.close();
      const total = (parts: Record<string, number>): number =>
        Object.values(parts).reduce((sum, part) => sum + part, 0);
      const best = runs.reduce((a, b) => (total(a) < total(b) ? a : b));
      const seconds = total(best);
      first ??= seconds;
      yield {
        ...inTheClear("local", pairs / seconds, seconds),
        unit: "pairs/s",
        threads: count,
        secondsOf: best,
        timesAsFast: first / seconds,
      } satisfies BenchResult;
    }
  },
};
