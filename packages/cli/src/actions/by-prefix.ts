import { CliError } from "../error.js";

/** The one hash that begins so. Throws `CliError`. */
export function byPrefix<T extends string>(hashes: Iterable<T>, prefix: string, what: string): T {
  const found = [...hashes].filter((hash) => hash.startsWith(prefix.toLowerCase()));
  if (found.length === 1 && prefix.length >= 4) return found[0];
  const why = found.length > 1 || prefix.length < 4 ? "give more letters of its hash" : "";
  throw new CliError(
    "USAGE",
    found.length === 0 ? `there is no ${what} ${prefix}` : `${what} ${prefix} is not clear`,
    {},
    why || "leave it out to see what there is",
  );
}
