import { assert } from "@symbolon/base/assert";
import { z } from "zod";

/** What one parameter may be: one value, or a number within two, both included. */
export type ParamBounds =
  | { readonly always: number }
  | { readonly least: number; readonly most: number; readonly whole: boolean };

/** The bounds of parameters that are all numbers, read from what checks them. */
export function paramBounds(params: z.ZodType): Readonly<Record<string, ParamBounds>> {
  const { properties = {} } = z.toJSONSchema(params);
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      assert(typeof schema === "object", "a parameter has a schema");
      if (typeof schema.const === "number") return [name, { always: schema.const }];
      const { type, minimum: least, maximum: most } = schema;
      assert(
        least !== undefined && most !== undefined,
        `parameter ${name} is bounded on both sides`,
      );
      return [name, { least, most, whole: type === "integer" }];
    }),
  );
}
