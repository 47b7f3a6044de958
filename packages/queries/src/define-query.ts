import type { ColumnSpec } from "@symbolon/base/dataset";
import type { KeyLayout } from "@symbolon/case-data/encode/key-layout";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import type { z } from "zod";
import type { PickPlan } from "./plan/plan.js";

/** Who learns what, in words and as data. */
export interface Reveal {
  readonly to: "asker" | "computing parties" | "providers";
  readonly what: string;
}

/**
 * A question of the catalogue: what is asked, the same in SQL, who learns what, and the plan. All
 * that is not a parameter is a constant of the query, and part of its hash.
 */
export interface QueryDeclaration<Params> {
  readonly name: string;
  readonly version: number;
  readonly question: string;
  readonly sql: string;
  readonly params: z.ZodType<Params>;
  /** What the parameters mean and their bounds, in words: part of the hash. */
  readonly paramsText: Readonly<Record<string, string>>;
  readonly constants: Readonly<Record<string, string | number>>;
  readonly layout: LinkageLayout;
  /** What it reads of every list. */
  readonly reads: { readonly table: string; readonly columns: readonly ColumnSpec[] };
  /** Keys of a second look, and what they are worth. */
  readonly keys: KeyLayout;
  readonly reveals: readonly Reveal[];
  readonly noise: { readonly mechanism: "none"; readonly because: string };
  readonly plan: (params: Params) => PickPlan;
}

export interface Query<Params> extends QueryDeclaration<Params> {
  /** The text that approvers sign the hash of. */
  readonly text: string;
}

/** A query with its canonical text: JSON of all that it declares, keys in a fixed order. */
export function defineQuery<Params>(declaration: QueryDeclaration<Params>): Query<Params> {
  const { name, version, question, sql, paramsText, constants } = declaration;
  const { layout, reads, keys, reveals, noise } = declaration;
  const text = JSON.stringify(
    sortKeys({
      name,
      version,
      question,
      sql: sql.replace(/\s+/g, " ").trim(),
      params: paramsText,
      constants,
      layout,
      reads,
      keys,
      reveals,
      noise,
    }),
  );
  return { ...declaration, text };
}

/** Keys in code-unit order at every depth, so that the text does not depend on the spelling. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sortKeys(entry)]),
  );
}
