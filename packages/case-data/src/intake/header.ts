import anyAscii from "any-ascii";
import { CaseDataError } from "../error.js";
import { labelBeatsId } from "../htcds/template.js";
import { HEADER_SYNONYMS, type SourceField } from "./fields.js";

/** A header without case, accents, blanks and signs. */
export const headerKey = (header: string): string =>
  anyAscii(header.normalize("NFKC"))
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

const FIELD_OF = new Map<string, SourceField>();
for (const [field, synonyms] of Object.entries(HEADER_SYNONYMS)) {
  for (const synonym of synonyms) FIELD_OF.set(headerKey(synonym), field as SourceField);
}

/** Characters of a header: what is longer is no name of a column. */
const HEADER_MAX = 300;

/**
 * The field that a header names, if it is known: as it stands, without a unit or remark in
 * brackets, without Salesforce's suffix, or by its last part (`group/first_name`).
 */
export function fieldOfHeader(header: string): SourceField | undefined {
  if (header.length > HEADER_MAX) return undefined;
  const bare = header.replace(/[([].*$/, "").replace(/__c$/i, "");
  const last = bare.split(/[/:.]/).at(-1) ?? "";
  for (const candidate of [header, bare, last, last.replace(/^(prs|person|client|victim)_/i, "")]) {
    const field = FIELD_OF.get(headerKey(candidate));
    if (field !== undefined) return field;
  }
  return undefined;
}

/**
 * The field of a column that may have an identifier above its header. The identifier says it, but
 * for the columns whose identifiers the official templates mixed up.
 */
export function fieldOfColumn(header: string, id = ""): SourceField | undefined {
  if (id.trim() === "" || labelBeatsId(id, header)) return fieldOfHeader(header);
  return fieldOfHeader(id) ?? fieldOfHeader(header);
}

const isData = (cell: string): boolean => /^[\d\s.,:/+-]+$/.test(cell.trim());

/**
 * Which of the first rows holds the headers: the one that has the `expected` headers, or else most
 * known ones. A row of labels right below a row of ids wins, because people type under labels;
 * `ids` is then the row of ids.
 * Throws NO_HEADER, UNKNOWN_HEADER.
 */
export function findHeader(
  rows: readonly (readonly string[])[],
  expected: readonly string[] = [],
): { index: number; ids?: number; notes: string[] } {
  if (expected.length > 0) {
    const keys = expected.map(headerKey);
    const has = (row: readonly string[]): boolean => {
      const present = new Set(row.map(headerKey));
      return keys.every((key) => present.has(key));
    };
    const index = rows.findIndex(has);
    if (index >= 0) return { index, notes: [] };
    const first = new Set((rows[0] ?? []).map(headerKey));
    throw new CaseDataError(
      "UNKNOWN_HEADER",
      "no row of the file has all the headers that were named",
      { headers: expected.filter((one) => !first.has(headerKey(one))).join(", ") },
      "Check the spelling of the headers in the map against the first row of the file.",
    );
  }
  const known = rows.map((row) => new Set(row.map(fieldOfHeader).filter((one) => one)).size);
  const most = Math.max(0, ...known);
  let index = known.indexOf(most);
  if (most === 0) {
    // Nothing known: the first row may still be a header in another language.
    index = 0;
    if ((rows[0] ?? []).some(isData)) {
      throw new CaseDataError(
        "NO_HEADER",
        "the file seems to have no header row",
        {},
        "Put a row with the names of the columns on top of the list.",
      );
    }
  } else if (most >= 2 && (known[index + 1] ?? 0) * 2 >= most) {
    index += 1;
    return { index, ids: index - 1, notes: ["The headers are the labels below a row of ids."] };
  }
  const notes = index === 0 ? [] : [`The headers were found in row ${index + 1} of the file.`];
  return { index, notes };
}
