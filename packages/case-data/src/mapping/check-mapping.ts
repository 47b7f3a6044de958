import { CaseDataError } from "../error.js";
import { lookUpCode } from "../htcds/canonical-code.js";
import type { CodeSystems } from "../htcds/code-system.js";
import type { FieldId } from "../htcds/record.js";
import { HTCDS_STANDARD } from "../htcds/spec.js";
import { STANDARD_SYSTEMS } from "../htcds/systems/standard.js";
import { type ColumnMapping, MAPPING_TYPE, type Mapping } from "./mapping.js";
import { SYSTEM_IDS } from "./systems.js";
import { isPart, TARGETS, targetOf } from "./target.js";

export const COLUMNS_MAX = 1_000;
/** Values of one column: more are no code list. */
export const VALUES_MAX = 2_000;
const HEADING_MAX = 1_000;
const ROWS_MAX = 100_000_000;

type Json = Readonly<Record<string, unknown>>;

/** Throws MAPPING_INVALID: `path` as in JSON Pointer words, `must` completes "… must". */
function refuse(path: string, must: string): never {
  throw new CaseDataError(
    "MAPPING_INVALID",
    `the mapping is not valid: ${path} must ${must}`,
    { path },
    "Make the mapping anew with `provider map`, or correct it there.",
  );
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function object(value: unknown, path: string, required: string, optional = ""): Json {
  if (!isObject(value)) return refuse(path, "be an object");
  const must = required.split(" ");
  const may = new Set([...must, ...optional.split(" ")]);
  const odd = Object.keys(value).find((name) => !may.has(name));
  if (odd !== undefined) refuse(path, `not have a field ${JSON.stringify(odd.slice(0, 60))}`);
  const lost = must.find((name) => !Object.hasOwn(value, name));
  if (lost !== undefined) refuse(`${path}.${lost}`, "be given");
  return value;
}

function text(value: unknown, path: string, max = HEADING_MAX): string {
  if (typeof value === "string" && value !== "" && value.length <= max) return value;
  return refuse(path, `be text of 1 to ${max} characters`);
}

function oneOf(value: unknown, path: string, words: readonly unknown[]): void {
  if (!words.includes(value))
    refuse(path, `be ${words.map((it) => JSON.stringify(it)).join(" or ")}`);
}

function texts(value: unknown, path: string, max: number): readonly string[] {
  if (!Array.isArray(value)) refuse(path, "be a list");
  if (value.length > max) refuse(path, `have at most ${max} entries`);
  return value.map((one, k) => text(one, `${path}[${k}]`));
}

function whole(value: unknown, path: string, min: number, max: number): void {
  const fits = Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max;
  if (!fits) refuse(path, `be a whole number from ${min} to ${max}`);
}

const OPTIONS =
  "nth unread code dateOrder twoDigitYearsTo excelDays nameOrder values unknown ignore";

function checkColumn(value: unknown, path: string, systems: CodeSystems): ColumnMapping {
  const column = object(value, path, "from to filled", OPTIONS);
  text(column["from"], `${path}.from`);
  const to = text(column["to"], `${path}.to`);
  if (!TARGETS.has(to)) refuse(`${path}.to`, "be a field of HTCDS 2.0, of our x_, or a known part");
  const { filled, unread = 0, nth } = column;
  for (const [name, share] of Object.entries({ filled, unread })) {
    const isShare = typeof share === "number" && share >= 0 && share <= 1;
    if (!isShare) refuse(`${path}.${name}`, "be a share from 0 to 1");
  }
  if (nth !== undefined) whole(nth, `${path}.nth`, 1, COLUMNS_MAX);
  checkRules(column, path);
  checkCodes(column, path, systems);
  return column as unknown as ColumnMapping;
}

/** Rules belong to columns that they can say something of. */
function checkRules(column: Json, path: string): void {
  const { to, dateOrder, twoDigitYearsTo, excelDays, nameOrder } = column;
  const isDate = targetOf(to as FieldId).kind === "date";
  const dates = { dateOrder, twoDigitYearsTo, excelDays };
  for (const [name, rule] of Object.entries(dates)) {
    if (rule !== undefined && !isDate) refuse(`${path}.${name}`, "stand with a date only");
  }
  if (dateOrder !== undefined) oneOf(dateOrder, `${path}.dateOrder`, ["dmy", "mdy", "ymd"]);
  if (twoDigitYearsTo !== undefined) {
    whole(twoDigitYearsTo, `${path}.twoDigitYearsTo`, 1990, 2199);
  }
  if (excelDays !== undefined) oneOf(excelDays, `${path}.excelDays`, [true]);
  if (nameOrder === undefined) return;
  if (to !== "full-name") refuse(`${path}.nameOrder`, "stand with full-name only");
  oneOf(nameOrder, `${path}.nameOrder`, ["given-first", "surname-first"]);
}

function checkCodes(column: Json, path: string, systems: CodeSystems): void {
  const { to, code, values, unknown, ignore } = column;
  const { kind, isList } = targetOf(to as FieldId);
  const isCode = (given: unknown, place: string): void => {
    const match = lookUpCode(to as FieldId, text(given, place), systems);
    if (match.kind === "unplugged") return;
    if (match.kind !== "code" || match.code !== given) refuse(place, `be a code of ${to}`);
  };
  if (kind !== "code" || isPart(to as FieldId)) {
    if (code !== undefined) refuse(`${path}.code`, "stand with a field of codes only");
    if (values !== undefined) refuse(`${path}.values`, "stand with a field of codes only");
  }
  if (code !== undefined) {
    if (!isList) refuse(`${path}.code`, "stand with a field of several values only");
    isCode(code, `${path}.code`);
  }
  if (values !== undefined) {
    if (!isObject(values)) refuse(`${path}.values`, "be an object");
    const meant = Object.values(values);
    if (meant.length > VALUES_MAX) refuse(`${path}.values`, `have at most ${VALUES_MAX} entries`);
    for (const one of meant) isCode(one, `${path}.values`);
  }
  if (unknown !== undefined) texts(unknown, `${path}.unknown`, VALUES_MAX);
  if (ignore !== undefined) texts(ignore, `${path}.ignore`, VALUES_MAX);
}

/**
 * A mapping from outside, checked strictly: unknown fields, targets and codes are refused, nothing
 * is converted or filled in. Throws `CaseDataError` MAPPING_INVALID with the place.
 */
export function checkMapping(
  value: unknown,
  { systems = STANDARD_SYSTEMS }: { readonly systems?: CodeSystems } = {},
): Mapping {
  const mapping = object(value, "mapping", "type target source columns stays", "phoneCountry");
  oneOf(mapping["type"], "mapping.type", [MAPPING_TYPE]);
  oneOf(mapping["target"], "mapping.target", [HTCDS_STANDARD]);
  const source = object(mapping["source"], "mapping.source", "system rows", "sheet");
  oneOf(source["system"], "mapping.source.system", SYSTEM_IDS);
  whole(source["rows"], "mapping.source.rows", 0, ROWS_MAX);
  if (source["sheet"] !== undefined) text(source["sheet"], "mapping.source.sheet");
  const columns: unknown = mapping["columns"];
  if (!Array.isArray(columns)) return refuse("mapping.columns", "be a list");
  if (columns.length === 0 || columns.length > COLUMNS_MAX) {
    refuse("mapping.columns", `have 1 to ${COLUMNS_MAX} entries`);
  }
  const checked = columns.map((it, k) => checkColumn(it, `mapping.columns[${k}]`, systems));
  const names = checked.map(({ from, nth = 1 }) => `${nth} ${from}`);
  if (new Set(names).size < names.length) refuse("mapping.columns", "name each column once");
  texts(mapping["stays"], "mapping.stays", COLUMNS_MAX);
  const country = mapping["phoneCountry"];
  if (country !== undefined && !/^[A-Z]{2}$/.test(text(country, "mapping.phoneCountry"))) {
    refuse("mapping.phoneCountry", "be a code of two letters such as NL");
  }
  return mapping as unknown as Mapping;
}
