import type { Sex } from "../person.js";
import { plainText } from "./text.js";

const WORDS: Readonly<Record<Sex, readonly string[]>> = {
  female: [
    "f",
    "female",
    "feminine",
    "woman",
    "girl",
    "w",
    "mujer",
    "femenino",
    "feminino",
    "femme",
    "feminin",
    "fille",
    "vrouw",
    "vrouwelijk",
    "v",
    "weiblich",
    "frau",
    "mulher",
    "donna",
    "femmina",
    "cisfemale",
    "hembra",
    "nina",
  ],
  male: [
    "m",
    "male",
    "masculine",
    "man",
    "boy",
    "hombre",
    "masculino",
    "homme",
    "masculin",
    "garcon",
    "mannelijk",
    "mannlich",
    "mann",
    "homem",
    "uomo",
    "maschio",
    "varon",
    "cismale",
    "nino",
    "h",
  ],
  other: [
    "x",
    "other",
    "o",
    "non binary",
    "nonbinary",
    "nb",
    "transgender",
    "trans",
    "transgenderfeminine",
    "transgendermasculine",
    "transgender feminine",
    "transgender masculine",
    "transgender nonconforming",
    "nonconforming",
    "non conforming",
    "gender non conforming",
    "intersex",
    "otro",
    "otra",
    "autre",
    "divers",
    "anders",
    "outro",
  ],
};
const SEX_OF = new Map<string, Sex>();
for (const sex of ["female", "male", "other"] as const) {
  for (const word of WORDS[sex]) SEX_OF.set(word, sex);
}

const UNKNOWN = new Set(["nonspecifiedunknown", "non specified unknown", "u", "not specified"]);

/** A sex, `undefined` if the cell says that it is unknown, or "unreadable". */
export function readSex(cell: string): Sex | undefined | "unreadable" {
  const word = plainText(cell);
  if (UNKNOWN.has(word)) return undefined;
  return SEX_OF.get(word) ?? "unreadable";
}
