import { CaseDataError } from "../error.js";
import { SOURCE_FIELDS, type SourceField } from "./fields.js";
import { fieldOfColumn, headerKey } from "./header.js";

/** Field → the header or headers that it is read from. Overrides detection for that field. */
export type ColumnMap = Partial<Record<SourceField, string | readonly string[]>>;

export interface MappedColumn {
  readonly field: SourceField;
  readonly header: string;
  /** Position in the file, from 0. */
  readonly index: number;
}

export interface Columns {
  readonly mapped: readonly MappedColumn[];
  /** Headers of columns that stay home: nothing of them is read. */
  readonly unmapped: readonly string[];
  readonly notes: readonly string[];
}

/** Fields that several columns may feed. */
const SEVERAL: ReadonlySet<SourceField> = new Set(["phone", "nationality"]);

/** Columns by which somebody can be found at all. */
export const LINKABLE: ReadonlySet<SourceField> = new Set([
  "given",
  "surname",
  "full-name",
  "birth-date",
  "birth-year",
  "identifier",
  "phone",
  "email",
]);

/** The headers that a map names. Throws UNKNOWN_FIELD. */
export function mapHeaders(map: ColumnMap): { field: SourceField; header: string }[] {
  return Object.entries(map).flatMap(([field, headers]) => {
    if (!(SOURCE_FIELDS as readonly string[]).includes(field)) {
      throw new CaseDataError(
        "UNKNOWN_FIELD",
        `the map names a field "${field}" that does not exist`,
        { field },
        `Fields are: ${SOURCE_FIELDS.join(", ")}.`,
      );
    }
    const list = typeof headers === "string" ? [headers] : headers;
    return list.map((header) => ({ field: field as SourceField, header }));
  });
}

function explicit(headers: readonly string[], map: ColumnMap): MappedColumn[] {
  return mapHeaders(map).map(({ field, header }) => {
    const at = headers.flatMap((one, k) => (headerKey(one) === headerKey(header) ? [k] : []));
    const exact = at.filter((k) => headers[k] === header);
    const [index, other] = exact.length > 0 ? exact : at;
    if (index === undefined || other !== undefined) {
      throw new CaseDataError(
        index === undefined ? "UNKNOWN_HEADER" : "DUPLICATE_HEADER",
        index === undefined
          ? `the file has no column "${header}"`
          : `the file has several columns "${header}"`,
        { field, header },
        "Check the spelling of the headers; each must be named once in the file.",
      );
    }
    return { field, header: headers[index], index };
  });
}

/**
 * Which column feeds which field: by `map` first, then by known headers. `ids`: what stands in a
 * row of identifiers above the headers.
 */
export function mapColumns(
  headers: readonly string[],
  map: ColumnMap = {},
  ids: readonly string[] = [],
): Columns {
  const mapped = explicit(headers, map);
  const notes: string[] = [];
  const taken = new Set(mapped.map(({ index }) => index));
  const fixed = new Set(mapped.map(({ field }) => field));
  headers.forEach((header, index) => {
    const field = fieldOfColumn(header, ids[index]);
    if (field === undefined || taken.has(index) || fixed.has(field)) return;
    if (!SEVERAL.has(field) && mapped.some((one) => one.field === field)) {
      notes.push(`Column "${header}" also looks like ${field}; the first one was taken.`);
      return;
    }
    mapped.push({ field, header, index });
    taken.add(index);
  });
  const whole = mapped.find(({ field }) => field === "full-name");
  const hasParts = mapped.some(({ field }) => field === "given" || field === "surname");
  const used = hasParts && !fixed.has("full-name") ? mapped.filter((one) => one !== whole) : mapped;
  if (!used.some(({ field }) => LINKABLE.has(field))) {
    throw new CaseDataError(
      "NO_LINKABLE_COLUMN",
      "no column was recognised as a name, birth date, identifier, phone or e-mail",
      { columns: headers.length },
      "Check the delimiter and the header row, or map the columns yourself (field = header).",
    );
  }
  const home = headers.filter((_, k) => !used.some(({ index }) => index === k));
  return {
    mapped: [...used].sort((a, b) => a.index - b.index),
    unmapped: home.filter((header) => header !== ""),
    notes,
  };
}
