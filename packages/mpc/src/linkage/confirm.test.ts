import { World, type WorldOptions } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutPlanes } from "../circuit/planes.js";
import type { ProtocolAbort } from "../error.js";
import type { Kernels } from "../kernels/kernels.js";
import { wasmKernels } from "../kernels/wasm.js";
import { PRODUCTION, type Profile, SMALL_BATCH_TEST } from "../profile.js";
import { verifyProducts } from "../verify/products.js";
import { gatesError } from "../verify/soundness.js";
import { compareTerms } from "./compare.js";
import { confirmTerms, noneConfirmed, type SecondLook } from "./confirm.js";
import { type KeyField, type KeyLayout, keyPlanes } from "./keys.js";
import { levelGates, sameByKeys } from "./levels.js";

const WIDTH = 8;
const FIELDS = 2;

/** Few bands, so that the test is about what comes after them. */
const profile: Profile = { ...SMALL_BATCH_TEST, tileColumns: 64 };

/** Few values a part, so that every level occurs. */
const LAYOUT: KeyLayout = {
  id: "small",
  bits: 32,
  unitsPerBit: 1,
  fields: [
    {
      name: "given",
      presence: 0,
      optional: false,
      offset: 0,
      parts: [1, 1, 1],
      worth: [-2, -1, 3, 5],
    },
    {
      name: "surname",
      presence: 0,
      optional: false,
      offset: 4,
      parts: [1, 1, 1],
      worth: [-3, 0, 2, 6],
    },
    { name: "year", presence: 1, optional: false, offset: 8, parts: [2], worth: [-2, 4] },
    { name: "place", presence: 1, optional: true, offset: 11, parts: [1, 2], worth: [0, 1, 2] },
  ],
  swap: { fields: [0, 1], depth: 2 },
};

interface Clear {
  readonly rows: number;
  readonly vectors: Uint16Array;
  readonly keys: Uint32Array;
  readonly present: Uint32Array;
}

function words(seed: number, length: number): Uint32Array {
  let state = Math.imul(seed, 2654435761) + 12345;
  return Uint32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state ^ (state >>> 15)) >>> 0;
  });
}

const listOf = (seed: number, rows: number): Clear => ({
  rows,
  vectors: Uint16Array.from(words(seed, rows * WIDTH), (word) => ((word >>> 24) % 41) - 20),
  keys: words(seed + 1000, rows).map((word) => word | ((word >>> 16) & 0x111)),
  present: words(seed + 2000, rows * FIELDS).map((word) => (word % 5 === 0 ? 0 : 1)),
});

const part = (word: number, from: number, bits: number): number =>
  (word >>> from) & ((1 << bits) - 1);

/** Deepest level that two keys agree to, −1 if one is unknown. */
function depth(a: KeyField, x: Clear, i: number, b: KeyField, y: Clear, j: number): number {
  const known = (field: KeyField, list: Clear, row: number): boolean =>
    (!field.optional || part(list.keys[row], field.offset, 1) === 1) &&
    list.present[row * FIELDS + field.presence] === 1;
  if (!known(a, x, i) || !known(b, y, j)) return -1;
  let at = 1;
  for (let d = 0; d < a.parts.length; d += 1) {
    const bits = a.parts[d];
    if (part(x.keys[i], a.offset + at, bits) !== part(y.keys[j], b.offset + at, bits)) return d;
    at += bits;
  }
  return a.parts.length;
}

function worth(x: Clear, i: number, y: Clear, j: number): number {
  const [given, surname] = LAYOUT.fields;
  const cross = [depth(given, x, i, surname, y, j), depth(surname, x, i, given, y, j)];
  const isSwapped = cross.every((d) => d >= LAYOUT.swap.depth);
  return LAYOUT.fields.reduce((sum, field, f) => {
    const straight = depth(field, x, i, field, y, j);
    const d = isSwapped && f < 2 ? Math.max(straight, cross[f]) : straight;
    return sum + (d < 0 ? 0 : field.worth[d]);
  }, 0);
}

function inTheClear(x: Clear, y: Clear, threshold: number, look: SecondLook): boolean[] {
  const score = (i: number, j: number): number => {
    let sum = 0;
    for (let t = 0; t < WIDTH; t += 1) {
      sum += ((x.vectors[i * WIDTH + t] << 16) >> 16) * ((y.vectors[j * WIDTH + t] << 16) >> 16);
    }
    return sum;
  };
  return Array.from({ length: x.rows }, (_, i) => {
    for (let from = 0; from < y.rows; from += look.groupColumns) {
      const to = Math.min(from + look.groupColumns, y.rows);
      const columns = Array.from({ length: to - from }, (_, k) => from + k);
      const reached = columns.filter((j) => score(i, j) >= threshold);
      if (reached.length >= 2 ** look.rankBits) continue;
      if (reached.some((j) => worth(x, i, y, j) >= look.threshold)) return false;
    }
    return true;
  });
}

async function run(
  seed: number,
  x: Clear,
  y: Clear,
  threshold: number,
  look: SecondLook,
  options: WorldOptions = {},
) {
  const world = new World(seed, { profile, ...options });
  const deal = (list: Clear) => ({
    vectors: world.share(list.vectors, "add"),
    keys: world.share(list.keys, "xor"),
    present: world.share(list.present, "add"),
  });
  const dealt = [x, y].map(deal);
  let rounds = 0;
  const results = await world.each(async (ctx, self) => {
    const [ours, theirs] = await Promise.all(
      [x, y].map(async ({ rows }, k) => {
        const shares = { keys: dealt[k].keys[self], present: dealt[k].present[self] };
        const list = { ...shares, rows, content: shares.present, real: shares.keys };
        return {
          side: { rows, width: WIDTH, shares: dealt[k].vectors[self] },
          keys: await keyPlanes(ctx.narrow(`list-${k}`), LAYOUT, list, FIELDS),
        };
      }),
    );
    const none = await noneConfirmed(ctx, ours, theirs, threshold, look);
    ctx.assertAllVerified();
    rounds = ctx.metrics.rounds;
    return none;
  });
  const packed = world.combine(results, "xor");
  const none = Array.from({ length: x.rows }, (_, i) => ((packed[i >> 5] >>> (i & 31)) & 1) === 1);
  return { none, bytes: world.contexts.map(({ bytesSent }) => bytesSent), rounds };
}

const look = (change: Partial<SecondLook> = {}): SecondLook => ({
  keys: LAYOUT,
  constants: [0, 0],
  threshold: 4,
  rankBits: 2,
  groupColumns: 128,
  ...change,
});

describe("noneConfirmed", () => {
  it("equals both looks in the clear", async () => {
    const cases = fc.record({
      seed: fc.nat(1e6),
      rows: fc.constantFrom(128, 256),
      columns: fc.constantFrom(128, 256, 384),
      threshold: fc.integer({ min: 700, max: 1300 }),
      second: fc.integer({ min: 1, max: 6 }),
      rankBits: fc.integer({ min: 2, max: 3 }),
      groupColumns: fc.constantFrom(128, 256, 1024),
    });
    const seen = { known: 0, unknown: 0 };
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const [x, y] = [listOf(one.seed, one.rows), listOf(one.seed + 1, one.columns)];
        const second = look({ ...one, threshold: one.second });
        const { none } = await run(one.seed, x, y, one.threshold, second);
        expect(none).toEqual(inTheClear(x, y, one.threshold, second));
        for (const flag of none) seen[flag ? "unknown" : "known"] += 1;
      }),
      { numRuns: 8 },
    );
    expect(Math.min(seen.known, seen.unknown)).toBeGreaterThan(50);
  });

  it("counts no candidate of a row that has more of them than slots", async () => {
    const [x, y] = [listOf(3, 128), listOf(4, 128)];
    y.vectors.fill(0);
    x.vectors.fill(0);
    for (let i = 0; i < 128; i += 1) x.vectors[i * WIDTH] = 10;
    // Columns 5, 6, … all score; only the first of them agrees by its keys.
    const scoring = (count: number): void => {
      for (let j = 5; j < 5 + count; j += 1) y.vectors[j * WIDTH] = 10;
    };
    x.keys.fill(0xffffffff);
    x.present.fill(1);
    y.present.fill(1);
    y.keys.fill(0);
    y.keys[5] = 0xffffffff;
    scoring(3);
    expect((await run(1, x, y, 50, look())).none).toEqual(new Array(128).fill(false));
    scoring(4);
    expect((await run(2, x, y, 50, look())).none).toEqual(new Array(128).fill(true));
    // Nine are one more than the eight that ranks tell apart with three bits.
    scoring(9);
    expect((await run(3, x, y, 50, look({ rankBits: 3 }))).none).toEqual(new Array(128).fill(true));
  });

  it("takes a key for unknown where the record is compared without its field", async () => {
    const [x, y] = [listOf(5, 128), listOf(6, 128)];
    x.keys.fill(0xffffffff);
    y.keys.fill(0xffffffff);
    x.present.fill(1);
    y.present.fill(1);
    for (let i = 0; i < 128; i += 1) x.present[i * FIELDS] = i & 1;
    const everything = look({ threshold: 8, groupColumns: 128, rankBits: 3 });
    y.vectors.fill(0);
    x.vectors.fill(10);
    y.vectors.fill(10, 0, WIDTH);
    const { none } = await run(4, x, y, 500, everything);
    expect(none).toEqual(Array.from({ length: 128 }, (_, i) => (i & 1) === 0));
  });

  it("sends as many bytes in as many rounds whatever the lists hold", async () => {
    const seen = await Promise.all(
      [1, 2, 3].map((seed) => run(seed, listOf(seed, 128), listOf(9 * seed, 256), 900, look())),
    );
    for (const { bytes, rounds } of seen) {
      expect(bytes).toEqual(seen[0].bytes);
      expect(rounds).toBe(seen[0].rounds);
    }
  });

  it("counts no fewer gates in its soundness than it has", async () => {
    const gates = levelGates(LAYOUT);
    const world = new World(11, { profile });
    const planes = world.share(words(7, 32 * 4), "xor");
    const [used] = await world.each(async (ctx, self) => {
      const keys = cutPlanes(planes[self], 32);
      await sameByKeys(ctx, LAYOUT, keys, keys, 4);
      await verifyProducts(ctx);
      return ctx.metrics.andGates / 128;
    });
    expect(used).toBeLessThanOrEqual(gates);
    expect(used).toBeGreaterThan(gates / 3);
    const [, term] = confirmTerms(
      PRODUCTION,
      look({ rankBits: 3, groupColumns: 2048 }),
      5000,
      5000,
    );
    expect(term.count).toBe(5 * 3);
    expect(Math.log2(term.error)).toBeLessThan(-88);
  });

  it("counts the rows of all groups, of which there are more than bands", async () => {
    const check = "gates of the rows of all groups";
    const terms = confirmTerms(PRODUCTION, look({ groupColumns: 512 }), 5000, 5000);
    // Five blocks of 1024 rows, each with a bit from every group of 512 columns.
    const error = gatesError(PRODUCTION, 5 * 10 * 1024);
    expect(terms.find((term) => term.check === check)).toEqual({ check, count: 1, error });
    const [bands] = compareTerms(PRODUCTION, 5000, 5000).slice(-1);
    expect(bands.error).toBeLessThan(error);
  });

  it("refuses worths by which deeper agreement would count less", async () => {
    const fields = LAYOUT.fields.map((field, f) =>
      f === 2 ? { ...field, worth: [4, -2] } : field,
    );
    const world = new World(12, { profile });
    const planes = world.share(words(8, 32 * 4), "xor");
    const compared = world.each((ctx, self) => {
      const keys = cutPlanes(planes[self], 32);
      return sameByKeys(ctx, { ...LAYOUT, fields }, keys, keys, 4);
    });
    await expect(compared).rejects.toThrow("never worth less");
  });

  it("aborts when any one party changes any one byte of any message of the look", async () => {
    const [x, y] = [listOf(21, 128), listOf(22, 128)];
    const expected = inTheClear(x, y, 900, look());
    const places: { from: number; to: number; channel: string }[] = [];
    await run(7, x, y, 900, look(), {
      tamper: (message, at) => {
        if (/group-|keys/.test(at.channel)) places.push(at);
        return message;
      },
    });
    const lie = fc.record({
      message: fc.nat(places.length - 1),
      at: fc.nat(1e6),
      error: fc.integer({ min: 1, max: 255 }),
    });
    const codes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(lie, async ({ message: index, at, error }) => {
        const target = places[index];
        const outcome = await run(7, x, y, 900, look(), {
          tamper: (message, place) => {
            const isTarget =
              place.from === target.from &&
              place.to === target.to &&
              place.channel === target.channel;
            if (!isTarget) return message;
            const changed = message.slice();
            changed[at % changed.length] ^= error;
            return changed;
          },
        }).catch((e: ProtocolAbort) => e);
        if (outcome instanceof Error) {
          expect(outcome.name).toBe("ProtocolAbort");
          codes.set(outcome.code, (codes.get(outcome.code) ?? 0) + 1);
        } else {
          // The fourth word of a field element says nothing.
          expect(outcome.none).toEqual(expected);
        }
      }),
      { numRuns: 40 },
    );
    expect(codes.size).toBeGreaterThan(1);
  });

  it("aborts when a party computes a wrong bit of the candidates' keys", async () => {
    const [x, y] = [listOf(23, 128), listOf(24, 128)];
    const honest = wasmKernels();
    let products = 0;
    const kernels: Kernels = {
      ...honest,
      bitMatmul: (a, h, k, m, n) => {
        const out = honest.bitMatmul(a, h, k, m, n);
        // The keys of three slots of 128 rows; the check's own products are narrower. Each comes in
        // two parts that are XORed: one of them is wrong.
        if (n === 3 * 128 && (products += 1) % 2 === 1) out[out.length - 1] ^= 2 ** 31;
        return out;
      },
    };
    for (const party of [0, 1, 2] as const) {
      const lying = run(8, x, y, 900, look(), { liar: { party, kernels } });
      await expect(lying).rejects.toMatchObject({ code: "MATRIX_CHECK_FAILED" });
    }
  });
});
