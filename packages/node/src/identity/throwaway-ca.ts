import { type Credentials, issue } from "./certificate.js";

const HOUR_MS = 3_600_000;
const NAME = "Symbolon throw-away authority";

/**
 * A certificate authority made on the spot for demonstrations and tests. Its key lives in this
 * object only; once that is gone, nobody can issue under it again.
 */
export interface ThrowawayCa {
  /** PEM. */
  readonly certificate: string;
  issue(name: string, hosts: readonly string[]): Credentials;
}

/** `now` in milliseconds since 1970; everything it issues is valid for `hours`. */
export function throwawayCa(now: number, hours = 24): ThrowawayCa {
  const validity = { notBefore: now - HOUR_MS, notAfter: now + hours * HOUR_MS };
  const authority = issue({ name: NAME, hosts: [], isAuthority: true, ...validity });
  return {
    certificate: authority.certificate,
    issue: (name, hosts) =>
      issue({ name, hosts, isAuthority: false, ...validity }, { name: NAME, ...authority }),
  };
}
