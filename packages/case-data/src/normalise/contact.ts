import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js";
import { latin } from "./text.js";

/**
 * Phone numbers of a cell: E.164 if it is international or `country` (ISO alpha-2) is given, else
 * its digits. Several are separated by ; , / or |. Fewer than 6 digits are no number.
 */
export function readPhones(cell: string, country?: string): string[] {
  const home = country?.toUpperCase();
  const region = home !== undefined && isSupportedCountry(home) ? (home as CountryCode) : undefined;
  const numbers = cell.split(/[;,/|]|\b(?:or|and|y|ou)\b/i).flatMap((part) => {
    const ascii = latin(part).replace(/^00/, "+");
    const parsed = parsePhoneNumberFromString(ascii, region);
    if (parsed?.isPossible()) return [parsed.number as string];
    const digits = ascii.replace(/\D/g, "");
    return digits.length >= 6 && digits.length <= 20 ? [digits] : [];
  });
  return [...new Set(numbers)].sort();
}

/** A mail address in lower case, or `undefined` if it is none. */
export function readEmail(cell: string): string | undefined {
  const address = cell
    .normalize("NFKC")
    .trim()
    .replace(/^mailto:/i, "")
    .toLowerCase();
  return /^[^\s@|<>"]{1,64}@[^\s@|<>"]{1,190}\.[^\s@|<>".]{2,}$/.test(address)
    ? address
    : undefined;
}
