import type { Sex } from "../person.js";
import { plainText } from "./text.js";

/** Further languages of Europe, and Arabic. */
const FURTHER = {
  female:
    "kobieta kobiety żeńska femeie feminina жінка жіноча женщина женский женская ж жена " +
    "женски žena ženské ženský žensko ženska nő γυναίκα θήλυ kvinna kvinde kvinne kvinnlig " +
    "kvindelig kvinnelig nainen kadın femër أنثى meisje mädchen ragazza menina devojka",
  male:
    "mężczyzna męska bărbat masculin чоловік чоловіча мужчина мужской мужская муж мъж мъжки muž " +
    "mužské mužský muško muška moški férfi άνδρας άντρας άρρεν mand manlig mandlig mannlig mies " +
    "erkek mashkull ذكر jongen junge ragazzo menino",
} as const;
const furtherWords = (sex: keyof typeof FURTHER): string[] =>
  FURTHER[sex].split(" ").map((word) => plainText(word));

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
    ...furtherWords("female"),
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
    ...furtherWords("male"),
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

/**
 * Whether M means a woman in a column: mujer beside H, hombre, in Spanish. Only if it has both of
 * these letters and no F.
 */
export function isFemaleM(cells: Iterable<string>): boolean {
  const letters = new Set([...cells].map(plainText).filter((word) => word.length === 1));
  return letters.has("h") && letters.has("m") && !letters.has("f");
}
