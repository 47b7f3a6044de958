import type { FieldId } from "./record.js";

/**
 * Names of fields that are not the standard's but are found in its own templates, in its forms, in
 * earlier versions or in the Salesforce objects that it builds on. Case, blanks and underscores
 * do not count (`canonicalField`), so that prs_First_Name needs no entry; it has one to be known.
 */
export const FIELD_ALIASES: Readonly<Record<string, FieldId>> = {
  // The three Excel templates.
  vic_TraffickinStatusDecisionMakingOrg: "vic_TraffickingStatusDecisionMakingOrg",
  // The XLSForm.
  prs_First_Name: "prs_FirstName",
  prs_Second_Name: "prs_SecondName",
  vic_Methods_of_Control: "vic_MethodsOfControl",
  // Version 0.2.
  prs_Nationality: "prs_Citizenship",
  Nationality: "prs_Citizenship",
  // Salesforce's own names of standard fields.
  LastName: "prs_SecondName",
  "Last Name": "prs_SecondName",
  MailingPostalCode: "prs_MailingPostalCode",
  MailingState: "prs_MailingState",
  ShippingPostalCode: "org_ShippingPostalCode",
  ShippingState: "org_ShippingState",
};

/** Values that are neither code nor label of their field and are found all the same. */
export const VALUE_ALIASES: { readonly [F in FieldId]?: Readonly<Record<string, string>> } = {
  prs_Gender: {
    // Version 0.2.
    Male: "Masculine",
    Female: "Feminine",
    "Transgender/NonConforming": "NonConforming",
    Unknown: "NonSpecifiedUnknown",
    "Not specified": "NonSpecifiedUnknown",
    "Trans woman": "TransgenderFeminine",
    "Trans man": "TransgenderMasculine",
    "Non binary": "NonConforming",
  },
  vic_RelationshipToTrafficker: { Unacquainted: "Unaquainted", Family: "Familial" },
  // The standard's definitions, and CTDC, name some methods otherwise than its list of codes.
  vic_MethodsOfControl: {
    Threats: "PhysicalThreats",
    ThreatOfLawEnforcement: "ThreatsLawEnforcement",
    PsychoactiveSubstances: "PsychoactiveSubstance",
  },
  vic_TypeOfExploitation: {
    "Forced military": "ForcedMilitaryByNonStateActors",
    Begging: "ForcedBegging",
  },
};

/** Values that people write into a field whose list lacks them: where they belong instead. */
export const MOVED_VALUES: {
  readonly [F in FieldId]?: Readonly<
    Record<string, { readonly field: FieldId; readonly code: string }>
  >;
} = {
  vic_MethodsOfControl: {
    RestrictsMovement: { field: "x_methodsOfControl", code: "RestrictsMovement" },
    UsesChildren: { field: "x_methodsOfControl", code: "UsesChildren" },
  },
  vic_TypeOfExploitation: {
    "Forced criminality": { field: "x_forcedCriminality", code: "NotSpecified" },
    "Criminal exploitation": { field: "x_forcedCriminality", code: "NotSpecified" },
    "Illicit activities": { field: "x_forcedCriminality", code: "NotSpecified" },
  },
};
