import { canonicalField, type FieldMatch } from "./canonical-field.js";
import type { FieldId } from "./record.js";

/** Names of one column: of a row of ids, of a row of labels, or of both. */
export interface ColumnNames {
  readonly id?: string;
  readonly label?: string;
}

/** The columns whose ids the official Excel templates put above the labels of others. */
const SHUFFLED: ReadonlySet<FieldId> = new Set([
  "prs_MailingCity",
  "prs_MailingCountry",
  "prs_MailingState",
  "prs_MailingStreet",
  "prs_MailingPostalCode",
]);

/**
 * Whether a column's label is to be trusted against its id. All three official Excel templates
 * have a hidden row of ids above the labels, and the two disagree in four of the five columns of
 * the address: prs_MailingCity stands above "Mailing Street", and so on. Whoever filled the sheet
 * in saw the labels. Anywhere else the id wins.
 */
export function labelBeatsId(id: string, label: string): boolean {
  const [byId, byLabel] = [canonicalField(id), canonicalField(label)];
  if (byId.kind !== "field" || byLabel.kind !== "field" || byId.id === byLabel.id) return false;
  return SHUFFLED.has(byId.id) && SHUFFLED.has(byLabel.id);
}

function columnField({ id = "", label = "" }: ColumnNames): FieldMatch {
  if (id.trim() === "" || labelBeatsId(id, label)) return canonicalField(label);
  const byId = canonicalField(id);
  if (byId.kind === "field" || label.trim() === "") return byId;
  const byLabel = canonicalField(label);
  return byLabel.kind === "none" ? byId : byLabel;
}

/**
 * The field of each column of a table by its names, with what is known of the official templates:
 * - the label beats the id in the columns of the address (`labelBeatsId`);
 * - where there is no id, or an unknown one, the label decides ("Reason for Outgoing Referral");
 * - the XLSForm labels prs_Title "Second Name" as well: the later of two such labels is the title.
 * Columns without a name (the templates number their rows in one) match nothing.
 */
export function columnFields(columns: readonly ColumnNames[]): FieldMatch[] {
  const matches = columns.map(columnField);
  const ids = matches.map((match) => (match.kind === "field" ? match.id : undefined));
  if (ids.includes("prs_Title")) return matches;
  const first = ids.indexOf("prs_SecondName");
  const second = ids.indexOf("prs_SecondName", first + 1);
  const last = matches[second];
  if (first < 0 || last?.kind !== "field" || last.by !== "label") return matches;
  return matches.with(second, { kind: "field", id: "prs_Title", by: "label" });
}

/**
 * Whether a row holds nothing but its number: the templates have a thousand of them, numbered in a
 * first column without a header. `cells[0]` is that column.
 */
export const isOnlyNumbered = (cells: readonly string[]): boolean =>
  /^\s*\d*\s*$/.test(cells[0] ?? "") && cells.slice(1).every((cell) => cell.trim() === "");
