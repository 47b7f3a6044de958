import type { InventedName, NameForm } from "./custom.js";
import type { Dice } from "./dice.js";
import { type InventedPerson, inventAddress, inventPhone } from "./invent.js";
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

/** How often, from 0 to 1, whoever fills in a list does what; the rest is as in the truth. */
export interface Habits {
  readonly nativeScript: number;
  readonly otherSpelling: number;
  readonly misspelling: number;
  readonly namesSwapped: number;
  readonly secondNameDropped: number;
  readonly birthDateMissing: number;
  readonly birthYearOnly: number;
  readonly dayMonthSwapped: number;
  readonly dateDigitWrong: number;
  readonly moved: number;
  readonly newPhone: number;
  /** Chance that a cell is empty, by field; absent means never. */
  readonly missing: Partial<Readonly<Record<RecordField, number>>>;
}

/** How a list writes dates; the other parts of its style are headings only. */
export type DateStyle = "year-month-day" | "day/month/year";

/** Writes down a person as somebody with these habits would. */
export function observe(
  dice: Dice,
  person: InventedPerson,
  habits: Habits,
  dates: DateStyle,
): InventedRecord {
  const names = observeName(dice, person.name, habits);
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

function observeName(
  dice: Dice,
  name: InventedName,
  habits: Habits,
): Pick<InventedRecord, "given" | "surname"> {
  const native = dice.chance(habits.nativeScript);
  const write = (parts: readonly NameForm[]): string => {
    const kept =
      parts.length > 1 && dice.chance(habits.secondNameDropped) ? parts.slice(0, 1) : parts;
    const written = kept.map((part) => writeName(dice, part, native, habits));
    // Scripts that put no blank between the parts of a name have one part in our tables.
    return written.join(" ");
  };
  const given = write(name.given);
  const surname = write(name.surname);
  return dice.chance(habits.namesSwapped) ? { given: surname, surname: given } : { given, surname };
}

function writeName(dice: Dice, name: NameForm, native: boolean, habits: Habits): string {
  if (native && name.native !== undefined) return name.native;
  const spelling = dice.chance(habits.otherSpelling) ? dice.pick(name.latin) : name.latin[0];
  return dice.chance(habits.misspelling) ? misspell(dice, spelling) : spelling;
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
