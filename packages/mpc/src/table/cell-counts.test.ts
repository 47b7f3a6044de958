import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import { verifyProducts } from "../verify/products.js";
import { cellCounts } from "./cell-counts.js";
import { type CodedColumn, codePlanes, hotCodes } from "./hot-codes.js";

/** Which codes (from 1) a word counts for, in the clear. */
export function hotInTheClear({ kind, codes, most }: CodedColumn, word: number): number[] {
  if (kind === "one") {
    const number = word % 2 ** codePlanes({ kind, codes, most });
    return number >= 1 && number <= codes ? [number] : [];
  }
  const all = Array.from({ length: codes }, (_, k) => k + 1);
  return all.filter((code) => ((word >>> (code - 1)) & 1) === 1).slice(0, most);
}

const columns: fc.Arbitrary<CodedColumn> = fc.oneof(
  fc.record({
    kind: fc.constant("one" as const),
    codes: fc.integer({ min: 1, max: 40 }),
    most: fc.constant(1),
  }),
  fc.record({
    kind: fc.constant("several" as const),
    codes: fc.integer({ min: 1, max: 9 }),
    most: fc.integer({ min: 1, max: 4 }),
  }),
);
/** Any word: also codes that there are not. */
const word = fc.oneof(fc.nat(63), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

describe("codes and cells", () => {
  it("count the rows of each pair of codes, whatever stands in the columns", async () => {
    const rows = fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 300 });
    const property = fc.asyncProperty(
      columns,
      columns,
      rows,
      fc.nat(),
      async (a, b, list, seed) => {
        const world = new World(seed);
        const left = world.share(
          Uint32Array.from(list, ([x]) => x),
          "xor",
        );
        const right = world.share(
          Uint32Array.from(list, ([, y]) => y),
          "xor",
        );
        const results = await world.each(async (ctx, self) => {
          const hot = await Promise.all(
            [
              [left, a, "a"],
              [right, b, "b"],
            ].map(([dealt, column, name]) =>
              hotCodes(
                ctx.narrow(name as string),
                planesOfRows(ctx, (dealt as typeof left)[self], 1),
                column as CodedColumn,
              ),
            ),
          );
          await verifyProducts(ctx);
          const planes = await cellCounts(ctx, { rows: hot[0], columns: hot[1] });
          ctx.assertAllVerified();
          return rowsOfPlanes(ctx, planes, a.codes * b.codes);
        });
        const expected = new Array<number>(a.codes * b.codes).fill(0);
        for (const [x, y] of list) {
          for (const r of hotInTheClear(a, x)) {
            for (const c of hotInTheClear(b, y)) expected[(r - 1) * b.codes + c - 1] += 1;
          }
        }
        expect([...world.combine(results, "xor")]).toEqual(expected);
      },
    );
    await fc.assert(property, { numRuns: 12 });
  });
});
