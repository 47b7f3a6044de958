import { CaseDataError, type RowError } from "../error.js";
import type { MappedColumn } from "../intake/columns.js";
import { type PersonIntake, repeatNotes, withoutRepeats } from "../intake/persons.js";
import type { RawTable } from "../intake/raw-table.js";
import type { Person } from "../person.js";
import { type ApplyOptions, type CellProblem, isLinkable, mappedRows } from "./apply.js";
import { locateAll } from "./locate.js";
import { columnName, type Mapping } from "./mapping.js";
import { targetOf } from "./target.js";

/** What is wrong with a cell, without what the cell says. */
export const withoutText = ({ text: _, ...error }: CellProblem): RowError => error;

/** The persons of a table, and everything else that `readPersons` says of a file. */
export type MappedIntake = Omit<PersonIntake, "table">;

/**
 * The persons of a table as a mapping reads them: only columns by which persons are compared are
 * looked at. Throws `CaseDataError` MAPPING_MISFIT, NO_LINKABLE_COLUMN, NO_GOOD_ROW.
 */
export function mappedPersons(
  table: RawTable,
  whole: Mapping,
  options: ApplyOptions,
): MappedIntake {
  const compared = whole.columns.filter(({ to }) => targetOf(to).person !== undefined);
  const mapping = { ...whole, columns: compared };
  if (!isLinkable(mapping)) {
    throw new CaseDataError(
      "NO_LINKABLE_COLUMN",
      "the mapping has no name, birth date, identifier, phone or e-mail to find people by",
      { columns: whole.columns.length },
      "Make the mapping anew, and give one of these columns its meaning.",
    );
  }
  const { headers, at } = locateAll(table, mapping);
  const persons: Person[] = [];
  const errors: RowError[] = [];
  for (const { person, problems } of mappedRows(table, mapping, options)) {
    if (person !== undefined) persons.push(person);
    errors.push(...problems.map(withoutText));
  }
  if (persons.length === 0) {
    throw new CaseDataError(
      "NO_GOOD_ROW",
      "no row of the file can be used",
      { errors: errors.length },
      errors.length === 0 ? "Export the list again." : `First problem: ${errors[0].cure}`,
    );
  }
  const { distinct, repeated } = withoutRepeats(persons);
  return {
    persons: distinct,
    mapped: compared.map((column, k): MappedColumn => {
      const { person } = targetOf(column.to);
      return { field: person!, header: columnName(column), index: at[k] };
    }),
    unmapped: headers.filter((header, k) => header !== "" && !at.includes(k)),
    notes: repeatNotes(repeated),
    errors,
    rejectedRows: errors.filter(({ severity }) => severity === "row").length,
  };
}
