import { assert } from "@symbolon/base/assert";
import { layoutById } from "@symbolon/case-data/encode/layout";
import type { Hash } from "@symbolon/governance/hash";
import { catalogue, queryByName, queryHash } from "@symbolon/queries/catalogue/catalogue";
import { CliError } from "../error.js";
import type { Output } from "../output.js";
import { hashBytes } from "./sha256.js";

/** A question of the catalogue, the hash that statements name it by, and how lists are encoded. */
export function findQuery(name: string) {
  const query = queryByName(name);
  if (query === undefined) {
    throw new CliError(
      "USAGE",
      `there is no query ${name}`,
      {},
      `the queries are: ${catalogue.map((known) => known.name).join(", ")}`,
    );
  }
  const layout = layoutById(query.layout.id);
  assert(layout !== undefined, "the catalogue's layouts are known to the encoder");
  return { query, hash: queryHash(hashBytes, query) as Hash, layout };
}

/** What of a question people are shown. */
type Question = Pick<ReturnType<typeof findQuery>, "query" | "hash">;

/** What a provider allows when it signs an offer: the question and all that it reveals. */
export function showQuery({ query, hash }: Question, output: Output): void {
  output.line(`The question "${query.name}" (${hash.slice(0, 12)}…): ${query.question}`);
  for (const { to, what } of query.reveals) output.line(`  ${to} learn: ${what}`);
}
