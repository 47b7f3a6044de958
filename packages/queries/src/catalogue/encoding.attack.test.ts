import { utf8 } from "@symbolon/base/bytes";
import { PARTIES } from "@symbolon/base/id";
import { linkable, linkLists } from "@symbolon/case-data/compare/link";
import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { toDataset } from "@symbolon/case-data/encode/dataset";
import { FIELD_NAMES } from "@symbolon/case-data/encode/fields";
import { readPersons } from "@symbolon/case-data/intake/persons";
import type { Person } from "@symbolon/case-data/person";
import { seededWords } from "@symbolon/case-data/random";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import type { PairFloor } from "@symbolon/mpc/linkage/pair-floor";
import { expandSeedNode } from "@symbolon/mpc/sharing/prg-node";
import { joinPart, splitColumn } from "@symbolon/mpc/sharing/split";
import { generateWorld } from "@symbolon/sim/people/world";
import { describe, expect, it } from "vitest";
import { weighPairsInTheClear } from "../plaintext/link.js";
import { corroborated, matchRule, matchThreshold } from "../plan/match-rule.js";
import { matches } from "./matches.js";

/*
 * Attacks on encodings that others published (frequencies of encoded values, graphs of what is
 * alike) need encodings to read. What a node holds of a dataset is looked at here as they would.
 * Vectors out of bounds: hostile-list.test.ts; records that pass for several people:
 * made-up-records.attack.test.ts.
 */

const { layout } = matches;
const WORLD = generateWorld({ seed: 11, police: 240, ngos: [240], shared: 0.2 });
const peopleOf = (csv: string): Person[] => [
  ...readPersons(utf8(csv), { withRepeats: true }).persons,
];
const [OURS, THEIRS] = [WORLD.police.csv, WORLD.ngos[0].csv].map(peopleOf);

/** What one node holds of a column of a list: both of its components, row by row. */
async function heldBy(node: 0 | 1 | 2, persons: readonly Person[], column: string, seed: number) {
  const { schema, values } = toDataset(persons, layout, seededWords(seed));
  const words = values.get(`persons.${column}`) as Uint32Array;
  const { sharing } = schema.tables[0].columns.find(({ name }) => name === column)!;
  const seeds = [0, 1].map((k) => nodeCrypto.sha256(utf8(`${seed} ${k}`)).slice(0, 16));
  const parts = await splitColumn(
    words,
    sharing,
    seeds as [Uint8Array, Uint8Array],
    expandSeedNode,
  );
  const { own, next } = await joinPart(parts[node], words.length, expandSeedNode);
  const width = words.length / schema.tables[0].rows;
  const rowsOf = (part: Uint32Array): string[] =>
    Array.from({ length: schema.tables[0].rows }, (_, row) =>
      part.subarray(row * width, (row + 1) * width).join(),
    );
  return { clear: rowsOf(words), held: [...rowsOf(own), ...rowsOf(next)], own };
}

describe.each(
  PARTIES.flatMap((node) => [RECORDS.id, "content"].map((name) => [node, name] as const)),
)("node %i, looking at column %s", (node, column) => {
  it("finds no frequent value, where every row is the same person", async () => {
    const { clear, held } = await heldBy(node, Array(250).fill(THEIRS[0]), column, 1);
    expect(new Set(clear).size).toBeLessThan(3);
    expect(new Set(held).size).toBe(held.length);
  });

  it("finds nothing that two lists of the same people have in common", async () => {
    const [a, b] = [await heldBy(node, THEIRS, column, 2), await heldBy(node, THEIRS, column, 3)];
    const both = new Set(a.clear);
    expect(b.clear.filter((row) => both.has(row)).length).toBeGreaterThan(200);
    const seen = new Set(a.held);
    expect(b.held.filter((row) => seen.has(row))).toEqual([]);
  });

  it("sees bits that are ones as often as zeros, whatever the list", async () => {
    const { own } = await heldBy(node, Array(250).fill(THEIRS[0]), column, 4);
    for (let bit = 0; bit < 32; bit += 1) {
      const ones = own.reduce((sum, word) => sum + ((word >>> bit) & 1), 0);
      // Five standard deviations.
      expect(Math.abs(ones - own.length / 2)).toBeLessThan(2.5 * Math.sqrt(own.length));
    }
  });
});

const SEX = RECORDS.fields.findIndex(({ name }) => name === "sex");
const SEX_GAIN = Math.max(...RECORDS.fields[SEX].weights);

describe("an asker that knows one thing of people", () => {
  const ONE: readonly (keyof Person)[] = [
    ...(["given", "surname", "birthDate", "sex", "nationalities", "place"] as const),
    ...(["region", "postcode", "streetNumber"] as const),
  ];
  const rule = matchRule(matches.plan({ overlap: 0.999 }), layout, 256, 256);

  it.each(ONE)("learns of nobody by %s alone, whatever sex it guesses", (field) => {
    const probes = THEIRS.flatMap((person, k): Person[] => {
      const { [field]: known, sex } = person;
      return known === undefined ? [] : [{ row: k + 2, ...(sex && { sex }), [field]: known }];
    });
    const [a, b] = [linkable(probes, layout), linkable(THEIRS, layout)];
    const { compared } = linkLists(a, b, { layout });
    const { least } = matchThreshold(rule, new Int32Array(11).fill(200));
    const left = compared.map(({ weight, levels }) => weight - (levels[SEX] === 1 ? SEX_GAIN : 0));
    expect(Math.max(0, ...left)).toBeLessThan(least);
  });

  it("learns of nobody by the family, house and phone of a sister", () => {
    const rules = { with: rule.link.floor!, without: { ...rule.link.floor!, own: [] } };
    const sisters = THEIRS.map((person, k): Person => {
      const { identifier: _, email: __, ...shared } = person;
      const { given, birthDate } = THEIRS[(k + 1) % THEIRS.length];
      return { ...shared, ...(given && { given }), ...(birthDate && { birthDate }) };
    });
    const [a, b] = [linkable(sisters, layout), linkable(THEIRS, layout)];
    const counted = (floor: PairFloor): number =>
      sisters.filter((_, row) => {
        const pair = [[a.records[row]], [b.records[row]]] as const;
        const lists = { rows: 1, columns: 1, score: () => rule.link.score, records: pair };
        return (
          weighPairsInTheClear(lists, { ...rule.link, floor, groupColumns: 128 }, 1).length > 0
        );
      }).length;
    expect(counted(rules.without)).toBeGreaterThan(0.5 * THEIRS.length);
    // Those of whom the list knows neither a given name nor a birth date.
    expect(counted(rules.with)).toBeLessThan(0.1 * THEIRS.length);
  });

  it("learns of those whom it knows by several, which is what the query is for", () => {
    const [a, b] = [linkable(OURS, layout), linkable(THEIRS, layout)];
    const { compared } = linkLists(a, b, { layout });
    const known = compared.filter(({ weight }) => weight >= corroborated(RECORDS));
    expect(known.length).toBeGreaterThan(20);
    expect(FIELD_NAMES.length).toBeGreaterThan(ONE.length);
  });
});
