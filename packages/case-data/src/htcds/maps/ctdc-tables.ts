import type { Industry } from "../industry.js";
import type { CodeOf, FieldId } from "../record.js";
import type { CtdcColumn } from "./ctdc-columns.js";

/**
 * How HTCDS 2.0 and our extension say what CTDC's columns say. A proposal of ours: neither IOM nor
 * CTDC has published such a map.
 */
export type MapQuality =
  /** One means the other. */
  | "exact"
  /** Something that the record says is lost, or two things become one. */
  | "lossy"
  /** Computed from what the record says. */
  | "derived";

export interface MapPart {
  readonly from: readonly FieldId[];
  readonly to: readonly CtdcColumn[];
  readonly quality: MapQuality;
  readonly why: string;
}

/** The map by parts. Columns of CTDC that are in none of them have no source in a record. */
export const CTDC_PARTS: readonly MapPart[] = [
  {
    from: ["prs_Gender"],
    to: ["gender"],
    quality: "lossy",
    why: "Three genders of the standard become one.",
  },
  {
    from: ["prs_Birthdate", "x_registeredOn", "cas_IncomingReferralDate"],
    to: ["ageBroad", "majorityStatus"],
    quality: "derived",
    why: "Age on the day of registration, in bands.",
  },
  {
    from: ["vic_AgeWhenTrafficked"],
    to: ["majorityStatusAtExploit", "majorityEntry"],
    quality: "derived",
    why: "Under 18 or not; the standard has one age for both.",
  },
  {
    from: ["prs_Citizenship"],
    to: ["citizenship"],
    quality: "lossy",
    why: "CTDC has room for one: the first.",
  },
  {
    from: ["x_registeredOn", "cas_IncomingReferralDate"],
    to: ["yearOfRegistration"],
    quality: "derived",
    why: "The year; of the earliest referral if no registration is known.",
  },
  {
    from: ["x_exploitationCountry", "hte_Country"],
    to: ["CountryOfExploitation"],
    quality: "lossy",
    why: "CTDC has room for one: the first; else the first event of type Exploitation.",
  },
  {
    from: ["hte_Date"],
    to: ["traffickMonths"],
    quality: "derived",
    why: "From the first event of recruitment to the last of exploitation.",
  },
  {
    from: ["vic_MethodsOfControl", "x_methodsOfControl"],
    to: [
      "meansOfControlDebtBondage",
      "meansOfControlTakesEarnings",
      "meansOfControlRestrictsFinancialAccess",
      "meansOfControlPsychologicalAbuse",
      "meansOfControlPhysicalAbuse",
      "meansOfControlSexualAbuse",
      "meansOfControlFalsePromises",
      "meansOfControlPsychoactiveSubstances",
      "meansOfControlRestrictsMovement",
      "meansOfControlRestrictsMedicalCare",
      "meansOfControlExcessiveWorkingHours",
      "meansOfControlUsesChildren",
      "meansOfControlThreatOfLawEnforcement",
      "meansOfControlWithholdsNecessities",
      "meansOfControlWithholdsDocuments",
      "meansOfControlOther",
    ],
    quality: "exact",
    why: "The same methods; two of them are in the extension.",
  },
  {
    from: ["vic_MethodsOfControl"],
    to: ["meansOfControlThreats"],
    quality: "lossy",
    why: "Threats to the person and to children or family become one.",
  },
  {
    from: ["vic_MethodsOfControl", "x_methodsOfControl"],
    to: ["meansOfControlNotSpecified", "meansOfControlConcatenated"],
    quality: "derived",
    why: "From the columns before.",
  },
  {
    from: ["vic_TypeOfExploitation"],
    to: ["isSexualExploit", "isForcedMarriage", "isForcedMilitary", "isOrganRemoval"],
    quality: "exact",
    why: "The same types.",
  },
  {
    from: ["vic_TypeOfExploitation", "x_forcedCriminality"],
    to: ["isForcedLabour", "isOtherExploit", "isSlaveryAndPractices"],
    quality: "lossy",
    why:
      "Child labour, forced begging and forced crime count as forced labour; adoption and " +
      "surrogacy as other; servitude as slavery.",
  },
  {
    from: ["vic_TypeOfExploitation", "x_forcedCriminality"],
    to: ["isSexAndLabour", "typeOfExploitConcatenated"],
    quality: "derived",
    why: "From the columns before.",
  },
  {
    from: ["vic_ForcedLabourIndustry"],
    to: [
      "typeOfLabourConstruction",
      "typeOfLabourDomesticWork",
      "typeOfLabourHospitality",
      "typeOfLabourManufacturing",
      "typeOfLabourMiningOrDrilling",
      "typeOfLabourTransportation",
    ],
    quality: "exact",
    why: "The same industries.",
  },
  {
    from: ["vic_ForcedLabourIndustry"],
    to: ["typeOfLabourAgriculture", "typeOfLabourOther"],
    quality: "lossy",
    why: "Fishing is agriculture by the standard's code; fourteen industries become other.",
  },
  {
    from: ["vic_TypeOfExploitation", "x_forcedCriminality"],
    to: ["typeOfLabourBegging", "typeOfLabourIllicitActivities"],
    quality: "derived",
    why: "Types of exploitation in the standard, types of labour in CTDC.",
  },
  {
    from: ["vic_ForcedLabourIndustry", "vic_TypeOfExploitation", "x_forcedCriminality"],
    to: ["typeOfLabourNotSpecified", "typeOfLabourConcatenated"],
    quality: "derived",
    why: "From the columns before.",
  },
  {
    from: ["vic_TypeOfSexExploitation"],
    to: [
      "typeOfSexProstitution",
      "typeOfSexPornography",
      "typeOfSexRemoteInteractiveServices",
      "typeOfSexPrivateSexualServices",
    ],
    quality: "exact",
    why: "The same types.",
  },
  {
    from: ["vic_TypeOfSexExploitation"],
    to: ["typeOfSexOther", "typeOfSexConcatenated"],
    quality: "derived",
    why: "From the columns before; the synthetic layout has two types only.",
  },
  {
    from: ["vic_RelationshipToTrafficker"],
    to: ["recruiterRelationFamily", "recruiterRelationOther", "recruiterRelationUnknown"],
    quality: "lossy",
    why: "The standard knows kin, known and unknown people only.",
  },
  {
    from: ["vic_RelationshipToTrafficker"],
    to: ["recruiterRelationFriend", "recruiterRelationIntimatePartner", "RecruiterRelationship"],
    quality: "lossy",
    why: "The standard cannot tell a partner from a friend: somebody known stays open.",
  },
];

export const CTDC_GENDERS: Readonly<Record<CodeOf<"prs_Gender">, string | undefined>> = {
  Feminine: "Female",
  Masculine: "Male",
  TransgenderFeminine: "Trans/Transgender/NonConforming",
  TransgenderMasculine: "Trans/Transgender/NonConforming",
  NonConforming: "Trans/Transgender/NonConforming",
  NonSpecifiedUnknown: undefined,
};

export const CTDC_METHODS: Readonly<Record<CodeOf<"vic_MethodsOfControl">, CtdcColumn>> = {
  PhysicalThreats: "meansOfControlThreats",
  ThreatsLawEnforcement: "meansOfControlThreatOfLawEnforcement",
  ThreatensChildrenFamily: "meansOfControlThreats",
  DebtBondage: "meansOfControlDebtBondage",
  FalsePromises: "meansOfControlFalsePromises",
  PhysicalAbuse: "meansOfControlPhysicalAbuse",
  SexualAbuse: "meansOfControlSexualAbuse",
  TakesEarnings: "meansOfControlTakesEarnings",
  RestrictsFinancialAccess: "meansOfControlRestrictsFinancialAccess",
  RestrictsMedicalCare: "meansOfControlRestrictsMedicalCare",
  WithholdsNecessities: "meansOfControlWithholdsNecessities",
  PsychologicalAbuse: "meansOfControlPsychologicalAbuse",
  PsychoactiveSubstance: "meansOfControlPsychoactiveSubstances",
  ExcessiveWorkingHours: "meansOfControlExcessiveWorkingHours",
  WithholdsDocuments: "meansOfControlWithholdsDocuments",
  Other: "meansOfControlOther",
};

/** What only our extension can say. */
export const CTDC_MORE_METHODS: Readonly<Record<CodeOf<"x_methodsOfControl">, CtdcColumn>> = {
  RestrictsMovement: "meansOfControlRestrictsMovement",
  UsesChildren: "meansOfControlUsesChildren",
};

export const CTDC_EXPLOITATION: Readonly<Record<CodeOf<"vic_TypeOfExploitation">, CtdcColumn>> = {
  ForcedLabour: "isForcedLabour",
  SexualExploitation: "isSexualExploit",
  ChildLabour: "isForcedLabour",
  ForcedMarriage: "isForcedMarriage",
  Servitude: "isSlaveryAndPractices",
  ForcedMilitaryByNonStateActors: "isForcedMilitary",
  OrganRemoval: "isOrganRemoval",
  ForcedBegging: "isForcedLabour",
  ForcedAdoption: "isOtherExploit",
  Surrogacy: "isOtherExploit",
  Other: "isOtherExploit",
};

/** Industries that CTDC has a column for. */
export const CTDC_LABOUR: Readonly<Partial<Record<Industry, CtdcColumn>>> = {
  A_AgricultureForestryAndFishing: "typeOfLabourAgriculture",
  B_MiningAndQuarrying: "typeOfLabourMiningOrDrilling",
  C_Manufacturing: "typeOfLabourManufacturing",
  F_Construction: "typeOfLabourConstruction",
  H_TransportationAndStorage: "typeOfLabourTransportation",
  I_AccommodationAndFoodServiceActivities: "typeOfLabourHospitality",
  T_ActivitiesOfHouseholdsAsEmployers: "typeOfLabourDomesticWork",
};

/** Types of labour that other fields than the industry say, and what all other industries are. */
export const CTDC_BEGGING = { ForcedBegging: "typeOfLabourBegging" } as const;
export const CTDC_CRIME = { any: "typeOfLabourIllicitActivities" } as const;
export const CTDC_OTHER_LABOUR = { other: "typeOfLabourOther" } as const;

export const CTDC_SEX: Readonly<Record<CodeOf<"vic_TypeOfSexExploitation">, CtdcColumn>> = {
  Prostitution: "typeOfSexProstitution",
  Pornography: "typeOfSexPornography",
  RemoteInteractiveServices: "typeOfSexRemoteInteractiveServices",
  PrivateSexualServices: "typeOfSexPrivateSexualServices",
};
