import anyAscii from "any-ascii";
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
