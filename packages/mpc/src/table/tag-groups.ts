import { assert } from "@symbolon/base/assert";

/** Public tags of the rows of one table, `tagWords` words each. */
export interface Tags {
  readonly tags: Uint32Array;
  readonly tagWords: number;
}

/**
 * Which rows of the right side have a left row's tag. Everybody computes it alike from what was
 * opened; tags are pseudo-random, so nobody can make many of them fall into one place.
 */
export class TagGroups {
  readonly #left: Tags;
  readonly #right: Tags;
  /** 1 + the last row of the right side with this place; 0 where there is none. */
  readonly #last: Uint32Array;
  /** 1 + the row before it in the same place. */
  readonly #before: Uint32Array;

  constructor(left: Tags, right: Tags) {
    assert(left.tagWords === right.tagWords, "tags of one length");
    this.#left = left;
    this.#right = right;
    const rows = right.tags.length / right.tagWords;
    this.#last = new Uint32Array(2 ** Math.ceil(Math.log2(rows + 1) + 1));
    this.#before = new Uint32Array(rows);
    for (let row = 0; row < rows; row += 1) {
      const place = this.#placeOf(right, row);
      this.#before[row] = this.#last[place];
      this.#last[place] = row + 1;
    }
  }

  /** Whether a row of the left side has a partner. */
  has(row: number): boolean {
    return this.#partnerUpTo(row, this.#last[this.#placeOf(this.#left, row)]) > 0;
  }

  /** The partners of a row of the left side, from the last on. */
  partners(row: number, take: (right: number) => void): void {
    let at = this.#partnerUpTo(row, this.#last[this.#placeOf(this.#left, row)]);
    while (at > 0) {
      take(at - 1);
      at = this.#partnerUpTo(row, this.#before[at - 1]);
    }
  }

  #placeOf({ tags, tagWords }: Tags, row: number): number {
    return tags[row * tagWords] & (this.#last.length - 1);
  }

  /** 1 + the first row with the same tag along a chain; 0 at its end. */
  #partnerUpTo(row: number, start: number): number {
    const { tags, tagWords } = this.#left;
    let at = start;
    while (at > 0 && !isSame(tags, row * tagWords, this.#right.tags, (at - 1) * tagWords, tagWords))
      at = this.#before[at - 1];
    return at;
  }
}

function isSame(a: Uint32Array, i: number, b: Uint32Array, j: number, words: number): boolean {
  for (let k = 0; k < words; k += 1) if (a[i + k] !== b[j + k]) return false;
  return true;
}
