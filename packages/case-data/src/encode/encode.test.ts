import fc from "fast-check";
import { expect, it } from "vitest";
import type { Person } from "../person.js";
import { blockEncoder, encodePersons } from "./encode.js";
import { personLayout } from "./layout.js";
import { scoreAll, scorePair } from "./score.js";
import { listStats } from "./stats.js";

const token = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz"), maxLength: 12 });
const words = fc.array(token, { maxLength: 4 }).map((tokens) => tokens.join(" ").trim());
const name = words.map((normal) => ({ raw: normal, normal }));
const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength: 12 });
const date = fc.oneof(
  fc.record({ year: fc.integer({ min: 1900, max: 2030 }) }),
  fc.record({
    year: fc.integer({ min: 1900, max: 2030 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  }),
);
const person: fc.Arbitrary<Person> = fc.record(
  {
    row: fc.nat(),
    given: name,
    surname: name,
    birthDate: date,
    sex: fc.constantFrom("female" as const, "male" as const, "other" as const),
    nationalities: fc.uniqueArray(fc.integer({ min: 4, max: 894 }), { minLength: 1, maxLength: 3 }),
    place: words,
    region: words,
    postcode: digits,
    streetNumber: digits,
    address: words,
    address2: words,
    identifier: digits,
    phones: fc.array(digits, { minLength: 1, maxLength: 3 }),
    email: words.map((text) => `${text}@example.org`),
  },
  { requiredKeys: ["row"] },
);
const lists = fc.array(person, { minLength: 1, maxLength: 30 });

it.each([512, 1024, 2048] as const)(
  "no block leaves its bounds and none is without its presence bit (%i dims)",
  (dims) => {
    const layout = personLayout(dims);
    const property = fc.property(lists, lists, (persons, others) => {
      // Statistics of another list too: the bound must not hang on where they come from.
      const encoded = encodePersons(persons, layout, listStats(others));
      for (let row = 0; row < persons.length; row += 1) {
        layout.fields.forEach(({ offset, size, cap, floor }, f) => {
          const start = row * dims + offset;
          const block = encoded.content.subarray(start, start + size);
          const norm = block.reduce((sum, x) => sum + x * x, 0);
          const bit = encoded.present[row * layout.fields.length + f];
          expect(norm).toBeLessThanOrEqual(cap * bit);
          expect(norm).toBeGreaterThanOrEqual(floor * bit);
        });
      }
    });
    fc.assert(property, { numRuns: 40 });
  },
);

it("scoring all pairs equals scoring pair by pair", () => {
  const layout = personLayout();
  const property = fc.property(lists, lists, (left, right) => {
    const a = encodePersons(left, layout, listStats(left));
    const b = encodePersons(right, layout, listStats(right));
    const scores = scoreAll(layout, a, b);
    left.forEach((_, row) => {
      right.forEach((_person, column) => {
        expect(scores[row * right.length + column]).toBe(scorePair(layout, a, row, b, column));
      });
    });
  });
  fc.assert(property, { numRuns: 15 });
});

it("the product mod 2^16 with constant slots equals the scores", () => {
  const layout = personLayout(512);
  const matmul = (a: Uint16Array, b: Uint16Array, n: number, m: number, d: number) => {
    const product = new Uint16Array(n * m);
    for (let row = 0; row < n; row += 1) {
      for (let column = 0; column < m; column += 1) {
        let sum = 0;
        for (let k = 0; k < d; k += 1) {
          sum = (sum + Math.imul(a[row * d + k], b[column * d + k])) | 0;
        }
        product[row * m + column] = sum;
      }
    }
    return product;
  };
  const property = fc.property(lists, lists, (left, right) => {
    const a = encodePersons(left, layout, listStats(left));
    const b = encodePersons(right, layout, listStats(right));
    expect(scoreAll(layout, a, b, matmul)).toEqual(scoreAll(layout, a, b));
  });
  fc.assert(property, { numRuns: 20 });
});

it("the same value gives the same block, whatever was encoded before", () => {
  const layout = personLayout();
  const stats = listStats([]);
  const one = blockEncoder(layout, stats);
  const other = blockEncoder(layout, stats);
  other(0, "somebody else");
  expect(other(0, "amina")).toEqual(one(0, "amina"));
});
