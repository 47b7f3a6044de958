import { readFileSync } from "node:fs";
import { type ComparedPair, linkable, linkLists, oneToOne } from "@symbolon/case-data/compare/link";
import { personLayout } from "@symbolon/case-data/encode/layout";
import type { ColumnMap } from "@symbolon/case-data/intake/columns";
import { type Bench, BenchUsage, numbers } from "./bench.js";
import { BandFinds } from "./linkage-bands.js";
import { arabicLatin } from "./linkage-names.js";
import { measurePeople, PEOPLE_SETS } from "./linkage-people.js";
import { linkOnShares } from "./linkage-secure.js";
import { type BenchSet, readTruth, SETS, type TruthSet } from "./linkage-sets.js";
import { matmul } from "./matmul.js";
import { type BenchResult, inTheClear } from "./result.js";

const layout = personLayout();
const PUBLIC = [...Object.keys(SETS), arabicLatin.name];
const ALL = [...Object.keys(PEOPLE_SETS), ...PUBLIC];

/** `linkage` on the command line; sets of public data are skipped where there is none. */
export const linkage: Bench = {
  name: "linkage",
  about: "quality of links against the truth, in the clear, untrained; --secure: also on shares",
  options: { sets: ALL.join(","), draws: "20", secure: "", a: "", b: "", truth: "", map: "" },
  async *run({ sets, draws, secure, a, b, truth, map }) {
    if (a !== "") {
      yield measure("given", givenSet(a, b, truth, map));
      return;
    }
    const names = sets.split(",");
    const shared = secure.split(",").filter((name) => name !== "");
    const unknown = [...names, ...shared].find((name) => !ALL.includes(name));
    if (unknown !== undefined) {
      throw new BenchUsage("BENCH_USAGE", `--sets is some of ${ALL.join(", ")}`);
    }
    const [count] = numbers("draws", draws, [1, 1000]);
    for (const name of names.filter((one) => Object.hasOwn(PEOPLE_SETS, one))) {
      yield measurePeople(name, count, { layout, matmul });
    }
    const others = names.filter((one) => PUBLIC.includes(one));
    const folder = process.env["SYMBOLON_BENCH_DATA"];
    if (folder === undefined && others.length > 0) {
      process.stderr.write("skipped: SYMBOLON_BENCH_DATA names no folder of benchmark data\n");
    }
    if (folder === undefined) return;
    for (const name of others) {
      yield name === arabicLatin.name
        ? arabicLatin.measure(folder)
        : measure(name, SETS[name], folder);
    }
    for (const name of shared) {
      const [first] = Object.hasOwn(SETS, name) ? SETS[name].load(folder) : [];
      if (first?.b === undefined) {
        throw new BenchUsage("BENCH_USAGE", `${name} is no set of two lists to link on shares`);
      }
      yield await linkOnShares(name, first.a, first.b);
    }
  },
};

/** Anyone's files; `map` is a JSON file of columns by field. */
function givenSet(a: string, b: string, truth: string, map: string): BenchSet {
  if (truth === "") {
    throw new BenchUsage("BENCH_USAGE", "--truth names the column that tells who a record is");
  }
  const columns = map === "" ? {} : (JSON.parse(readFileSync(map, "utf8")) as ColumnMap);
  const lists = [a, b].filter((path) => path !== "").map((path) => readTruth(path, truth, columns));
  return { isOneToOne: false, load: () => [{ a: lists[0], ...(lists[1] && { b: lists[1] }) }] };
}

/** Pairs of records of one person. */
function truePairs({ a, b }: TruthSet): number {
  const counts = new Map<string, number>();
  for (const { entity } of b ?? a) counts.set(entity, (counts.get(entity) ?? 0) + 1);
  if (b) return a.reduce((sum, { entity }) => sum + (counts.get(entity) ?? 0), 0);
  return [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
}

function measure(name: string, set: BenchSet, folder = ""): BenchResult {
  const start = performance.now();
  const total = {
    pairs: 0,
    compared: 0,
    links: 0,
    right: 0,
    true: 0,
    low: 0,
    expected: 0,
    high: 0,
    byBands: { right: 0, pairs: 0, rows: 0, of: 0 },
  };
  for (const lists of set.load(folder)) {
    const [a, b] = [lists.a, lists.b].map((list) =>
      list
        ? linkable(
            list.map(({ person }) => person),
            layout,
          )
        : undefined,
    );
    if (a === undefined) continue;
    const { links, compared, pairs, estimate } = linkLists(a, b, { layout, matmul });
    const isRight = (pair: ComparedPair): boolean =>
      lists.a[pair.a].entity === (lists.b ?? lists.a)[pair.b].entity;
    const kept = set.isOneToOne ? oneToOne(links) : links;
    if (b !== undefined) {
      const bands = new BandFinds(a, b);
      const right = links.filter(isRight);
      total.byBands.of += right.length;
      total.byBands.right += right.filter((pair) => bands.has(pair.a, pair.b)).length;
      total.byBands.pairs += bands.count;
      total.byBands.rows += a.records.length;
    }
    total.pairs += pairs;
    total.compared += compared.length;
    total.links += kept.length;
    total.right += kept.filter(isRight).length;
    total.true += truePairs(lists);
    total.low += estimate.low;
    total.expected += estimate.expected;
    total.high += estimate.high;
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    ...inTheClear("linkage", total.pairs / seconds, seconds),
    set: name,
    f1: (2 * total.right) / (total.links + total.true),
    precision: total.right / total.links,
    recall: total.right / total.true,
    truePairs: total.true,
    estimatedPairs: { low: total.low, expected: total.expected, high: total.high },
    comparedPairs: total.compared,
    ...(total.byBands.rows > 0 && {
      bands: {
        recallOfRightLinks: total.byBands.right / total.byBands.of,
        pairsForEachRow: total.byBands.pairs / total.byBands.rows,
      },
    }),
  };
}
