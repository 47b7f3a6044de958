import type { Dice } from "../people/dice.js";
import type { DateStyle, InventedRecord } from "../people/observe.js";
import { countryCodeOf } from "./countries.js";
import type { Victim } from "./network.js";
import type { Organisation } from "./organisation.js";

/** A case in the form of the Human Trafficking Case Data Standard 2.0 (docs/htcds.md). */
export type CaseRecord = Readonly<Record<string, unknown>>;

/** What one organisation knows of a case; its row in the list and its record say the same. */
export interface KnownCase {
  readonly reference: string;
  readonly registered: number;
  readonly who: InventedRecord;
  readonly victim: Victim;
  /** Fields of what happened that it does not know are absent. */
  readonly control?: readonly string[];
  readonly recruitment?: string;
  readonly industry?: string;
  readonly route?: readonly string[];
  readonly traces: readonly { readonly type: string; readonly value: string }[];
}

const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Draws what an organisation gets to know. */
export function inventKnowledge(
  dice: Dice,
  organisation: Organisation,
  victim: Victim,
  who: InventedRecord,
  reference: string,
): KnownCase {
  const knows = () => dice.chance(organisation.knowledge);
  const { network, site } = victim;
  const address = `${site.at.street} ${site.at.number}, ${site.at.place.town}`;
  const traces = [{ type: "Address", value: address }, ...network.traces];
  return {
    reference,
    registered: victim.left + dice.between(0, 90),
    who,
    victim,
    ...(knows() && { control: victim.control }),
    ...(knows() && { recruitment: victim.recruitment }),
    ...(knows() && victim.industry !== undefined && { industry: victim.industry }),
    ...(knows() && { route: [victim.from, ...network.through, network.to] }),
    traces: traces.filter(() => dice.chance(organisation.knowledge * 0.6)),
  };
}

/** Headings of a list's columns on what happened; codes joined by blanks, as XLSForms do. */
export const CASE_HEADINGS: readonly string[] = [
  "registered on",
  "type of exploitation",
  "means of control",
  "recruitment",
  "industry of work",
  "route",
  "traces",
];

export const caseCells = (known: KnownCase): string[] => [
  isoDay(known.registered),
  known.victim.network.kind.fields["vic_TypeOfExploitation"].join(" "),
  known.control?.join(" ") ?? "",
  known.recruitment ?? "",
  known.industry ?? "",
  known.route?.join(" > ") ?? "",
  known.traces.map(({ type, value }) => `${type}: ${value}`).join("; "),
];

/** The record of HTCDS. */
export function caseRecord(organisation: Organisation, known: KnownCase): CaseRecord {
  const { victim, reference, registered } = known;
  const { network } = victim;
  return {
    standard: "htcds@2.0+x@1",
    person: { x_personId: reference, ...personFields(known.who, organisation.style.dates) },
    victim: {
      vic_TraffickingStatus: "ActualVictimOfTrafficking",
      vic_TraffickingStatusDecisionMakingOrg: organisation.decides,
      vic_AgeWhenTrafficked: victim.age,
      ...network.kind.fields,
      x_exploitationCountry: [network.to],
      ...(known.control && { vic_MethodsOfControl: known.control }),
      ...(known.recruitment && { vic_MethodOfRecruitment: [known.recruitment] }),
      ...(known.industry && { vic_ForcedLabourIndustry: [known.industry] }),
    },
    case: { cas_Status: "Active", x_recordId: reference, x_registeredOn: isoDay(registered) },
    organisations: [{ org_Name: organisation.name, org_Type: organisation.type }],
    ...(known.route && { events: eventsOf(victim) }),
    ...(known.traces.length > 0 && {
      indicators: known.traces.map(({ type, value }) => ({
        x_indicatorType: type,
        x_indicatorValue: value,
      })),
    }),
  };
}

function eventsOf({ network, from, recruited, arrived, site }: Victim) {
  return [
    { hte_Type: "Recruitment", hte_Country: from, hte_Date: isoDay(recruited) },
    ...network.through.map((country) => ({ hte_Type: "Transit", hte_Country: country })),
    {
      hte_Type: "Exploitation",
      hte_Country: network.to,
      hte_City: site.at.place.town,
      hte_Date: isoDay(arrived),
      hte_Description: site.what,
    },
  ];
}

const GENDERS: Readonly<Record<string, string>> = { female: "Feminine", male: "Masculine" };

function personFields(who: InventedRecord, dates: DateStyle): CaseRecord {
  const birth = birthFields(who.birthDate, dates);
  const country = countryCodeOf(who.nationality);
  const fields: readonly (readonly [string, unknown])[] = [
    ["prs_FirstName", who.given],
    ["prs_SecondName", who.surname],
    ["prs_Gender", GENDERS[who.sex]],
    ["prs_Citizenship", country ? [country] : undefined],
    ["prs_IdentityNumber", who.document],
    ["prs_Email", who.email],
    ["prs_MobilePhone", who.phone.replaceAll(" ", "")],
    ["prs_MailingStreet", who.address],
    ["prs_MailingPostalCode", who.postcode],
    ["prs_MailingCity", who.place],
    ["prs_MailingState", who.region],
  ];
  return { ...Object.fromEntries(fields.filter(([, value]) => value)), ...birth };
}

/** A year alone becomes its first day, with the precision beside it. */
function birthFields(written: string, dates: DateStyle): CaseRecord {
  if (written === "") return {};
  if (/^\d{4}$/.test(written)) {
    return { prs_Birthdate: `${written}-01-01`, x_birthPrecision: "Year" };
  }
  const parts = dates === "year-month-day" ? written.split("-") : written.split("/").reverse();
  return { prs_Birthdate: parts.join("-"), x_birthPrecision: "Day" };
}
