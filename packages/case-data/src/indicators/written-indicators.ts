import { CaseDataError } from "../error.js";
import type { CodeOf, HtcdsRecord } from "../htcds/record.js";
import { type TableRow, unwrap } from "../intake/headed-table.js";
import { headerKey } from "../intake/header.js";
import { phoneParts } from "../normalise/contact.js";
import { isMissing, plainText } from "../normalise/text.js";
import type { CaseIndicators, WrittenIndicator } from "./case-slots.js";
import { INDICATOR_KINDS, type IndicatorKind, KIND_OF_TYPE } from "./kinds.js";

/** A column of indicators: of one kind, or of any, each with its kind before it ("Phone: …"). */
export interface IndicatorColumn {
  readonly header: string;
  readonly kind: IndicatorKind | "labelled";
}

/** Other words for kinds, in plain text. */
const KIND_WORDS: ReadonlyMap<string, IndicatorKind> = new Map([
  ...INDICATOR_KINDS.map((kind) => [kind, kind] as const),
  ...Object.entries(KIND_OF_TYPE).map(([type, kind]) => [plainText(type), kind] as const),
  ["telephone", "phone"],
  ["mobile", "phone"],
  ["whatsapp", "phone"],
  ["e mail", "email"],
  ["mail", "email"],
  ["online handle", "handle"],
  ["username", "handle"],
  ["account", "handle"],
  ["number plate", "plate"],
  ["license plate", "plate"],
  ["licence plate", "plate"],
  ["vehicle", "plate"],
  ["document number", "document"],
  ["passport", "document"],
  ["nickname", "alias"],
  ["ad", "advert"],
  ["fingerprint of an advert", "advert"],
]);

/** Values of a cell. An advert is one text; an address has commas within, an alias may have. */
function valuesOf(kind: IndicatorKind, cell: string): string[] {
  if (kind === "advert") return [cell];
  // Without any digits the cell is cut like others, and is said to be no number.
  if (kind === "phone" && phoneParts(cell).length > 0) return phoneParts(cell);
  const separator = kind === "address" || kind === "alias" ? /[;|\n]/ : /[;,|\n]/;
  return cell.split(separator);
}

function written(kind: IndicatorKind, cell: string, column: string): WrittenIndicator[] {
  if (isMissing(cell)) return [];
  const values = valuesOf(kind, cell).filter((text) => !isMissing(text));
  return values.map((text) => ({ kind, text: text.trim(), column }));
}

/** "Phone: +31 …; Plate: …": each part with its kind. Without one the kind is not known. */
function labelled(cell: string, column: string): WrittenIndicator[] {
  const parts = cell.split(/[;\n]/).filter((part) => !isMissing(part));
  return parts.flatMap((part) => {
    const [, label, text] = /^([^:]{1,40}):(.*)$/s.exec(part) ?? [];
    const kind = label === undefined ? undefined : KIND_WORDS.get(plainText(label));
    return kind === undefined ? [{ text: part, column }] : written(kind, text, column);
  });
}

/** The indicators of one cell; `column` is where notes say that it stands. */
export const indicatorsOfCell = (
  kind: IndicatorColumn["kind"],
  cell: string,
  column: string,
): WrittenIndicator[] =>
  cell
    .split("|||")
    .flatMap((part) =>
      kind === "labelled" ? labelled(unwrap(part), column) : written(kind, unwrap(part), column),
    );

/**
 * The indicators of rows, by columns whose meaning somebody has said. Throws UNKNOWN_HEADER,
 * DUPLICATE_HEADER.
 */
export function indicatorsOfRows(
  headers: readonly string[],
  rows: readonly TableRow[],
  columns: readonly IndicatorColumn[],
): CaseIndicators[] {
  const at = columns.map(({ header }) => {
    const found = headers.flatMap((one, k) => (headerKey(one) === headerKey(header) ? [k] : []));
    if (found.length === 1) return found[0];
    throw new CaseDataError(
      found.length === 0 ? "UNKNOWN_HEADER" : "DUPLICATE_HEADER",
      `the file has ${found.length === 0 ? "no" : "more than one"} column "${header}"`,
      { header },
      "Check the spelling of the headers; each must be named once in the file.",
    );
  });
  return rows.map(({ line, cells }) => ({
    row: line,
    indicators: columns.flatMap(({ header, kind }, k) =>
      indicatorsOfCell(kind, cells[at[k]] ?? "", header),
    ),
  }));
}

/** The standard's code for each kind. */
export const TYPE_OF_KIND: ReadonlyMap<IndicatorKind, CodeOf<"x_indicatorType">> = new Map(
  Object.entries(KIND_OF_TYPE).map(([type, kind]) => [kind, type as CodeOf<"x_indicatorType">]),
);

/** By text, since a record may not have been validated. */
const TYPES: ReadonlyMap<string, IndicatorKind> = new Map(Object.entries(KIND_OF_TYPE));

/** A perpetrator's own traces, and the field that each stands in. */
const TRACES = {
  prs_MobilePhone: "phone",
  prs_HomePhone: "phone",
  prs_Email: "email",
  prs_IdentityNumber: "document",
} as const;

/**
 * The indicators of a record: its `indicators`, and phones, mail, document and aliases of its
 * perpetrators. Not those of the victim: that two cases are of one person is for linkage to say.
 */
export function indicatorsOfRecord({
  indicators = [],
  perpetrators = [],
}: HtcdsRecord): WrittenIndicator[] {
  const listed = indicators.flatMap(({ x_indicatorType: type, x_indicatorValue: text }) => {
    if (text === undefined) return [];
    const kind = type === undefined ? undefined : TYPES.get(type);
    const column = "x_indicatorValue";
    return kind === undefined ? [{ text, column }] : written(kind, text, column);
  });
  const theirs = perpetrators.flatMap((entry) => [
    ...Object.entries(TRACES).flatMap(([field, kind]) =>
      written(kind, String(entry[field as keyof typeof TRACES] ?? ""), field),
    ),
    ...(entry.x_aliases ?? []).map((text) => ({
      kind: "alias" as const,
      text,
      column: "x_aliases",
    })),
  ]);
  return [...listed, ...theirs];
}
