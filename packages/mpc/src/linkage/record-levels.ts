import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { not, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { DATE_DIGITS, DIGIT_BITS, type RecordParts, type Repeated } from "./record-layout.js";
import type { Later, Together } from "./together.js";

/**
 * Why two fields agree as far as a level: of the bits of a level, or of one above it, one is
 * enough. First comes level 1.
 */
export type Reasons = readonly (readonly Later[])[];

/**
 * What two fields have in common. What is noted in `now` is computed first, then what is noted
 * when the result is called, with `then`.
 */
export type Agreement = (then: Together) => Reasons;

/** Of fewer letters two edits leave too little; so few consonants are those of many names. */
const EDITED_LETTERS_MIN = 4;
const SAME_SOUNDS_MIN = 2;
const NEAR_SOUNDS_MIN = 3;

/** Reads the planes of a record one part after the other. */
export class PartReader {
  readonly #planes: readonly Bits[];
  #at: number;

  constructor(planes: readonly Bits[], at: number) {
    this.#planes = planes;
    this.#at = at;
  }

  number(bits: number): readonly Bits[] {
    this.#at += bits;
    return this.#planes.slice(this.#at - bits, this.#at);
  }

  numbers({ count, bits }: Repeated): (readonly Bits[])[] {
    return Array.from({ length: count }, () => this.number(bits));
  }
}

/**
 * How far two fields agree, by the levels of their kind. A text is the same only if its letters are
 * as well as its hash: so a record that was made up is the same as one text at most.
 */
export function agreement(
  ctx: Context,
  now: Together,
  parts: RecordParts,
  [x, y]: readonly [PartReader, PartReader],
): Agreement {
  const compared = new Compared(ctx, now, x, y);
  switch (parts.kind) {
    case "name": {
      const whole = compared.same(parts.whole);
      const letters = compared.edits(parts.letters, 2);
      const sounds = compared.edits(parts.sounds, 1);
      const words = compared.common(parts.words);
      const edited = letters.have(EDITED_LETTERS_MIN);
      const [few, some] = [SAME_SOUNDS_MIN, NEAR_SOUNDS_MIN].map(sounds.have);
      return (then) => {
        const enough = (reached: Bits, both: readonly Later[]): Later =>
          then.all([reached, ...both.map((one) => one())]);
        return [
          [enough(sounds.within(1), some)],
          [enough(letters.within(2), edited), enough(sounds.within(0), few), ...words(then)],
          [() => letters.within(1)],
          [enough(letters.within(0), [whole])],
        ];
      };
    }
    case "text": {
      const whole = compared.same(parts.whole);
      const letters = compared.edits(parts.letters, 2);
      const words = compared.common(parts.words);
      return (then) => [
        [() => letters.within(2), ...words(then)],
        [() => letters.within(1)],
        [then.all([whole(), letters.within(0)])],
      ];
    }
    case "code": {
      const whole = compared.same(parts.whole);
      const letters = compared.edits(parts.letters, 1);
      return (then) => [[() => letters.within(1)], [then.all([whole(), letters.within(0)])]];
    }
    case "email": {
      const [whole, local] = [compared.same(parts.whole), compared.same(parts.local)];
      const letters = compared.edits(parts.letters, 2);
      return (then) => [
        [() => letters.within(2)],
        [then.all([local(), letters.within(0)])],
        [then.all([whole(), letters.within(0)])],
      ];
    }
    case "date":
      return dateAgreement(compared);
    default: {
      const values = compared.common(parts.values);
      return (then) => [values(then)];
    }
  }
}

/** Is a name at most one edit apart: for names in each other's field. */
export function nameIsClose(
  ctx: Context,
  now: Together,
  parts: RecordParts,
  [x, y]: readonly [PartReader, PartReader],
): Later {
  assert(parts.kind === "name", "names are exchanged with names");
  for (const side of [x, y]) side.number(parts.whole);
  const letters = new Compared(ctx, now, x, y).edits(parts.letters, 1);
  return () => letters.within(1);
}

/** All the same; one digit another; two neighbours, or month and day, exchanged; some parts. */
function dateAgreement(compared: Compared): Agreement {
  const digits = compared.digits(DATE_DIGITS, DIGIT_BITS);
  const places = Array.from({ length: DATE_DIGITS }, (_, k) => k);
  const [year, month, day] = [places.slice(0, 4), places.slice(4, 6), places.slice(6)];
  const same = places.map((k) => digits(k, k));
  const after = places.slice(1).map((k) => [digits(k - 1, k), digits(k, k - 1)] as const);
  const monthAndDay = [digits(4, 6), digits(5, 7), digits(6, 4), digits(7, 5)];
  return (then) => {
    const all = (chosen: readonly number[], more: readonly Later[] = []): Later =>
      then.all([...chosen.map((k) => same[k]()), ...more.map((one) => one())]);
    const but = (...left: readonly number[]): number[] => places.filter((k) => !left.includes(k));
    return [
      [all(year)],
      [all([...year, ...month]), all([...year, ...day]), all([...month, ...day])],
      [
        ...places.map((k) => all(but(k))),
        ...after.map((exchanged, k) => all(but(k, k + 1), exchanged)),
        all(year, monthAndDay),
      ],
      [all(places)],
    ];
  };
}

/** Notes comparisons of the next parts of two fields. */
class Compared {
  readonly #ctx: Context;
  readonly #now: Together;
  readonly #sides: readonly [PartReader, PartReader];

  constructor(ctx: Context, now: Together, x: PartReader, y: PartReader) {
    this.#ctx = ctx;
    this.#now = now;
    this.#sides = [x, y];
  }

  /** Are the next numbers the same? */
  same(bits: number): Later {
    const [x, y] = this.#sides.map((side) => side.number(bits));
    return this.#alike(x, y);
  }

  /** The next letters: how many edits apart, and whether both texts have at least so many. */
  edits(of: Repeated, most: number) {
    const [x, y] = this.#sides.map((side) => side.numbers(of));
    const within = this.#now.edits(x, y, most);
    const have = (least: number): Later[] => [x, y].map((text) => this.#now.any(text[least - 1]));
    return { within, have };
  }

  /** Is one of x's next values one of y's? Zeros are no values. */
  common(of: Repeated): (then: Together) => Later[] {
    const [x, y] = this.#sides.map((side) => side.numbers(of));
    const found = x.map((value) => ({
      isThere: this.#now.any(value),
      same: y.map((other) => this.#alike(value, other)),
    }));
    return (then) =>
      found.flatMap(({ isThere, same }) => same.map((one) => then.all([isThere(), one()])));
  }

  /** Is digit i of x digit j of y? */
  digits(count: number, bits: number): (i: number, j: number) => Later {
    const [x, y] = this.#sides.map((side) => side.numbers({ count, bits }));
    return (i, j) => this.#alike(x[i], y[j]);
  }

  #alike(x: readonly Bits[], y: readonly Bits[]): Later {
    return this.#now.all(x.map((plane, p) => not(this.#ctx, xorBits(plane, y[p]))));
  }
}
