import { bytesOf } from "@symbolon/base/bytes";
import { PARTIES } from "@symbolon/base/id";
import { tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Context } from "../context.js";
import { PRODUCTION } from "../profile.js";
import type { RingVector, Shares } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import { addPublic, addShares, dot, mul, subtractShares } from "./dot.js";

/** A vector of one of the three rings, with extremes among its elements. */
type Make = (values: readonly bigint[]) => RingVector;
const rings: readonly (readonly [bits: number, make: Make])[] = [
  [16, (values) => Uint16Array.from(values, Number)],
  [32, (values) => Uint32Array.from(values, Number)],
  [64, (values) => BigUint64Array.from(values)],
];

const numberOf = (bits: number): fc.Arbitrary<bigint> =>
  fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n }),
    fc.constantFrom(0n, 1n, 2n ** BigInt(bits - 1), 2n ** BigInt(bits) - 1n),
  );

const numbers = (vector: RingVector): bigint[] => Array.from(vector, BigInt);

/** Deals two vectors and runs a protocol on them, verified. */
async function run(
  world: World,
  inputs: readonly RingVector[],
  protocol: (ctx: Context, shares: readonly Shares<RingVector>[]) => Promise<Shares<RingVector>>,
): Promise<RingVector> {
  const dealt = inputs.map((input) => world.share(input, "add"));
  const results = await world.each(async (ctx, self) => {
    const result = await protocol(
      ctx,
      dealt.map((shares) => shares[self]),
    );
    await verifyProducts(ctx);
    ctx.assertAllVerified();
    return result;
  });
  return world.combine(results, "add");
}

describe.each(rings)("products over Z_2^%i", (bits, make) => {
  const shapes = fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }))
    .chain(([rows, width]) => {
      const values = fc.array(numberOf(bits), { minLength: rows * width, maxLength: rows * width });
      return fc.record({ width: fc.constant(width), x: values, y: values });
    });
  const modulo = (value: bigint): bigint => BigInt.asUintN(bits, value);

  it("equal the clear, for any rows and width", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.nat(), async ({ width, x, y }, seed) => {
        const z = await run(new World(seed), [make(x), make(y)], (ctx, [a, b]) =>
          dot(ctx, a, b, width),
        );
        const rows = Array.from({ length: x.length / width }, (_, row) =>
          x
            .slice(row * width, (row + 1) * width)
            .reduce((sum, value, t) => sum + value * y[row * width + t], 0n),
        );
        expect(numbers(z)).toEqual(rows.map(modulo));
        const product = await run(new World(seed), [make(x), make(y)], (ctx, [a, b]) =>
          mul(ctx, a, b),
        );
        expect(numbers(product)).toEqual(x.map((value, k) => modulo(value * y[k])));
      }),
      { numRuns: 15 },
    );
  });

  it("and sums equal the clear", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, numberOf(bits), fc.nat(), async ({ x, y }, c, seed) => {
        const [a, b] = [make(x), make(y)];
        const made = (f: (ctx: Context, s: readonly Shares<RingVector>[]) => Shares<RingVector>) =>
          run(new World(seed), [a, b], async (ctx, shares) => f(ctx, shares));
        expect(numbers(await made((_, [p, q]) => addShares(p, q)))).toEqual(
          x.map((value, k) => modulo(value + y[k])),
        );
        expect(numbers(await made((_, [p, q]) => subtractShares(p, q)))).toEqual(
          x.map((value, k) => modulo(value - y[k])),
        );
        expect(numbers(await made((ctx, [p]) => addPublic(ctx, p, c)))).toEqual(
          x.map((value) => modulo(value + c)),
        );
      }),
      { numRuns: 10 },
    );
  });

  it("abort when any bit of any message of a product is changed", async () => {
    const lies = fc.record({
      by: fc.constantFrom(...PARTIES),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
    });
    await fc.assert(
      fc.asyncProperty(lies, fc.nat(), fc.boolean(), async (lie, seed, isOwn) => {
        const go = async (world: World) => {
          const x = make([1n, 2n ** BigInt(bits - 1), 3n, BigInt(seed % 60_000), 0n, 7n]);
          const z = await run(world, [x, x.slice()], async (ctx, [a, b]) => {
            const rows = await dot(ctx, a, b, 2);
            return mul(ctx.narrow("again"), rows, rows);
          });
          return bytesOf(z).join();
        };
        const isProduct = (channel: string) => !channel.includes("/verify/");
        const { outcome } = await tellLie(seed, lie, go, isOwn ? isProduct : undefined);
        expect(outcome).toBe("aborted");
      }),
      { numRuns: 40 },
    );
  });

  it("abort when the top bit of one of thousands is wrong, at production sizes", async () => {
    for (const by of PARTIES) {
      const go = async (world: World) => {
        const x = make(Array.from({ length: 2_500 }, (_, k) => BigInt(k)));
        const z = await run(world, [x, x.slice()], (ctx, [a, b]) => mul(ctx, a, b));
        return bytesOf(z).join();
      };
      const [byte, bit] = [(1_234 * bits) / 8 + bits / 8 - 1, 7];
      const lie = { by, message: 0, byte, bit };
      const isProduct = (channel: string) => !channel.includes("/verify/");
      const told = await tellLie(by, lie, go, isProduct, { profile: PRODUCTION });
      expect(told.outcome).toBe("aborted");
    }
  });

  it("of nothing are nothing, and there is nothing to verify", async () => {
    const nothing = await run(new World(1), [make([]), make([])], (ctx, [a, b]) => mul(ctx, a, b));
    expect(nothing.length).toBe(0);
  });

  it("send as much whatever is multiplied", async () => {
    const sent = async (value: bigint): Promise<readonly number[]> => {
      const world = new World(`sent-${value}`);
      const x = make(new Array<bigint>(30).fill(value));
      await run(world, [x, x.slice()], (ctx, [a, b]) => dot(ctx, a, b, 3));
      return world.contexts.flatMap((ctx) => [...ctx.bytesSent, ctx.metrics.rounds]);
    };
    expect(await sent(0n)).toEqual(await sent(2n ** BigInt(bits) - 1n));
  });
});
