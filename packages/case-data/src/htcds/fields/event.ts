import { EVENT_TYPES, PERPETRATOR_ROLES, SUPPORT_TYPES } from "../lists.js";
import type { FieldTable } from "../spec.js";

/** HTCDS 2.0, section "Historic Trafficking Events". Attribution: `spec.ts`. */
export const EVENT_FIELDS = {
  hte_Longitude: {
    label: "Longitude",
    type: "Geolocation",
    core: false,
    min: -180,
    max: 180,
    means: "Longitude of the place, in degrees east.",
  },
  hte_Latitude: {
    label: "Latitude",
    type: "Geolocation",
    core: false,
    min: -90,
    max: 90,
    means: "Latitude of the place, in degrees north.",
  },
  hte_City: { label: "City", type: "Text", core: false, means: "City or village." },
  hte_Country: {
    label: "Country",
    type: "Text",
    core: false,
    means: "Country, in words or by code: the standard asks for no code here.",
  },
  hte_State: { label: "State", type: "Text", core: false, means: "State or province." },
  hte_Street: { label: "Street", type: "Text", core: false, means: "Street and number." },
  hte_PostalCode: { label: "PostalCode", type: "Text", core: false, means: "Postcode." },
  hte_Date: { label: "Date", type: "Date", core: false, means: "When it happened, or began." },
  hte_Type: {
    label: "Type",
    type: "Picklist",
    core: false,
    codes: EVENT_TYPES,
    means: "Which part of the trafficking it was.",
  },
  hte_Description: {
    label: "Description",
    type: "Long Text",
    core: false,
    means: "What happened.",
  },
} as const satisfies FieldTable;

/** HTCDS 2.0, section "Person - Perpetrator Context"; the person's own fields stand beside them. */
export const PERPETRATOR_FIELDS = {
  per_RoleInProcess: {
    label: "Role in Process",
    type: "Multiselect Picklist",
    core: false,
    codes: PERPETRATOR_ROLES,
    means: "What this person did in the trafficking.",
  },
  per_RoleDetails: {
    label: "Role Details",
    type: "Long Text",
    core: false,
    means: "More on what this person did.",
  },
  per_Organisation: {
    // The standard leaves label and type of this field blank.
    label: "Organisation",
    type: "Lookup [to organisation]",
    core: false,
    means: "Organisation for which this person acted.",
  },
} as const satisfies FieldTable;

/** HTCDS 2.0, section "Support Plan". */
export const SUPPORT_FIELDS = {
  spl_Objectives: {
    label: "Objectives",
    type: "Long Text",
    core: false,
    means: "What the plan is meant to achieve.",
  },
  spl_ActionPlan: {
    label: "Action Plan",
    type: "Long Text",
    core: false,
    means: "The steps to get there.",
  },
  spl_PlannedEndDate: {
    label: "Planned End Date",
    type: "Date",
    core: false,
    means: "When the plan should be done.",
  },
  spl_ActualEndDate: {
    label: "Actual End Date",
    type: "Date",
    core: false,
    means: "When the plan was done.",
  },
  spl_Type: {
    label: "Type",
    type: "Picklist",
    core: false,
    codes: SUPPORT_TYPES,
    means: "What kind of help it is.",
  },
} as const satisfies FieldTable;
