import { canonicalField } from "../htcds/canonical-field.js";
import { labelBeatsId } from "../htcds/template.js";
import type { RawTable } from "../intake/raw-table.js";
import { readPhones } from "../normalise/contact.js";
import { isFemaleM } from "../normalise/sex.js";
import { isMissing } from "../normalise/text.js";
import { bodyRows } from "./apply.js";
import { dateFacts } from "./date-facts.js";
import type { Headings, TableColumn } from "./headings.js";
import { locateAll } from "./locate.js";
import { type ColumnMapping, columnName, type Mapping } from "./mapping.js";
import { targetOf } from "./target.js";

export const QUESTION_IDS = [
  "address-labels",
  "date-order",
  "short-years",
  "excel-days",
  "name-order",
  "phone-country",
  "record-id",
] as const;
export type QuestionId = (typeof QUESTION_IDS)[number];

/** One possible answer, and the mapping that it makes. */
export interface Answer {
  /** What somebody types, or gives on a command line. */
  readonly id: string;
  readonly words: string;
  readonly apply: (mapping: Mapping) => Mapping;
}

/** Something that the file leaves open. */
export interface Question {
  readonly id: QuestionId;
  /** Columns that it is about. */
  readonly columns: readonly string[];
  readonly text: string;
  readonly answers: readonly Answer[];
  /** The answer that somebody who only agrees gives; absent: it must be thought about. */
  readonly suggested?: string;
  /** Nothing is lost if nobody answers: the suggestion may be taken without asking. */
  readonly mayBeAssumed: boolean;
  /** Any text is an answer as well: a code of two letters. */
  readonly freely?: (text: string) => Answer | undefined;
}

export interface QuestionOptions {
  /** This year. */
  readonly yearMax: number;
}

interface Column {
  readonly column: ColumnMapping;
  readonly name: string;
  readonly filled: readonly string[];
}

/** Changes the columns for which `holds`. */
const change =
  (holds: (column: ColumnMapping) => boolean, rules: Partial<ColumnMapping>) =>
  (mapping: Mapping): Mapping => ({
    ...mapping,
    columns: mapping.columns.map((column) => (holds(column) ? { ...column, ...rules } : column)),
  });

const among = (columns: readonly Column[]) => {
  const names = new Set(columns.map(({ name }) => name));
  return (column: ColumnMapping): boolean => names.has(columnName(column));
};

const quoted = (columns: readonly Column[]): string =>
  columns.map(({ name }) => `"${name}"`).join(", ");

/** What the file leaves open under a mapping, in the order in which it is best asked. */
export function openQuestions(
  table: RawTable,
  headings: Headings,
  mapping: Mapping,
  { yearMax }: QuestionOptions,
): Question[] {
  const located = locateAll(table, mapping);
  const rows = bodyRows(table, located);
  const columns = mapping.columns.map((column, k): Column => {
    const cells = rows.map((row) => row.cells[located.at[k]] ?? "");
    return { column, name: columnName(column), filled: cells.filter((it) => !isMissing(it)) };
  });
  const dates = columns.filter(({ column }) => targetOf(column.to).kind === "date");
  return [
    ...addressLabels(headings, mapping),
    ...dateOrder(dates),
    ...shortYears(dates, yearMax),
    ...excelDays(dates),
    ...nameOrder(columns),
    ...phoneCountry(columns, mapping),
    ...recordId(headings, mapping, rows),
  ];
}

/** Columns whose own cells decide the order of dates, or what M means beside H. */
export function settledOrders(table: RawTable, mapping: Mapping): Mapping {
  const located = locateAll(table, mapping);
  const rows = bodyRows(table, located);
  const columns = mapping.columns.map((column, k): ColumnMapping => {
    const cells = rows.map((row) => row.cells[located.at[k]] ?? "");
    if (column.to === "prs_Gender" && column.values?.["M"] === undefined && isFemaleM(cells)) {
      return { ...column, values: { ...column.values, M: "Feminine" } };
    }
    if (targetOf(column.to).kind !== "date" || column.dateOrder !== undefined) return column;
    const facts = dateFacts(cells);
    if (facts.dayFirst > 0 && facts.monthFirst === 0) return { ...column, dateOrder: "dmy" };
    if (facts.monthFirst > 0 && facts.dayFirst === 0) return { ...column, dateOrder: "mdy" };
    return column;
  });
  return { ...mapping, columns };
}

/** The official templates have the ids of four columns of the address in the wrong places. */
function addressLabels({ columns }: Headings, mapping: Mapping): Question[] {
  const used = new Set(mapping.columns.map(({ from }) => from));
  const odd = columns.filter(
    ({ header, id }) => used.has(header) && id !== undefined && labelBeatsId(id, header),
  );
  if (odd.length === 0) return [];
  const names = odd.map(({ header }) => header);
  const byIds = (it: Mapping): Mapping => ({
    ...it,
    columns: it.columns.map((column): ColumnMapping => {
      const match = canonicalField(odd.find(({ header }) => header === column.from)?.id ?? "");
      return match.kind === "field" ? { ...column, to: match.id } : column;
    }),
  });
  return [
    {
      id: "address-labels",
      columns: names,
      text:
        "In this template the hidden names of the address columns contradict the labels that " +
        "people see: a known mistake of the official one. What were the cells filled in by?",
      answers: [
        { id: "labels", words: "by the labels that people see", apply: (it) => it },
        { id: "names", words: "by the hidden names: a program wrote the file", apply: byIds },
      ],
      suggested: "labels",
      mayBeAssumed: true,
    },
  ];
}

function dateOrder(dates: readonly Column[]): Question[] {
  const open = dates.filter(({ column, filled }) => {
    const { eitherWay, dayFirst, monthFirst } = dateFacts(filled);
    return column.dateOrder === undefined && eitherWay + Math.min(dayFirst, monthFirst) > 0;
  });
  if (open.length === 0) return [];
  const isMixed = open.some(({ filled }) => dateFacts(filled).dayFirst > 0);
  const decided = dates.map(({ column }) => column.dateOrder).find((order) => order !== undefined);
  const suggested = decided === "mdy" ? "month-first" : "day-first";
  const set = (order: "dmy" | "mdy") => change(among(open), { dateOrder: order });
  return [
    {
      id: "date-order",
      columns: open.map(({ name }) => name),
      text:
        `Dates such as 03/04/1999 in ${quoted(open)} can be read in two ways` +
        (isMixed ? ", and other rows use one way as well as the other" : "") +
        ". Which is right here?",
      answers: [
        { id: "day-first", words: "3 April 1999: the day comes first", apply: set("dmy") },
        { id: "month-first", words: "March 4, 1999: the month comes first", apply: set("mdy") },
      ],
      ...(decided !== undefined && { suggested }),
      mayBeAssumed: false,
    },
  ];
}

function shortYears(dates: readonly Column[], yearMax: number): Question[] {
  const open = dates.filter(
    ({ column, filled }) =>
      column.twoDigitYearsTo === undefined && dateFacts(filled).shortYears > 0,
  );
  if (open.length === 0) return [];
  const isBirth = open.every(({ column }) => column.to === "prs_Birthdate");
  const set = (latest: number) => change(among(open), { twoDigitYearsTo: latest });
  const year = (latest: number, two: number) => latest - ((latest - two + 10_000) % 100);
  const words = (latest: number) =>
    `${latest - 99} to ${latest}: 87 means ${year(latest, 87)}, ` + `05 means ${year(latest, 5)}`;
  return [
    {
      id: "short-years",
      columns: open.map(({ name }) => name),
      text: `Years in ${quoted(open)} have two digits. Which years can they be?`,
      answers: [
        { id: "past", words: words(yearMax), apply: set(yearMax) },
        { id: "adults", words: words(yearMax - 18), apply: set(yearMax - 18) },
        { id: "1900s", words: words(1999), apply: set(1999) },
      ],
      ...(isBirth ? {} : { suggested: "past" }),
      mayBeAssumed: false,
    },
  ];
}

function excelDays(dates: readonly Column[]): Question[] {
  const open = dates.filter(
    ({ column, filled }) => column.excelDays === undefined && dateFacts(filled).excelDays > 0,
  );
  if (open.length === 0) return [];
  return [
    {
      id: "excel-days",
      columns: open.map(({ name }) => name),
      text:
        `Some dates in ${quoted(open)} are bare numbers such as 31868. ` +
        "Excel writes dates so when they lose their format. What are they here?",
      answers: [
        {
          id: "dates",
          words: "dates: 31868 is 1 April 1987",
          apply: change(among(open), { excelDays: true }),
        },
        { id: "mistakes", words: "mistakes: leave them out", apply: (mapping) => mapping },
      ],
      suggested: "dates",
      mayBeAssumed: false,
    },
  ];
}

function nameOrder(columns: readonly Column[]): Question[] {
  const open = columns.filter(
    ({ column, filled }) =>
      column.to === "full-name" &&
      column.nameOrder === undefined &&
      filled.some((cell) => /\S\s+\S/.test(cell.trim()) && !cell.includes(",")),
  );
  if (open.length === 0) return [];
  const set = (order: "given-first" | "surname-first") => change(among(open), { nameOrder: order });
  return [
    {
      id: "name-order",
      columns: open.map(({ name }) => name),
      text: `${quoted(open)} has the whole name in one cell. Which part comes first?`,
      answers: [
        { id: "given-first", words: "the given name: Amina Diallo", apply: set("given-first") },
        {
          id: "surname-first",
          words: "the family name: Diallo Amina",
          apply: set("surname-first"),
        },
      ],
      suggested: "given-first",
      mayBeAssumed: false,
    },
  ];
}

function phoneCountry(columns: readonly Column[], mapping: Mapping): Question[] {
  const phones = columns.filter(({ column }) => targetOf(column.to).kind === "phone");
  const bare = phones.filter(({ filled }) =>
    filled.some((cell) => readPhones(cell).numbers.some((number) => !number.startsWith("+"))),
  );
  if (bare.length === 0 || mapping.phoneCountry !== undefined) return [];
  return [
    {
      id: "phone-country",
      columns: bare.map(({ name }) => name),
      text:
        `Some numbers in ${quoted(bare)} have no country code. If most are of one country, ` +
        "type its two letters (such as NL); else they are compared as they stand.",
      answers: [{ id: "none", words: "leave them as they stand", apply: (it) => it }],
      suggested: "none",
      mayBeAssumed: true,
      freely: (text) => {
        const code = text.trim().toUpperCase();
        if (!/^[A-Z]{2}$/.test(code)) return undefined;
        const apply = (it: Mapping): Mapping => ({ ...it, phoneCountry: code });
        return { id: code, words: code, apply };
      },
    },
  ];
}

/** Headings that say that a column numbers the cases. */
const ID_HEADING = /\b(id|no|nr|number|code|key|ref|reference|uuid|dossier|expediente)\b/i;
const CANDIDATES_MAX = 6;

/** Columns that are full and never say the same twice. */
function recordId(
  headings: Headings,
  mapping: Mapping,
  rows: ReturnType<typeof bodyRows>,
): Question[] {
  if (mapping.columns.some(({ to }) => to === "x_recordId")) return [];
  const used = new Set(mapping.columns.map(columnName));
  const candidates = headings.columns.filter((column) => {
    const name = columnName({ from: column.header, ...(column.nth && { nth: column.nth }) });
    const words = column.header.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ");
    if (used.has(name) || !ID_HEADING.test(words)) return false;
    const cells = rows.map((row) => (row.cells[column.index] ?? "").trim());
    return cells.every((cell) => cell !== "") && new Set(cells).size === cells.length;
  });
  if (candidates.length === 0) return [];
  const answer = (column: TableColumn): Answer => ({
    id: column.header,
    words: `"${column.header}"`,
    apply: (it) => withRecordId(it, column),
  });
  return [
    {
      id: "record-id",
      columns: candidates.map(({ header }) => header),
      text: "Which column holds your own number of each case? It stays home.",
      answers: [
        ...candidates.slice(0, CANDIDATES_MAX).map(answer),
        { id: "none", words: "none of them: use the line of the file", apply: (it) => it },
      ],
      suggested: candidates[0].header,
      mayBeAssumed: true,
    },
  ];
}

function withRecordId(mapping: Mapping, { header, nth }: TableColumn): Mapping {
  const column = { from: header, to: "x_recordId", filled: 1, ...(nth && { nth }) } as const;
  return {
    ...mapping,
    columns: [...mapping.columns, column],
    stays: mapping.stays.filter((other) => other !== header),
  };
}
