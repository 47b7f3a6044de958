import type { BirthDate, Name, Person } from "../person.js";
import { below, type RandomWords } from "../random.js";
import { type DirtLevel, type DirtRates, dirtRates, RECORD_FACTORS } from "./rates.js";

type Draft = { -readonly [Key in keyof Person]: Person[Key] };

/** Chance and choice from one source of words. */
class Dice {
  private readonly words: RandomWords;
  constructor(words: RandomWords) {
    this.words = words;
  }

  chance(probability: number): boolean {
    return this.words() < probability * 0x1_0000_0000;
  }

  below(bound: number): number {
    return below(bound, this.words);
  }

  of<Item>(items: ArrayLike<Item>): Item {
    return items[this.below(items.length)];
  }
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";

/** Letters and digits that scanners and hurried readers take for each other. */
const CONFUSED: readonly (readonly [string, string])[] = [
  ["rn", "m"],
  ["m", "rn"],
  ["cl", "d"],
  ["d", "cl"],
  ["l", "i"],
  ["i", "l"],
  ["u", "v"],
  ["v", "u"],
  ["e", "c"],
  ["c", "e"],
  ["h", "b"],
  ["n", "r"],
  ["a", "o"],
  ["g", "q"],
  ["1", "7"],
  ["7", "1"],
  ["0", "8"],
  ["3", "8"],
  ["5", "6"],
  ["4", "9"],
];

/** Spellings of about the same sound. */
const VARIANTS: readonly (readonly [string, string])[] = [
  ["ph", "f"],
  ["f", "ph"],
  ["k", "c"],
  ["c", "k"],
  ["y", "i"],
  ["i", "y"],
  ["ou", "u"],
  ["u", "ou"],
  ["ee", "i"],
  ["oo", "u"],
  ["e", "a"],
  ["a", "e"],
  ["o", "u"],
  ["sh", "ch"],
  ["kh", "h"],
  ["h", ""],
  ["dj", "j"],
  ["j", "dj"],
  ["z", "s"],
  ["s", "z"],
  ["w", "v"],
  ["mm", "m"],
  ["ss", "s"],
  ["l", "ll"],
  ["t", "tt"],
  ["s", "ss"],
];

function replaceOne(text: string, table: readonly (readonly [string, string])[], dice: Dice) {
  const usable = table.filter(([from]) => text.includes(from));
  if (usable.length === 0) return text;
  const [from, to] = dice.of(usable);
  return text.replace(from, to);
}

/** One slip of the hand or eye: insert, leave out, replace, exchange neighbours, misread. */
function slip(text: string, dice: Dice): string {
  if (text.length < 2) return text;
  const at = dice.below(text.length);
  const sign = dice.of(/\d/.test(text[at]) ? DIGITS : LETTERS);
  switch (dice.below(5)) {
    case 0:
      return text.slice(0, at) + sign + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + sign + text.slice(at + 1);
    case 3: {
      const left = Math.min(at, text.length - 2);
      return text.slice(0, left) + text[left + 1] + text[left] + text.slice(left + 2);
    }
    default:
      return replaceOne(text, CONFUSED, dice);
  }
}

/** One slip, and sometimes a second and a third. */
function slips(text: string, dice: Dice): string {
  let worse = slip(text, dice);
  while (dice.chance(0.35)) worse = slip(worse, dice);
  return worse.trim();
}

/** A nickname or an abbreviation: the first letters, the initial, or one token of several. */
function shorten(normal: string, dice: Dice): string {
  const tokens = normal.split(" ");
  if (tokens.length > 1) return dice.of(tokens);
  return dice.chance(0.25)
    ? normal.slice(0, 1)
    : normal.slice(0, Math.min(normal.length, 3 + dice.below(2)));
}

function worseName(
  name: Name,
  other: Name | undefined,
  rates: DirtRates,
  dice: Dice,
): Name | undefined {
  if (dice.chance(rates.nameMissing)) return undefined;
  if (other !== undefined && dice.chance(rates.nameOther)) return other;
  let normal = name.normal;
  if (dice.chance(rates.nameVariant)) normal = replaceOne(normal, VARIANTS, dice);
  if (dice.chance(rates.nameShort)) normal = shorten(normal, dice);
  if (dice.chance(rates.nameTypo)) normal = slips(normal, dice);
  return normal === "" ? undefined : { raw: normal, normal };
}

function worseDate(
  date: BirthDate,
  other: BirthDate | undefined,
  rates: DirtRates,
  dice: Dice,
): BirthDate | undefined {
  if (dice.chance(rates.dateMissing)) return undefined;
  if (other !== undefined && dice.chance(rates.dateOther)) return other;
  const { year, month, day } = date;
  if (month === undefined || day === undefined || dice.chance(rates.datePartial)) return { year };
  if (day <= 12 && dice.chance(rates.dateSwap)) return { year, month: day, day: month };
  if (!dice.chance(rates.dateDigit)) return date;
  switch (dice.below(4)) {
    case 0:
      return { year: year + dice.of([-10, -1, 1, 10]), month, day };
    case 1:
      return { year, month: 1 + dice.below(12), day };
    case 2:
      return { year, month, day: 1 + dice.below(28) };
    default:
      return { year: year - (year % 10) + dice.below(10), month, day };
  }
}

const PLACE_FIELDS = [
  "place",
  "region",
  "postcode",
  "streetNumber",
  "address",
  "address2",
] as const;

function worsePlaces(draft: Draft, other: Person, rates: DirtRates, dice: Dice): void {
  const moved = dice.chance(rates.moved);
  for (const field of PLACE_FIELDS) {
    const value = moved ? other[field] : draft[field];
    if (value === undefined || draft[field] === undefined) continue;
    if (dice.chance(rates.textMissing)) delete draft[field];
    else draft[field] = dice.chance(rates.textTypo) ? slips(value, dice) : value;
  }
}

function worseContacts(draft: Draft, other: Person, rates: DirtRates, dice: Dice): void {
  const change = (field: "identifier" | "email", otherRate: number, missingRate: number): void => {
    const value = draft[field];
    if (value === undefined) return;
    const changed = dice.chance(otherRate) ? other[field] : value;
    if (changed === undefined || dice.chance(missingRate)) delete draft[field];
    else draft[field] = dice.chance(rates.textTypo) ? slips(changed, dice) : changed;
  };
  change("identifier", rates.identifierOther, rates.identifierMissing);
  change("email", rates.contactOther, rates.contactMissing);
  if (draft.phones === undefined) return;
  const changed = dice.chance(rates.contactOther) ? other.phones : draft.phones;
  if (changed === undefined || dice.chance(rates.contactMissing)) delete draft.phones;
  else draft.phones = changed;
}

function worseTraits(draft: Draft, other: Person, rates: DirtRates, dice: Dice): void {
  if (draft.sex !== undefined) {
    if (dice.chance(rates.traitMissing)) delete draft.sex;
    else if (other.sex !== undefined && dice.chance(rates.traitOther)) draft.sex = other.sex;
  }
  if (draft.nationalities !== undefined) {
    const changed = dice.chance(rates.traitOther) ? other.nationalities : draft.nationalities;
    if (changed === undefined || dice.chance(rates.traitMissing)) delete draft.nationalities;
    else draft.nationalities = changed;
  }
}

/**
 * A second record of the same person, as another organisation might hold it. `other`, a different
 * person, lends values where the truth itself changed (moved, married, another document).
 */
export function corrupt(
  person: Person,
  other: Person,
  level: DirtLevel,
  words: RandomWords,
): Person {
  const dice = new Dice(words);
  const rates = dirtRates(level, dice.chance(RECORD_FACTORS.share));
  const draft: Draft = { ...person };
  const swap = dice.chance(rates.nameSwap);
  const [given, surname] = swap ? [person.surname, person.given] : [person.given, person.surname];
  delete draft.given;
  delete draft.surname;
  delete draft.birthDate;
  const first = given && worseName(given, other.given, rates, dice);
  const last = surname && worseName(surname, other.surname, rates, dice);
  const born = person.birthDate && worseDate(person.birthDate, other.birthDate, rates, dice);
  if (first !== undefined) draft.given = first;
  if (last !== undefined) draft.surname = last;
  if (born !== undefined) draft.birthDate = born;
  worsePlaces(draft, other, rates, dice);
  worseContacts(draft, other, rates, dice);
  worseTraits(draft, other, rates, dice);
  return draft;
}
