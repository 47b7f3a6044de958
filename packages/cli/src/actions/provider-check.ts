import { type DatasetSchema, paddedRows } from "@symbolon/base/dataset";
import { ATTRIBUTES_TABLE } from "@symbolon/case-data/attributes/attributes-dataset";
import { personAttributeColumns } from "@symbolon/case-data/attributes/person-attributes";
import { personColumns } from "@symbolon/case-data/encode/dataset";
import {
  CASES_TABLE,
  INDICATOR_LAYOUT,
  indicatorColumns,
} from "@symbolon/case-data/indicators/cases-dataset";
import { estimate } from "@symbolon/provider/estimate";
import type { CheckOptions } from "../commands/provider.js";
import { CliError } from "../error.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { outgoingAttributes } from "./attributes.js";
import { casesSummary, readCases, showCases } from "./cases.js";
import { listSummary, readList, showList, writeRejects } from "./list.js";
import { casesOfPersons, readsCases } from "./person-cases.js";
import { findQuery, layoutOf } from "./query.js";

/** Bytes a second of a line of 10 Mbit/s. */
const USUAL_LINE = 1_250_000;

/** Shows what would leave and what would stay. Sends nothing, needs no network. */
export async function providerCheck(
  path: string,
  options: CheckOptions,
  { output }: Session,
): Promise<void> {
  const question = findQuery(options.query);
  const { table } = question.query.reads;
  if (table === ATTRIBUTES_TABLE) {
    const list = await outgoingAttributes(path, options, output);
    const rows = paddedRows(list.rows);
    output.line(`The nodes would learn that it has at most ${rows} rows.`);
    output.result({ ...list.summary, rows });
    return;
  }
  if (table === CASES_TABLE) {
    const list = await readCases(path, options);
    showCases(list, options, output);
    writeRejects(list, options.rejects, output);
    const schema = schemaOf(CASES_TABLE, INDICATOR_LAYOUT, list.cases.length, indicatorColumns());
    const cost = showCost(list.cases.length, schema, output);
    output.result({ ...casesSummary(list), ...cost });
    return;
  }
  if (options.indicators !== undefined || options.own !== undefined) {
    const cure = "add --query shared-indicators";
    throw new CliError("USAGE", `${options.query} asks about persons, not traces`, {}, cure);
  }
  const list = await readList(path, options);
  showList(list, options, output);
  writeRejects(list, options.rejects, output);
  const layout = layoutOf(question);
  const count = list.persons.length;
  const cases = readsCases(options.query) ? await casesOfPersons(list, options, output) : undefined;
  const columns = [...personColumns(layout), ...(cases ? personAttributeColumns() : [])];
  const schema = schemaOf("persons", layout.id, count, columns);
  const codes = cases && { codes: cases.known };
  output.result({ ...listSummary(list), ...codes, ...showCost(count, schema, output) });
}

const schemaOf = (
  name: string,
  layout: string,
  count: number,
  columns: DatasetSchema["tables"][number]["columns"],
): DatasetSchema => ({
  version: 1,
  layout,
  tables: [{ name, rows: paddedRows(count), columns }],
});

/** What sending it would take, and what its size says. */
function showCost(count: number, schema: DatasetSchema, output: Output) {
  const [{ rows }] = schema.tables;
  const cost = estimate(count, schema, USUAL_LINE);
  output.line(`To submit over a line of 10 Mbit/s: ${cost.text}`);
  output.line(`The nodes would learn that it has at most ${rows} rows.`);
  return { rows, bytesPerNode: cost.bytesPerNode };
}
