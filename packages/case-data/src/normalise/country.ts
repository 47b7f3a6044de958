import countries, { type LocaleData } from "i18n-iso-countries";
import ar from "i18n-iso-countries/langs/ar.json" with { type: "json" };
import de from "i18n-iso-countries/langs/de.json" with { type: "json" };
import en from "i18n-iso-countries/langs/en.json" with { type: "json" };
import es from "i18n-iso-countries/langs/es.json" with { type: "json" };
import fr from "i18n-iso-countries/langs/fr.json" with { type: "json" };
import it from "i18n-iso-countries/langs/it.json" with { type: "json" };
import nl from "i18n-iso-countries/langs/nl.json" with { type: "json" };
import pt from "i18n-iso-countries/langs/pt.json" with { type: "json" };
import ro from "i18n-iso-countries/langs/ro.json" with { type: "json" };
import ru from "i18n-iso-countries/langs/ru.json" with { type: "json" };
import uk from "i18n-iso-countries/langs/uk.json" with { type: "json" };
import { DEMONYMS } from "./demonyms.js";
import { plainText } from "./text.js";

/** Kosovo has no ISO 3166-1 number; the code that ISO leaves to users is used widely. */
const KOSOVO = 983;

/** Names of countries by language (ISO 639-1) and ISO 3166-1 alpha-2 code. */
export const COUNTRY_NAMES: Readonly<Record<string, LocaleData>> = {
  en: en as LocaleData,
  es: es as LocaleData,
  fr: fr as LocaleData,
  nl: nl as LocaleData,
  de: de as LocaleData,
  pt: pt as LocaleData,
  it: it as LocaleData,
  ro: ro as LocaleData,
  ru: ru as LocaleData,
  uk: uk as LocaleData,
  ar: ar as LocaleData,
};

/** Short names of ISO 3166-1 itself, as official forms have them, where the lists have others. */
const OFFICIAL_NAMES: Readonly<Record<string, string>> = {
  BO: "Bolivia (Plurinational State of)",
  CD: "Congo, Democratic Republic of the",
  GB: "United Kingdom of Great Britain and Northern Ireland",
  IR: "Iran (Islamic Republic of)",
  KP: "Korea (Democratic People's Republic of)",
  PS: "Palestine, State of",
  SH: "Saint Helena, Ascension and Tristan da Cunha",
  TZ: "Tanzania, United Republic of",
  VA: "Holy See",
  VE: "Venezuela (Bolivarian Republic of)",
};

/** Longer names first win: a later entry never replaces an earlier one. */
function table(): ReadonlyMap<string, number> {
  const codes = new Map<string, number>();
  const add = (name: string, alpha2: string): void => {
    const numeric = alpha2 === "XK" ? KOSOVO : Number(countries.alpha2ToNumeric(alpha2));
    const key = plainText(name);
    if (Number.isFinite(numeric) && key !== "" && !codes.has(key)) codes.set(key, numeric);
  };
  for (const [alpha2, alpha3] of Object.entries(countries.getAlpha2Codes())) {
    add(alpha2, alpha2);
    add(alpha3, alpha2);
  }
  for (const [alpha2, names] of Object.entries(DEMONYMS)) {
    for (const name of names.split(",")) add(name, alpha2);
  }
  for (const [alpha2, name] of Object.entries(OFFICIAL_NAMES)) add(name, alpha2);
  for (const { countries: names } of Object.values(COUNTRY_NAMES)) {
    for (const [alpha2, name] of Object.entries(names)) {
      for (const one of typeof name === "string" ? [name] : name) add(one, alpha2);
    }
  }
  return codes;
}

let codes: ReadonlyMap<string, number> | undefined;

/** ISO 3166-1 numeric code of a country by code, name or adjective, or `undefined`. */
export function countryCode(text: string): number | undefined {
  codes ??= table();
  const key = plainText(text);
  const known =
    codes.get(key) ?? codes.get(key.replace(/^(the|la|el|republic of|republica de) /, ""));
  if (known !== undefined) return known;
  const isNumeric = /^\d{1,3}$/.test(key) && countries.numericToAlpha2(key.padStart(3, "0"));
  return isNumeric ? Number(key) : undefined;
}

/** Distinct codes of a cell that may hold several countries, and whether all of it was read. */
export function readCountries(cell: string): { codes: number[]; complete: boolean } {
  const whole = countryCode(cell);
  if (whole !== undefined) return { codes: [whole], complete: true };
  const words = cell.trim().split(/\s+/);
  // Forms join codes by blanks.
  const areCodes = words.length > 1 && words.every((word) => /^[A-Z]{2,3}$/.test(word));
  const parts = areCodes
    ? words
    : cell.split(/[;,/|+&]| and | y | et | en | und /i).filter((part) => part.trim() !== "");
  const found = parts.map(countryCode);
  const distinct = new Set(found.filter((code) => code !== undefined));
  return {
    codes: [...distinct].sort((a, b) => a - b),
    complete: parts.length > 0 && found.every((code) => code !== undefined),
  };
}
