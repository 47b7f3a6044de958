import { Dice } from "./dice.js";
import { CUSTOMS, inventPerson } from "./invent.js";
import { observe, RECORD_FIELDS, type RecordField } from "./observe.js";
import { NGO_STYLES } from "./styles.js";

export interface TwoListsOptions {
  readonly seed: number;
  /** Of each custom: people on both lists, and on each of them alone. */
  readonly shared: number;
  readonly alone: number;
  /** How often a name stands in its own script. */
  readonly nativeScript: number;
}

/** Rows with the headings first; `truth` says who row k is about, headings not counted. */
export interface TrueRows {
  readonly rows: readonly (readonly string[])[];
  readonly truth: readonly { readonly id: string; readonly custom: string }[];
}

export const HEADINGS: Readonly<Record<RecordField, string>> = {
  given: "given name",
  surname: "surname",
  birthDate: "date of birth",
  sex: "sex",
  nationality: "nationality",
  address: "address",
  postcode: "postcode",
  place: "city",
  region: "region",
  phone: "phone",
  document: "document number",
  email: "email",
};

/**
 * Two lists that were filled in with the same habits, as many people of one custom as of any
 * other: what tells how well people of each custom are linked. Same options, same lists.
 */
export function twoLists(options: TwoListsOptions): readonly [TrueRows, TrueRows] {
  const dice = new Dice(options.seed);
  let index = 0;
  const crowd = (count: number) =>
    CUSTOMS.flatMap((custom) =>
      Array.from({ length: count }, () => inventPerson(dice, index++, custom)),
    );
  const shared = crowd(options.shared);
  const { habits, dates } = NGO_STYLES[2];
  const list = (): TrueRows => {
    const people = dice.shuffled([...shared, ...crowd(options.alone)]);
    const lines = people.map((person) => {
      const record = observe(
        dice,
        person,
        { ...habits, nativeScript: options.nativeScript },
        dates,
      );
      return RECORD_FIELDS.map((field) => record[field]);
    });
    return { rows: [RECORD_FIELDS.map((field) => HEADINGS[field]), ...lines], truth: people };
  };
  return [list(), list()];
}
