import { hasCodes } from "../htcds/canonical-code.js";
import { FIELDS, type FieldId, isList } from "../htcds/record.js";
import type { IndicatorKind } from "../indicators/kinds.js";
import type { SourceField } from "../intake/fields.js";

/** What lists have a column for and the standard has not: they say something of a person. */
const PARTS = {
  "full-name": { label: "whole name", means: "Given name and family name in one cell." },
  "birth-year": { label: "year of birth", means: "The year alone." },
  "birth-month": { label: "month of birth", means: "The month alone, as a number." },
  "birth-day": { label: "day of birth", means: "The day of the month alone." },
  "street-number": { label: "house number", means: "The number, without the street." },
  "address-2": { label: "second address line", means: "Building, farm or neighbourhood." },
} as const satisfies Partial<Record<SourceField, { label: string; means: string }>>;

export type Part = keyof typeof PARTS;

/** Traces that cases may share; not the victim's own, which linkage compares. */
const INDICATORS = {
  "indicator-phone": { label: "trace: phone", means: "Numbers of exploiters, of adverts." },
  "indicator-email": { label: "trace: e-mail", means: "Addresses of exploiters, of adverts." },
  "indicator-handle": { label: "trace: online handle", means: "Accounts and profiles." },
  "indicator-document": { label: "trace: document number", means: "Of a paper that was used." },
  "indicator-plate": { label: "trace: number plate", means: "Of a car that was used." },
  "indicator-address": { label: "trace: address", means: "A house where it happened." },
  "indicator-alias": { label: "trace: alias", means: "What an exploiter is called." },
  "indicator-advert": { label: "trace: advert", means: "The text of an advert." },
  "indicator-any": { label: "traces of any kind", means: "Each with its kind: Phone: …; Plate: …" },
} as const satisfies Readonly<
  Record<`indicator-${IndicatorKind | "any"}`, { label: string; means: string }>
>;

export type IndicatorTarget = keyof typeof INDICATORS;

/** What a column may mean: a field of HTCDS 2.0 or of our extension, a part of one, or a trace. */
export type Target = FieldId | Part | IndicatorTarget;

/** How the cells of a target are read. */
export type TargetKind = "text" | "phone" | "code" | "date" | "number" | "yes-no";

export interface TargetSpec {
  readonly id: Target;
  /** As a case worker would call it. */
  readonly label: string;
  readonly means: string;
  readonly kind: TargetKind;
  /** Holds several values. */
  readonly isList: boolean;
  /** The field of a person that it feeds: what is compared in a linkage. */
  readonly person?: SourceField;
  /** The kind of indicator that it holds: what cases may share. */
  readonly indicator?: IndicatorKind | "labelled";
}

/** Fields of the standard by which persons are compared, in plain words. */
const PERSON_FIELDS: { readonly [F in FieldId]?: readonly [SourceField, label: string] } = {
  prs_FirstName: ["given", "given name"],
  prs_MiddleName: ["middle", "middle name"],
  prs_SecondName: ["surname", "family name"],
  prs_Birthdate: ["birth-date", "date of birth"],
  prs_Gender: ["sex", "gender"],
  prs_Citizenship: ["nationality", "nationality"],
  prs_IdentityNumber: ["identifier", "number of an identity document"],
  prs_Email: ["email", "e-mail"],
  prs_MobilePhone: ["phone", "mobile phone"],
  prs_HomePhone: ["phone", "home phone"],
  prs_MailingCity: ["place", "town or village"],
  prs_MailingState: ["region", "state or province"],
  prs_MailingStreet: ["address", "street"],
  prs_MailingPostalCode: ["postcode", "postcode"],
};

function kindOf(id: FieldId): TargetKind {
  const field = FIELDS.get(id)!;
  if (hasCodes(field)) return "code";
  if (id === "prs_MobilePhone" || id === "prs_HomePhone" || id === "org_Phone") return "phone";
  if (field.type === "Date") return "date";
  if (field.type === "Checkbox") return "yes-no";
  return field.type === "Number" || field.type === "Geolocation" ? "number" : "text";
}

function table(): ReadonlyMap<string, TargetSpec> {
  const targets = new Map<string, TargetSpec>();
  const labels = [...FIELDS.values()].map(({ label }) => label);
  for (const field of FIELDS.values()) {
    const { id, means } = field;
    const [person, words] = PERSON_FIELDS[id] ?? [];
    // A label that several entities have says which one is meant.
    const isShared = labels.filter((it) => it === field.label).length > 1;
    const label = words ?? (isShared ? `${field.label} (${field.groups[0]})` : field.label);
    const spec = { id, label, means, kind: kindOf(id), isList: isList(field) };
    targets.set(id, person === undefined ? spec : { ...spec, person });
  }
  for (const [id, { label, means }] of Object.entries(PARTS)) {
    const part = id as Part;
    targets.set(id, { id: part, label, means, kind: "text", isList: false, person: part });
  }
  for (const [id, { label, means }] of Object.entries(INDICATORS)) {
    const kind = id.slice("indicator-".length) as IndicatorKind | "any";
    const indicator = kind === "any" ? "labelled" : kind;
    const spec = { label, means, kind: "text", isList: true, indicator } as const;
    targets.set(id, { id: id as IndicatorTarget, ...spec });
  }
  return targets;
}

/** All targets by id, persons' first where people choose among them. */
export const TARGETS: ReadonlyMap<string, TargetSpec> = table();

/** The target of an id that is known to exist. */
export const targetOf = (id: Target): TargetSpec => TARGETS.get(id)!;

export const isPart = (id: Target): id is Part => Object.hasOwn(PARTS, id);

/** The target that a field of a person is read from. */
export function targetOfPerson(field: SourceField): Target {
  if (Object.hasOwn(PARTS, field)) return field as Part;
  if (field === "phone") return "prs_MobilePhone";
  return [...TARGETS.values()].find(({ person }) => person === field)!.id;
}
