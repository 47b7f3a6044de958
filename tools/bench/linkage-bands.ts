import { personBands } from "@symbolon/case-data/compare/band-rule";
import type { LinkableList } from "@symbolon/case-data/compare/link";
import { weighBandsInTheClear } from "@symbolon/queries/plaintext/bands";

/** Which pairs of two lists bands look at; filled up as lists on shares are. */
export class BandFinds {
  /** Pairs that bands have room for and find. */
  readonly count: number;
  readonly #found: ReadonlySet<string>;

  constructor(a: LinkableList, b: LinkableList) {
    const [ours, theirs] = [a, b].map(({ records }) => {
      const empty = new Uint32Array(records[0].length);
      const rows = Math.ceil(records.length / 256) * 256;
      return Array.from({ length: rows }, (_, row) => records[row] ?? empty);
    });
    const rule = personBands(ours.length, theirs.length);
    const pairs = weighBandsInTheClear([ours, theirs], rule);
    this.count = pairs.length;
    this.#found = new Set(pairs.map((pair) => `${pair.a} ${pair.b}`));
  }

  has(a: number, b: number): boolean {
    return this.#found.has(`${a} ${b}`);
  }
}
