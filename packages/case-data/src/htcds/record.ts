import { assert } from "@symbolon/base/assert";
import { CASE_FIELDS, COMMENT_FIELDS, CONSENT_FIELDS, REFERRAL_FIELDS } from "./fields/case.js";
import { EVENT_FIELDS, PERPETRATOR_FIELDS, SUPPORT_FIELDS } from "./fields/event.js";
import { X_CASE, X_CONSENT, X_INDICATOR, X_PERSON, X_VICTIM } from "./fields/extension.js";
import { ORGANISATION_FIELDS } from "./fields/organisation.js";
import { PERSON_FIELDS } from "./fields/person.js";
import { VICTIM_FIELDS } from "./fields/victim.js";
import { type FieldSpec, type FieldTable, HTCDS_STANDARD } from "./spec.js";

interface GroupSpec {
  /** Section of the standard; absent if the group is ours. */
  readonly section?: string;
  /** A list of entries instead of one. */
  readonly many: boolean;
  readonly fields: FieldTable;
}

/**
 * The groups of a record: the standard's entities, with our extension fields where they belong. The
 * standard has no form for files; one record is one person's case. A perpetrator is a person in
 * another role, so its group takes the person's fields besides.
 */
export const GROUPS = {
  organisations: { section: "Organization", many: true, fields: ORGANISATION_FIELDS },
  person: { section: "Person", many: false, fields: { ...PERSON_FIELDS, ...X_PERSON } },
  victim: {
    section: "Person - Victim Context",
    many: false,
    fields: { ...VICTIM_FIELDS, ...X_VICTIM },
  },
  perpetrators: {
    section: "Person - Perpetrator Context",
    many: true,
    fields: { ...PERPETRATOR_FIELDS, ...PERSON_FIELDS, ...X_PERSON },
  },
  case: { section: "Case", many: false, fields: { ...CASE_FIELDS, ...X_CASE } },
  referrals: { section: "Referral Details", many: true, fields: REFERRAL_FIELDS },
  comments: { section: "Case Comment", many: true, fields: COMMENT_FIELDS },
  events: { section: "Historic Trafficking Events", many: true, fields: EVENT_FIELDS },
  supportPlans: { section: "Support Plan", many: true, fields: SUPPORT_FIELDS },
  consents: { section: "Consent", many: true, fields: { ...CONSENT_FIELDS, ...X_CONSENT } },
  indicators: { many: true, fields: X_INDICATOR },
} as const satisfies Readonly<Record<string, GroupSpec>>;

export type GroupName = keyof typeof GROUPS;
export const GROUP_NAMES = Object.keys(GROUPS) as GroupName[];

/**
 * Sections without fields of their own: the standard gives example questions only, on what may put
 * a person at risk. The themes, in our words.
 */
export const ASSESSMENTS = {
  "Assessment and Planning - Individual Risk and Vulnerability": [
    "nationality, race or ethnicity",
    "sexual orientation",
    "age",
  ],
  "Assessment and Planning - Household Risk and Vulnerability": [
    "source of income",
    "violence or abuse at home",
    "preference for, or discrimination of, members of the household",
  ],
  "Assessment and Planning - Community Risk and Vulnerability": [
    "access to law enforcement",
    "a community's own government and common action",
    "access to education",
  ],
} as const;

type Tables = { [G in GroupName]: (typeof GROUPS)[G]["fields"] };
type UnionToIntersection<U> = (U extends unknown ? (one: U) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
type AllFields = UnionToIntersection<Tables[GroupName]>;

/** Ids of all fields, the standard's and ours. */
export type FieldId = keyof AllFields;

/** Codes of a field's own list; any text if its codes come from a system outside. */
export type CodeOf<F extends FieldId> = AllFields[F] extends { codes: infer C }
  ? keyof C & string
  : string;

type One<S, F extends FieldId> = S extends { type: "Checkbox" }
  ? boolean
  : S extends { type: "Number" | "Geolocation" }
    ? number
    : CodeOf<F>;

/** What a field holds in a record; dates as YYYY-MM-DD. Absent means unknown, never "none". */
export type ValueOf<F extends FieldId> = AllFields[F] extends
  | { type: "Multiselect Picklist" }
  | { several: true }
  ? readonly CodeOf<F>[]
  : One<AllFields[F], F>;

/** One entry of a group. */
export type Entry<G extends GroupName> = {
  readonly [F in keyof Tables[G] & FieldId]?: ValueOf<F>;
};

/** One person's case, in the form that `validateRecord` and the JSON Schema describe. */
export type HtcdsRecord = { readonly standard: typeof HTCDS_STANDARD } & {
  readonly [G in GroupName]?: (typeof GROUPS)[G]["many"] extends true
    ? readonly Entry<G>[]
    : Entry<G>;
};

/** A field with its id and the groups that take it, the first one being its home. */
export interface Field extends FieldSpec {
  readonly id: FieldId;
  readonly groups: readonly GroupName[];
  /** Whether it is ours, not the standard's. */
  readonly isExtension: boolean;
}

function table(): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  // At home before as a guest: a person's fields are at home in `person`.
  for (const name of GROUP_NAMES) {
    for (const [id, spec] of Object.entries<FieldSpec>(GROUPS[name].fields)) {
      const known = fields.get(id);
      const groups = [...(known?.groups ?? []), name];
      const isExtension = id.startsWith("x_");
      fields.set(id, { ...spec, id: id as FieldId, groups, isExtension });
    }
  }
  return fields;
}

/** All fields by id, in the order of the standard. */
export const FIELDS: ReadonlyMap<string, Field> = table();

/** The field of an id that is known to exist. */
export const fieldOf = (id: FieldId): Field => FIELDS.get(id)!;

/** Whether a field holds a list. */
export const isList = (field: FieldSpec): boolean =>
  field.type === "Multiselect Picklist" || field.several === true;

/**
 * A record of values that belong to one case, each put into the group where its field is at home:
 * what one row of a table says. Does not check the values; `validateRecord` does.
 */
export function recordOf(values: { readonly [F in FieldId]?: ValueOf<F> }): HtcdsRecord {
  const record: Record<string, unknown> = { standard: HTCDS_STANDARD };
  for (const [id, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const home = FIELDS.get(id)?.groups[0];
    assert(home !== undefined, "recordOf is given ids of fields that exist");
    const group = GROUPS[home].many ? (record[home] ??= [{}]) : (record[home] ??= {});
    const entry = Array.isArray(group) ? group[0] : group;
    entry[id] = value;
  }
  return record as HtcdsRecord;
}
