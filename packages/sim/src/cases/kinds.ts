/**
 * Kinds of exploitation and what goes with them: codes of HTCDS 2.0 (IOM, CC BY 4.0; see
 * docs/htcds.md). How often what occurs is made up; it tells nothing about the world.
 */
export interface Kind {
  readonly id: KindName;
  readonly weight: number;
  /** Fields of the case that the kind fixes; several codes where a field takes several. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly industries: readonly string[];
  readonly control: readonly string[];
  readonly recruitment: readonly string[];
  /** Share of women and girls among those who are exploited so. */
  readonly women: number;
  /** Share of those who were under 18. */
  readonly minors: number;
  /** What the place of exploitation is. */
  readonly sites: readonly string[];
}

export type KindName = "sexual" | "labour" | "domestic" | "crime" | "begging" | "marriage";

export const KINDS: readonly Kind[] = [
  {
    id: "sexual",
    weight: 38,
    fields: {
      vic_TypeOfExploitation: ["SexualExploitation"],
      vic_TypeOfSexExploitation: ["Prostitution"],
    },
    industries: [],
    control: [
      "DebtBondage",
      "PsychologicalAbuse",
      "TakesEarnings",
      "PhysicalThreats",
      "SexualAbuse",
    ],
    recruitment: ["ThroughOnlineSocialNetworks", "ThroughFriendsOrSocialEvents", "Other"],
    women: 0.94,
    minors: 0.2,
    sites: ["flat", "massage salon", "hotel"],
  },
  {
    id: "labour",
    weight: 34,
    fields: { vic_TypeOfExploitation: ["ForcedLabour"] },
    industries: [
      "A_AgricultureForestryAndFishing",
      "C_Manufacturing",
      "F_Construction",
      "I_AccommodationAndFoodServiceActivities",
      "S_OtherServiceActivities",
    ],
    control: [
      "WithholdsDocuments",
      "ExcessiveWorkingHours",
      "FalsePromises",
      "DebtBondage",
      "TakesEarnings",
    ],
    recruitment: ["ThroughAnOnlineAdvertisement", "AtWork", "ThroughFriendsOrSocialEvents"],
    women: 0.35,
    minors: 0.05,
    sites: ["farm", "factory", "building site", "restaurant", "nail salon"],
  },
  {
    id: "domestic",
    weight: 9,
    fields: { vic_TypeOfExploitation: ["ForcedLabour", "Servitude"] },
    industries: ["T_ActivitiesOfHouseholdsAsEmployers"],
    control: [
      "WithholdsDocuments",
      "RestrictsFinancialAccess",
      "PhysicalAbuse",
      "ExcessiveWorkingHours",
    ],
    recruitment: ["ThroughFamilyOrFamilyEvents", "ThroughAnOnlineAdvertisement"],
    women: 0.9,
    minors: 0.1,
    sites: ["private house"],
  },
  {
    id: "crime",
    weight: 10,
    fields: { vic_TypeOfExploitation: ["Other"], x_forcedCriminality: ["Drugs"] },
    industries: [],
    control: ["DebtBondage", "ThreatensChildrenFamily", "PhysicalThreats"],
    recruitment: ["ThroughFriendsOrSocialEvents", "ThroughOnlineSocialNetworks"],
    women: 0.15,
    minors: 0.4,
    sites: ["cannabis house", "flat"],
  },
  {
    id: "begging",
    weight: 5,
    fields: { vic_TypeOfExploitation: ["ForcedBegging"] },
    industries: [],
    control: ["PhysicalAbuse", "TakesEarnings", "WithholdsNecessities"],
    recruitment: ["ThroughFamilyOrFamilyEvents"],
    women: 0.5,
    minors: 0.5,
    sites: ["camp", "flat"],
  },
  {
    id: "marriage",
    weight: 4,
    fields: { vic_TypeOfExploitation: ["ForcedMarriage"] },
    industries: [],
    control: ["PhysicalThreats", "PsychologicalAbuse", "ThreatensChildrenFamily"],
    recruitment: ["ThroughFamilyOrFamilyEvents"],
    women: 0.93,
    minors: 0.35,
    sites: ["private house"],
  },
];
