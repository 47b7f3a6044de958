import type { View } from "./record-view.js";

/** One row for each sample: the bytes of the view that belong to one element. */
export interface Samples {
  readonly rows: number;
  readonly width: number;
  readonly bytes: Uint8Array;
  /** What each column of four bytes is. */
  readonly columns: readonly string[];
}

/**
 * Cuts a view into its elements of four bytes: a message of k·4 bytes an element holds k columns
 * one after the other (planes) or side by side (rows). What has no such length belongs to no
 * single element and is left out.
 */
export function samplesOf(view: View, rows: number, layout: "planes" | "rows"): Samples {
  const columns: string[] = [];
  const parts: { bytes: Uint8Array; at: number; step: number }[] = [];
  for (const [what, bytes] of view) {
    if (bytes.length === 0 || bytes.length % (4 * rows) !== 0) continue;
    const count = bytes.length / (4 * rows);
    for (let k = 0; k < count; k += 1) {
      columns.push(`${what} [${k}]`);
      const isPlanes = layout === "planes";
      parts.push({ bytes, at: isPlanes ? 4 * rows * k : 4 * k, step: isPlanes ? 4 : 4 * count });
    }
  }
  const width = 4 * parts.length;
  const all = new Uint8Array(rows * width);
  parts.forEach(({ bytes, at, step }, column) => {
    for (let row = 0; row < rows; row += 1) {
      const from = at + step * row;
      for (let b = 0; b < 4; b += 1) all[row * width + 4 * column + b] = bytes[from + b];
    }
  });
  return { rows, width, bytes: all, columns };
}

/** Samples of several runs, one below the other. */
export function stack(samples: readonly Samples[]): Samples {
  const [{ width, columns }] = samples;
  const rows = samples.reduce((sum, one) => sum + one.rows, 0);
  const bytes = new Uint8Array(rows * width);
  let at = 0;
  for (const one of samples) {
    if (one.width !== width) throw new Error("the runs look different");
    bytes.set(one.bytes, at);
    at += one.bytes.length;
  }
  return { rows, width, bytes, columns };
}

/** How often each value of a byte occurs, for every byte of a row. */
export function countsOf({ rows, width, bytes }: Samples): Uint32Array[] {
  const counts = Array.from({ length: width }, () => new Uint32Array(256));
  for (let row = 0; row < rows; row += 1)
    for (let at = 0; at < width; at += 1) counts[at][bytes[row * width + at]] += 1;
  return counts;
}
