import type { Context } from "../context.js";
import { and, sliceBits } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";

/** Wires whose XOR is meant: 0–3 are the bits of the nibble (lowest first), 4–8 the gates. */
type Sum = readonly number[];

/** A box of 4 bits as five ANDs in three layers, and XORs. */
interface Box {
  /** Gates of one round; their wires are numbered in this order. */
  readonly layers: readonly (readonly (readonly [Sum, Sum])[])[];
  /** The bits of the result, lowest first. */
  readonly outputs: readonly Sum[];
  /** Which of them are inverted. */
  readonly inverted: readonly boolean[];
}

/**
 * S of PRINCE, {B F 3 2 A C 9 1 6 7 8 0 E 5 D 4}. Found by searching all circuits of five gates for
 * the shallowest; the same search finds none of four.
 */
const S: Box = {
  layers: [
    [[[0], [1]]],
    [
      [
        [0, 2],
        [1, 3, 4],
      ],
      [
        [0, 3],
        [2, 4],
      ],
    ],
    [
      [[2], [0, 3, 5]],
      [
        [2, 3],
        [1, 2, 5, 6],
      ],
    ],
  ],
  outputs: [
    [2, 3, 4, 5],
    [2, 5, 8],
    [0, 2, 3, 6, 8],
    [1, 3, 4, 6, 7],
  ],
  inverted: [true, true, false, true],
};

/** Its inverse, {B 7 3 2 F D 8 9 A 6 4 0 5 E C 1}. */
const S_INVERSE: Box = {
  layers: [
    [
      [
        [0, 2],
        [0, 1, 3],
      ],
    ],
    [
      [
        [0, 1, 2],
        [0, 1, 4],
      ],
      [[3], [1, 4]],
    ],
    [
      [[0], [2, 5, 6]],
      [
        [0, 1],
        [2, 3, 6],
      ],
    ],
  ],
  outputs: [
    [0, 3, 4, 7],
    [0, 1, 4, 5, 6, 7, 8],
    [0, 1, 2, 5, 6, 7],
    [0, 5, 7],
  ],
  inverted: [true, true, false, true],
};

/** AND gates of one box, either way. */
export const BOX_GATES = 5;

/** Where a result of four vectors is laid, end to end; what was there is lost. */
export const roomFor = (nibbles: readonly Bits[]): Bits => {
  const words = 4 * nibbles[0].length;
  return new Shares(new Uint32Array(words), new Uint32Array(words));
};

/** S on every nibble: vector b has bit b of all of them. Three rounds. Security as Π_and. */
export const substitute = (
  ctx: Context,
  nibbles: readonly Bits[],
  room = roomFor(nibbles),
): Promise<Bits[]> => evaluate(ctx, S, nibbles, room);

/** The inverse of S on every nibble. */
export const substituteBack = (
  ctx: Context,
  nibbles: readonly Bits[],
  room = roomFor(nibbles),
): Promise<Bits[]> => evaluate(ctx, S_INVERSE, nibbles, room);

async function evaluate(
  ctx: Context,
  box: Box,
  nibbles: readonly Bits[],
  room: Bits,
): Promise<Bits[]> {
  const words = nibbles[0].length;
  const wires = [...nibbles];
  const sums = (all: readonly Sum[], into?: Bits, inverted: readonly boolean[] = []): Bits =>
    ctx.timed("boolean", () => {
      const lay = (
        pick: (wires: Bits) => Uint32Array,
        carries: boolean,
        out: Uint32Array = new Uint32Array(all.length * words),
      ): Uint32Array => {
        all.forEach((sum, k) => {
          const start = carries && inverted[k] ? 0xffffffff : 0;
          const parts = sum.map((wire) => pick(wires[wire]));
          addUp(out.subarray(k * words, (k + 1) * words), start, parts);
        });
        return out;
      };
      // Component 0 carries what everybody knows.
      return new Shares(
        lay((wire) => wire.own, ctx.self === 0, into?.own),
        lay((wire) => wire.next, ctx.self === 2, into?.next),
      );
    });
  const cut = (vectors: Bits, count: number): Bits[] =>
    Array.from({ length: count }, (_, k) => sliceBits(vectors, k * words, (k + 1) * words));
  for (const [k, gates] of box.layers.entries()) {
    const left = sums(gates.map(([sum]) => sum));
    const right = sums(gates.map(([, sum]) => sum));
    wires.push(...cut(await and(ctx.narrow(`box-${k}`), left, right), gates.length));
  }
  return cut(sums(box.outputs, room, box.inverted), box.outputs.length);
}

/** out = start ⊕ the XOR of one vector or more, two at a time: arrays are few and stay in cache. */
function addUp(out: Uint32Array, start: number, parts: readonly Uint32Array[]): void {
  const odd = parts.length % 2;
  if (odd === 1) for (let k = 0, a = parts[0]; k < out.length; k += 1) out[k] = a[k] ^ start;
  else out.fill(start);
  for (let at = odd; at < parts.length; at += 2) {
    const [a, b] = [parts[at], parts[at + 1]];
    for (let k = 0; k < out.length; k += 1) out[k] ^= a[k] ^ b[k];
  }
}
