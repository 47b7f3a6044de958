import { FIELD_ALIASES } from "./aliases.js";
import { textKey } from "./code-system.js";
import { nearestOf } from "./nearest.js";
import { FIELDS, type FieldId, type GroupName } from "./record.js";

/** Which field a name means: its id letter by letter, another spelling of it, or its label. */
export type FieldMatch =
  | { readonly kind: "field"; readonly id: FieldId; readonly by: "id" | "alias" | "label" }
  /** A label that several entities have, or that is part of others: say which group is meant. */
  | { readonly kind: "ambiguous"; readonly ids: readonly FieldId[] }
  | { readonly kind: "none"; readonly nearest?: FieldId };

/** British and American spelling are one, here as in the standard, which mixes both. */
export const spellingKey = (text: string): string =>
  textKey(text)
    .replace(/organi[sz]ation/g, "organisation")
    .replace(/labou?r/g, "labour");

const ID_OF = new Map<string, FieldId>();
const ALIAS_OF = new Map<string, FieldId>();
const LABELLED = new Map<string, FieldId[]>();
for (const { id, label } of FIELDS.values()) {
  ID_OF.set(spellingKey(id), id);
  const key = spellingKey(label);
  LABELLED.set(key, [...(LABELLED.get(key) ?? []), id]);
}
for (const [alias, id] of Object.entries(FIELD_ALIASES)) {
  const key = spellingKey(alias);
  if (!ID_OF.has(key)) ALIAS_OF.set(key, id);
}
/** Everything that is unique, to look for what is near. */
const UNIQUE = new Map<string, FieldId>([
  ...[...LABELLED].filter(([, ids]) => ids.length === 1).map(([key, [id]]) => [key, id] as const),
  ...ALIAS_OF,
  ...ID_OF,
]);

/**
 * Fields that a label may mean when nothing says which entity the table is about. "City" is the
 * label of an event's city, and is what people call the city of an address too: a label of a field
 * that is not core means one field only if no other label contains it.
 */
function meant(key: string): readonly FieldId[] {
  const ids = LABELLED.get(key) ?? [];
  if (ids.length !== 1 || FIELDS.get(ids[0])!.core) return ids;
  return [...LABELLED].filter(([label]) => label.includes(key)).flatMap(([, them]) => them);
}

/** As it stands; without Salesforce's suffix; the last part of a path, as forms export it. */
function readings(name: string): string[] {
  const bare = name.trim().replace(/__c$/i, "");
  return [name, bare, bare.split(/[/:.]/).at(-1) ?? ""].map(spellingKey);
}

/**
 * The field that a name means: an id in any case, with or without underscores, Salesforce's `__c`
 * or the path of a form before it; a known misspelling or older id; or a label. `group` settles
 * labels that several entities have, and keeps out fields of other groups. Looking for what is
 * near takes the most time: `withNearest` false does without.
 */
export function canonicalField(
  name: string,
  context: { readonly group?: GroupName; readonly withNearest?: boolean } = {},
): FieldMatch {
  const { group, withNearest = true } = context;
  const fits = (id: FieldId): boolean =>
    group === undefined || FIELDS.get(id)!.groups.includes(group);
  for (const key of readings(name)) {
    if (key === "") continue;
    const id = ID_OF.get(key) ?? ALIAS_OF.get(key);
    if (id !== undefined && fits(id)) {
      return { kind: "field", id, by: FIELDS.has(name) ? "id" : "alias" };
    }
    const ids = group === undefined ? meant(key) : (LABELLED.get(key) ?? []).filter(fits);
    if (ids.length === 1) return { kind: "field", id: ids[0], by: "label" };
    if (ids.length > 1) return { kind: "ambiguous", ids };
  }
  if (!withNearest) return { kind: "none" };
  const nearest = nearestOf(readings(name)[1], UNIQUE);
  return nearest !== undefined && fits(nearest) ? { kind: "none", nearest } : { kind: "none" };
}
