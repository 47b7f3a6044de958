import { toHex, utf8 } from "@symbolon/base/bytes";
import type { Query } from "../define-query.js";
import { type NotOnListParams, notOnList } from "./not-on-list.js";

/** Every question that can be asked. */
export const catalogue: readonly Query<NotOnListParams>[] = [notOnList];

export const queryByName = (name: string): Query<NotOnListParams> | undefined =>
  catalogue.find((query) => query.name === name);

/** The hash that offers and requests name: SHA-256 of the query's canonical text, in hex. */
export const queryHash = (
  sha256: (bytes: Uint8Array) => Uint8Array,
  query: Pick<Query<never>, "text">,
): string => toHex(sha256(utf8(query.text)));

/** What is wrong with the parameters of a query, or `undefined`. */
export function paramsProblem(query: Query<NotOnListParams>, params: unknown): string | undefined {
  const parsed = query.params.safeParse(params);
  if (parsed.success) return undefined;
  const [issue] = parsed.error.issues;
  return `${issue.path.join(".") || "params"}: ${issue.message}`;
}
