/** Days from 30 December 1899, on which spreadsheets count, to 1 January 1904, which some do. */
const DAYS_1904 = 1_462;

/** 31 December 9999. */
const SERIAL_MAX = 2_958_465;

const DAY_SECONDS = 86_400;

const two = (value: number): string => String(value).padStart(2, "0");

const time = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");

/**
 * A spreadsheet's count of days as an ISO date, with a time if it has one; less than a day is a
 * time alone. In the 1900 system day 60 is a 29 February that never was, and earlier days are one
 * further on. `undefined` if it can be no date.
 */
export function serialDate(serial: number, is1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0) return undefined;
  const seconds = Math.round((serial % 1) * DAY_SECONDS);
  const days = Math.floor(serial) + Math.floor(seconds / DAY_SECONDS);
  const clock = seconds % DAY_SECONDS === 0 ? "" : time(seconds % DAY_SECONDS);
  if (days === 0 && !is1904) return clock === "" ? undefined : clock;
  const from1900 = is1904 ? days + DAYS_1904 : days;
  if (from1900 > SERIAL_MAX) return undefined;
  const day = isoDay(from1900);
  return clock === "" ? day : `${day}T${clock}`;
}

function isoDay(days: number): string {
  if (days === 60) return "1900-02-29";
  const shifted = days < 60 ? days + 1 : days;
  return new Date(Date.UTC(1899, 11, 30 + shifted)).toISOString().slice(0, 10);
}
