import { assert } from "@symbolon/base/assert";
import type { PartyIndex } from "@symbolon/base/id";
import { type ExpandSeed, SEED_BYTES } from "./prg.js";
import { Shares } from "./shares.js";

export type Sharing = "arithmetic" | "boolean";

/** Words handled at a time, so that a column needs little memory beside itself. */
const STRIDE = 262_144;

/**
 * One node's part of a split column, secret from everybody else. The components are
 *
 *     x_0 = PRG(s_0),  x_1 = PRG(s_1),  x_2 = x − x_0 − x_1   (mod 2^32; for bits: XOR)
 *
 * and node 0 gets (s_0, s_1), node 1 (s_1, x_2), node 2 (x_2, s_0): two vectors on the wire, not
 * six. `seeds` has the node's one or two seeds in this order; `vector` is x_2, empty for node 0.
 * Never prints its content.
 */
export class NodePart {
  readonly node: PartyIndex;
  readonly seeds: readonly Uint8Array[];
  readonly vector: Uint32Array;
  constructor(node: PartyIndex, seeds: readonly Uint8Array[], vector: Uint32Array) {
    assert(seeds.length === (node === 0 ? 2 : 1), "node 0 gets two seeds, the others one");
    assert(
      seeds.every((seed) => seed.length === SEED_BYTES),
      "a seed has 16 bytes",
    );
    assert(node !== 0 || vector.length === 0, "node 0 gets no vector");
    this.node = node;
    this.seeds = seeds;
    this.vector = vector;
  }
  toJSON(): string {
    return `NodePart(${this.node}, ${this.vector.length})`;
  }
  toString(): string {
    return this.toJSON();
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toJSON();
  }
}

/**
 * Splits a column of 32-bit words among the three nodes. `seeds` are two fresh, uniformly random
 * 16-byte strings. Any single part is uniformly random, whatever the values.
 */
export async function splitColumn(
  values: Uint32Array,
  sharing: Sharing,
  seeds: readonly [Uint8Array, Uint8Array],
  expand: ExpandSeed,
): Promise<readonly [NodePart, NodePart, NodePart]> {
  const [s0, s1] = seeds;
  const x2 = new Uint32Array(values.length);
  for (let from = 0; from < values.length; from += STRIDE) {
    const x = values.subarray(from, from + STRIDE);
    const [x0, x1] = await Promise.all([expand(s0, x.length, from), expand(s1, x.length, from)]);
    assert(x0.length === x.length && x1.length === x.length, "an expansion has its length");
    const out = x2.subarray(from, from + STRIDE);
    if (sharing === "arithmetic")
      for (let k = 0; k < x.length; k += 1) out[k] = x[k] - x0[k] - x1[k];
    else for (let k = 0; k < x.length; k += 1) out[k] = x[k] ^ x0[k] ^ x1[k];
  }
  return [
    new NodePart(0, [s0, s1], new Uint32Array()),
    new NodePart(1, [s1], x2),
    new NodePart(2, [s0], x2),
  ];
}

/** The node's shares (own = component `node`, next = component `node` + 1) of `words` words. */
export async function joinPart(
  part: NodePart,
  words: number,
  expand: ExpandSeed,
): Promise<Shares<Uint32Array>> {
  assert(
    part.node === 0 || part.vector.length === words,
    "a part's vector has the column's length",
  );
  const [first, second] = part.seeds;
  const component = await expandAll(first, words, expand);
  if (part.node === 0) return new Shares(component, await expandAll(second, words, expand));
  return part.node === 1 ? new Shares(component, part.vector) : new Shares(part.vector, component);
}

async function expandAll(seed: Uint8Array, words: number, expand: ExpandSeed) {
  const out = new Uint32Array(words);
  for (let from = 0; from < words; from += STRIDE)
    out.set(await expand(seed, Math.min(STRIDE, words - from), from), from);
  return out;
}

/** x from its three components: the inverse of splitting. */
export function combineComponents(
  components: readonly [Uint32Array, Uint32Array, Uint32Array],
  sharing: Sharing,
): Uint32Array {
  const [x0, x1, x2] = components;
  assert(x0.length === x1.length && x1.length === x2.length, "components have one length");
  return sharing === "arithmetic"
    ? x0.map((word, k) => word + x1[k] + x2[k])
    : x0.map((word, k) => word ^ x1[k] ^ x2[k]);
}

/**
 * Which component the three nodes hold different copies of, or `undefined` if all copies agree.
 * Component j is held by node j (own) and node j − 1 (next): one of these two lies.
 */
export function disagreement(
  shares: readonly [Shares, Shares, Shares],
):
  | { readonly component: PartyIndex; readonly nodes: readonly [PartyIndex, PartyIndex] }
  | undefined {
  for (const component of [0, 1, 2] as const) {
    const before = ((component + 2) % 3) as PartyIndex;
    const mine = shares[component].own;
    const theirs = shares[before].next;
    if (mine.length !== theirs.length || mine.some((word, k) => word !== theirs[k]))
      return { component, nodes: [before, component] };
  }
  return undefined;
}
