/** Numbers as people read them; all of these are public. */

const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** A size in decimal units: 41 MB. */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** A duration in the two largest units that matter: 3 min 20 s. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (seconds < 10 && whole > 0) return `${seconds.toFixed(1)} s`;
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A count with separators: 20,000. */
export const count = (value: number): string => Math.round(value).toLocaleString("en-GB");

/** `1 row`, `2 rows`. */
export const plural = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/** A probability in per cent, with enough digits to tell it from nought. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return "0 %";
  return value >= 1 ? `${value.toFixed(1)} %` : `${Number(value.toPrecision(2))} %`;
}

/** A line of progress with rate and remaining time. */
export function progressLine(
  what: string,
  done: number,
  total: number,
  unit: string,
  ratePerSecond: number,
): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const bar = "█".repeat(Math.round(share * 20)).padEnd(20, "░");
  const rate = unit === "bytes" ? size(ratePerSecond) : `${count(ratePerSecond)} ${unit}`;
  const left = ratePerSecond > 0 ? `, ${duration((total - done) / ratePerSecond)} left` : "";
  return `${what} ${bar} ${Math.floor(share * 100)} % (${rate}/s${left})`;
}
