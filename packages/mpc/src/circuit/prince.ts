import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { concatBits, sliceBits, xorPublic } from "../protocol/and.js";
import type { Bits, Shares } from "../sharing/shares.js";
import { BOX_GATES, roomFor, substitute, substituteBack } from "./prince-sbox.js";

/** Bits of a block. */
export const BLOCK_BITS = 64;
/** Words of a key: k0, then k1, the low word of each first. */
export const KEY_WORDS = 4;
const NIBBLES = 16;
const ROUNDS = 12;

/** AND gates of one block. */
export const PRINCE_GATES = ROUNDS * NIBBLES * BOX_GATES;

const ALPHA = 0xc0ac29b7c97c50ddn;
const BETA = 0x3f84d5b5b5470917n;
/** Constants of rounds 1 to 5; those of rounds 10 down to 6 differ by α and β in turn. */
const CONSTANTS = [
  0x13198a2e03707344n,
  0xa4093822299f31d0n,
  0x082efa98ec4e6c89n,
  0x452821e638d01377n,
  0xbe5466cf34e90c6cn,
];

/**
 * The state: for each bit of a nibble a vector, in which the planes of the 16 nibbles lie end to
 * end, the most significant nibble first.
 */
type State = readonly Bits[];

/**
 * PRINCEv2 on bit planes: each row's 64-bit block encrypted under one secret key of 128 bits.
 * Plane p has bit p of every block; the key is the same for all rows and nobody knows it.
 *
 *     ⊕k0;  5 × (S, M′, rows, ⊕k ⊕RC);  S, ⊕k0, M′, ⊕k1 ⊕β, S⁻¹;
 *     5 × (⊕k ⊕RC, rows⁻¹, M′, S⁻¹);  ⊕k1 ⊕β
 *
 * Only S is not linear: 12 · 16 · 5 = 960 AND a block, 36 rounds; the key schedule costs nothing.
 * For one key no two blocks have one result. Security as Π_and; the claims wait for their check.
 * [Božilov et al. 2020]; docs/protocols/tag.md.
 */
export async function prince(
  ctx: Context,
  key: Shares,
  block: readonly Bits[],
): Promise<readonly Bits[]> {
  assert(block.length === BLOCK_BITS && key.length === KEY_WORDS, "a block, and k0 and k1");
  const half = (round: number): 0 | 1 => (round % 2 === 0 ? 0 : 1);
  const add = (state: State, which: 0 | 1, constant: bigint): void =>
    ctx.timed("boolean", () => addKey(state, roundKey(ctx, key, which, constant)));
  // Two places take turns, so that the rounds need no memory of their own but for what is claimed.
  let state = stateOf(block);
  const first = state;
  const room = roomFor(state);
  const mix = (state: State, rows: Rows): State =>
    ctx.timed("boolean", () => {
      state.forEach(({ own, next }, bit) => {
        mixInto(first[bit].own, own, bit, rows);
        mixInto(first[bit].next, next, bit, rows);
      });
      return first;
    });
  add(state, 0, 0n);
  for (let round = 1; round <= 5; round += 1) {
    state = mix(await substitute(ctx.narrow(`round-${round}`), state, room), "shift");
    add(state, half(round), CONSTANTS[round - 1]);
  }
  state = await substitute(ctx.narrow("middle"), state, room);
  add(state, 0, 0n);
  state = mix(state, "stay");
  add(state, 1, BETA);
  state = await substituteBack(ctx.narrow("middle-back"), state, room);
  for (let round = 6; round <= 10; round += 1) {
    add(state, half(round), CONSTANTS[10 - round] ^ (round % 2 === 0 ? ALPHA : BETA));
    state = mix(state, "shift-back");
    state = await substituteBack(ctx.narrow(`round-${round}`), state, room);
  }
  add(state, 1, BETA);
  return planesOf(state);
}

/** Plane of bit `bit` of nibble `nibble`, of the 64. */
const planeOf = (nibble: number, bit: number): number => 4 * (NIBBLES - 1 - nibble) + bit;

function stateOf(block: readonly Bits[]): State {
  const words = block[0].length;
  assert(
    block.every(({ length }) => length === words),
    "planes of one length",
  );
  return [0, 1, 2, 3].map((bit) =>
    concatBits(...Array.from({ length: NIBBLES }, (_, n) => block[planeOf(n, bit)])),
  );
}

function planesOf(state: State): Bits[] {
  const words = state[0].length / NIBBLES;
  return Array.from({ length: BLOCK_BITS }, (_, p) => {
    const at = (NIBBLES - 1 - (p >> 2)) * words;
    return sliceBits(state[p & 3], at, at + words);
  });
}

/** Two words: k0 or k1, and what everybody knows. */
function roundKey(ctx: Context, key: Shares, half: 0 | 1, constant: bigint): Shares {
  const known = Uint32Array.of(Number(constant & 0xffffffffn), Number(constant >> 32n));
  return xorPublic(ctx, sliceBits(key, 2 * half, 2 * half + 2), known);
}

/** The same 64 shared bits onto every row of a state that is nobody else's. */
function addKey(state: State, key: Shares): void {
  const add = (part: Uint32Array, bit: number, words: Uint32Array): void => {
    const size = part.length / NIBBLES;
    for (let nibble = 0; nibble < NIBBLES; nibble += 1) {
      const plane = planeOf(nibble, bit);
      const mask = ((words[plane >> 5] >>> (plane & 31)) & 1) === 1 ? 0xffffffff : 0;
      for (let k = nibble * size; k < (nibble + 1) * size; k += 1) part[k] ^= mask;
    }
  };
  state.forEach(({ own, next }, bit) => {
    add(own, bit, key.own);
    add(next, bit, key.next);
  });
}

/** Shift the rows behind M′, or shift them back before it, or neither. */
type Rows = "shift" | "shift-back" | "stay";

/**
 * M′ on one bit of all nibbles. In a column of four nibbles each bit of the result is the XOR of
 * the same bit of three of them: of all but nibble 3 − bit − j (one less in the two columns in the
 * middle), mod 4, for nibble j of the result. The rows move as nibble n becomes 13·n mod 16.
 */
function mixInto(out: Uint32Array, part: Uint32Array, bit: number, rows: Rows): void {
  const size = part.length / NIBBLES;
  const nibble = (of: Uint32Array, n: number, step: number): Uint32Array => {
    const at = ((n * step) % NIBBLES) * size;
    return of.subarray(at, at + size);
  };
  const [from, to] = [rows === "shift-back" ? 13 : 1, rows === "shift" ? 13 : 1];
  for (let column = 0; column < 4; column += 1) {
    const left = 7 - bit - (column === 1 || column === 2 ? 1 : 0);
    // The input that is left out of each result.
    const [a, b, c, d] = [0, 1, 2, 3].map((j) => nibble(part, 4 * column + ((left - j) & 3), from));
    const [p, q, r, s] = [0, 1, 2, 3].map((j) => nibble(out, 4 * column + j, to));
    for (let k = 0; k < size; k += 1) {
      const all = a[k] ^ b[k] ^ c[k] ^ d[k];
      p[k] = all ^ a[k];
      q[k] = all ^ b[k];
      r[k] = all ^ c[k];
      s[k] = all ^ d[k];
    }
  }
}
