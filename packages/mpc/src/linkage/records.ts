import { assert } from "@symbolon/base/assert";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import type { Context } from "../context.js";
import type { Bits } from "../sharing/shares.js";
import { type Table, tableOf } from "../table/table.js";
import { presencePlanes } from "./keys.js";
import type { SharedList } from "./list.js";
import type { RecordLayout } from "./record-layout.js";

/** A list that carries comparison records beside its vectors. */
export interface RecordList extends SharedList {
  /** Rows of `RecordLayout.bits` XOR-shared bits. Any bits are a record. */
  readonly records: Bits;
}

/**
 * The comparison records of a list, in which a field is known exactly where its linkage field is
 * present: so both stages look at the same fields. No message.
 */
export function recordTable(
  ctx: Context,
  layout: RecordLayout,
  list: RecordList,
  presenceFields: number,
): Table {
  const width = layout.bits / 32;
  assert(list.records.length === list.rows * width, "one record a row");
  const planes = planesOfRows(ctx, list.records, width);
  const present = presencePlanes(ctx, list, presenceFields);
  for (const { offset, presence } of layout.fields) planes[offset] = present[presence];
  return tableOf(rowsOfPlanes(ctx, planes, list.rows), width);
}
