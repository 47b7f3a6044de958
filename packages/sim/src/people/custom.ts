import { assert } from "@symbolon/base/assert";
import type { Dice } from "./dice.js";

/** One name: how it is written in Latin letters, first the usual way, and in its own script. */
export interface NameForm {
  readonly latin: readonly [string, ...string[]];
  readonly native: string | undefined;
  /** What family and friends say instead, in Latin letters; often none. */
  readonly short: readonly string[];
  /** Goes with other names only: nobody is called by it. */
  readonly isMinor?: true;
}

export type InventedSex = "female" | "male";

/** The parts of one person's name, in the order that the custom keeps in a file. */
export interface InventedName {
  readonly given: readonly NameForm[];
  readonly surname: readonly NameForm[];
}

/** How names are formed somewhere. */
export interface Custom {
  readonly id: string;
  /** The script that people write their names in at home, by its name in Unicode. */
  readonly script: string;
  /** How many of the invented people follow it, beside the others' weights. */
  readonly weight: number;
  /** English names of nationalities that go with it. */
  readonly nationalities: readonly string[];
  /** Forms of address that go before a name, by sex. */
  readonly titles: Readonly<Record<InventedSex, readonly string[]>>;
  readonly name: (dice: Dice, sex: InventedSex) => InventedName;
}

/** What a custom is, its names apart; `titles` as two blank-separated lists. */
export type CustomFacts = Omit<Custom, "name" | "titles"> & {
  readonly titles: Readonly<Record<InventedSex, string>>;
};

/** A custom from its facts and the way it forms names. */
export const custom = ({ titles, ...facts }: CustomFacts, name: Custom["name"]): Custom => ({
  ...facts,
  titles: { female: titles.female.split(" "), male: titles.male.split(" ") },
  name,
});

/**
 * Reads a table of names: blank-separated entries `Usual|Variant|Variant~Short=native`; an
 * underscore stands for a blank inside a name, and a line may break after a bar.
 */
export function nameTable(text: string): readonly NameForm[] {
  return text
    .trim()
    .replace(/\|\s+/g, "|")
    .split(/\s+/)
    .map((entry) => {
      const [forms, native] = entry.replaceAll("_", " ").split("=");
      const [spellings, ...short] = forms.split("~");
      const [usual, ...variants] = spellings.split("|");
      assert(usual !== "", "a name table entry starts with the usual Latin form");
      return { latin: [usual, ...variants], native, short };
    });
}

/** Names that nobody is called by alone. */
export const minorNames = (text: string): readonly NameForm[] =>
  nameTable(text).map((name) => ({ ...name, isMinor: true }));

/** Names by sex. */
export type BySex = Readonly<Record<InventedSex, readonly NameForm[]>>;

/** The commonest custom: one or two given names by sex, then one family name. */
export function plainCustom(
  about: CustomFacts,
  tables: { female: string; male: string; surnames: string; secondGiven?: number },
): Custom {
  const given: BySex = { female: nameTable(tables.female), male: nameTable(tables.male) };
  const surnames = nameTable(tables.surnames);
  return custom(about, (dice, sex) => {
    const names = [dice.pickSkewed(given[sex])];
    if (dice.chance(tables.secondGiven ?? 0)) names.push(secondName(dice, given[sex], names[0]));
    return { given: names, surname: [dice.pickSkewed(surnames)] };
  });
}

/** Another name than the first. */
export function secondName(dice: Dice, table: readonly NameForm[], first: NameForm): NameForm {
  return dice.pickSkewed(table.filter((name) => name !== first));
}

/** The same name with other endings: Ivanov, Ivanova. */
export const withEnding = (
  { latin, native }: NameForm,
  ending: { readonly latin: string; readonly native: string },
): NameForm => ({
  latin: latin.map((form) => `${form}${ending.latin}`) as [string, ...string[]],
  native: native === undefined ? undefined : `${native}${ending.native}`,
  short: [],
});
