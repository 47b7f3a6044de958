import { type Person, SEX_CODES } from "../person.js";
import { FIELD_NAMES, type FieldName } from "./fields.js";

/** Separates several values of one field. Never occurs in a normalised value. */
export const SEPARATOR = "|";

const two = (part: number): string => String(part).padStart(2, "0");

function dateKey(person: Person): string | undefined {
  const date = person.birthDate;
  if (date === undefined) return undefined;
  const year = String(date.year).padStart(4, "0");
  if (date.month === undefined) return year;
  return date.day === undefined
    ? `${year}-${two(date.month)}`
    : `${year}-${two(date.month)}-${two(date.day)}`;
}

/** A field's value as one canonical string, or `undefined` if it is unknown. */
export function fieldValue(person: Person, name: FieldName): string | undefined {
  switch (name) {
    case "given":
      return person.given?.normal || undefined;
    case "surname":
      return person.surname?.normal || undefined;
    case "names": {
      const given = person.given?.normal ?? "";
      const surname = person.surname?.normal ?? "";
      return given === "" && surname === "" ? undefined : given + SEPARATOR + surname;
    }
    case "birth-date":
      return dateKey(person);
    case "sex":
      return person.sex === undefined ? undefined : String(SEX_CODES[person.sex]);
    case "nationality":
      return person.nationalities?.join(SEPARATOR) || undefined;
    case "street-number":
      return person.streetNumber || undefined;
    case "address-2":
      return person.address2 || undefined;
    case "phone":
      return person.phones?.join(SEPARATOR) || undefined;
    default:
      return person[name] || undefined;
  }
}

/** All linkage fields of a person, in layout order. */
export const fieldValues = (person: Person): (string | undefined)[] =>
  FIELD_NAMES.map((name) => fieldValue(person, name));
