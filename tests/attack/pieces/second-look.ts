import { atLeast } from "@symbolon/mpc/circuit/at-least";
import { allEach } from "@symbolon/mpc/circuit/batch";
import { candidates } from "@symbolon/mpc/linkage/candidates";
import { confirmGroup } from "@symbolon/mpc/linkage/confirm";
import { type KeyLayout, keyPlanes } from "@symbolon/mpc/linkage/keys";
import { sameByKeys } from "@symbolon/mpc/linkage/levels";
import { bitMatmul } from "@symbolon/mpc/protocol/bit-matmul";
import { prepareCoin } from "@symbolon/mpc/protocol/coin";
import type { Bits } from "@symbolon/mpc/sharing/shares";
import { verifyBitMatrix } from "@symbolon/mpc/verify/bit-matrix";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { bits, joined, type Piece, piece, words } from "./piece.js";

/** Two names of two parts each, few values a part. */
export const TINY_KEYS: KeyLayout = {
  id: "tiny",
  bits: 32,
  unitsPerBit: 1,
  fields: [
    { name: "given", presence: 0, optional: true, offset: 0, parts: [1, 1], worth: [-1, 1, 2] },
    { name: "surname", presence: 0, optional: false, offset: 3, parts: [1, 1], worth: [-1, 1, 3] },
  ],
  swap: { fields: [0, 1], depth: 1 },
};

/** Few bits set, so that slots are empty, full and crowded. */
const sparse = (count: number, seed: number): Uint32Array => {
  const mask = words(count, seed + 9);
  return words(count, seed).map((word, k) => word & mask[k]);
};

const circuits: readonly Piece[] = [
  piece("all of each group", ["circuit/batch"], (dealer) => {
    const x = [1, 2, 3, 4, 5].map((seed) => dealer.share(words(4, seed), "xor"));
    return async (ctx, self) => {
      const [a, b, c, d, e] = x.map((shares) => shares[self]);
      const made = await allEach(ctx, [[a, b, c], [d], [d, e]]);
      await verifyProducts(ctx);
      return bits(joined(made));
    };
  }),
  piece("at least", ["circuit/at-least"], (dealer) => {
    const x = [1, 2, 3].map((seed) => dealer.share(words(4, seed), "xor"));
    return async (ctx, self) => {
      const terms = x.map((shares, k) => ({ bit: shares[self], weight: 2 * k + 1 }));
      const made = await atLeast(ctx, terms, 4);
      await verifyProducts(ctx);
      return bits(made);
    };
  }),
];

const matrices: readonly Piece[] = [
  piece("matrix of bits", ["protocol/bit-matmul", "verify/bit-matrix"], (dealer) => {
    const [a, h] = [dealer.share(words(8, 1), "xor"), dealer.share(words(512, 2), "xor")];
    return async (ctx, self) => {
      const coin = prepareCoin(ctx);
      const left = { rows: 2, columns: 128, bits: a[self] };
      const right = { rows: 128, columns: 128, bits: h[self] };
      const made = await bitMatmul(ctx, left, right);
      await verifyBitMatrix(ctx, { a: left, h: right, c: made }, coin);
      return bits(made.bits);
    };
  }),
  piece("candidates", ["linkage/candidates"], (dealer) => {
    const [m, b] = [dealer.share(sparse(512, 3), "xor"), dealer.share(words(8, 4), "xor")];
    return async (ctx, self) => {
      const coin = prepareCoin(ctx);
      const marks = { rows: 128, columns: 128, bits: m[self] };
      const planes = { rows: 2, columns: 128, bits: b[self] };
      const { keys, crowded, chosen } = await candidates(ctx, marks, planes, 1);
      await verifyProducts(ctx);
      await verifyBitMatrix(ctx, { a: planes, h: chosen, c: keys }, coin);
      return bits(joined([keys.bits, crowded]));
    };
  }),
];

const looks: readonly Piece[] = [
  piece("levels", ["linkage/levels"], (dealer) => {
    const [x, y] = [1, 2].map((k) =>
      Array.from({ length: 6 }, (_, p) => dealer.share(words(4, 8 * k + p), "xor")),
    );
    return async (ctx, self) => {
      const of = (planes: typeof x): Bits[] => planes.map((plane) => plane[self]);
      const same = await sameByKeys(ctx, TINY_KEYS, of(x), of(y), 2);
      await verifyProducts(ctx);
      return bits(same);
    };
  }),
  piece("second look", ["linkage/confirm", "linkage/keys"], (dealer) => {
    const matches = dealer.share(sparse(512, 5), "xor");
    const [x, y] = [3, 4].map((seed) => dealer.share(words(128, seed), "xor"));
    const present = dealer.share(new Uint32Array(128).fill(1), "add");
    const look = { keys: TINY_KEYS, constants: [0], threshold: 2, rankBits: 1, groupColumns: 128 };
    return async (ctx, self) => {
      const sideOf = async (name: string, keys: typeof x) => {
        const shares = { content: present[self], present: present[self], real: keys[self] };
        const list = { rows: 128, ...shares, keys: keys[self] };
        return { keys: await keyPlanes(ctx.narrow(name), TINY_KEYS, list, 1) };
      };
      const [ours, theirs] = [await sideOf("ours", x), await sideOf("theirs", y)];
      const block = { row: 0, rows: 128, column: 0, columns: 128 };
      return bits(await confirmGroup(ctx, block, matches[self], { ours, theirs, look }));
    };
  }),
];

/** A second look at the pairs that reach a score. */
export const secondLook: readonly Piece[] = [...circuits, ...matrices, ...looks];
