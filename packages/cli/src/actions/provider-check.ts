import { paddedRows } from "@symbolon/base/dataset";
import { personColumns } from "@symbolon/case-data/encode/dataset";
import { estimate } from "@symbolon/provider/estimate";
import type { ListOptions } from "../commands/provider.js";
import type { Session } from "../program.js";
import { listSummary, readList, showList } from "./list.js";
import { findQuery, layoutOf } from "./query.js";

/** Bytes a second of a line of 10 Mbit/s. */
const USUAL_LINE = 1_250_000;

/** Shows what would leave and what would stay. Sends nothing, needs no network. */
export async function providerCheck(
  path: string,
  options: ListOptions,
  { output }: Session,
): Promise<void> {
  const list = await readList(path, options);
  showList(list, options, output);
  const layout = layoutOf(findQuery("not-on-list"));
  const rows = paddedRows(list.persons.length);
  const table = { name: "persons", rows, columns: personColumns(layout) };
  const schema = { version: 1, layout: layout.id, tables: [table] } as const;
  const cost = estimate(list.persons.length, schema, USUAL_LINE);
  output.line(`To submit over a line of 10 Mbit/s: ${cost.text}`);
  output.line(`The nodes would learn that it has at most ${rows} rows.`);
  output.result({ ...listSummary(list), rows, bytesPerNode: cost.bytesPerNode });
}
