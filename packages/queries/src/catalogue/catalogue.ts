import { toHex, utf8 } from "@symbolon/base/bytes";
import type { AnyQuery } from "../define-query.js";
import { count } from "./count.js";
import { countEach } from "./count-each.js";
import { countPersons } from "./count-persons.js";
import { matches } from "./matches.js";
import { notOnList } from "./not-on-list.js";
import { overlap } from "./overlap.js";
import { sharedIndicators } from "./shared-indicators.js";

/** Every question that can be asked. */
export const catalogue: readonly AnyQuery[] = [
  notOnList,
  matches,
  sharedIndicators,
  count,
  countEach,
  countPersons,
  overlap,
];

export const queryByName = (name: string): AnyQuery | undefined =>
  catalogue.find((query) => query.name === name);

/** The hash that offers and requests name: SHA-256 of the query's canonical text, in hex. */
export const queryHash = (
  sha256: (bytes: Uint8Array) => Uint8Array,
  query: Pick<AnyQuery, "text">,
): string => toHex(sha256(utf8(query.text)));
