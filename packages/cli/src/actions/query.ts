import { assert } from "@symbolon/base/assert";
import { type LinkageLayout, layoutById } from "@symbolon/case-data/encode/layout";
import type { Hash } from "@symbolon/governance/hash";
import { catalogue, queryByName, queryHash } from "@symbolon/queries/catalogue/catalogue";
import { CliError } from "../error.js";
import type { Output } from "../output.js";
import { hashBytes } from "./sha256.js";

/** A question of the catalogue, and the hash that statements name it by. */
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
  return { query, hash: queryHash(hashBytes, query) as Hash };
}

/** How a question about persons wants lists encoded. */
export function layoutOf({ query }: Pick<Question, "query">): LinkageLayout {
  const layout = layoutById(query.layout.id);
  assert(layout !== undefined, "the layouts of questions about persons are known to the encoder");
  return layout;
}

/** What of a question people are shown. */
type Question = Pick<ReturnType<typeof findQuery>, "query" | "hash">;

/** What a provider allows when it signs an offer: the question and all that it reveals. */
export function showQuery({ query, hash }: Question, output: Output): void {
  output.line(`The question "${query.name}" (${hash.slice(0, 12)}…): ${query.question}`);
  for (const { to, what } of query.reveals) output.line(`  ${to} learn: ${what}`);
  output.line(`  All of it, also when it is asked again: symbolon explain ${query.name}`);
}
