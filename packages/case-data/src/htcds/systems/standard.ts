import countries from "i18n-iso-countries";
import { COUNTRY_NAMES, countryCode } from "../../normalise/country.js";
import type { Sex } from "../../person.js";
import { VALUE_ALIASES } from "../aliases.js";
import { type CodeSystem, type CodeSystems, codeSystem } from "../code-system.js";
import { INDUSTRIES, INDUSTRY_TIER_2 } from "../industry.js";
import { EDUCATION_LEVELS, GENDERS } from "../lists.js";
import { BIBLIOGRAPHIC, LANGUAGES } from "./languages.js";

/** Where the UN's classification goes, once somebody plugs its tables in: we have none to give. */
export const IC_TIP = "ic-tip";

const nameIn = (language: string, code: string): string | undefined => {
  if (!Object.hasOwn(COUNTRY_NAMES, language)) return undefined;
  const name = COUNTRY_NAMES[language].countries[code];
  return typeof name === "string" ? name : name?.[0];
};

/** ISO 3166-1 alpha-2, with XK for Kosovo, which ISO leaves to users to give. */
function countrySystem(): CodeSystem {
  const known = new Set(Object.keys(countries.getAlpha2Codes()));
  return {
    id: "iso3166-1",
    version: "i18n-iso-countries 7.14.0",
    source: "ISO 3166 Maintenance Agency",
    codes: [...known],
    languages: Object.keys(COUNTRY_NAMES),
    has: (code) => known.has(code),
    label: (code, language = "en") =>
      known.has(code) ? (nameIn(language, code) ?? nameIn("en", code)) : undefined,
    find(text) {
      if (known.has(text)) return text;
      const number = countryCode(text);
      if (number === undefined) return undefined;
      return KOSOVO[number] ?? countries.numericToAlpha2(String(number).padStart(3, "0"));
    },
  };
}
const KOSOVO: Readonly<Record<number, string>> = { 983: "XK" };

const pairs = (text: string, between: RegExp): Record<string, string> =>
  Object.fromEntries(
    text
      .split(between)
      .filter((one) => one.trim() !== "")
      .map((one) => one.trim().split(":") as [string, string]),
  );

const languageSystem = (): CodeSystem =>
  codeSystem({
    id: "iso639-2",
    version: "2023, terminology codes",
    source: "Library of Congress",
    labels: { en: pairs(LANGUAGES, /;/) },
    aliases: {
      ...pairs(BIBLIOGRAPHIC, / /),
      ...LANGUAGE_NAMES,
    },
  });

/** Names that people use and the standard has not. */
const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  Farsi: "fas",
  Mandarin: "zho",
  Castilian: "spa",
  Flemish: "nld",
  Greek: "ell",
  Khmer: "khm",
  Tagalog: "tgl",
  Filipino: "fil",
  Kiswahili: "swa",
  Punjabi: "pan",
  Pashto: "pus",
  Moldovan: "ron",
  Kurmanji: "kur",
  Sorani: "kur",
  Berber: "ber",
  "Sign language": "sgn",
};

/** ISCED 2011: levels 0 to 8. */
const iscedSystem = (): CodeSystem =>
  codeSystem({
    id: "isced-2011",
    version: "2011",
    source: "UNESCO Institute for Statistics",
    labels: { en: Object.fromEntries(Object.values(EDUCATION_LEVELS).map((it, k) => [k, it])) },
    aliases: Object.fromEntries(Object.keys(EDUCATION_LEVELS).map((code, k) => [code, String(k)])),
  });

/** ISIC Rev. 4: all sections, and those divisions and groups that HTCDS names. */
function isicSystem(): CodeSystem {
  const sections = Object.entries(INDUSTRIES);
  const finer = Object.values(INDUSTRY_TIER_2).flatMap((one) => Object.entries(one));
  const system = codeSystem({
    id: "isic-4",
    version: "Rev. 4",
    source: "United Nations Statistics Division",
    labels: { en: Object.fromEntries([...sections.map(([code, it]) => [code[0], it]), ...finer]) },
    aliases: Object.fromEntries(sections.map(([code]) => [code, code[0]])),
  });
  // A plain object sorts numbers to its front.
  return { ...system, codes: [...system.codes].sort((a, b) => order(a) - order(b)) };
}

const order = (code: string): number => (/^[A-Z]/.test(code) ? 0 : 1 + Number(`0.${code}`));

const genderSystem = (): CodeSystem =>
  codeSystem({
    id: "htcds-gender",
    version: "2.0",
    source: "IOM, HTCDS",
    labels: { en: GENDERS },
    aliases: VALUE_ALIASES.prs_Gender ?? {},
  });

/** The sex that linkage compares; `undefined` if the gender is not known. */
export const SEX_OF_GENDER: Readonly<Record<keyof typeof GENDERS, Sex | undefined>> = {
  Feminine: "female",
  Masculine: "male",
  TransgenderFeminine: "other",
  TransgenderMasculine: "other",
  NonConforming: "other",
  NonSpecifiedUnknown: undefined,
};

/** The systems that come with this package. */
export const STANDARD_SYSTEMS: CodeSystems = {
  "iso3166-1": countrySystem(),
  "iso639-2": languageSystem(),
  "isced-2011": iscedSystem(),
  "isic-4": isicSystem(),
  "htcds-gender": genderSystem(),
};
