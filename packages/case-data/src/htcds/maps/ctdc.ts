import countries from "i18n-iso-countries";
import { birthDateOf, isRecordDate } from "../date.js";
import type { HtcdsRecord } from "../record.js";
import { STANDARD_SYSTEMS } from "../systems/standard.js";
import { CTDC_AGES, CTDC_KANON, CTDC_SYNTHETIC, type CtdcColumn } from "./ctdc-columns.js";
import {
  CTDC_BEGGING,
  CTDC_CRIME,
  CTDC_EXPLOITATION,
  CTDC_GENDERS,
  CTDC_LABOUR,
  CTDC_METHODS,
  CTDC_MORE_METHODS,
  CTDC_OTHER_LABOUR,
  CTDC_PARTS,
  CTDC_SEX,
  type MapPart,
} from "./ctdc-tables.js";

export interface CtdcOptions {
  readonly layout: "kanon" | "synthetic";
  /** CTDC's column Datasource; a record does not say it. */
  readonly dataSource?: "Case Management" | "Hotline";
}

export interface CtdcRow {
  /** A value for each column of the layout, in its order. */
  readonly row: Readonly<Record<string, string>>;
  /** The parts of the map that were used: how far each column can be trusted. */
  readonly parts: readonly MapPart[];
}

/** How a layout writes that something is not known. */
export const CTDC_MISSING = { kanon: "-99", synthetic: "" } as const;

type Cells = Map<CtdcColumn, string>;

const ADULT = 18;

/**
 * One record as a row of CTDC's layouts, by our own proposal of a map (`CTDC_PARTS`). Takes records
 * in which `validateRecord` finds no error. A row is one person's case as it is: it may be released
 * only through the means that protect a release.
 */
export function toCtdc(record: HtcdsRecord, options: CtdcOptions): CtdcRow {
  const columns: readonly CtdcColumn[] = options.layout === "kanon" ? CTDC_KANON : CTDC_SYNTHETIC;
  const cells: Cells = new Map();
  const has = new Set(columns);
  person(record, options.layout, cells);
  times(record, cells);
  control(record, has, cells);
  exploitation(record, has, cells);
  labour(record, has, cells);
  sex(record, has, cells);
  recruiter(record, cells);
  if (options.dataSource !== undefined) cells.set("Datasource", options.dataSource);
  const missing = CTDC_MISSING[options.layout];
  const row = Object.fromEntries(columns.map((column) => [column, cells.get(column) ?? missing]));
  const isUsed = ({ to }: MapPart): boolean =>
    to.some((column) => has.has(column) && cells.has(column));
  return { row, parts: CTDC_PARTS.filter(isUsed) };
}

function person(record: HtcdsRecord, layout: CtdcOptions["layout"], cells: Cells): void {
  const gender = record.person?.prs_Gender;
  const named = gender === undefined ? undefined : CTDC_GENDERS[gender];
  if (named !== undefined) cells.set("gender", named);
  const country = (code: string): string | undefined =>
    layout === "kanon" ? code : countries.alpha2ToAlpha3(code);
  const citizenship = country(record.person?.prs_Citizenship?.[0] ?? "");
  if (citizenship) cells.set("citizenship", citizenship);
  const exploited = country(countryOfExploitation(record) ?? "");
  if (exploited) cells.set("CountryOfExploitation", exploited);
}

function countryOfExploitation(record: HtcdsRecord): string | undefined {
  const event = record.events?.find(
    (one) => one.hte_Type === "Exploitation" && one.hte_Country !== undefined,
  );
  const named = event?.hte_Country;
  return (
    record.victim?.x_exploitationCountry?.[0] ??
    (named === undefined ? undefined : STANDARD_SYSTEMS["iso3166-1"].find(named))
  );
}

/** The day on which the case came to be known: registration, else the earliest referral. */
function registeredOn(record: HtcdsRecord): string | undefined {
  const referrals = (record.referrals ?? []).flatMap((one) => one.cas_IncomingReferralDate ?? []);
  return record.case?.x_registeredOn ?? referrals.sort()[0];
}

/** Least and greatest age in whole years that a birth date, known so far, leaves on a day. */
function ages(record: HtcdsRecord, on: string): readonly [number, number] | undefined {
  const born = birthDateOf(record.person ?? {});
  if (born === undefined || !isRecordDate(on)) return undefined;
  const [year, month, day] = on.split("-").map(Number);
  const age = (bornMonth: number, bornDay: number): number =>
    year - born.year - (month < bornMonth || (month === bornMonth && day < bornDay) ? 1 : 0);
  const youngest = age(born.month ?? 12, born.day ?? 31);
  const oldest = age(born.month ?? 1, born.day ?? 1);
  return youngest < 0 ? undefined : [youngest, oldest];
}

const bandOf = (age: number): string =>
  CTDC_AGES.findLast(({ from }) => age >= from)?.band ?? CTDC_AGES[0].band;

const majority = (age: number): string => (age < ADULT ? "Minor" : "Adult");

function times(record: HtcdsRecord, cells: Cells): void {
  const on = registeredOn(record);
  if (on !== undefined) {
    cells.set("yearOfRegistration", on.slice(0, 4));
    // What a birth date known to the year leaves open stays open.
    const [youngest, oldest] = ages(record, on) ?? [Number.NaN, Number.NaN];
    if (youngest >= 0 && bandOf(youngest) === bandOf(oldest)) cells.set("ageBroad", bandOf(oldest));
    if (youngest >= 0 && majority(youngest) === majority(oldest)) {
      cells.set("majorityStatus", majority(oldest));
    }
  }
  const age = record.victim?.vic_AgeWhenTrafficked;
  if (age !== undefined) {
    cells.set("majorityStatusAtExploit", majority(age));
    cells.set("majorityEntry", majority(age));
  }
  const dates = (type: string): string[] =>
    (record.events ?? [])
      .flatMap((one) => (one.hte_Type === type ? (one.hte_Date ?? []) : []))
      .sort();
  const [from, to] = [dates("Recruitment")[0], dates("Exploitation").at(-1)];
  if (from !== undefined && to !== undefined && from <= to) {
    const months = (date: string): number =>
      12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7));
    cells.set("traffickMonths", String(months(to) - months(from)));
  }
}

/**
 * 1 for each column that is said, 0 for the others that the record would have said: those to which
 * fields that it has can lead. An empty list says "none of these"; an absent one says nothing.
 */
function flags(
  said: ReadonlySet<CtdcColumn>,
  asked: readonly (readonly CtdcColumn[] | undefined)[],
  cells: Cells,
): void {
  for (const column of asked.flatMap((columns) => columns ?? [])) cells.set(column, "0");
  for (const column of said) cells.set(column, "1");
}

/** Columns of a table, if the record has the field that they come from. */
const askedIf = (
  field: unknown,
  table: { readonly [code: string]: CtdcColumn },
): readonly CtdcColumn[] | undefined => (field === undefined ? undefined : Object.values(table));

/** "meansOfControlDebtBondage" as "Debt bondage"; several joined by ; */
const concatenated = (prefix: RegExp, said: Iterable<CtdcColumn>): string =>
  [...said]
    .map((column) =>
      column.replace(prefix, "").replace(/(?!^)[A-Z]/g, (it) => ` ${it.toLowerCase()}`),
    )
    .join(";");

/** Columns that the layout has, others as `other`. */
const within = (
  said: readonly CtdcColumn[],
  has: ReadonlySet<CtdcColumn>,
  other: CtdcColumn,
): Set<CtdcColumn> => new Set(said.map((column) => (has.has(column) ? column : other)));

function control(record: HtcdsRecord, has: ReadonlySet<CtdcColumn>, cells: Cells): void {
  const { vic_MethodsOfControl: methods, x_methodsOfControl: more } = record.victim ?? {};
  const isKnown = methods !== undefined || more !== undefined;
  cells.set("meansOfControlNotSpecified", isKnown ? "0" : "1");
  if (!isKnown) return;
  const codes = [
    ...(methods ?? []).map((code) => CTDC_METHODS[code]),
    ...(more ?? []).map((code) => CTDC_MORE_METHODS[code]),
  ];
  const said = within(codes, has, "meansOfControlOther");
  flags(said, [askedIf(methods, CTDC_METHODS), askedIf(more, CTDC_MORE_METHODS)], cells);
  cells.set("meansOfControlConcatenated", concatenated(/^meansOfControl/, said));
}

/** Forced crime is a type of exploitation to us, and a type of labour to CTDC. */
const isForcedCrime = (record: HtcdsRecord): boolean =>
  (record.victim?.x_forcedCriminality ?? []).length > 0;

function exploitation(record: HtcdsRecord, has: ReadonlySet<CtdcColumn>, cells: Cells): void {
  const types = record.victim?.vic_TypeOfExploitation;
  if (types === undefined && !isForcedCrime(record)) return;
  const columns = (types ?? []).map((code) => CTDC_EXPLOITATION[code]);
  if (isForcedCrime(record)) columns.push("isForcedLabour");
  const said = within(columns, has, "isOtherExploit");
  flags(said, [askedIf(types, CTDC_EXPLOITATION)], cells);
  if (types !== undefined) {
    const isBoth = said.has("isForcedLabour") && said.has("isSexualExploit");
    cells.set("isSexAndLabour", isBoth ? "1" : "0");
  }
  cells.set("typeOfExploitConcatenated", concatenated(/^is/, said));
}

function labour(record: HtcdsRecord, has: ReadonlySet<CtdcColumn>, cells: Cells): void {
  const {
    vic_ForcedLabourIndustry: industries,
    vic_TypeOfExploitation: types,
    x_forcedCriminality: crimes,
  } = record.victim ?? {};
  const columns: CtdcColumn[] = (industries ?? []).map(
    (code) => CTDC_LABOUR[code] ?? CTDC_OTHER_LABOUR.other,
  );
  if (types?.includes("ForcedBegging")) columns.push(CTDC_BEGGING.ForcedBegging);
  if (isForcedCrime(record)) columns.push(CTDC_CRIME.any);
  const said = within(columns, has, CTDC_OTHER_LABOUR.other);
  flags(
    said,
    [
      askedIf(industries, CTDC_LABOUR),
      askedIf(industries, CTDC_OTHER_LABOUR),
      askedIf(types, CTDC_BEGGING),
      askedIf(crimes, CTDC_CRIME),
    ],
    cells,
  );
  if (said.size > 0) {
    cells.set("typeOfLabourNotSpecified", "0");
    cells.set("typeOfLabourConcatenated", concatenated(/^typeOfLabour/, said));
  } else if (cells.get("isForcedLabour") === "1") cells.set("typeOfLabourNotSpecified", "1");
}

function sex(record: HtcdsRecord, has: ReadonlySet<CtdcColumn>, cells: Cells): void {
  const types = record.victim?.vic_TypeOfSexExploitation;
  if (types === undefined) return;
  const said = within(
    types.map((code) => CTDC_SEX[code]),
    has,
    "typeOfSexOther",
  );
  flags(said, [askedIf(types, CTDC_SEX), ["typeOfSexOther"]], cells);
  cells.set("typeOfSexConcatenated", concatenated(/^typeOfSex/, said));
}

function recruiter(record: HtcdsRecord, cells: Cells): void {
  const relation = record.victim?.vic_RelationshipToTrafficker;
  cells.set("recruiterRelationUnknown", relation === undefined ? "1" : "0");
  if (relation === undefined) return;
  cells.set("recruiterRelationFamily", relation === "Familial" ? "1" : "0");
  cells.set("recruiterRelationOther", relation === "Unaquainted" ? "1" : "0");
  if (relation === "Acquainted") return;
  // Kin and strangers are neither; of somebody known the standard does not say which.
  cells.set("recruiterRelationFriend", "0");
  cells.set("recruiterRelationIntimatePartner", "0");
  cells.set("RecruiterRelationship", relation === "Familial" ? "Family" : "Other");
}
