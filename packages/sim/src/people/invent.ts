import { assert } from "@symbolon/base/assert";
import type { Custom, InventedName, InventedSex } from "./custom.js";
import { filipino, khmer, thai, vietnamese } from "./customs/asian.js";
import { chinese } from "./customs/chinese.js";
import { bulgarian, russian, ukrainian } from "./customs/cyrillic.js";
import { greek } from "./customs/greek.js";
import { korean } from "./customs/korean.js";
import { bengali, hindi, punjabi } from "./customs/south-asian.js";
import { arabic, horn } from "./customs/southern.js";
import { edo, hausa, igbo, yoruba } from "./customs/west-african.js";
import {
  albanian,
  brazilian,
  dutch,
  english,
  german,
  romanian,
  spanish,
} from "./customs/western.js";
import type { Dice } from "./dice.js";
import { PLACES, type Place, STREETS } from "./places.js";

export const CUSTOMS: readonly Custom[] = [
  albanian,
  arabic,
  bengali,
  brazilian,
  bulgarian,
  chinese,
  dutch,
  edo,
  english,
  filipino,
  german,
  greek,
  hausa,
  hindi,
  horn,
  igbo,
  khmer,
  korean,
  punjabi,
  romanian,
  russian,
  spanish,
  thai,
  ukrainian,
  vietnamese,
  yoruba,
];

const BY_ID = new Map(CUSTOMS.map((one) => [one.id, one]));

/** The custom of this id, which is known to exist. */
export function customOf(id: string): Custom {
  const found = BY_ID.get(id);
  assert(found !== undefined, "a custom of this id exists");
  return found;
}

export interface InventedAddress {
  readonly place: Place;
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
}

/** The truth about one invented person; lists hold what somebody wrote down about her. */
export interface InventedPerson {
  /** Who it is, across all lists. Never written into a list. */
  readonly id: string;
  readonly custom: string;
  readonly sex: InventedSex;
  readonly name: InventedName;
  readonly born: { readonly year: number; readonly month: number; readonly day: number };
  readonly nationality: string;
  readonly address: InventedAddress;
  readonly phone: string;
  readonly document: string;
  readonly email: string;
}

/**
 * A person of this custom and sex, else of drawn ones. `index` makes the identifier unique in a
 * world.
 */
export function inventPerson(
  dice: Dice,
  index: number,
  custom: Custom = dice.weighted(CUSTOMS),
  sex: InventedSex = dice.chance(0.72) ? "female" : "male",
): InventedPerson {
  const name = custom.name(dice, sex);
  return {
    id: `person-${index}`,
    custom: custom.id,
    sex,
    name,
    born: inventBirthDate(dice),
    nationality: dice.pickSkewed(custom.nationalities),
    address: inventAddress(dice),
    phone: inventPhone(dice),
    document: `X${dice.pick(["A", "B", "C", "D", "E", "F"])}${dice.digits(7)}`,
    email: inventEmail(dice, name),
  };
}

/** A brother or sister: same family name, custom and address, everything else her own. */
export function inventSibling(dice: Dice, index: number, other: InventedPerson): InventedPerson {
  const custom = customOf(other.custom);
  const person = inventPerson(dice, index, custom);
  const name = { given: custom.name(dice, person.sex).given, surname: other.name.surname };
  return {
    ...person,
    name,
    nationality: other.nationality,
    address: other.address,
    email: inventEmail(dice, name),
  };
}

function inventBirthDate(dice: Dice): InventedPerson["born"] {
  const year = dice.chance(0.75) ? dice.between(1984, 2008) : dice.between(1955, 1983);
  const month = dice.between(1, 12);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, day: dice.between(1, days) };
}

export function inventAddress(dice: Dice): InventedAddress {
  const place = dice.pickSkewed(PLACES);
  const letters = ["A", "B", "D", "E", "G", "H", "K", "L", "N", "P", "R", "S", "T", "V", "X", "Z"];
  return {
    place,
    street: dice.pick(STREETS),
    number: `${dice.between(1, 240)}${dice.chance(0.15) ? dice.pick(["A", "B", "C"]) : ""}`,
    postcode: `${place.postcode}${dice.digits(2)} ${dice.pick(letters)}${dice.pick(letters)}`,
  };
}

/** A number under +999, a country code that nobody has: it rings nowhere. */
export const inventPhone = (dice: Dice): string => `+999 ${dice.between(1, 9)}${dice.digits(8)}`;

/** An address under a domain reserved for examples (RFC 2606). */
function inventEmail(dice: Dice, name: InventedName): string {
  const plain = (text: string) =>
    text
      .normalize("NFD")
      .toLowerCase()
      .replace(/[^a-z]/g, "");
  const local = [name.given[0], name.surname[0]].map(({ latin }) => plain(latin[0])).join(".");
  return `${local}${dice.digits(3)}@example.org`;
}
