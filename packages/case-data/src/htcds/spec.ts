/**
 * The Human Trafficking Case Data Standard (HTCDS), version 2.0 of 24 December 2021, by the
 * International Organization for Migration (IOM): https://github.com/UNMigration/HTCDS, commit
 * 3c2f653, licence CC BY 4.0, to be used in keeping with the mandate and values of IOM.
 *
 * Taken from it, in this folder: field ids, labels, types, status, code lists. The explanations
 * (`means`) are our own words. IOM does not endorse this project, and has not reviewed it.
 */
export const HTCDS_VERSION = "2.0";

/** What a record says of itself: the standard's version and that of our extension fields. */
export const HTCDS_STANDARD = "htcds@2.0+x@1";

/** Types as the standard names them. */
export type FieldType =
  | "Text"
  | "Long Text"
  | "Picklist"
  | "Multiselect Picklist"
  | "Picklist or Text"
  | "Date"
  | "Number"
  | "Geolocation"
  | "Checkbox"
  | "Lookup [to organisation]"
  | "Lookup [to person]"
  | "Lookup [to user]";

/** Code to English label. */
export type CodeList = Readonly<Record<string, string>>;

/** One field as it is written down; its id is the key under which it stands. */
export interface FieldSpec {
  readonly label: string;
  readonly type: FieldType;
  /** Whether the standard counts it among the fields that everybody should have. */
  readonly core: boolean;
  /** All fields of version 2.0 are DRAFT, but for those that it gave up. */
  readonly status?: "DEPRECATED";
  /** Our own short words. */
  readonly means: string;
  /** The standard's own code list. */
  readonly codes?: CodeList;
  /** Id of a code system from outside (`code-system.ts`). */
  readonly system?: string;
  /** A list of values although its type is single: see each field. */
  readonly several?: true;
  /** Regular expression of the standard. */
  readonly pattern?: string;
  /** Bounds of numbers: ours, the standard has none. Inclusive. */
  readonly min?: number;
  readonly max?: number;
  readonly whole?: true;
}

export type FieldTable = Readonly<Record<string, FieldSpec>>;

/** E.164 as the standard writes it; the plus may be missing. */
export const E164 = "^\\+?[1-9]\\d{1,14}$";

/** Characters of a text and of a long text; entries of one list. Ours, the standard has none. */
export const TEXT_MAX = 1_000;
export const LONG_TEXT_MAX = 50_000;
export const ENTRIES_MAX = 1_000;
