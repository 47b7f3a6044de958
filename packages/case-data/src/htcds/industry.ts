/**
 * Industries of forced labour: the sections of ISIC Rev. 4 (United Nations Statistics Division) by
 * HTCDS's codes, and the optional finer tiers of its definitions, which have labels only. CC BY
 * 4.0, IOM; no endorsement by IOM. ISIC's own numbers and the explanations are added here.
 */
export const INDUSTRIES = {
  A_AgricultureForestryAndFishing: "Agriculture, forestry and fishing",
  B_MiningAndQuarrying: "Mining and quarrying",
  C_Manufacturing: "Manufacturing",
  D_ElectricityGasSteamAndAirConditioningSupply:
    "Electricity, gas, steam and air conditioning supply",
  E_WaterSupplySewerageWasteManagement: "Water supply; sewerage, waste management and remediation",
  F_Construction: "Construction",
  G_WholesaleAndRetailTradeRepairOfMotorVehicles:
    "Wholesale and retail trade; repair of motor vehicles and motorcycles",
  H_TransportationAndStorage: "Transportation and storage",
  I_AccommodationAndFoodServiceActivities: "Accommodation and food service activities",
  J_InformationAndCommunication: "Information and communication",
  K_FinancialAndInsuranceActivities: "Financial and insurance activities",
  L_RealEstateActivities: "Real estate activities",
  M_ProfessionalScientificAndTechnicalActivities:
    "Professional, scientific and technical activities",
  N_AdministrativeAndSupportServiceActivities: "Administrative and support service activities",
  O_PublicAdministrationAndDefence: "Public administration and defence; compulsory social security",
  P_Education: "Education",
  Q_HumanHealthAndSocialWorkActivities: "Human health and social work activities",
  R_ArtsEntertainmentAndRecreation: "Arts, entertainment and recreation",
  S_OtherServiceActivities: "Other service activities",
  T_ActivitiesOfHouseholdsAsEmployers:
    "Activities of households as employers; undifferentiated goods- and services- producing " +
    "activities of households for own use",
  U_ActivitiesOfExtraterritorialOrganizations:
    "Activities of extraterritorial organizations and bodies",
} as const;

export type Industry = keyof typeof INDUSTRIES;

/** What each section covers, for a case worker who has to choose. */
export const INDUSTRY_MEANINGS: Readonly<Record<Industry, string>> = {
  A_AgricultureForestryAndFishing: "Farms, orchards, herding, logging, fishing, fish farms.",
  B_MiningAndQuarrying: "Digging or pumping minerals: mines, quarries, oil and gas wells.",
  C_Manufacturing: "Factories, mills, workshops, and piece work at home.",
  D_ElectricityGasSteamAndAirConditioningSupply: "Making and carrying electricity, gas and heat.",
  E_WaterSupplySewerageWasteManagement: "Water works, sewers, waste sorting, dumps, cleaning up.",
  F_Construction: "Building sites, roads, demolition, fitting out and repairing buildings.",
  G_WholesaleAndRetailTradeRepairOfMotorVehicles: "Shops, markets, door sales; car repair.",
  H_TransportationAndStorage: "Carrying people or goods, warehouses, post, couriers.",
  I_AccommodationAndFoodServiceActivities: "Hotels, hostels, restaurants, bars, catering.",
  J_InformationAndCommunication: "Publishing, film, broadcasting, telephone, software.",
  K_FinancialAndInsuranceActivities: "Banks, lenders, insurers, pension funds.",
  L_RealEstateActivities: "Selling, letting and managing houses and land.",
  M_ProfessionalScientificAndTechnicalActivities: "Law, accounts, design, research, advertising.",
  N_AdministrativeAndSupportServiceActivities:
    "Cleaning, gardening, guarding, hiring out of workers, travel agencies, call centres.",
  O_PublicAdministrationAndDefence: "Work for a government, armed forces, public insurance.",
  P_Education: "Schools of every kind, training, tutoring.",
  Q_HumanHealthAndSocialWorkActivities: "Hospitals, care homes, care at home, child care.",
  R_ArtsEntertainmentAndRecreation: "Shows, fairs, museums, gambling, sports.",
  S_OtherServiceActivities: "Massage, hair and nails, laundry, repairs, associations, funerals.",
  T_ActivitiesOfHouseholdsAsEmployers: "Domestic work: maids, nannies, cooks, drivers of a family.",
  U_ActivitiesOfExtraterritorialOrganizations: "Work for international bodies and embassies.",
};

/**
 * Second tier, by section: ISIC division (two digits) or group (three) to the standard's label.
 * It splits food and drink as ISIC's groups do; security (ISIC 80) has no label of its own, its
 * explanation stands under travel agencies there.
 */
export const INDUSTRY_TIER_2 = {
  A_AgricultureForestryAndFishing: {
    "01": "Crop and animal production, hunting and related service activities",
    "02": "Forestry and logging",
    "03": "Fishing and aquaculture",
  },
  C_Manufacturing: {
    "10": "Manufacture of food products",
    "11": "Manufacture of beverages",
    "12": "Manufacture of tobacco products",
    "13": "Manufacture of textiles",
    "14": "Manufacture of wearing apparel",
    "15": "Manufacture of leather and related products",
    "16":
      "Manufacture of wood and of products of wood and cork, except furniture; " +
      "manufacture of articles of straw and plaiting materials",
    "17": "Manufacture of paper and paper products",
    "18": "Printing and reproduction of recorded media",
    "19": "Manufacture of coke and refined petroleum products",
    "20": "Manufacture of chemicals and chemical products",
    "21": "Manufacture of basic pharmaceutical products and pharmaceutical preparations",
    "22": "Manufacture of rubber and plastics products",
    "23": "Manufacture of other non-metallic mineral products",
    "24": "Manufacture of basic metals",
    "25": "Manufacture of fabricated metal products, except machinery and equipment",
    "26": "Manufacture of computer, electronic and optical products",
    "27": "Manufacture of electrical equipment",
    "28": "Manufacture of machinery and equipment n.e.c.",
    "29": "Manufacture of motor vehicles, trailers and semi-trailers",
    "30": "Manufacture of other transport equipment",
    "31": "Manufacture of furniture",
    "32": "Other manufacturing",
    "33": "Repair and installation of machinery and equipment",
  },
  H_TransportationAndStorage: {
    "49": "Land transport and transport via pipelines",
    "50": "Water transport",
    "51": "Air transport",
    "52": "Warehousing and support activities for transportation",
    "53": "Postal and courier activities",
  },
  I_AccommodationAndFoodServiceActivities: {
    "55": "Primarily accommodation",
    "561": "Primarily food",
    "563": "Primarily beverages",
  },
  N_AdministrativeAndSupportServiceActivities: {
    "77": "Rental and leasing activities",
    "78": "Employment activities",
    "79": "Travel agency, tour operator, reservation service and related activities",
    "81": "Services to buildings and gardening & landscape activities, including cleaning",
    "82": "Office administrative, office support and other business support activities",
  },
} as const satisfies Partial<Record<Industry, Readonly<Record<string, string>>>>;

/** Third tier, by number of the second; ISIC group or class where one fits. Spelling is theirs. */
export const INDUSTRY_TIER_3 = {
  "01": [
    { label: "Growing of non-perennial crops", isic: "011" },
    { label: "Plant propagation", isic: "013" },
    { label: "Animal production", isic: "014" },
    { label: "Mixed farming", isic: "015" },
    { label: "Support activities to agriculture and post-harvest crop activities", isic: "016" },
    {
      label:
        "All other classes under crop and animal prodution, hunting and related service activities",
    },
  ],
  "03": [
    { label: "Marine fishing or acquaculture" },
    { label: "Freshwater fishing or aquaculture" },
  ],
} as const;
