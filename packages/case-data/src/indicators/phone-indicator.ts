import { phoneParts, readPhones } from "../normalise/contact.js";
import { latin } from "../normalise/text.js";
import type { Reading, ReadingOptions, Readings } from "./reading.js";

/** Digits at the end by which numbers are near: country and trunk prefixes come before them. */
const TAIL = 8;

/** All the same, or counting up or down: nobody's number. Prefixes do not count. */
function isMadeUp(digits: string): boolean {
  const tail = digits.slice(-7);
  return (
    /^(\d)\1*$/.test(tail) || "01234567890123456".includes(tail) || "98765432109876".includes(tail)
  );
}

/**
 * Phone numbers. Exact: E.164, if the country is known. Near: the last eight digits, so that
 * numbers meet with and without country and trunk prefix. Of two strangers' numbers one pair in
 * 10^8 meets.
 */
export function readPhoneIndicator(cell: string, { country }: ReadingOptions): Readings {
  const numbers = phoneParts(cell).flatMap((part) => {
    const [number] = readPhones(part, country).numbers;
    return number === undefined ? [] : [{ number, isForeign: /^(\+|00)/.test(latin(part).trim()) }];
  });
  if (numbers.length === 0) {
    return /^\D*(\d)(?:\D*\1){5,}\D*$/.test(latin(cell)) ? "generic" : "unreadable";
  }
  const real = numbers.filter(({ number }) => !isMadeUp(number));
  if (real.length === 0) return "generic";
  const readings = real.flatMap(({ number, isForeign }): Reading[] => {
    const digits = number.replace(/\D/g, "").replace(/^0+/, "");
    const near = [digits.length >= TAIL ? digits.slice(-TAIL) : undefined];
    const isWhole = number.startsWith("+") || (isForeign && digits.length <= 15);
    if (isWhole) return [{ kind: "phone", exact: digits, near }];
    return near[0] === undefined ? [] : [{ kind: "phone", near }];
  });
  return readings.length === 0 ? "vague" : readings;
}
