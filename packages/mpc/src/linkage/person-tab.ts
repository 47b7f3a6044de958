import { assert } from "@symbolon/base/assert";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import type { Bits, Shares } from "../sharing/shares.js";
import {
  type CodedList,
  type CrossTabRule,
  cellsOf,
  columnsOf,
  countPlanes,
  listCells,
  listCellsTerms,
  type NamedColumn,
} from "../table/cross-tab.js";
import { shownCells, shownTerms } from "../table/shown-cells.js";
import type { SelectionSeeds } from "../table/shuffle.js";
import { besides, type Table, tableOf, takeColumns } from "../table/table.js";
import { verifyProducts } from "../verify/products.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";
import type { Clusters } from "./clusters.js";
import { personCodes, personCodesGates } from "./person-codes.js";

/** The columns that a table of persons looks at, each once: their words go with each record. */
export function carriedColumns(rule: Pick<CrossTabRule, "rows" | "columns" | "where">) {
  const byName = new Map(columnsOf(rule).map((column) => [column.name, column]));
  return [...byName.values()];
}

/** The words that each row of a list carries to the head of its person, column by column. */
export function carriedWords({ rows, columns }: CodedList, rule: CrossTabRule): Table {
  const tables = carriedColumns(rule).map(({ name }) => {
    const words = columns.get(name);
    assert(words !== undefined && words.length === rows, "a word a row of each column");
    return tableOf(words, 1);
  });
  return besides(...tables);
}

/**
 * Π_person-tab: one word a cell (`shownCells`): how many *persons* have both codes, each of them
 * counted once however many lists know her, with noise, where it may be shown.
 *
 *     SELECT a, b, COUNT(*) + noise FROM persons(all lists) WHERE … GROUP BY a, b HAVING rule
 *
 *     the words that her records carried to her head  →  her codes       Π_person-codes
 *     Π_hot-codes, the filter and the bit of a head, Π_cell-counts  →  T
 *     the same of each list's own rows, whoever they are            →  c_l, for the rule alone
 *     Π_shown-cells
 *
 * `linked`: Π_clusters of the same lists, whose rows carried `carriedWords`. What a list has of a
 * cell counts by its own rows: so a row moves that by no more than in Π_cross-tab, whoever is
 * linked with whom. Nothing is opened; verified. Soundness: `personTabTerms`. Own composition;
 * docs/protocols/person-tab.md.
 */
export async function personTab(
  ctx: Context,
  lists: readonly CodedList[],
  linked: Clusters,
  rule: CrossTabRule,
  seeds: SelectionSeeds,
): Promise<Shares> {
  const step = ctx.narrow("person-tab");
  const { rows } = linked.persons;
  assert(rows === lists.reduce((sum, list) => sum + list.rows, 0), "a word for each row");
  assert(linked.brought.length === lists.length, "what the records of each list carried");
  const persons = await codedPersons(step, linked, rule);
  const all = await listCells(step.narrow("persons"), persons, rule);
  const own: Bits[][] = [];
  for (const [l, list] of lists.entries()) {
    own.push(await listCells(step.narrow(`list-${l}`), list, rule));
  }
  return shownCells(step, { own, all }, cellsOf(rule), rule.shown, seeds);
}

/** All rows of all lists, of which the heads count, with the codes of their persons. */
async function codedPersons(
  ctx: Context,
  { persons, brought }: Clusters,
  rule: CrossTabRule,
): Promise<CodedList> {
  const step = ctx.batch("codes-of-persons");
  const columns = new Map<string, Bits>();
  for (const [c, column] of carriedColumns(rule).entries()) {
    const records = brought.map((table) =>
      planesOfRows(step, takeColumns(table, c, c + 1).shares, 1),
    );
    const planes = await personCodes(step.narrow(`column-${c}`), records, column);
    columns.set(column.name, rowsOfPlanes(step, planes, persons.rows));
  }
  await verifyProducts(step);
  ctx.join(step);
  const [counted] = planesOfRows(ctx, persons.shares, 1);
  return { rows: persons.rows, columns, counted };
}

/** What the checks of Π_person-tab over lists of so many rows may miss. */
export function personTabTerms(
  profile: Profile,
  rule: CrossTabRule,
  lists: readonly number[],
): SoundnessTerm[] {
  const rows = lists.reduce((sum, count) => sum + count, 0);
  const gates = carriedColumns(rule).reduce(
    (sum: number, column: NamedColumn) => sum + personCodesGates(column, lists.length),
    0,
  );
  const lanes = 128 * Math.ceil(rows / 128);
  const planes = { own: lists.map(countPlanes), all: countPlanes(rows) };
  return [
    { check: "gates of codes of persons", count: 1, error: gatesError(profile, lanes * gates) },
    ...[rows, ...lists].flatMap((count) => listCellsTerms(profile, rule, count)),
    ...shownTerms(profile, planes, cellsOf(rule), rule.shown),
  ];
}
