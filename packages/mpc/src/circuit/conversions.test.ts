import { PARTIES } from "@symbolon/base/id";
import { tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Context } from "../context.js";
import { PRODUCTION } from "../profile.js";
import { xorBits } from "../protocol/and.js";
import { b2a, b2aTerms } from "../protocol/b2a.js";
import { injectBits, select } from "../protocol/bit-injection.js";
import type { Bits, RingVector, Shares } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import { a2b, a2bGates } from "./a2b.js";
import { arithmeticEqual, arithmeticEqualGates } from "./arithmetic-equal.js";
import {
  arithmeticLessThan,
  arithmeticLessThanGates,
  unsignedLessThan,
  unsignedLessThanGates,
} from "./arithmetic-less-than.js";

type Make = (values: readonly bigint[]) => RingVector;
const rings: readonly (readonly [bits: number, make: Make])[] = [
  [16, (values) => Uint16Array.from(values, Number)],
  [32, (values) => Uint32Array.from(values, Number)],
  [64, (values) => BigUint64Array.from(values)],
];

const numbers = (vector: RingVector): bigint[] => Array.from(vector, BigInt);
const bit = (words: Uint32Array, k: number): number => (words[k >> 5] >>> (k & 31)) & 1;

/** Numbers of so many bits, extremes among them, and a second list that is often the same. */
const pairsOf = (bits: number) => {
  const value = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n }),
    fc.constantFrom(0n, 1n, 2n ** BigInt(bits - 1), 2n ** BigInt(bits) - 1n),
  );
  return fc
    .array(fc.tuple(value, value, fc.boolean()), { minLength: 1, maxLength: 135 })
    .map((rows) => ({
      x: rows.map(([a]) => a),
      y: rows.map(([a, b, isSame]) => (isSame ? a : b)),
    }));
};

/** Deals numbers and bits, runs, verifies; the results as they combine. */
async function run(
  world: World,
  inputs: readonly RingVector[],
  bits: Uint32Array,
  adding: "add" | "xor",
  protocol: Protocol<readonly Shares<RingVector>[]>,
): Promise<{ readonly values: readonly RingVector[] }> {
  const dealt = inputs.map((input) => world.share(input, "add"));
  const dealtBits = world.share(bits, "xor");
  const results = await world.each(async (ctx, self) => {
    const made = await protocol(
      ctx,
      dealt.map((shares) => shares[self]),
      dealtBits[self],
    );
    await verifyProducts(ctx);
    ctx.assertAllVerified();
    return made;
  });
  const values = results[0].map((_, k) =>
    world.combine(
      results.map((result) => result[k]),
      adding,
    ),
  );
  return { values };
}

type Protocol<T = unknown> = (
  ctx: Context,
  shares: readonly Shares<RingVector>[],
  bits: Bits,
) => Promise<T>;

const NO_BITS = new Uint32Array(4);

describe.each(rings)("conversions of Z_2^%i", (width, make) => {
  const modulo = (value: bigint): bigint => BigInt.asUintN(width, value);

  it("a2b gives the bits of x mod 2^k, for any k", async () => {
    await fc.assert(
      fc.asyncProperty(pairsOf(width), fc.nat(), fc.nat(), async ({ x }, k, seed) => {
        const bits = 1 + (k % width);
        const from = seed % bits;
        const { values } = await run(new World(seed), [make(x)], NO_BITS, "xor", (ctx, [a]) =>
          a2b(ctx, a, bits, from),
        );
        expect(values.length).toBe(bits - from);
        values.forEach((plane, p) => {
          x.forEach((value, row) => {
            const expected = Number((value >> BigInt(from + p)) & 1n);
            expect(bit(plane as Uint32Array, row)).toBe(expected);
          });
        });
      }),
      { numRuns: 6 },
    );
  });

  it("b2a gives the number back, from as many planes as there are", async () => {
    await fc.assert(
      fc.asyncProperty(pairsOf(width), fc.nat(), fc.nat(), async ({ x }, k, seed) => {
        const bits = 1 + (k % width);
        const { values } = await run(
          new World(seed),
          [make(x)],
          NO_BITS,
          "add",
          async (ctx, [a]) => {
            const planes = await a2b(ctx, a, bits);
            return [await b2a(ctx, planes, x.length, make([]))];
          },
        );
        expect(numbers(values[0])).toEqual(x.map((value) => BigInt.asUintN(bits, value)));
      }),
      { numRuns: 5 },
    );
  });

  it("a bit becomes a number, and chooses between two", async () => {
    await fc.assert(
      fc.asyncProperty(pairsOf(width), fc.nat(0xffffffff), fc.nat(), async (rows, word, seed) => {
        const { x, y } = rows;
        const bits = Uint32Array.from({ length: 8 }, (_, k) => Math.imul(word, 2 * k + 1));
        const { values } = await run(
          new World(seed),
          [make(x), make(y)],
          bits,
          "add",
          async (ctx, [a, b], flags) => [
            await injectBits(ctx, flags, x.length, make([])),
            await select(ctx, flags, a, b),
          ],
        );
        expect(numbers(values[0])).toEqual(x.map((_, k) => BigInt(bit(bits, k))));
        expect(numbers(values[1])).toEqual(x.map((a, k) => (bit(bits, k) === 1 ? a : y[k])));
      }),
      { numRuns: 6 },
    );
  });

  it("less-than and equality equal the clear", async () => {
    await fc.assert(
      fc.asyncProperty(pairsOf(width), fc.nat(), fc.nat(), async ({ x, y }, k, seed) => {
        const bits = 2 + (k % (width - 1));
        const low = (list: readonly bigint[], n: number) =>
          list.map((value) => BigInt.asUintN(n, value));
        const [p, q] = [low(x, bits - 1), low(y, bits - 1)];
        const { values } = await run(
          new World(seed),
          [make(p), make(q), make(x), make(y)],
          NO_BITS,
          "xor",
          async (ctx, [a, b, c, d]) => [
            await arithmeticLessThan(ctx, a, b, bits),
            await unsignedLessThan(ctx, c, d),
            await arithmeticEqual(ctx.narrow("low"), c, d, bits),
            await arithmeticEqual(ctx, c, d),
          ],
        );
        const [less, unsigned, same, equal] = values as Uint32Array[];
        x.forEach((a, row) => {
          expect(bit(less, row)).toBe(p[row] < q[row] ? 1 : 0);
          expect(bit(unsigned, row)).toBe(a < y[row] ? 1 : 0);
          expect(bit(same, row)).toBe(modulo(a - y[row]) % 2n ** BigInt(bits) === 0n ? 1 : 0);
          expect(bit(equal, row)).toBe(a === y[row] ? 1 : 0);
        });
      }),
      { numRuns: 5 },
    );
  });

  it("cost what they say, whatever the numbers are", async () => {
    const k = width;
    const expected = {
      a2b: { rounds: k - 1, gates: a2bGates(k) },
      less: { rounds: k - 1, gates: arithmeticLessThanGates(k) },
      unsigned: { rounds: 2 * k - 1, gates: unsignedLessThanGates(k) },
      equal: { rounds: 2 + Math.ceil(Math.log2(k)), gates: arithmeticEqualGates(k) },
      inject: { rounds: 2, gates: 0 },
      select: { rounds: 3, gates: 0 },
    };
    const protocols: Record<keyof typeof expected, Protocol> = {
      a2b: (ctx, [a]) => a2b(ctx, a),
      less: (ctx, [a, b]) => arithmeticLessThan(ctx, a, b),
      unsigned: (ctx, [a, b]) => unsignedLessThan(ctx, a, b),
      equal: (ctx, [a, b]) => arithmeticEqual(ctx, a, b),
      inject: (ctx, [a], bits) => injectBits(ctx, bits, 2, a.own),
      select: (ctx, [a, b], bits) => select(ctx, bits, a, b),
    };
    for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
      const sent: unknown[] = [];
      for (const value of [0n, 2n ** BigInt(width) - 1n]) {
        const world = new World("cost");
        const x = world.share(make([value, value]), "add");
        const bits = world.share(new Uint32Array(4).fill(Number(value & 0xffffn)), "xor");
        const [{ rounds, andGates }] = await world.each(async (ctx, self) => {
          await protocols[name](ctx, [x[self], x[self]], bits[self]);
          const { metrics } = ctx;
          const made = { rounds: metrics.rounds, andGates: metrics.andGates };
          await verifyProducts(ctx);
          return made;
        });
        expect({ name, rounds, gates: andGates / 128 }).toEqual({ name, ...expected[name] });
        sent.push(world.contexts.map((ctx) => [...ctx.bytesSent, ctx.metrics.rounds]));
      }
      expect(sent[1]).toEqual(sent[0]);
    }
  });

  it("says how sound the check of b2a is", () => {
    const [{ error }] = b2aTerms(PRODUCTION, 2 ** 20, width);
    expect(error).toBeLessThan(2 ** -88);
    expect(error).toBeGreaterThan(2 ** -96);
  });

  it("abort when any bit of any of their messages is changed", async () => {
    const all: readonly Protocol<Shares<RingVector>>[] = [
      async (ctx, [a, b], bits) => {
        const number = await b2a(ctx, await a2b(ctx, a, 5), 3, make([]));
        return select(ctx, bits, number, b);
      },
      async (ctx, [a, b], bits) => {
        const less = await arithmeticLessThan(ctx, a, b);
        const same = await arithmeticEqual(ctx, a, b);
        return select(ctx, xorBits(xorBits(less, same), bits), a, b);
      },
    ];
    const lies = fc.record({
      by: fc.constantFrom(...PARTIES),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
      which: fc.nat(1),
    });
    await fc.assert(
      fc.asyncProperty(lies, fc.nat(), fc.boolean(), async ({ which, ...lie }, seed, isOwn) => {
        const go = async (world: World) => {
          const x = make([BigInt(seed) % 2n ** BigInt(width), 5n, 2n ** BigInt(width - 1)]);
          const y = make([5n, 5n, 1n]);
          const { values } = await run(
            world,
            [x, y],
            new Uint32Array(4),
            "add",
            async (...args) => [await all[which](...args)],
          );
          return numbers(values[0]).join();
        };
        const isProtocol = (channel: string) => !channel.includes("/verify/");
        const { outcome } = await tellLie(seed, lie, go, isOwn ? isProtocol : undefined);
        if (isOwn) expect(outcome).toBe("aborted");
        else expect(outcome).not.toBe("wrong result");
      }),
      { numRuns: 15 },
    );
  });
});
