import { assert } from "@symbolon/base/assert";

/**
 * Reproducible chance for invented worlds (splitmix32, Steele, Lea and Flood 2014, in 32 bits).
 * Never for secrets.
 */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  #word(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let word = this.#state ^ (this.#state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  }

  /** Uniform integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    assert(high >= low, "between goes from low to high");
    const count = high - low + 1;
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % count);
    let word = this.#word();
    while (word >= limit) word = this.#word();
    return low + (word % count);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.#word() < probability * 0x1_0000_0000;
  }

  /** One of the items, each as likely as any other. */
  pick<T>(items: readonly T[]): T {
    assert(items.length > 0, "pick needs something to pick from");
    return items[this.between(0, items.length - 1)];
  }

  /**
   * One of the items, the earlier the likelier: names and towns are not evenly spread, and a
   * linkage that sees only rare names would look better than it is.
   */
  pickSkewed<T>(items: readonly T[]): T {
    const first = this.between(0, items.length - 1);
    return items[this.chance(0.4) ? this.between(0, first) : first];
  }

  /** One of the items by weight. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T {
    const total = items.reduce((sum, { weight }) => sum + weight, 0);
    let at = (this.#word() / 0x1_0000_0000) * total;
    for (const item of items) {
      at -= item.weight;
      if (at < 0) return item;
    }
    return items[items.length - 1];
  }

  /** The same items in random order (Fisher-Yates); the argument is left alone. */
  shuffled<T>(items: readonly T[]): T[] {
    const order = [...items];
    for (let k = order.length - 1; k > 0; k -= 1) {
      const other = this.between(0, k);
      [order[k], order[other]] = [order[other], order[k]];
    }
    return order;
  }

  /** `length` random decimal digits. */
  digits(length: number): string {
    return Array.from({ length }, () => this.between(0, 9)).join("");
  }
}
