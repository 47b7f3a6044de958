import { HURRIED, type ListStyle, NGO_STYLES, POLICE_STYLE } from "../people/styles.js";
import type { KindName } from "./kinds.js";

/** An organisation that keeps cases. All of them are made up. */
export interface Organisation {
  readonly id: OrganisationId;
  readonly name: string;
  /** Code of HTCDS for what kind of organisation it is. */
  readonly type: string;
  /** Code of HTCDS for what kind of body decides on the status of its cases. */
  readonly decides: string;
  /** Chance that it comes to know somebody, by kind of exploitation. */
  readonly knows: Readonly<Record<KindName, number>>;
  /** What the odds are multiplied with for women and girls, and for minors. */
  readonly women: number;
  readonly minors: number;
  /** The same if these know the person already: referrals make lists depend on one another. */
  readonly referredBy: Readonly<Partial<Record<OrganisationId, number>>>;
  /** Share of what happened, field by field, that its records know. */
  readonly knowledge: number;
  readonly style: ListStyle;
}

export type OrganisationId =
  | "police"
  | "helpline"
  | "hospital"
  | "inspectorate"
  | "shelter"
  | "legal-aid"
  | "un-agency";

const [SHELTER, LEGAL, HELPLINE] = NGO_STYLES;

const INSPECTORATE: ListStyle = {
  ...POLICE_STYLE,
  referenceHeading: "dossier",
  referencePrefix: "ARB-",
  notesHeading: "opmerkingen",
  notes: ["loonstrook ontbreekt", "gesproken met tolk; zie verslag"],
  headings: {
    surname: "achternaam",
    given: "voornaam",
    birthDate: "geboortedatum",
    sex: "geslacht",
    nationality: "nationaliteit",
    address: "adres",
    postcode: "postcode",
    place: "woonplaats",
    region: "provincie",
    phone: "telefoonnummer",
    document: "bsn",
  },
  words: { female: "vrouw", male: "man" },
  delimiter: ";",
};

const HOSPITAL: ListStyle = {
  ...SHELTER,
  referenceHeading: "dossier",
  referencePrefix: "HP",
  notesHeading: "remarques",
  notes: ["vue aux urgences", "accompagnée d'un tiers; ne parle pas seule"],
  headings: {
    surname: "nom de famille",
    given: "prénom",
    birthDate: "date de naissance",
    sex: "sexe",
    nationality: "nationalité",
    phone: "téléphone portable",
    address: "adresse",
    postcode: "code postal",
    place: "ville",
  },
  words: { female: "femme", male: "homme" },
  delimiter: ";",
  dates: "day/month/year",
  habits: { ...HURRIED, missing: { ...HURRIED.missing, phone: 0.4, address: 0.3 } },
};

const UN_AGENCY: ListStyle = {
  ...POLICE_STYLE,
  referenceHeading: "x_recordId",
  referencePrefix: "UN",
  notesHeading: "cco_CaseComment",
  notes: ["voluntary return under way", "interpreter needed"],
  headings: {
    given: "prs_FirstName",
    surname: "prs_SecondName",
    birthDate: "prs_Birthdate",
    sex: "prs_Gender",
    nationality: "prs_Citizenship",
    document: "prs_IdentityNumber",
    email: "prs_Email",
    phone: "prs_MobilePhone",
    place: "prs_MailingCity",
    region: "prs_MailingState",
    address: "prs_MailingStreet",
    postcode: "prs_MailingPostalCode",
  },
  words: { female: "Feminine", male: "Masculine" },
  habits: { ...POLICE_STYLE.habits, nativeScript: 0.15 },
};

const like = (share: number, but: Partial<Record<KindName, number>>): Record<KindName, number> => ({
  sexual: share,
  labour: share,
  domestic: share,
  crime: share,
  begging: share,
  marriage: share,
  ...but,
});

/** In the order in which they come to know somebody: earlier ones refer to later ones. */
export const ORGANISATIONS: readonly Organisation[] = [
  {
    id: "police",
    name: "Police unit",
    type: "LawEnforcement",
    decides: "Police",
    knows: like(0.1, { sexual: 0.13, crime: 0.22, begging: 0.12, marriage: 0.03 }),
    women: 1,
    minors: 1.3,
    referredBy: {},
    knowledge: 0.8,
    style: POLICE_STYLE,
  },
  {
    id: "helpline",
    name: "Night Helpline",
    type: "NGO",
    decides: "NGO",
    knows: like(0.12, { domestic: 0.2, crime: 0.04, begging: 0.04 }),
    women: 1.3,
    minors: 0.6,
    referredBy: { police: 0.5 },
    knowledge: 0.5,
    style: HELPLINE,
  },
  {
    id: "hospital",
    name: "Saint Luke's Hospital",
    type: "HealthServiceOrganisation",
    decides: "Other",
    knows: like(0.04, { sexual: 0.07, labour: 0.05 }),
    women: 1.2,
    minors: 1,
    referredBy: { police: 1.5 },
    knowledge: 0.35,
    style: HOSPITAL,
  },
  {
    id: "inspectorate",
    name: "Labour Inspectorate",
    type: "CentralGovernmentOrganisation",
    decides: "NonPoliceGovernmentalOrganization",
    knows: like(0.01, { labour: 0.22, domestic: 0.05 }),
    women: 1,
    minors: 1,
    referredBy: { police: 1.3, helpline: 1.4 },
    knowledge: 0.7,
    style: INSPECTORATE,
  },
  {
    id: "shelter",
    name: "Harbour Shelter",
    type: "NGO",
    decides: "NGO",
    knows: like(0.06, { sexual: 0.1, domestic: 0.12, marriage: 0.15, crime: 0.03 }),
    women: 2,
    minors: 0.5,
    referredBy: { police: 3, helpline: 2.5, hospital: 2 },
    knowledge: 0.85,
    style: SHELTER,
  },
  {
    id: "legal-aid",
    name: "Casa Abierta Legal Aid",
    type: "LegalService",
    decides: "NGO",
    knows: like(0.06, { labour: 0.08 }),
    women: 1,
    minors: 0.7,
    referredBy: { shelter: 4, inspectorate: 2.5, helpline: 1.5 },
    knowledge: 0.75,
    style: LEGAL,
  },
  {
    id: "un-agency",
    name: "Migration Office of the United Nations",
    type: "NGO",
    decides: "Other",
    knows: like(0.08, { begging: 0.1 }),
    women: 1,
    minors: 1.2,
    referredBy: { shelter: 1.6, police: 1.4 },
    knowledge: 0.8,
    style: UN_AGENCY,
  },
];
