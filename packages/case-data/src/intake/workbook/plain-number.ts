/** Significant digits that a spreadsheet keeps and shows; more are noise of binary fractions. */
const DIGITS = 15;

/** Digits of the longest number that is written out; beyond it, it stays as it was written. */
const WIDTH_MAX = 40;

/**
 * A number as people would write it: 1.2E+10 and 3.16e10 without the exponent, 0.30000000000000004
 * as 0.3, whole numbers of any length with all their digits. Any other text stays as it is.
 */
export function plainNumber(text: string): string {
  const parts = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text.trim());
  if (parts === null) return text;
  const [, sign, whole, fraction = "", exponent = "0"] = parts;
  const minus = sign === "-" ? "-" : "";
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  if (point > WIDTH_MAX || point < -WIDTH_MAX) return text;
  const padded = point > 0 ? digits.padEnd(point, "0") : "0".repeat(1 - point) + digits;
  const at = point > 0 ? point : 1;
  const before = padded.slice(0, at);
  const after = padded.slice(at).replace(/0+$/, "");
  if (after === "") return number(minus, before, "");
  if ((before + after).replace(/^0+/, "").length <= DIGITS) return number(minus, before, after);
  return plainNumber(Number(text).toPrecision(DIGITS));
}

function number(minus: string, before: string, after: string): string {
  const bare = before.replace(/^0+(?=\d)/, "");
  const value = after === "" ? bare : `${bare}.${after}`;
  return /[1-9]/.test(value) ? minus + value : value;
}
