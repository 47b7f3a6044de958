import { plainCode, plainText } from "./text.js";

/** Kinds of street, written short and long. */
export const STREET_WORDS: ReadonlyMap<string, string> = new Map([
  ["st", "street"],
  ["str", "street"],
  ["rd", "road"],
  ["ave", "avenue"],
  ["av", "avenue"],
  ["dr", "drive"],
  ["ln", "lane"],
  ["ct", "court"],
  ["pl", "place"],
  ["cres", "crescent"],
  ["cct", "circuit"],
  ["cl", "close"],
  ["tce", "terrace"],
  ["pde", "parade"],
  ["hwy", "highway"],
  ["blvd", "boulevard"],
  ["sq", "square"],
  ["apt", "apartment"],
  ["bldg", "building"],
  ["bld", "building"],
]);

const FOREIGN_KINDS =
  "avenida boulevard caddesi calle carrer chaussee corso gade laan mahallesi piazza platz plein " +
  "praca prospekt sokak straat strada strasse ulica ulice ulitsa utca viale";

/** Words for kinds of street: two addresses that share only one have nothing in common. */
export const STREET_KINDS: ReadonlySet<string> = new Set([
  ...STREET_WORDS.values(),
  ...FOREIGN_KINDS.split(" "),
]);

export interface Street {
  readonly number?: string;
  readonly street?: string;
}

/**
 * A street address → its house number, if it starts or ends with one and `hasNumber` does not say
 * that the number has a column of its own, and the street in long words.
 */
export function readStreet(cell: string, hasNumber: boolean): Street {
  const words = plainText(cell)
    .split(" ")
    .filter((word) => word !== "");
  let number: string | undefined;
  if (!hasNumber && words.length > 1) {
    const isNumber = (word: string): boolean => /^\d{1,5}[a-z]?$/.test(word);
    if (isNumber(words[0])) number = words.shift();
    else if (isNumber(words[words.length - 1])) number = words.pop();
  }
  const long = words.map((word, k) => (k > 0 ? (STREET_WORDS.get(word) ?? word) : word));
  const street = long.join(" ");
  return {
    ...(number !== undefined && { number: plainCode(number) }),
    ...(street !== "" && { street }),
  };
}
