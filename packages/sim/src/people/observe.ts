import type { InventedName, NameForm } from "./custom.js";
import type { Dice } from "./dice.js";
import { customOf, type InventedPerson, inventAddress, inventPhone } from "./invent.js";
import { mishear } from "./mishear.js";
import { misspell } from "./misspell.js";

/** What may stand in a row, by a name of ours; a list's style gives it a heading. */
export const RECORD_FIELDS = [
  "given",
  "surname",
  "birthDate",
  "sex",
  "nationality",
  "address",
  "postcode",
  "place",
  "region",
  "phone",
  "document",
  "email",
] as const;
export type RecordField = (typeof RECORD_FIELDS)[number];

/** One written-down record; an empty text is a missing cell. */
export type InventedRecord = Readonly<Record<RecordField, string>>;

/**
 * How often, from 0 to 1, whoever fills in a list does what; the rest is as in the truth. The same
 * for people of every custom: what differs between customs is what a slip does to a name.
 */
export interface Habits {
  /** The name in its own script; where that is Latin, it makes no difference. */
  readonly nativeScript: number;
  /** Another romanisation, or another spelling, of each name. */
  readonly otherSpelling: number;
  /** A slip on the keyboard in each name. */
  readonly misspelling: number;
  /** Each name as it was heard. */
  readonly misheard: number;
  /** What family and friends say, for each name that has such a form. */
  readonly nickname: number;
  /** A form of address before the given name. */
  readonly title: number;
  readonly namesSwapped: number;
  /** The second given name, patronymic or family name is left out. */
  readonly secondNameDropped: number;
  /** The second given name stands before the family name. */
  readonly secondNameMoved: number;
  /** A cell holds `CELL_LETTERS` letters. */
  readonly truncated: number;
  readonly birthDateMissing: number;
  readonly birthYearOnly: number;
  readonly dayMonthSwapped: number;
  readonly dateDigitWrong: number;
  readonly moved: number;
  readonly newPhone: number;
  /** Chance that a cell is empty, by field; absent means never. */
  readonly missing: Partial<Readonly<Record<RecordField, number>>>;
}

/** Letters to which names are cut in a narrow cell. */
const CELL_LETTERS = 10;

/** How a list writes dates; the other parts of its style are headings only. */
export type DateStyle = "year-month-day" | "day/month/year";

/** Writes down a person as somebody with these habits would. */
export function observe(
  dice: Dice,
  person: InventedPerson,
  habits: Habits,
  dates: DateStyle,
): InventedRecord {
  const names = observeName(dice, person, habits);
  const address = dice.chance(habits.moved) ? inventAddress(dice) : person.address;
  const record: Record<RecordField, string> = {
    ...names,
    birthDate: observeBirthDate(dice, person, habits, dates),
    sex: person.sex,
    nationality: person.nationality,
    address: `${address.street} ${address.number}`,
    postcode: address.postcode,
    place: address.place.town,
    region: address.place.region,
    phone: dice.chance(habits.newPhone) ? inventPhone(dice) : person.phone,
    document: person.document,
    email: person.email,
  };
  for (const field of RECORD_FIELDS) {
    if (dice.chance(habits.missing[field] ?? 0)) record[field] = "";
  }
  return record;
}

type Names = Pick<InventedRecord, "given" | "surname">;

function observeName(dice: Dice, person: InventedPerson, habits: Habits): Names {
  const native = dice.chance(habits.nativeScript);
  const write = (parts: readonly NameForm[]): string =>
    parts.map((part) => writeName(dice, part, native, habits)).join(" ");
  const { given, surname } = placed(dice, person.name, habits);
  const titles = customOf(person.custom).titles[person.sex];
  const title = dice.chance(habits.title) ? `${dice.pick(titles)} ` : "";
  const cut = (text: string): string =>
    dice.chance(habits.truncated) ? [...text].slice(0, CELL_LETTERS).join("").trim() : text;
  const [first, last] = [cut(`${title}${write(given)}`), cut(write(surname))];
  return dice.chance(habits.namesSwapped)
    ? { given: last, surname: first }
    : { given: first, surname: last };
}

/** Which parts of a name are written, and in which cell. */
function placed(dice: Dice, { given, surname }: InventedName, habits: Habits): InventedName {
  const kept = (parts: readonly NameForm[]): readonly NameForm[] =>
    parts.length > 1 && dice.chance(habits.secondNameDropped) ? mainPart(parts) : parts;
  const [first, last] = [kept(given), kept(surname)];
  if (first.length === 1 || !dice.chance(habits.secondNameMoved)) {
    return { given: first, surname: last };
  }
  const main = mainPart(first);
  return { given: main, surname: [...first.filter((part) => !main.includes(part)), ...last] };
}

/** The part that people are called by. */
const mainPart = (parts: readonly NameForm[]): readonly NameForm[] => [
  parts.find((part) => !part.isMinor) ?? parts[0],
];

function writeName(dice: Dice, name: NameForm, native: boolean, habits: Habits): string {
  const isShort = name.short.length > 0 && dice.chance(habits.nickname);
  const spelling = dice.chance(habits.otherSpelling) ? dice.pick(name.latin) : name.latin[0];
  const latin = isShort ? dice.pick(name.short) : spelling;
  const written = native && name.native !== undefined ? name.native : latin;
  const typed = dice.chance(habits.misspelling) ? misspell(dice, written) : written;
  return dice.chance(habits.misheard) ? mishear(dice, typed) : typed;
}

function observeBirthDate(
  dice: Dice,
  { born }: InventedPerson,
  habits: Habits,
  dates: DateStyle,
): string {
  if (dice.chance(habits.birthDateMissing)) return "";
  if (dice.chance(habits.birthYearOnly)) return String(born.year);
  let { year, month, day } = born;
  if (day <= 12 && dice.chance(habits.dayMonthSwapped)) [month, day] = [day, month];
  if (dice.chance(habits.dateDigitWrong)) year += dice.pick([-10, -1, 1, 10]);
  const two = (part: number) => String(part).padStart(2, "0");
  return dates === "year-month-day"
    ? `${year}-${two(month)}-${two(day)}`
    : `${two(day)}/${two(month)}/${year}`;
}
