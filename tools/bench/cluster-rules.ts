import { type LinkableList, linkable, linkLists } from "@symbolon/case-data/compare/link";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { readPersons } from "@symbolon/case-data/intake/persons";
import {
  byMajority,
  type ClearHead,
  type ClearLinks,
  clustersInTheClear,
  type Votes,
} from "@symbolon/queries/plaintext/clusters";
import { mutualBests } from "@symbolon/queries/plaintext/one-to-one";
import { writeCsv } from "@symbolon/sim/people/csv";
import { type SeveralLists, severalLists } from "@symbolon/sim/people/several-lists";
import { type Bench, numbers } from "./bench.js";
import { matmul } from "./matmul.js";
import { inTheClear } from "./result.js";

const layout = personLayout();

/** Who may join a cluster; `majority` is what Π_clusters does. */
const RULES: Readonly<Record<string, (votes: Votes) => boolean>> = {
  "any member": () => true,
  "the head": ({ hasHead }) => hasHead,
  "half of the members": ({ linked, members }) => 2 * linked >= members,
  majority: byMajority,
  "all members": ({ linked, members }) => linked === members,
};

/** What came of a rule: pairs of records in one cluster, and clusters. */
interface Tally {
  readonly made: number;
  readonly right: number;
  readonly true: number;
  readonly clusters: number;
  readonly people: number;
  /** Pairs of people with a planted record between them who came into one cluster. */
  readonly merged: number;
}

/** `cluster-rules` on the command line: whom different rules take for one person. */
export const clusterRules: Bench = {
  name: "cluster-rules",
  about: "who is one person on several lists, by different rules, in the clear",
  options: { lists: "3,5,7", people: "1500", known: "0.35", planted: "0,60", draws: "3" },
  async *run(options) {
    const count = (name: string, bounds: readonly [number, number]) =>
      numbers(name, options[name], bounds);
    const [people] = count("people", [1, 10_000]);
    const [known] = numbers("known", options["known"], [0, 1], true);
    const [draws] = count("draws", [1, 100]);
    for (const lists of count("lists", [3, 16])) {
      for (const planted of count("planted", [0, 1000])) {
        const start = performance.now();
        const worlds = Array.from({ length: draws }, (_, k) =>
          severalLists({ seed: k + 1, lists, people, known, planted }),
        );
        const linked = worlds.map(linksOf);
        const rules = Object.entries(RULES).map(([name, rule]) => {
          const tallies = worlds.map((world, k) =>
            tallyOf(world, clustersInTheClear(linked[k].rows, linked[k].links, rule)),
          );
          return [name, sharesOf(tallies)] as const;
        });
        const seconds = (performance.now() - start) / 1000;
        const both = worlds.map((world, k) => likeBoth(world, linked[k].links));
        yield {
          ...inTheClear("cluster-rules", worlds.length / seconds, seconds),
          unit: "worlds/s, in the clear",
          lists,
          planted: planted * draws,
          plantedLinkedToBoth: both.reduce((sum, one) => sum + one, 0),
          rules: Object.fromEntries(rules),
        };
      }
    }
  },
};

/** One-to-one links of all pairs of lists, each with the threshold that its weights suggest. */
function linksOf(world: SeveralLists): { readonly rows: number[]; readonly links: ClearLinks[] } {
  const lists = world.lists.map(({ rows }): LinkableList => {
    const bytes = new TextEncoder().encode(writeCsv(rows, ","));
    return linkable(readPersons(bytes, { withRepeats: true }).persons, layout);
  });
  const links = lists.flatMap((list, b) =>
    lists.slice(0, b).map((earlier, a): ClearLinks => {
      const linkage = linkLists(earlier, list, { layout, matmul });
      return { a, b, links: mutualBests(linkage.links, linkage.threshold) };
    }),
  );
  return { rows: lists.map(({ records }) => records.length), links };
}

/** Planted records that are linked to both of the people whom they are like. */
function likeBoth({ lists, blends }: SeveralLists, linked: readonly ClearLinks[]): number {
  const partners = new Map<string, Set<string>>();
  for (const { a, b, links } of linked) {
    for (const link of links) {
      const [x, y] = [lists[a].truth[link.a].id, lists[b].truth[link.b].id];
      partners.set(x, (partners.get(x) ?? new Set()).add(y));
      partners.set(y, (partners.get(y) ?? new Set()).add(x));
    }
  }
  return blends.filter(({ id, people }) => people.every((one) => partners.get(id)?.has(one)))
    .length;
}

const pairs = (count: number): number => (count * (count - 1)) / 2;
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

function countOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function tallyOf({ lists, blends }: SeveralLists, heads: readonly ClearHead[][]): Tally {
  const clusters = new Map<ClearHead, string[]>();
  heads.forEach((list, at) => {
    list.forEach((head, row) => {
      clusters.set(head, [...(clusters.get(head) ?? []), lists[at].truth[row].id]);
    });
  });
  const members = [...clusters.values()].map(countOf);
  const everybody = countOf(lists.flatMap(({ truth }) => truth.map(({ id }) => id)));
  return {
    made: sum([...clusters.values()].map(({ length }) => pairs(length))),
    right: sum(members.map((counts) => sum([...counts.values()].map(pairs)))),
    true: sum([...everybody.values()].map(pairs)),
    clusters: clusters.size,
    people: everybody.size,
    merged: blends.filter(({ people }) =>
      members.some((counts) => people.every((id) => counts.has(id))),
    ).length,
  };
}

function sharesOf(tallies: readonly Tally[]) {
  const all = (name: keyof Tally): number => sum(tallies.map((tally) => tally[name]));
  return {
    f1: (2 * all("right")) / (all("made") + all("true")),
    precision: all("right") / all("made"),
    recall: all("right") / all("true"),
    clustersForEachPerson: all("clusters") / all("people"),
    merged: all("merged"),
  };
}
