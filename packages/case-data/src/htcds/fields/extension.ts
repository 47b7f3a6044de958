import { MIGRATION } from "../migration.js";
import type { FieldTable } from "../spec.js";

/**
 * Our extension of HTCDS 2.0, version 1: what linking and consent need and the standard lacks. Ids
 * begin with `x_`, which no prefix of the standard does. docs/htcds.md says why each is there.
 */
export const X_PERSON = {
  x_personId: {
    label: "Person id",
    type: "Text",
    core: false,
    means: "The provider's own number for the person, the same in all of the person's cases.",
  },
  x_nameNative: {
    label: "Native name",
    type: "Text",
    core: false,
    means: "The whole name in the script of the person's own language.",
  },
  x_aliases: {
    label: "Aliases",
    type: "Text",
    core: false,
    several: true,
    means: "Other names that the person goes by, each as a whole.",
  },
  x_birthPrecision: {
    label: "Birth date precision",
    type: "Picklist",
    core: false,
    codes: {
      Day: "Known to the day",
      Month: "Known to the month",
      Year: "Known to the year",
      Estimated: "Estimated",
    },
    means: "How much of prs_Birthdate is known; what is not known of it is written as 01.",
  },
} as const satisfies FieldTable;

export const X_VICTIM = {
  x_exploitationCountry: {
    label: "Country of exploitation",
    type: "Multiselect Picklist",
    core: false,
    system: "iso3166-1",
    means: "Countries in which the person was exploited.",
  },
  x_forcedCriminality: {
    label: "Forced criminality",
    type: "Multiselect Picklist",
    core: false,
    codes: {
      OnlineScams: "Online scams",
      Drugs: "Growing, making or carrying drugs",
      Theft: "Theft",
      Other: "Other",
      NotSpecified: "Not specified",
    },
    means: "Crimes that the person was forced to commit. The list of kinds is ours.",
  },
  x_methodsOfControl: {
    label: "Further methods of control",
    type: "Multiselect Picklist",
    core: false,
    codes: { RestrictsMovement: "Restricts movement", UsesChildren: "Uses children" },
    means: "Two methods that the standard defines and its list of codes lacks.",
  },
  x_migrantStatus: {
    label: "Migrant status",
    type: "Multiselect Picklist",
    core: false,
    codes: MIGRATION,
    means: "Values that the standard lists for migrants without a field to hold them.",
  },
  x_icTip: {
    label: "IC-TIP",
    type: "Multiselect Picklist",
    core: false,
    system: "ic-tip",
    means: "Codes of the UN classification of trafficking in persons, for whoever has its tables.",
  },
} as const satisfies FieldTable;

export const X_CASE = {
  x_recordId: {
    label: "Record id",
    type: "Text",
    core: false,
    means: "The provider's own number for the case.",
  },
  x_registeredOn: {
    label: "Registered on",
    type: "Date",
    core: false,
    means: "When the case was opened at the organisation that holds it.",
  },
  x_recordingOrganisation: {
    label: "Recording organisation",
    type: "Lookup [to organisation]",
    core: false,
    means: "Who wrote the record, if not the one who holds it.",
  },
  x_sourceSystem: {
    label: "Source system",
    type: "Text",
    core: false,
    means: "Program and export that the record comes from.",
  },
} as const satisfies FieldTable;

export const X_CONSENT = {
  x_consentPurpose: {
    label: "Purpose of consent",
    type: "Text",
    core: false,
    means: "What the data may be used for, in the words in which the person was asked.",
  },
  x_consentScope: {
    label: "Scope of consent",
    type: "Text",
    core: false,
    several: true,
    means: "Field ids, or groups of a record, that the consent covers; absent: all of it.",
  },
  x_consentRecipients: {
    label: "Recipients",
    type: "Text",
    core: false,
    several: true,
    means: "Organisations, or kinds of them, that may learn something; absent: nobody else.",
  },
  x_consentExpires: {
    label: "Consent expires",
    type: "Date",
    core: false,
    means: "Last day on which the consent holds.",
  },
  x_consentWithdrawn: {
    label: "Consent withdrawn",
    type: "Date",
    core: false,
    means: "Day on which the person took the consent back; from then on it does not hold.",
  },
} as const satisfies FieldTable;

/** What cases may share: the links between them that are not persons. */
export const X_INDICATOR = {
  x_indicatorType: {
    label: "Type of indicator",
    type: "Picklist",
    core: false,
    codes: {
      Address: "Address",
      Phone: "Phone",
      Email: "Email",
      Handle: "Online handle",
      Plate: "Number plate",
      DocumentNumber: "Document number",
      Alias: "Alias",
      AdvertFingerprint: "Fingerprint of an advert",
    },
    means: "What kind of trace it is.",
  },
  x_indicatorValue: {
    label: "Indicator",
    type: "Text",
    core: false,
    means: "The trace itself: the number, address, name or fingerprint.",
  },
} as const satisfies FieldTable;
