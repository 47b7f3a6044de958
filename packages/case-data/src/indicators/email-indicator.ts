import { readEmail } from "../normalise/contact.js";
import type { Readings } from "./reading.js";

/** Names before the @ that stand for "no address". */
const PLACEHOLDERS: ReadonlySet<string> = new Set(
  (
    "test tests testing example sample none no na null nobody noone noemail nomail unknown " +
    "xxx abc asdf a x user username email mail me noreply donotreply anonymous"
  ).split(" "),
);
/** Names before the @ of a role, the same in many organisations. */
const ROLES: ReadonlySet<string> = new Set(
  (
    "admin administration administrator billing booking bookings contact contacto " +
    "customerservice helpdesk hello hotline information kontakt manager marketing office " +
    "postmaster reception recruitment reservation reservations sales secretary service " +
    "support webmaster"
  ).split(" "),
);
/** Domains that belong to nobody (RFC 2606), and what is written in their place. */
const NO_DOMAIN = new RegExp(
  "^(.*\\.)?(example\\.(com|net|org)|test|example|invalid|localhost|" +
    "(test|domain|none|noemail|unknown)\\.com)$",
);
/** Fewer signs before the @ are some name's initials. */
const LOCAL_MIN = 6;

/**
 * Mail addresses. Exact: the address in lower case. Near: what is before the @, without signs and
 * without what follows a plus, if it has six letters or digits and names no role: who moves to
 * another provider often keeps it.
 */
export function readEmailIndicator(cell: string): Readings {
  const address = readEmail(cell);
  if (address === undefined) return "unreadable";
  const at = address.lastIndexOf("@");
  const local = address
    .slice(0, at)
    .replace(/\+.*$/, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
  if (PLACEHOLDERS.has(local) || NO_DOMAIN.test(address.slice(at + 1))) return "generic";
  const isNear = local.length >= LOCAL_MIN && !ROLES.has(local);
  return [{ kind: "email", exact: address, near: [isNear ? local : undefined] }];
}
