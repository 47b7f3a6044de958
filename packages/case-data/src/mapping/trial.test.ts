import { describe, expect, it } from "vitest";
import type { RawTable } from "../intake/raw-table.js";
import { readList } from "../intake/read-list.js";
import { rejectsCsv } from "../intake/rejects.js";
import { applyMapping, type MappedRow } from "./apply.js";
import { leavingOf } from "./leaving.js";
import { sureMapping, tableOf } from "./tables.contract.js";
import { tryMapping } from "./trial.js";

const options = { yearMax: 2026 };
const HEADER = ["First Name", "Phone", "Type of Exploitation", "Notes"];
const table = tableOf(
  HEADER,
  ["Amina", "+221771234567", "Slavery", "seen"],
  ["=HYPERLINK(0)", "-31612345678", "Forced labour; Slavery", "+x"],
  ["", "", "Forced labour", ""],
  ["José", "call her", "Slavery", ""],
);
const mapping = sureMapping(table);

/** The rejects of a table whose headings are in its first row. */
const rejectsOf = ({ rows: [head, ...rows] }: RawTable, read: readonly MappedRow[]) =>
  rejectsCsv(
    { headers: head.cells, rows, broken: [] },
    read.flatMap(({ problems }) => problems),
  );

describe("a trial", () => {
  const trial = tryMapping(table, mapping, options);

  it("counts what was read, by column", () => {
    expect(trial).toMatchObject({ persons: 3, leftOut: 1 });
    expect(trial.columns).toEqual([
      { name: "First Name", target: "prs_FirstName", filled: 3, unread: 0 },
      { name: "Phone", target: "prs_MobilePhone", filled: 3, unread: 1 },
      { name: "Type of Exploitation", target: "vic_TypeOfExploitation", filled: 4, unread: 3 },
    ]);
  });

  it("says one bad code once, masked, with its first rows", () => {
    expect(trial.groups).toMatchObject([
      { code: "NOTHING_TO_LINK", severity: "row", count: 1, lines: [4] },
      { code: "CODE_UNKNOWN", value: "Aaaaaaa", count: 3, lines: [2, 3, 5] },
      { code: "PHONE_UNREADABLE", column: "Phone", count: 1, lines: [5] },
    ]);
    const shown = tryMapping(table, mapping, { ...options, unmask: true });
    expect(shown.groups[1].value).toBe("Slavery");
  });
});

describe("rejects", () => {
  const { rows } = tryMapping(table, mapping, options);
  const bytes = rejectsOf(table, rows)!;
  const text = new TextDecoder().decode(bytes);

  it("are rows as they were, with the reason, that no spreadsheet computes", () => {
    const lines = text.trim().split("\r\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe(
      "What is wrong,Line in the list,First Name,Phone,Type of Exploitation,Notes",
    );
    expect(lines[2]).toContain(`"'=HYPERLINK(0)","'-31612345678"`);
    for (const { cells } of readList(bytes).rows) expect(cells).toHaveLength(6);
    expect(text).not.toMatch(/(^|[,"\n])[=+\-@|%]/);
  });

  it("can be read again with the same mapping, and give the same", () => {
    const csv = readList(bytes, { expected: ["First Name"] });
    const again = { rows: [{ line: 1, cells: csv.headers }, ...csv.rows] };
    const records = applyMapping(again, mapping, options).map(({ record }) => record);
    expect(records).toEqual(rows.map(({ record }) => record));
  });

  it("are nothing where nothing is wrong", () => {
    const good = tableOf(["First Name"], ["A"]);
    const { rows: all } = tryMapping(good, sureMapping(good), options);
    expect(rejectsOf(good, all)).toBeUndefined();
  });
});

it("says what leaves for which use, how complete it is, and what stays", () => {
  const { rows } = tryMapping(table, mapping, options);
  expect(leavingOf(mapping, rows)).toEqual({
    linkage: [
      { field: "given", columns: ["First Name"], filled: 1 },
      { field: "phone", columns: ["Phone"], filled: 2 / 3 },
    ],
    counts: [{ target: "vic_TypeOfExploitation", columns: ["Type of Exploitation"] }],
    traces: [],
    stays: ["Type of Exploitation", "Notes"],
  });
});
