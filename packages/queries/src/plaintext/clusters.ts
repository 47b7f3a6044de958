import type { ClearPair } from "./link.js";

/** One-to-one links of list `a` (rows) with list `b` (columns), a < b by the order of lists. */
export interface ClearLinks {
  readonly a: number;
  readonly b: number;
  readonly links: readonly ClearPair[];
}

/** Who heads the cluster of a record. */
export interface ClearHead {
  readonly list: number;
  readonly row: number;
}

/** A cluster so far, for rules that decide who may join. */
export interface Votes {
  /** Members to which the record is linked, and all of them. */
  readonly linked: number;
  readonly members: number;
  readonly hasHead: boolean;
}

/** More than half of the members are linked to the record itself. */
export const byMajority = ({ linked, members }: Votes): boolean => 2 * linked > members;

/**
 * Π_clusters in the clear: the oracle. List after list, row after row: of the clusters that it may
 * join, a record joins the one to whose members its links weigh most, of equal ones the one with
 * a link to the earliest list; if there is none, it heads a cluster of its own. Result: for each
 * list, the head of each row's cluster.
 */
export function clustersInTheClear(
  rows: readonly number[],
  linked: readonly ClearLinks[],
  mayJoin: (votes: Votes) => boolean = byMajority,
): ClearHead[][] {
  const heads: ClearHead[][] = [];
  const sizes = new Map<ClearHead, number>();
  rows.forEach((count, list) => {
    const ours = linked.filter(({ b }) => b === list).sort((x, y) => x.a - y.a);
    const partners = ours.map(({ a, links }) => ({
      a,
      of: new Map(links.map((link) => [link.b, link])),
    }));
    const joined = Array.from({ length: count }, (_, row): ClearHead => {
      const votes = new Map<ClearHead, { linked: number; weight: number; hasHead: boolean }>();
      for (const { a, of } of partners) {
        const link = of.get(row);
        if (link === undefined) continue;
        const head = heads[a][link.a];
        const vote = votes.get(head) ?? { linked: 0, weight: 0, hasHead: false };
        const hasHead = vote.hasHead || (head.list === a && head.row === link.a);
        votes.set(head, { linked: vote.linked + 1, weight: vote.weight + link.weight, hasHead });
      }
      const open = [...votes].filter(([head, vote]) =>
        mayJoin({ ...vote, members: sizes.get(head) as number }),
      );
      // Votes are in the order of lists, and sorting keeps it where weights are equal.
      const [best] = open.sort(([, x], [, y]) => y.weight - x.weight);
      return best ? best[0] : { list, row };
    });
    heads.push(joined);
    for (const head of joined) sizes.set(head, (sizes.get(head) ?? 0) + 1);
  });
  return heads;
}

/**
 * Π_persons in the clear: one number for each row of all lists: bit 0 if it heads a person, bit
 * 1 + ℓ if that person has a record of list ℓ. A row that fills a list up heads none, unless
 * others joined it.
 */
export function personsInTheClear(
  heads: readonly (readonly ClearHead[])[],
  real: readonly (readonly boolean[])[],
): number[][] {
  const words = heads.map((list) => list.map(() => 0));
  heads.forEach((list, at) => {
    for (const head of list) words[head.list][head.row] |= 2 << at;
  });
  return words.map((list, at) =>
    list.map((word, row) => (word === 0 || (word === 2 << at && !real[at][row]) ? 0 : word | 1)),
  );
}
