import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { type Bits, Shares } from "../sharing/shares.js";

/** Bits of one word of a row. */
const WORD = 32;

/**
 * From XOR-shared rows of `width` words, row by row, to bit planes, without a message: plane
 * 32·c + p has bit p of word c of every row. Rows are filled up with zeros to a multiple of 128.
 */
export function planesOfRows(ctx: Context, rows: Bits, width: number): Bits[] {
  assert(width >= 1 && rows.length % width === 0, "whole rows");
  const columns = columnsOf(rows, width);
  return ctx.timed("boolean", () =>
    columns.flatMap((column) => {
      const planes = column.map((part) => ctx.kernels.bitPlanes32(part, WORD));
      return cutPlanes(planes, WORD);
    }),
  );
}

/**
 * The inverse: the first `rows` rows of ⌈planes/32⌉ words each, row by row. Bits of planes that are
 * missing in the last word are zero.
 */
export function rowsOfPlanes(ctx: Context, planes: readonly Bits[], rows: number): Bits {
  assert(planes.length > 0 && rows <= WORD * planes[0].length, "rows that the planes have");
  const width = Math.ceil(planes.length / WORD);
  return ctx.timed("boolean", () => {
    const whole = (pick: (plane: Bits) => Uint32Array): Uint32Array => {
      const out = new Uint32Array(rows * width);
      for (let c = 0; c < width; c += 1) {
        const used = planes.slice(WORD * c, WORD * (c + 1)).map(pick);
        const column = ctx.kernels.wordsFromPlanes(endToEnd(used), used.length);
        for (let row = 0; row < rows; row += 1) out[row * width + c] = column[row];
      }
      return out;
    };
    return new Shares(
      whole((plane) => plane.own),
      whole((plane) => plane.next),
    );
  });
}

/** Planes that lie end to end, without a copy. */
export function cutPlanes(planes: Bits, count: number): Bits[] {
  const words = planes.length / count;
  assert(Number.isInteger(words), "planes of one length");
  return Array.from({ length: count }, (_, p) =>
    planes.map((part) => part.subarray(p * words, (p + 1) * words)),
  );
}

function columnsOf(rows: Bits, width: number): Bits[] {
  if (width === 1) return [rows];
  const count = rows.length / width;
  const column = (part: Uint32Array, c: number): Uint32Array => {
    const out = new Uint32Array(count);
    for (let row = 0; row < count; row += 1) out[row] = part[row * width + c];
    return out;
  };
  return Array.from({ length: width }, (_, c) => rows.map((part) => column(part, c)));
}

function endToEnd(planes: readonly Uint32Array[]): Uint32Array {
  const words = planes[0].length;
  const out = new Uint32Array(planes.length * words);
  planes.forEach((plane, p) => {
    assert(plane.length === words, "planes of one length");
    out.set(plane, p * words);
  });
  return out;
}
