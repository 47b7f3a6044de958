import {
  CONTROL_METHODS,
  EXPLOITATION_TYPES,
  GENDERS,
  RECRUITMENT_METHODS,
} from "../htcds/lists.js";
import type { HtcdsRecord } from "../htcds/record.js";
import { STANDARD_SYSTEMS } from "../htcds/systems/standard.js";

/** A code of a public list, and what it is called. */
export interface AttributeCode {
  readonly code: string;
  readonly label: string;
}

/**
 * Something by which cases are counted. Its codes come from public lists, never from the data, so
 * that a table has the same cells whatever is in the files. The first code says that a file does
 * not know; who has several codes counts for at most the first `most` of them.
 */
export interface Attribute {
  readonly name: string;
  readonly label: string;
  readonly kind: "one" | "several";
  readonly most: number;
  readonly codes: readonly AttributeCode[];
  /** The codes of a record, as the list has them; none if it does not know. */
  readonly read: (record: HtcdsRecord) => readonly string[];
}

/** The code for what a file does not know, the first one of every list. */
export const UNKNOWN: AttributeCode = { code: "Unknown", label: "not known" };

const codesOf = (list: Readonly<Record<string, string>>): AttributeCode[] => [
  UNKNOWN,
  ...Object.entries(list).map(([code, label]) => ({ code, label })),
];

const COUNTRIES = STANDARD_SYSTEMS["iso3166-1"];
const countryCodes: readonly AttributeCode[] = [
  UNKNOWN,
  ...[...COUNTRIES.codes].sort().map((code) => ({ code, label: COUNTRIES.label(code) ?? code })),
];

/** Bounds of age bands as the Counter-Trafficking Data Collaborative publishes them (codebook). */
const BANDS = [0, 9, 18, 21, 24, 27, 30, 39, 48] as const;
const bandText = (k: number): string =>
  k + 1 < BANDS.length ? `${BANDS[k]}-${BANDS[k + 1] - 1}` : `${BANDS[k]}+`;
const ageCodes: readonly AttributeCode[] = [
  UNKNOWN,
  ...BANDS.map((_, k) => ({ code: bandText(k), label: bandText(k) })),
];

/** Years that have a code of their own. */
const YEARS = { first: 2000, last: 2039 } as const;
const yearCodes: readonly AttributeCode[] = [
  UNKNOWN,
  { code: "Earlier", label: `before ${YEARS.first}` },
  ...Array.from({ length: YEARS.last - YEARS.first + 1 }, (_, k) => {
    const year = String(YEARS.first + k);
    return { code: year, label: year };
  }),
];

const yearOf = (date: string | undefined): number | undefined => {
  const year = Number(/^(\d{4})-/.exec(date ?? "")?.[1]);
  return Number.isInteger(year) ? year : undefined;
};

/** When the organisation took the case up. */
const registered = ({ case: own, referrals }: HtcdsRecord): number | undefined =>
  yearOf(own?.x_registeredOn) ?? yearOf(referrals?.[0]?.cas_IncomingReferralDate);

function readYear(record: HtcdsRecord): string[] {
  const year = registered(record);
  if (year === undefined || year > YEARS.last) return [];
  return [year < YEARS.first ? "Earlier" : String(year)];
}

/** As it is written, or else from the years of birth and of the case, which may be one too many. */
function readAge(record: HtcdsRecord): string[] {
  const born = yearOf(record.person?.prs_Birthdate);
  const then = registered(record);
  const counted = born === undefined || then === undefined ? undefined : then - born;
  const age = record.victim?.vic_AgeWhenTrafficked ?? counted;
  if (age === undefined || age < 0 || age > 120) return [];
  return [bandText(BANDS.findLastIndex((least) => age >= least))];
}

type EventType = "Recruitment" | "Transit" | "Exploitation";

/** The country of the first event of a type, in words or as a code. */
function readEvent({ events = [] }: HtcdsRecord, type: EventType): string[] {
  const country = events.find(({ hte_Type: one }) => one === type)?.hte_Country;
  const code = country === undefined ? undefined : COUNTRIES.find(country);
  return code === undefined ? [] : [code];
}

const exploitedIn = ({ victim }: HtcdsRecord): readonly string[] =>
  victim?.x_exploitationCountry?.slice(0, 1) ?? [];

const { NonSpecifiedUnknown: _, ...genders } = GENDERS;

const one = (
  name: string,
  label: string,
  codes: readonly AttributeCode[],
  read: Attribute["read"],
): Attribute => ({ name, label, kind: "one", most: 1, codes, read });

/** All attributes, in the order of their numbers (from 1) in a question. Only ever added to. */
export const ATTRIBUTES: readonly Attribute[] = [
  one("sex", "sex or gender", codesOf(genders), ({ person }) =>
    person?.prs_Gender === undefined ? [] : [person.prs_Gender],
  ),
  one("age", "age when trafficked", ageCodes, readAge),
  one(
    "nationality",
    "nationality, the first named",
    countryCodes,
    ({ person }) => person?.prs_Citizenship?.slice(0, 1) ?? [],
  ),
  one("country", "country of exploitation, the first named", countryCodes, (record) =>
    [...exploitedIn(record), ...readEvent(record, "Exploitation")].slice(0, 1),
  ),
  {
    name: "exploitation",
    label: "type of exploitation",
    kind: "several",
    most: 2,
    codes: [
      ...codesOf(EXPLOITATION_TYPES),
      { code: "ForcedCriminality", label: "Forced criminality" },
    ],
    read: ({ victim }) => [
      ...(victim?.vic_TypeOfExploitation ?? []),
      ...((victim?.x_forcedCriminality ?? []).length > 0 ? ["ForcedCriminality"] : []),
    ],
  },
  {
    name: "control",
    label: "means of control",
    kind: "several",
    most: 3,
    codes: [
      ...codesOf(CONTROL_METHODS),
      { code: "RestrictsMovement", label: "Restricts movement" },
      { code: "UsesChildren", label: "Uses children" },
    ],
    read: ({ victim }) => [
      ...(victim?.vic_MethodsOfControl ?? []),
      ...(victim?.x_methodsOfControl ?? []),
    ],
  },
  {
    name: "recruitment",
    label: "means of recruitment",
    kind: "several",
    most: 2,
    codes: codesOf(RECRUITMENT_METHODS),
    read: ({ victim }) => victim?.vic_MethodOfRecruitment ?? [],
  },
  one("from", "country of recruitment", countryCodes, (record) => readEvent(record, "Recruitment")),
  one("through", "country of transit, the first named", countryCodes, (record) =>
    readEvent(record, "Transit"),
  ),
  one("to", "country of the first exploitation", countryCodes, (record) =>
    [...readEvent(record, "Exploitation"), ...exploitedIn(record)].slice(0, 1),
  ),
  one("year", "year in which the case was taken up", yearCodes, readYear),
];

export const attributeCalled = (name: string): Attribute | undefined =>
  ATTRIBUTES.find((attribute) => attribute.name === name);

/** Numbers of a record's codes, from 1; that of `UNKNOWN` if there is none. */
export function codeNumbers({ codes, read }: Attribute, record: HtcdsRecord): number[] {
  const found = read(record).map((code) => codes.findIndex((one) => one.code === code) + 1);
  const known = [...new Set(found.filter((number) => number > 0))].sort((a, b) => a - b);
  return known.length === 0 ? [1] : known;
}
