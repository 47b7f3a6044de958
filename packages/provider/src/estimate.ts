import { columnWords, type DatasetSchema } from "@symbolon/base/dataset";
import type { PartyIndex } from "@symbolon/base/id";
import {
  bodyBytes,
  chunkCount,
  headBytes,
  SEAL_OVERHEAD_BYTES,
} from "@symbolon/governance/sealed-part";

export interface Estimate {
  /** What goes over the wire to each node. */
  readonly bytesPerNode: readonly [number, number, number];
  readonly seconds: number;
  /** "20,000 rows: 3 minutes, 41 MB to each of two nodes". */
  readonly text: string;
}

/** What a request costs besides its content: headers, TLS records. */
const REQUEST_BYTES = 600;
/** Splitting and sealing take some 10 ns a byte on one core; a rounder, slower figure is used. */
const SEAL_BYTES_PER_SECOND = 50_000_000;

/** Bytes of all sealed parts of a dataset for one node. */
export function uploadBytes(schema: DatasetSchema, node: PartyIndex): number {
  let bytes = 0;
  for (const { rows, columns } of schema.tables)
    for (const column of columns) {
      const words = columnWords(rows, column);
      const perChunk = SEAL_OVERHEAD_BYTES + REQUEST_BYTES;
      bytes += headBytes(node) + bodyBytes(node, words) + perChunk * chunkCount(node, words);
    }
  return bytes;
}

/** Time and bytes to submit a list of `rows` rows over a line of `bytesPerSecond` outwards. */
export function estimate(rows: number, schema: DatasetSchema, bytesPerSecond: number): Estimate {
  const bytesPerNode = [0, 1, 2].map((node) => uploadBytes(schema, node as PartyIndex));
  const total = bytesPerNode.reduce((sum, bytes) => sum + bytes, 0);
  const seconds = total / bytesPerSecond + total / SEAL_BYTES_PER_SECOND;
  const size = sizeText(Math.max(...bytesPerNode));
  const text = `${plural(rows, "row")}: ${durationText(seconds)}, ${size} to each of two nodes`;
  return { bytesPerNode: bytesPerNode as unknown as Estimate["bytesPerNode"], seconds, text };
}

const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
const plural = (value: number, unit: string) => `${count(value)} ${unit}${value === 1 ? "" : "s"}`;

/** "5 seconds", "3 minutes", "2 hours": rounded up, in the largest unit that fits twice or once. */
export function durationText(seconds: number): string {
  if (seconds < 60) return plural(Math.max(1, Math.ceil(seconds)), "second");
  if (seconds < 3_600) return plural(Math.ceil(seconds / 60), "minute");
  return plural(Math.ceil(seconds / 3_600), "hour");
}

/** "41 MB", in units of 1,000. */
export function sizeText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${value >= 10 ? Math.round(value) : Number(value.toPrecision(2))} ${units[unit]}`;
}
