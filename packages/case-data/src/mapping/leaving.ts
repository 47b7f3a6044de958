import { FIELD_NAMES, type FieldName } from "../encode/fields.js";
import { fieldValue } from "../encode/values.js";
import type { SourceField } from "../intake/fields.js";
import type { MappedRow } from "./apply.js";
import { type ColumnMapping, columnName, type Mapping } from "./mapping.js";
import { type Target, targetOf } from "./target.js";

/** A value of a person that would be split into shares, and the columns that it comes from. */
export interface LeavingField {
  readonly field: FieldName;
  readonly columns: readonly string[];
  /** Share of persons of whom it is known. */
  readonly filled: number;
}

/** A column of traces that cases may share. */
export interface LeavingTrace {
  readonly column: string;
  readonly target: Target;
  /** Cases that have one. */
  readonly cases: number;
}

/** What stays: columns that are read for the record, but not compared, and those not read. */
export interface Leaving {
  /** Finding the same person on other lists: what becomes shares. */
  readonly linkage: readonly LeavingField[];
  /** Finding cases with the same traces, if such a dataset is submitted. */
  readonly traces: readonly LeavingTrace[];
  /** Coded fields that counting would need. Nothing of them is sent today. */
  readonly counts: readonly { readonly target: Target; readonly columns: readonly string[] }[];
  /** Columns that stay home. */
  readonly stays: readonly string[];
}

/** The linkage field that a field of a person becomes part of. */
function linkageField(field: SourceField): FieldName[] {
  if (field === "full-name") return ["given", "surname"];
  if (field === "middle") return ["given"];
  if (field === "birth-year" || field === "birth-month" || field === "birth-day") {
    return ["birth-date"];
  }
  return [field];
}

const feeds = ({ to }: ColumnMapping, field: FieldName): boolean => {
  const { person } = targetOf(to);
  return person !== undefined && linkageField(person).includes(field);
};

/** For each use which columns would leave as secret shares, and what stays home. */
export function leavingOf(
  mapping: Mapping,
  rows: readonly Pick<MappedRow, "person" | "indicators">[],
): Leaving {
  const persons = rows.flatMap(({ person }) => (person === undefined ? [] : [person]));
  const linkage = FIELD_NAMES.flatMap((field): LeavingField[] => {
    const columns = mapping.columns.filter((column) => feeds(column, field)).map(columnName);
    if (field === "names" || columns.length === 0) return [];
    const known = persons.filter((person) => fieldValue(person, field) !== undefined).length;
    return [{ field, columns, filled: persons.length === 0 ? 0 : known / persons.length }];
  });
  const traces = mapping.columns
    .filter(({ to }) => targetOf(to).indicator !== undefined)
    .map((column): LeavingTrace => {
      const name = columnName(column);
      const has = ({ indicators }: Pick<MappedRow, "indicators">): boolean =>
        indicators.some((it) => it.column === name);
      return { column: name, target: column.to, cases: rows.filter(has).length };
    });
  const compared = new Set([
    ...linkage.flatMap(({ columns }) => columns),
    ...traces.map(({ column }) => column),
  ]);
  const kept = mapping.columns.map(columnName).filter((name) => !compared.has(name));
  const coded = [...new Set(mapping.columns.map(({ to }) => to))].filter(
    (target) => targetOf(target).kind === "code",
  );
  return {
    linkage,
    traces,
    counts: coded.map((target) => ({
      target,
      columns: mapping.columns.filter(({ to }) => to === target).map(columnName),
    })),
    stays: [...kept, ...mapping.stays],
  };
}
