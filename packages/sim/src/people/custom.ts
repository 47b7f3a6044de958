import { assert } from "@symbolon/base/assert";
import type { Dice } from "./dice.js";

/** One name: how it is written in Latin letters, first the usual way, and in its own script. */
export interface NameForm {
  readonly latin: readonly [string, ...string[]];
  readonly native: string | undefined;
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
  /** How many of the invented people follow it, beside the others' weights. */
  readonly weight: number;
  /** English names of nationalities that go with it. */
  readonly nationalities: readonly string[];
  readonly name: (dice: Dice, sex: InventedSex) => InventedName;
}

/**
 * Reads a table of names: blank-separated entries `Usual|Variant|Variant=native`; an underscore
 * stands for a blank inside a name, and a line may break after a bar.
 */
export function nameTable(text: string): readonly NameForm[] {
  return text
    .trim()
    .replace(/\|\s+/g, "|")
    .split(/\s+/)
    .map((entry) => {
      const [forms, native] = entry.replaceAll("_", " ").split("=");
      const [usual, ...variants] = forms.split("|");
      assert(usual !== "", "a name table entry starts with the usual Latin form");
      return { latin: [usual, ...variants], native };
    });
}

/** The commonest custom: one or two given names by sex, then one family name. */
export function plainCustom(
  about: Omit<Custom, "name">,
  tables: { female: string; male: string; surnames: string; secondGiven?: number },
): Custom {
  const female = nameTable(tables.female);
  const male = nameTable(tables.male);
  const surnames = nameTable(tables.surnames);
  return {
    ...about,
    name: (dice, sex) => {
      const given = sex === "female" ? female : male;
      const names = [dice.pickSkewed(given)];
      if (dice.chance(tables.secondGiven ?? 0)) names.push(secondName(dice, given, names[0]));
      return { given: names, surname: [dice.pickSkewed(surnames)] };
    },
  };
}

/** Another name than the first. */
export function secondName(dice: Dice, table: readonly NameForm[], first: NameForm): NameForm {
  return dice.pickSkewed(table.filter((name) => name !== first));
}
