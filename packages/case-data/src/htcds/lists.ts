/**
 * Code lists of HTCDS 2.0: code to label, in the standard's order and spelling (also where it errs:
 * "Unaquainted"). CC BY 4.0, IOM; no endorsement by IOM. See `spec.ts`.
 */
export const ORGANISATION_TYPES = {
  NGO: "NGO",
  LawEnforcement: "Law Enforcement",
  HealthServiceOrganisation: "Health Service Organisation",
  CentralGovernmentOrganisation: "Central Government Organisation",
  LocalGovernmentOrganisation: "Local Government Organisation",
  ImmigrationService: "Immigration Service",
  LegalService: "Legal Service",
  CorporateBusiness: "Corporate Business",
  SchoolOrCollege: "School or College",
} as const;

export const GENDERS = {
  Feminine: "Feminine",
  Masculine: "Masculine",
  TransgenderFeminine: "Transgender Feminine",
  TransgenderMasculine: "Transgender Masculine",
  NonConforming: "Non-Conforming",
  NonSpecifiedUnknown: "Not Specified/Unknown",
} as const;

export const MARITAL_STATUSES = {
  Single: "Single",
  Married: "Married",
  Widowed: "Widowed",
  Divorced: "Divorced",
  Separated: "Separated",
  RegisteredPartnership: "Registered Partnership",
} as const;

/** ISCED 2011 levels 0 to 8, in order. */
export const EDUCATION_LEVELS = {
  EarlyChildhoodEducation: "Early Childhood Education",
  PrimaryEducation: "Primary Education",
  LowerSecondaryEducation: "Lower Secondary Education",
  UpperSecondaryEducation: "Upper Secondary Education",
  PostSecondaryNonTertiaryEducation: "Post-secondary Non-tertiary Education",
  ShortCycleTertiaryEducation: "Short-cycle Tertiary Education",
  BachelorsOrEquivalentLevel: "Bachelor’s or Equivalent Level",
  MastersOrEquivalentLevel: "Master’s or Equivalent Level",
  DoctoralOrEquivalentLevel: "Doctoral or Equivalent Level",
} as const;

export const TRAFFICKING_STATUSES = {
  PossibleVictimOfTrafficking: "Possible victim of trafficking",
  ActualVictimOfTrafficking: "Actual victim of trafficking",
  NotAVictimOfTrafficking: "Not a victim of trafficking",
} as const;

export const DECISION_MAKERS = {
  Police: "Police",
  NGO: "NGO",
  CourtOrProsecution: "Court or prosecution",
  NonPoliceGovernmentalOrganization: "Non-police governmental organization",
  Other: "Other",
} as const;

export const RELATIONSHIPS = {
  Familial: "Familial",
  Acquainted: "Acquainted",
  Unaquainted: "Unaquainted",
} as const;

/** Websites and apps, of recruitment and of exploitation. */
export const PLATFORMS = {
  Facebook: "Facebook",
  Instagram: "Instagram",
  WhatsApp: "WhatsApp",
  Telegram: "Telegram",
  FacebookMessenger: "Facebook Messenger",
  Viber: "Viber",
  SnapChat: "SnapChat",
  Line: "Line",
  "4Sale": "4Sale",
  WeChat: "WeChat",
  QQ: "QQ",
  QZone: "QZone",
  TikTok: "TikTok",
  Twitter: "Twitter",
  Other: "Other",
} as const;

export const RECRUITMENT_METHODS = {
  AtAPlaceOfBusiness: "At a place of business",
  AtAnEducationalInstitution: "At an educational institution",
  AtWork: "At work",
  ThroughOnlineSocialNetworks: "Through online social networks",
  ThroughAnOnlineAdvertisement: "Through an online advertisement",
  ThroughATelevisionAdvert: "Through a television advert",
  ThroughANewspaperAdvert: "Through a newspaper advert",
  ThroughFamilyOrFamilyEvents: "Through family or family events",
  ThroughFriendsOrSocialEvents: "Through friends or social events",
  Other: "Other",
} as const;

export const CONTROL_METHODS = {
  PhysicalThreats: "Physical threats",
  ThreatsLawEnforcement: "Threats of law enforcement",
  ThreatensChildrenFamily: "Threatens children/family",
  DebtBondage: "Debt bondage",
  FalsePromises: "False promises",
  PhysicalAbuse: "Physical abuse",
  SexualAbuse: "Sexual abuse",
  TakesEarnings: "Takes earnings",
  RestrictsFinancialAccess: "Restricts financial access",
  RestrictsMedicalCare: "Restricts medical care",
  WithholdsNecessities: "Withholds necessities",
  PsychologicalAbuse: "Psychological abuse",
  PsychoactiveSubstance: "Psychoactive substance",
  ExcessiveWorkingHours: "Excessive working hours",
  WithholdsDocuments: "Withholds documents",
  Other: "Other",
} as const;

export const EXPLOITATION_TYPES = {
  ForcedLabour: "Forced labour",
  SexualExploitation: "Sexual exploitation",
  ChildLabour: "Child labour",
  ForcedMarriage: "Forced marriage",
  Servitude: "Servitude",
  ForcedMilitaryByNonStateActors: "Forced military (by non-state actors)",
  OrganRemoval: "Organ removal",
  ForcedBegging: "Forced begging",
  ForcedAdoption: "Forced adoption",
  Surrogacy: "Surrogacy",
  Other: "Other",
} as const;

export const SEX_EXPLOITATION_TYPES = {
  Prostitution: "Prostitution",
  Pornography: "Pornography",
  RemoteInteractiveServices: "Remote Interactive Services",
  PrivateSexualServices: "Private Sexual Services",
} as const;

export const VULNERABILITIES = {
  Addiction: "Addiction",
  SocialGroup: "Social Group",
  Discrimination: "Discrimination",
  Poverty: "Poverty",
  DisabilityAndPhysicalHealth: "Disability and physical health",
  MentalHealth: "Mental health",
  Migration: "Migration",
  Homelessness: "Homelessness",
  AbuseSocialMedia: "Abuse - social media",
  AbusePhysical: "Abuse - physical",
  Education: "Education",
  WorkEnvironment: "Work environment",
} as const;

export const PERPETRATOR_ROLES = {
  TravellingPartner: "Travelling Partner",
  Transporter: "Transporter",
  RecruiterOrIntermediary: "Recruiter Or Intermediary",
  BrokerTravelAgent: "Broker Travel Agent",
  TransferredIndividual: "Transferred Individual",
  HarbouredIndividual: "Harboured Individual",
  SoldIndividual: "Sold Individual",
  BoughtIndividual: "Bought Individual",
  ReceivedIndividual: "Received Individual",
  ControlledIndividual: "Controlled Individual",
  Smuggler: "Smuggler",
  Abuser: "Abuser",
  Kidnapper: "Kidnapper",
  Exploiter: "Exploiter",
  Other: "Other",
} as const;

export const CASE_STATUSES = {
  Active: "Active",
  FollowUp: "Follow Up",
  Closed: "Closed",
  ClosedReferred: "Closed Referred",
} as const;

export const REFERRAL_REASONS = {
  AdditionalServicesRequired: "Additional Services Required",
  MigrationOrChangeOfLocation: "Migration or Change of Location",
  Other: "Other",
} as const;

export const EVENT_TYPES = {
  Recruitment: "Recruitment",
  Transit: "Transit",
  Exploitation: "Exploitation",
} as const;

export const SUPPORT_TYPES = {
  Education: "Education",
  Financial: "Financial",
  Health: "Health",
  LabourExploitationRehabilitation: "Labour Exploitation Rehabilitation",
  Legal: "Legal",
  Livelihood: "Livelihood",
  RightsBasedTraining: "Rights-based Training",
  SexualExploitationRehabilitation: "Sexual Exploitation Rehabilitation",
  SocialCare: "Social Care",
} as const;
