import { CaseDataError } from "../error.js";
import { SOURCE_FIELDS, type SourceField } from "../intake/fields.js";
import { headerKey } from "../intake/header.js";
import { type ColumnChoice, headingOf } from "./draft.js";
import { columnName } from "./mapping.js";
import { TARGETS, type Target, targetOfPerson } from "./target.js";

/** What somebody said beforehand of a column: a target, a field of persons, or `home`. */
export interface SaidColumn {
  readonly means: string;
  readonly heading: string;
}

const HOME = "home";

function targetNamed(name: string): Target | undefined {
  if (TARGETS.has(name)) return name as Target;
  if ((SOURCE_FIELDS as readonly string[]).includes(name)) {
    return targetOfPerson(name as SourceField);
  }
  const labelled = [...TARGETS.values()].filter(({ label }) => label === name.toLowerCase());
  if (labelled.length === 1) return labelled[0].id;
  throw new CaseDataError(
    "UNKNOWN_FIELD",
    `there is nothing called "${name}" that a column could mean`,
    { name },
    `Say ${HOME}, one of ${SOURCE_FIELDS.join(", ")}, a kind of trace such as ` +
      "indicator-phone, or a field of HTCDS such as vic_TypeOfExploitation.",
  );
}

/**
 * Choices as somebody said them beforehand, column by column; the others stay as they are. Throws
 * `CaseDataError` UNKNOWN_FIELD, UNKNOWN_HEADER, DUPLICATE_HEADER.
 */
export function saidChoices(
  choices: readonly ColumnChoice[],
  said: readonly SaidColumn[],
): ColumnChoice[] {
  const changed = [...choices];
  for (const { means, heading } of said) {
    const target = means === HOME ? undefined : targetNamed(means);
    const exact = choices.filter(({ column }) => columnName(headingOf(column)) === heading);
    const alike = choices.filter(({ column }) => headerKey(column.header) === headerKey(heading));
    const [found, other] = exact.length > 0 ? exact : alike;
    if (found === undefined || other !== undefined) {
      throw new CaseDataError(
        found === undefined ? "UNKNOWN_HEADER" : "DUPLICATE_HEADER",
        `the file has ${found === undefined ? "no" : "more than one"} column "${heading}"`,
        { heading },
        "Check the spelling; of several columns of one name, the second is called NAME (2).",
      );
    }
    const { column, filled } = found;
    const choice = { column, filled, ...(target !== undefined && { target }) };
    changed[choices.indexOf(found)] = choice;
  }
  return changed;
}
