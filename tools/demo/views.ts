import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PersonIntake } from "@symbolon/case-data/intake/persons";

/** What somebody who copies a node's disk has. */
export interface NodeView {
  readonly bytes: number;
  readonly files: number;
  /** Names and numbers of the lists that were looked for, and how many were found. */
  readonly wanted: number;
  readonly found: number;
  /** A few bytes out of the middle of the largest file. */
  readonly sample: string;
}

/** Shorter texts would be found in any noise. */
const TEXT_BYTES_MIN = 6;
const SAMPLE_BYTES = 24;

/** Searches everything that a node has stored for anything that stands in the lists. */
export function viewOf(nodeFolder: string, intakes: readonly PersonIntake[]): NodeView {
  const files = filesIn(join(nodeFolder, "data")).map((path) => readFileSync(path));
  const texts = new Set(
    intakes.flatMap(({ table, mapped }) =>
      table.rows.flatMap(({ cells }) => mapped.map(({ index }) => cells[index])),
    ),
  );
  const wanted = [...texts].map((text) => Buffer.from(text));
  const long = wanted.filter(({ length }) => length >= TEXT_BYTES_MIN);
  const search = new TextSearch(long);
  const largest = files.reduce((a, b) => (b.length > a.length ? b : a), Buffer.alloc(0));
  return {
    bytes: files.reduce((sum, file) => sum + file.length, 0),
    files: files.length,
    wanted: long.length,
    found: new Set(files.flatMap((file) => search.findIn(file))).size,
    sample: sampleOf(largest),
  };
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Looks for many texts in one pass: by their first three bytes, then by the whole. */
class TextSearch {
  readonly #starts = new Uint8Array(2 ** 24);
  readonly #texts = new Map<number, Buffer[]>();

  constructor(texts: readonly Buffer[]) {
    for (const text of texts) {
      const start = text.readUIntBE(0, 3);
      this.#starts[start] = 1;
      this.#texts.set(start, [...(this.#texts.get(start) ?? []), text]);
    }
  }

  /** Those of the texts that stand somewhere in the file. */
  findIn(file: Buffer): string[] {
    const found = new Set<string>();
    let start = 0;
    for (let at = 0; at < file.length; at += 1) {
      start = ((start << 8) | file[at]) & 0xffffff;
      if (at < 2 || this.#starts[start] === 0) continue;
      for (const text of this.#texts.get(start) ?? []) {
        const from = at - 2;
        if (file.subarray(from, from + text.length).equals(text)) found.add(text.toString());
      }
    }
    return [...found];
  }
}

/** A few stored bytes: the first piece from the middle on that is neither empty nor text. */
function sampleOf(file: Buffer): string {
  for (let at = file.length >> 1; at + SAMPLE_BYTES <= file.length; at += SAMPLE_BYTES) {
    const piece = file.subarray(at, at + SAMPLE_BYTES);
    const isText = piece.every((byte) => byte < 0x80);
    if (!isText && new Set(piece).size > SAMPLE_BYTES - 4) return piece.toString("hex");
  }
  return file.subarray(0, SAMPLE_BYTES).toString("hex");
}
