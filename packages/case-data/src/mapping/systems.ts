import { hasCodes, lookUpCode } from "../htcds/canonical-code.js";
import { canonicalField } from "../htcds/canonical-field.js";
import { ctdcColumn } from "../htcds/maps/ctdc-columns.js";
import { type FieldId, fieldOf, isList } from "../htcds/record.js";
import { STANDARD_SYSTEMS } from "../htcds/systems/standard.js";
import { headerKey } from "../intake/header.js";
import type { Target } from "./target.js";

/** Systems whose exports are told apart, with the name that people know them by. */
export const SYSTEM_NAMES = {
  "htcds-template": "the template of the Human Trafficking Case Data Standard",
  kobo: "KoboToolbox",
  "odk-central": "ODK Central",
  primero: "Primero",
  gbvims: "the GBVIMS incident recorder",
  oscar: "OSCaR",
  ctdc: "a data set in CTDC's layout",
  plain: "a plain list",
} as const;

export type SystemId = keyof typeof SYSTEM_NAMES;
export const SYSTEM_IDS = Object.keys(SYSTEM_NAMES) as SystemId[];

/** Headings that only one system writes; facts of their exports. So many of them decide. */
const MARKS: readonly (readonly [SystemId, atLeast: number, headings: string])[] = [
  ["odk-central", 2, "SubmissionDate,KEY,SubmitterID,DeviceID,ReviewState,AttachmentsExpected"],
  ["kobo", 2, "_uuid,_submission_time,_validation_status,_submitted_by,__version__,_index"],
  ["gbvims", 2, "INCIDENT ID,SURVIVOR CODE,CASE MANAGER CODE,REPORTING AGENCY CODE"],
  ["primero", 2, "case_id,case_id_display,name_first,name_last,owned_by,record_state,module_id"],
  ["oscar", 2, "local_given_name,local_family_name,type_of_trafficking,birth_province_id"],
];
const TEMPLATE_IDS_MIN = 5;
const CTDC_COLUMNS_MIN = 5;

/** Columns that a system is known for: what each means, or "stays" for its own bookkeeping. */
const KNOWN: { readonly [S in SystemId]?: Readonly<Record<string, Target | "stays">> } = {
  kobo: {
    _uuid: "x_recordId",
    ...stay("start end deviceid _id _submission_time _validation_status _notes _status"),
    ...stay("_submitted_by __version__ _tags _index _parent_index _parent_table_name meta"),
  },
  "odk-central": {
    KEY: "x_recordId",
    ...stay("SubmissionDate meta-instanceID SubmitterID SubmitterName AttachmentsPresent Status"),
    ...stay("AttachmentsExpected ReviewState DeviceID Edits FormVersion PARENT_KEY start end"),
  },
  primero: {
    case_id: "x_recordId",
    name_first: "prs_FirstName",
    name_middle: "prs_MiddleName",
    name_last: "prs_SecondName",
    name_nickname: "x_aliases",
    name_other: "x_aliases",
    national_id_no: "prs_IdentityNumber",
    telephone_current: "prs_MobilePhone",
    address_current: "prs_MailingStreet",
    registration_date: "x_registeredOn",
    maritial_status: "prs_MaritalStatus",
    marital_status: "prs_MaritalStatus",
    owned_by: "cas_CaseOwner",
    ...stay("id case_id_display short_id record_state module_id age estimated status"),
  },
  gbvims: {
    "INCIDENT ID": "x_recordId",
    "SURVIVOR CODE": "x_personId",
    ...stay("CASE_MANAGER_CODE REPORTING_AGENCY_CODE"),
  },
  oscar: {
    local_given_name: "stays",
    local_family_name: "stays",
    slug: "x_recordId",
    type_of_trafficking: "vic_TypeOfExploitation",
  },
};

function stay(headings: string): Record<string, "stays"> {
  return Object.fromEntries(headings.split(" ").map((heading) => [heading, "stays"]));
}

const KEYS = new Map(
  Object.entries(KNOWN).map(([system, columns]) => [
    system,
    new Map(Object.entries(columns).map(([heading, target]) => [systemKey(heading), target])),
  ]),
);

/** Kobo's _id is not its id: underscores at the front count. */
function systemKey(heading: string): string {
  return `${/^_*/.exec(heading.trim())?.[0].length}${headerKey(heading)}`;
}

/** What a system's own column means; `undefined` if it is not known for it. */
export const knownColumn = (system: SystemId, heading: string): Target | "stays" | undefined =>
  KEYS.get(system)?.get(systemKey(heading));

/** Which system wrote a file with these headings, or identifiers above them. */
export function systemOf(headings: readonly string[]): SystemId {
  const keys = new Set(headings.map(systemKey));
  for (const [system, atLeast, marks] of MARKS) {
    const found = marks.split(",").filter((mark) => keys.has(systemKey(mark)));
    if (found.length >= atLeast) return system;
  }
  const ids = headings.filter((heading) => /^[a-z]{3}_[A-Z]/.test(heading.trim()));
  const known = ids.filter((id) => canonicalField(id, { withNearest: false }).kind === "field");
  if (known.length >= TEMPLATE_IDS_MIN) return "htcds-template";
  const ctdc = headings.filter((heading) => ctdcColumn(heading) !== undefined);
  return ctdc.length >= CTDC_COLUMNS_MIN ? "ctdc" : "plain";
}

/** A column of yes and no, and the code that yes means. */
export interface Flag {
  readonly field: FieldId;
  readonly code: string;
}

/** CTDC's columns of yes and no, by how their names begin. */
const CTDC_FLAGS: readonly (readonly [RegExp, FieldId])[] = [
  [/^meansOfControl(?!Concat)/, "vic_MethodsOfControl"],
  [/^typeOfSex(?!Concat)/, "vic_TypeOfSexExploitation"],
  [/^is(?=[A-Z])/, "vic_TypeOfExploitation"],
];

/**
 * The code that a column of its own stands for: `question/choice`, as forms export a question
 * with several answers, or one of CTDC's columns.
 */
export function flagOf(system: SystemId, heading: string): Flag | undefined {
  const parts = heading.trim().split(/[/.:]/);
  const question = parts.at(-2);
  const match = question === undefined ? undefined : canonicalField(question);
  if (match?.kind === "field") return flag(match.id, parts.at(-1) ?? "");
  if (system !== "ctdc") return undefined;
  const [start, field] = CTDC_FLAGS.find(([pattern]) => pattern.test(heading)) ?? [];
  return field === undefined ? undefined : flag(field, heading.replace(start!, ""));
}

function flag(field: FieldId, choice: string): Flag | undefined {
  if (choice === "" || !hasCodes(fieldOf(field))) return undefined;
  const match = lookUpCode(field, choice, STANDARD_SYSTEMS);
  if (match.kind !== "code" || !isList(fieldOf(match.field))) return undefined;
  return { field: match.field, code: match.code };
}
