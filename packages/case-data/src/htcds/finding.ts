/**
 * What is wrong at one place of a record, and what to do. No text of it holds a value of the
 * record; the path holds names of fields and numbers of entries. `suggestion` is a field id or a
 * code.
 */
export interface Finding {
  /** Only records without an error fit the JSON Schema. */
  readonly severity: "error" | "warning" | "note";
  /** JSON Pointer (RFC 6901); names that are not ours are cut to 60 characters. */
  readonly path: string;
  readonly code: FindingCode;
  readonly what: string;
  readonly cure: string;
  readonly suggestion?: string;
}

export type FindingCode =
  | "NOT_A_RECORD"
  | "WRONG_STANDARD"
  | "UNKNOWN_GROUP"
  | "NOT_AN_ENTRY"
  | "NOT_A_LIST"
  | "TOO_MANY_ENTRIES"
  | "UNKNOWN_FIELD"
  | "MISSPELT_FIELD"
  | "WRONG_ENTITY"
  | "DEPRECATED_FIELD"
  | "REPEATED_VALUE"
  | "UNKNOWN_CODE"
  | "CODES_NOT_CHECKED"
  | "NOT_A_TEXT"
  | "EMPTY_TEXT"
  | "TEXT_TOO_LONG"
  | "PHONE_UNREADABLE"
  | "NOT_A_DATE"
  | "NOT_A_NUMBER"
  | "NUMBER_OUT_OF_RANGE"
  | "NOT_A_CHECKBOX"
  | "PRECISION_MISMATCH"
  | "MORE_FINDINGS";

/** Findings of one record: what follows is not looked for. */
export const FINDINGS_MAX = 1_000;

const NAME_MAX = 60;

/** A path one step deeper. */
export const pathTo = (path: string, step: string | number): string =>
  `${path}/${String(step).slice(0, NAME_MAX).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** Collects findings up to `FINDINGS_MAX`. */
export class Findings {
  readonly list: Finding[] = [];

  get isFull(): boolean {
    return this.list.length > FINDINGS_MAX;
  }

  error(path: string, code: FindingCode, what: string, cure: string, suggestion?: string): void {
    this.#add("error", path, code, what, cure, suggestion);
  }

  warning(path: string, code: FindingCode, what: string, cure: string): void {
    this.#add("warning", path, code, what, cure);
  }

  note(path: string, code: FindingCode, what: string, cure: string): void {
    this.#add("note", path, code, what, cure);
  }

  #add(
    severity: Finding["severity"],
    path: string,
    code: FindingCode,
    what: string,
    cure: string,
    suggestion?: string,
  ): void {
    if (this.isFull) return;
    if (this.list.length === FINDINGS_MAX) {
      this.list.push({
        severity: "error",
        path: "",
        code: "MORE_FINDINGS",
        what: `there are more than ${FINDINGS_MAX} findings`,
        cure: "Cure these first; they may have one cause.",
      });
      return;
    }
    const finding = { severity, path, code, what, cure };
    this.list.push(suggestion === undefined ? finding : { ...finding, suggestion });
  }
}
