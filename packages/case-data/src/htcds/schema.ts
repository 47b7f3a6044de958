import type { CodeSystems } from "./code-system.js";
import { DATE_PATTERN } from "./date.js";
import { FIELDS, type Field, GROUP_NAMES, GROUPS, isList } from "./record.js";
import { ENTRIES_MAX, HTCDS_STANDARD, HTCDS_VERSION, LONG_TEXT_MAX, TEXT_MAX } from "./spec.js";
import { STANDARD_SYSTEMS } from "./systems/standard.js";

type Json = { readonly [key: string]: unknown };

/** Texts hold at least one sign that can be seen. */
const text = (maxLength: number): Json => ({ type: "string", maxLength, pattern: "\\S" });

function one(field: Field, systems: CodeSystems): Json {
  const system = field.system !== undefined && Object.hasOwn(systems, field.system);
  if (field.codes !== undefined) return { enum: Object.keys(field.codes) };
  if (system) return { $ref: `#/$defs/${field.system}` };
  switch (field.type) {
    case "Checkbox":
      return { type: "boolean" };
    case "Number":
    case "Geolocation":
      return {
        type: field.whole ? "integer" : "number",
        ...(field.min === undefined ? {} : { minimum: field.min }),
        ...(field.max === undefined ? {} : { maximum: field.max }),
      };
    case "Date":
      return { type: "string", format: "date", pattern: DATE_PATTERN };
    default: {
      const plain = text(field.type === "Long Text" ? LONG_TEXT_MAX : TEXT_MAX);
      return field.pattern === undefined ? plain : { ...plain, pattern: field.pattern };
    }
  }
}

function property(field: Field, systems: CodeSystems): Json {
  const value = one(field, systems);
  const list = { type: "array", items: value, maxItems: ENTRIES_MAX, uniqueItems: true };
  return {
    title: field.label,
    description: field.means,
    ...(field.status === "DEPRECATED" ? { deprecated: true } : {}),
    ...(isList(field) ? list : value),
  };
}

/**
 * JSON Schema (draft 2020-12) of a record, made from the tables of this package. Codes of a system
 * that is not plugged in are any text. It accepts what `validateRecord` finds no error in.
 */
export function htcdsJsonSchema(systems: CodeSystems = STANDARD_SYSTEMS): Json {
  const properties: Record<string, Json> = { standard: { const: HTCDS_STANDARD } };
  const definitions: Record<string, Json> = {};
  for (const name of GROUP_NAMES) {
    const ids = Object.keys(GROUPS[name].fields);
    definitions[name] = {
      type: "object",
      additionalProperties: false,
      properties: Object.fromEntries(ids.map((id) => [id, property(FIELDS.get(id)!, systems)])),
    };
    const entry = { $ref: `#/$defs/${name}` };
    properties[name] = GROUPS[name].many
      ? { type: "array", items: entry, maxItems: ENTRIES_MAX }
      : entry;
  }
  const named = new Set([...FIELDS.values()].map(({ system }) => system));
  for (const [id, { version, source, codes }] of Object.entries(systems)) {
    if (named.has(id)) definitions[id] = { title: `${id}, ${version}, ${source}`, enum: codes };
  }
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:symbolon:${HTCDS_STANDARD}`,
    title: "One person's case",
    $comment:
      `Fields and codes: HTCDS ${HTCDS_VERSION}, IOM, https://github.com/UNMigration/HTCDS, ` +
      "CC BY 4.0; form, bounds, explanations and fields x_… by Symbolon. Not endorsed by IOM.",
    type: "object",
    additionalProperties: false,
    required: ["standard"],
    properties,
    $defs: definitions,
  };
}
