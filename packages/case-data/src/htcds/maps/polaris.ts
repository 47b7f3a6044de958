import { textKey } from "../code-system.js";
import type { Entry } from "../record.js";

type Said = Pick<
  Entry<"victim">,
  | "vic_TypeOfExploitation"
  | "vic_ForcedLabourIndustry"
  | "vic_TypeOfSexExploitation"
  | "x_forcedCriminality"
>;

export interface PolarisType {
  /** 1 to 25, in the order of the typology. */
  readonly number: number;
  readonly label: string;
  readonly victim: Said;
  /** Set if people of this type suffer either, or both, of the types of exploitation. */
  readonly isEither?: true;
}

const SEX = "SexualExploitation";
const LABOUR = "ForcedLabour";

type Industry = NonNullable<Said["vic_ForcedLabourIndustry"]>[number];
type SexType = NonNullable<Said["vic_TypeOfSexExploitation"]>[number];

const inIndustry = (industry: Industry): Said => ({
  vic_TypeOfExploitation: [LABOUR],
  vic_ForcedLabourIndustry: [industry],
});
const inSexTrade = (type: SexType): Said => ({
  vic_TypeOfExploitation: [SEX],
  vic_TypeOfSexExploitation: [type],
});
const inEither = (industry: Industry): Said => ({
  vic_TypeOfExploitation: [SEX, LABOUR],
  vic_ForcedLabourIndustry: [industry],
  vic_TypeOfSexExploitation: ["Prostitution"],
});

const HOSPITALITY = "I_AccommodationAndFoodServiceActivities";
const SERVICES = "S_OtherServiceActivities";
const SUPPORT = "N_AdministrativeAndSupportServiceActivities";
const ARTS = "R_ArtsEntertainmentAndRecreation";
const FARMS = "A_AgricultureForestryAndFishing";

const ROWS: readonly (readonly [label: string, victim: Said, isEither?: true])[] = [
  ["Escort Services", inSexTrade("Prostitution")],
  ["Illicit Massage, Health, and Beauty", inEither(SERVICES), true],
  ["Outdoor Solicitation", inSexTrade("Prostitution")],
  ["Residential", inSexTrade("Prostitution")],
  ["Domestic Work", inIndustry("T_ActivitiesOfHouseholdsAsEmployers")],
  ["Bars, Strip Clubs, and Cantinas", inEither(HOSPITALITY), true],
  ["Pornography", inSexTrade("Pornography")],
  ["Traveling Sales Crews", inIndustry("G_WholesaleAndRetailTradeRepairOfMotorVehicles")],
  ["Restaurants and Food Service", inIndustry(HOSPITALITY)],
  ["Peddling and Begging", { vic_TypeOfExploitation: ["ForcedBegging"] }],
  ["Agriculture and Animal Husbandry", inIndustry(FARMS)],
  ["Personal Sexual Servitude", inSexTrade("PrivateSexualServices")],
  ["Health and Beauty Services", inIndustry(SERVICES)],
  ["Construction", inIndustry("F_Construction")],
  ["Hotels and Hospitality", inIndustry(HOSPITALITY)],
  ["Landscaping", inIndustry(SUPPORT)],
  [
    "Illicit Activities",
    { vic_TypeOfExploitation: ["Other"], x_forcedCriminality: ["NotSpecified"] },
  ],
  ["Arts and Entertainment", inIndustry(ARTS)],
  ["Commercial Cleaning Services", inIndustry(SUPPORT)],
  ["Factories and Manufacturing", inIndustry("C_Manufacturing")],
  ["Remote Interactive Sexual Acts", inSexTrade("RemoteInteractiveServices")],
  ["Carnivals", inIndustry(ARTS)],
  ["Forestry and Logging", inIndustry(FARMS)],
  ["Health Care", inIndustry("Q_HumanHealthAndSocialWorkActivities")],
  ["Recreational Facilities", inIndustry(ARTS)],
];

/**
 * The 25 types of trafficking in the United States by Polaris (names: press release of 29 March
 * 2017), and what a record says of a victim of each. The map is our own proposal; Polaris has not
 * published one. All of it is lossy: the typology tells ways of doing business apart, the standard
 * kinds of harm.
 */
export const POLARIS_TYPES: readonly PolarisType[] = ROWS.map(([label, victim, isEither], k) => ({
  number: k + 1,
  label,
  victim,
  ...(isEither ? { isEither } : {}),
}));

const BY_LABEL = new Map(POLARIS_TYPES.map((type) => [textKey(type.label), type]));

/** The type of a number (1 to 25) or a name, or `undefined` if Polaris has none such. */
export function fromPolaris(type: number | string): PolarisType | undefined {
  if (typeof type === "number") return POLARIS_TYPES[type - 1];
  return BY_LABEL.get(textKey(type));
}
