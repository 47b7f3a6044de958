import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js";
import { latin, withoutUnseen } from "./text.js";

/** Digits of a number: fewer are an extension or a year, more are two numbers. */
const DIGITS = { least: 6, most: 17 };

const digitsOf = (text: string): string => latin(text).replace(/\D/g, "");

/**
 * The parts of a cell that are numbers by themselves, between ; , | line breaks and words for "or".
 * A stroke separates too, unless what stands before or behind it is too short: 0211/123456 is one.
 */
export function phoneParts(cell: string): string[] {
  const parts = cell.split(/[;,|\n]|\b(?:or|and|y|ou|of|oder|und|et)\b/i).flatMap((part) => {
    const pieces = part.split("/").filter((piece) => digitsOf(piece) !== "");
    const areNumbers = pieces.every((piece) => digitsOf(piece).length >= DIGITS.least);
    return areNumbers ? pieces : [part];
  });
  return parts.filter((part) => digitsOf(part) !== "");
}

/** What a cell says of phone numbers. */
export interface PhoneCell {
  /** Distinct, sorted: E.164 where the country is known, else digits. */
  readonly numbers: readonly string[];
  /** Whether each part with digits is a number, and there is one. */
  readonly isComplete: boolean;
}

/**
 * Phone numbers of a cell: E.164 if it is international or `country` (ISO alpha-2) is given, else
 * its digits. One digit again and again is nobody's number.
 */
export function readPhones(cell: string, country?: string): PhoneCell {
  const home = country?.toUpperCase();
  const region = home !== undefined && isSupportedCountry(home) ? (home as CountryCode) : undefined;
  const read = phoneParts(cell).map((part): string | undefined => {
    const digits = digitsOf(part);
    if (/^(\d)\1*$/.test(digits)) return undefined;
    const parsed = parsePhoneNumberFromString(latin(part).trim().replace(/^00/, "+"), region);
    if (parsed?.isPossible()) return parsed.number;
    return digits.length >= DIGITS.least && digits.length <= DIGITS.most ? digits : undefined;
  });
  const numbers = read.filter((number) => number !== undefined);
  return {
    numbers: [...new Set(numbers)].sort(),
    isComplete: numbers.length > 0 && numbers.length === read.length,
  };
}

/** A mail address in lower case, or `undefined` if it is none. */
export function readEmail(cell: string): string | undefined {
  const address = withoutUnseen(cell.normalize("NFKC"))
    .trim()
    .replace(/^mailto:/i, "")
    .toLowerCase();
  return /^[^\s@|<>"]{1,64}@[^\s@|<>"]{1,190}\.[^\s@|<>".]{2,}$/.test(address)
    ? address
    : undefined;
}
