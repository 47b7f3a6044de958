import { assert } from "@symbolon/base/assert";
import { allEach, andEach } from "../circuit/batch.js";
import { equal } from "../circuit/equal.js";
import { lessThan } from "../circuit/less-than.js";
import { mux } from "../circuit/mux.js";
import { sumPlanes, weightedSum } from "../circuit/weighted-sum.js";
import type { Context } from "../context.js";
import { concatBits, not, sliceBits } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";

/** What a record's link with one earlier list says: whose cluster its partner belongs to. */
export interface Vote {
  /** One bit a record: is there a link? All else is zero without one. */
  readonly has: Bits;
  /** Planes of the link's weight less the least one that any two records have. */
  readonly weights: readonly Bits[];
  /** Planes of the name of the cluster's head. */
  readonly head: readonly Bits[];
  /** One bit for each earlier list: has the cluster a member there? */
  readonly members: readonly Bits[];
}

/** One bit a record: does it join a cluster? And planes of that one's head, if so. */
export interface Choice {
  readonly joins: Bits;
  readonly head: readonly Bits[];
}

/**
 * Π_votes: of the clusters more than half of whose members a record is linked to itself, the one to
 * whose members its links weigh most in sum; of equal ones that with a link to the earliest list.
 *
 *     vote_at = has_a ∧ has_t ∧ [head_a = head_t]
 *     mayJoin_a = 2·Σ_t vote_at > |members_a|,      total_a = Σ_t vote_at·weight_t
 *
 * `lowest` is what the weights are less than they should be. For n earlier lists some
 * n²·(head bits/2 + 4·weight planes) AND a record. Nothing is opened. Security as Π_and. Own rule;
 * docs/protocols/clusters.md.
 */
export async function chooseCluster(
  ctx: Context,
  votes: readonly Vote[],
  lowest: number,
): Promise<Choice> {
  assert(votes.length > 0 && lowest <= 0, "links with earlier lists");
  const step = ctx.narrow("votes");
  const words = votes[0].has.length;
  const agreeing = await agreements(step, votes);
  const mayJoin = await majorities(step, votes, agreeing);
  const totals = await totalWeights(step, votes, agreeing, -lowest);
  const each = votes.map(({ head }, a) => {
    const mine = [...totals, mayJoin].map((plane) => sliceBits(plane, a * words, (a + 1) * words));
    return [...head, ...mine];
  });
  const { length } = votes[0].head;
  let best = each[0];
  for (let a = 1; a < each.length; a += 1) {
    const at = step.narrow(`best-${a}`);
    const isLess = await lessThan(at, best.slice(length), each[a].slice(length), "few-rounds");
    best = await mux(at, isLess, each[a], best);
  }
  return { joins: best[best.length - 1], head: best.slice(0, length) };
}

/** AND gates a record of Π_votes, from above. */
export function voteGates(votes: number, headBits: number, weightPlanes: number): number {
  const total = weightPlanes + sumPlanes(votes) + 1;
  const sums = 3 * votes + 3 * weightPlanes * votes + 2 * total;
  return votes * votes * (headBits + 2) + votes * (sums + 2 * votes + 3 * total + headBits);
}

/** votes[a][t] for all a, side by side: the t-th vector has a bit for each a and record. */
async function agreements(ctx: Context, votes: readonly Vote[]): Promise<Bits[]> {
  const step = ctx.narrow("same");
  const pairs = votes.flatMap((_, a) => votes.slice(a + 1).map((_, k) => [a, a + 1 + k] as const));
  const made = new Map<string, Bits>();
  if (pairs.length > 0) {
    const planes = (side: 0 | 1): Bits[] =>
      votes[0].head.map((_, p) => concatBits(...pairs.map((pair) => votes[pair[side]].head[p])));
    const words = votes[0].has.length;
    const same = await equal(step, planes(0), planes(1));
    const both = await allEach(
      step,
      pairs.map(([a, t], k) => [
        votes[a].has,
        votes[t].has,
        sliceBits(same, k * words, (k + 1) * words),
      ]),
    );
    pairs.forEach(([a, t], k) => {
      made.set(`${a} ${t}`, both[k]).set(`${t} ${a}`, both[k]);
    });
  }
  return votes.map(({ has }, t) =>
    concatBits(...votes.map((_, a) => made.get(`${a} ${t}`) ?? has)),
  );
}

/** One bit for each a and record: are more than half of the cluster's members linked to it? */
async function majorities(
  ctx: Context,
  votes: readonly Vote[],
  agreeing: readonly Bits[],
): Promise<Bits> {
  const step = ctx.narrow("majority");
  const planes = sumPlanes(votes.length);
  const count = (at: Context, bits: readonly Bits[]): Promise<Bits[]> =>
    weightedSum(
      at,
      bits.map((bit) => ({ bit, weight: 1 })),
      0,
      planes,
    );
  const members = votes.map((_, list) => concatBits(...votes.map((vote) => vote.members[list])));
  const linked = await count(step.narrow("linked"), agreeing);
  const all = await count(step.narrow("members"), members);
  const none = new Uint32Array(all[0].length);
  const zero = new Shares(none, none);
  return lessThan(step, [...all, zero], [zero, ...linked]);
}

/**
 * For each a and record the planes of the sum of the weights of the votes, more by `lift` for every
 * vote that there might be: so sums compare as if `lift` had been taken from each weight.
 */
async function totalWeights(
  ctx: Context,
  votes: readonly Vote[],
  agreeing: readonly Bits[],
  lift: number,
): Promise<Bits[]> {
  const step = ctx.narrow("total");
  const counted = await andEach(
    step.narrow("counted"),
    votes.flatMap(({ weights }, t) =>
      weights.map((plane) => [agreeing[t], concatBits(...votes.map(() => plane))] as const),
    ),
  );
  const planes = votes[0].weights.length;
  const terms = counted.map((bit, k) => ({ bit, weight: 2 ** (k % planes) }));
  const missing = agreeing.map((bit) => ({ bit: not(step, bit), weight: lift }));
  const most = votes.length * (2 ** planes - 1 + lift);
  return weightedSum(step, lift > 0 ? [...terms, ...missing] : terms, 0, sumPlanes(most));
}
