import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { all, any } from "../circuit/all.js";
import { addPlanes } from "../circuit/popcount.js";
import { bits32, sign16, sign32 } from "../circuit/sign.js";
import type { Context } from "../context.js";
import { wasmKernels } from "../kernels/wasm.js";
import { type Adding, add } from "../ring/vector.js";
import type { RingVector, Shares } from "../sharing/shares.js";
import { verified } from "../verify/checked.js";
import { verifyProducts } from "../verify/products.js";
import { and, maskPublic, not, publicBits, xorBits, xorPublic } from "./and.js";
import { prepareCoin } from "./coin.js";
import { addPublic, dot, mul } from "./dot.js";
import { fieldMul, fieldProduct } from "./field-mul.js";
import { open } from "./open.js";
import { randomShares, reshare } from "./reshare.js";

const kernels = wasmKernels();
const words = (minGroups = 1, maxGroups = 3) =>
  fc
    .integer({ min: minGroups, max: maxGroups })
    .chain((groups) => fc.uint32Array({ minLength: 4 * groups, maxLength: 4 * groups }));

/** Deals the inputs, runs the protocol as three parties, verifies, and puts the result together. */
async function run<V extends RingVector, W extends RingVector>(
  seed: number,
  adding: Adding,
  inputs: readonly V[],
  protocol: (ctx: Context, shares: readonly Shares<V>[]) => Promise<Shares<W>>,
): Promise<W> {
  const world = new World(seed);
  const dealt = inputs.map((input) => world.share(input, adding));
  const results = await world.each(async (ctx, self) => {
    const result = await protocol(
      ctx,
      dealt.map((shares) => shares[self]),
    );
    await verifyProducts(ctx);
    ctx.assertAllVerified();
    return result;
  });
  return world.combine(results, adding);
}

describe("Π_open", () => {
  const cases: [string, Adding, fc.Arbitrary<RingVector>][] = [
    ["Z_2^16", "add", fc.uint16Array({ minLength: 1, maxLength: 60 })],
    ["Z_2^32", "add", fc.uint32Array({ minLength: 1, maxLength: 60 })],
    ["Z_2^64", "add", fc.bigUint64Array({ minLength: 1, maxLength: 60 })],
    ["bits", "xor", words()],
  ];
  it.each(cases)("tells all parties a value over %s", async (_, adding, values) => {
    await fc.assert(
      fc.asyncProperty(values, fc.nat(), async (value, seed) => {
        const world = new World(seed);
        const shares = world.share(value, adding);
        const opened = await world.each(async (ctx, self) =>
          open(ctx, await verified(ctx, shares[self]), adding),
        );
        for (const one of opened) expect(one).toEqual(value);
      }),
      { numRuns: 15 },
    );
  });
});

describe("Π_reshare", () => {
  it.each([
    ["Z_2^16", fc.uint16Array({ minLength: 1, maxLength: 20 })],
    ["Z_2^32", fc.uint32Array({ minLength: 1, maxLength: 20 })],
    ["Z_2^64", fc.bigUint64Array({ minLength: 1, maxLength: 20 })],
  ] as [string, fc.Arbitrary<RingVector>][])("keeps a value over %s", async (_, values) => {
    await fc.assert(
      fc.asyncProperty(values, fc.nat(), async (value, seed) => {
        const world = new World(seed);
        const shares = world.share(value, "add");
        const fresh = await world.each((ctx, self) => reshare(ctx, shares[self].own, "add"));
        expect(world.combine(fresh, "add")).toEqual(value);
        expect(fresh[0].own).not.toEqual(shares[0].own);
      }),
      { numRuns: 15 },
    );
  });

  it("draws random shares whose copies agree and that differ from step to step", async () => {
    const world = new World(3);
    const draw = (step: string) =>
      world.each(async (ctx) => randomShares(ctx.narrow(step), new Uint32Array(0), 8));
    const [first, second] = [await draw("a"), await draw("b")];
    expect(world.combine(first, "xor")).not.toEqual(world.combine(second, "xor"));
  });
});

describe("Π_coin", () => {
  it("is the same for all, and another at every step and in every run", async () => {
    const seen = new Set<string>();
    for (const seed of [1, 2]) {
      for (const step of ["a", "b"]) {
        const world = new World(`${seed}-${step}`);
        const coins = await world.each((ctx) => prepareCoin(ctx.narrow(step)).open());
        expect(coins[1]).toEqual(coins[0]);
        expect(coins[2]).toEqual(coins[0]);
        seen.add(coins[0].join());
      }
    }
    expect(seen.size).toBe(4);
  });
});

describe("boolean protocols", () => {
  const pair = words().chain((x) =>
    fc.tuple(fc.constant(x), fc.uint32Array({ minLength: x.length, maxLength: x.length })),
  );

  it("AND, XOR, NOT and public bits equal the clear", async () => {
    await fc.assert(
      fc.asyncProperty(pair, fc.nat(), async ([x, y], seed) => {
        const each = (f: (a: number, b: number) => number) => x.map((a, k) => f(a, y[k]));
        const made = (protocol: (ctx: Context, s: readonly Shares[]) => Promise<Shares>) =>
          run(seed, "xor", [x, y], protocol);
        expect(await made((ctx, [a, b]) => and(ctx, a, b))).toEqual(each((a, b) => a & b));
        expect(await made(async (_, [a, b]) => xorBits(a, b))).toEqual(each((a, b) => a ^ b));
        expect(await made(async (ctx, [a]) => not(ctx, a))).toEqual(x.map((a) => ~a));
        expect(await made(async (ctx, [a]) => xorPublic(ctx, a, y))).toEqual(each((a, b) => a ^ b));
        expect(await made(async (_, [a]) => maskPublic(a, y))).toEqual(each((a, b) => a & b));
        expect(await made(async (ctx) => publicBits(ctx, y))).toEqual(y);
      }),
      { numRuns: 15 },
    );
  });

  it("all and any equal the clear for any number of vectors", async () => {
    await fc.assert(
      fc.asyncProperty(words(1, 7), fc.nat(), async (x, seed) => {
        const fold = (f: (a: number, b: number) => number) =>
          Uint32Array.from({ length: 4 }, (_, k) => {
            let word = x[k];
            for (let at = 4; at < x.length; at += 4) word = f(word, x[at + k]);
            return word;
          });
        const every = await run(seed, "xor", [x], (ctx, [a]) => all(ctx, a, 4));
        expect(every).toEqual(fold((a, b) => a & b));
        const some = await run(seed, "xor", [x], (ctx, [a]) => any(ctx, a, 4));
        expect(some).toEqual(fold((a, b) => a | b));
      }),
      { numRuns: 15 },
    );
  });

  it("planes add up", async () => {
    await fc.assert(
      fc.asyncProperty(words(3, 3), words(3, 3), fc.nat(), async (a, b, seed) => {
        const planes = (x: Shares) =>
          [0, 1, 2].map((p) => x.map((part) => part.subarray(4 * p, 4 * p + 4)));
        const sum = await run(seed, "xor", [a, b], async (ctx, [x, y]) => {
          const added = await addPlanes(ctx, planes(x), planes(y));
          return added[3];
        });
        const number = (x: Uint32Array, k: number) =>
          [0, 1, 2].reduce((n, p) => n + (((x[4 * p] >>> k) & 1) << p), 0);
        for (let k = 0; k < 32; k += 1) {
          expect((sum[0] >>> k) & 1).toBe((number(a, k) + number(b, k)) >> 3);
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe("sign bits", () => {
  const edges16 = [0, 1, 0x7fff, 0x8000, 0xffff, 0x8001, 0x7ffe];
  const edges32 = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x80000001];

  it("equal the top bit, over Z_2^16", async () => {
    const values = fc.array(fc.oneof(fc.nat(0xffff), fc.constantFrom(...edges16)), {
      minLength: 1,
      maxLength: 130,
    });
    await fc.assert(
      fc.asyncProperty(values, fc.nat(), async (list, seed) => {
        const x = Uint16Array.from(list);
        const world = new World(seed);
        const shares = world.share(x, "add");
        const signs = await world.each(async (ctx, self) => {
          const sign = await sign16(ctx, shares[self]);
          await verifyProducts(ctx);
          return sign;
        });
        const bits = world.combine(signs, "xor");
        list.forEach((value, k) => {
          expect((bits[k >> 5] >>> (k & 31)) & 1).toBe(value >> 15);
        });
      }),
      { numRuns: 15 },
    );
  });

  it("equal the top bit, and all planes the bits, over Z_2^32", async () => {
    const values = fc.array(fc.oneof(fc.nat(0xffffffff), fc.constantFrom(...edges32)), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(values, fc.nat(), async (list, seed) => {
        const x = Uint32Array.from(list);
        const world = new World(seed);
        const shares = world.share(x, "add");
        const found = await world.each(async (ctx, self) => {
          const sign = await sign32(ctx, shares[self]);
          const planes = await bits32(ctx.narrow("planes"), shares[self], 0);
          await verifyProducts(ctx);
          return [...planes, sign];
        });
        for (let p = 0; p <= 32; p += 1) {
          const bits = world.combine(
            found.map((of) => of[p]),
            "xor",
          );
          list.forEach((value, k) => {
            const expected = (value >>> Math.min(p, 31)) & 1;
            expect((bits[k >> 5] >>> (k & 31)) & 1).toBe(expected);
          });
        }
      }),
      { numRuns: 8 },
    );
  });
});

describe("products", () => {
  it("dot and mul equal the clear mod 2^32, for any width and number of rows", async () => {
    const shape = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }));
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(), async ([rows, width], seed) => {
        const value = (salt: number) =>
          Uint32Array.from({ length: rows * width }, (_, k) => Math.imul(k + salt, seed | 1));
        const [x, y] = [value(17), value(4099)];
        const z = await run(seed, "add", [x, y], (ctx, [a, b]) => dot(ctx, a, b, width));
        const expected = Uint32Array.from({ length: rows }, (_, row) => {
          let sum = 0;
          for (let t = row * width; t < (row + 1) * width; t += 1) {
            sum = (sum + Math.imul(x[t], y[t])) | 0;
          }
          return sum;
        });
        expect(z).toEqual(expected);
        const product = await run(seed, "add", [x, y], (ctx, [a, b]) => mul(ctx, a, b));
        expect(product).toEqual(x.map((value_, k) => Math.imul(value_, y[k])));
        const sum = await run(seed, "add", [x], async (ctx, [a]) => addPublic(ctx, a, 7));
        expect(sum).toEqual(add(x, new Uint32Array(x.length).fill(7)));
      }),
      { numRuns: 12 },
    );
  });

  it("over GF(2^96) equal those in the clear", async () => {
    const element = fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.nat(0xffffffff));
    const vector = fc.array(element, { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(vector, fc.nat(), async (list, seed) => {
        const x = Uint32Array.from(list.flatMap((e) => [...e, 0]));
        const y = Uint32Array.from(list.flatMap(([a, b, c]) => [c, a, b, 0]));
        const z = await run(seed, "xor", [x, y], (ctx, [a, b]) => fieldMul(ctx, a, b));
        expect(z).toEqual(kernels.gfMul(x, y));
        const product = await run(seed, "xor", [x], (ctx, [a]) => fieldProduct(ctx, a));
        let expected: Uint32Array = x.subarray(0, 4);
        for (let k = 4; k < x.length; k += 4) {
          expected = kernels.gfMul(expected, x.subarray(k, k + 4));
        }
        expect([...product]).toEqual([...expected]);
      }),
      { numRuns: 12 },
    );
  });
});
