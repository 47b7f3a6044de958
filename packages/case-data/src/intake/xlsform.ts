import type { RawTable } from "./raw-table.js";

/** Texts by language, as the form names its languages; "" is the one without a name. */
export type Labels = Readonly<Record<string, string>>;

/** One question of a form. */
export interface FormQuestion {
  readonly name: string;
  /** Groups and repeats around it and its own name, as exports join them: `person/first_name`. */
  readonly path: string;
  /** `text`, `date`, `select_one`, … as the form has it, without the name of a list. */
  readonly type: string;
  /** Whether several answers may be chosen. */
  readonly isMultiple: boolean;
  readonly labels: Labels;
  /** Codes that may be answered, with their labels; absent if anything may be. */
  readonly choices?: ReadonlyMap<string, Labels>;
  /** Path of the repeat around it: its answers are in a table of their own. */
  readonly repeat?: string;
}

/** What an XLSForm says of the data that it collects. */
export interface Form {
  readonly id?: string;
  readonly title?: string;
  readonly version?: string;
  readonly questions: readonly FormQuestion[];
}

const key = (text: string): string => text.trim().toLowerCase();

const sheetNamed = (tables: readonly RawTable[], name: string): RawTable | undefined =>
  tables.find(({ sheet }) => key(sheet ?? "") === name);

const headersOf = (table: RawTable | undefined): string[] => (table?.rows[0]?.cells ?? []).map(key);

/** Whether a workbook is a form: a sheet `survey` with a type and a name for each question. */
export function isForm(tables: readonly RawTable[]): boolean {
  const headers = headersOf(sheetNamed(tables, "survey"));
  return headers.includes("type") && headers.includes("name");
}

/** A sheet's rows as cells by header. */
function rowsOf(table: RawTable | undefined): Map<string, string>[] {
  const headers = (table?.rows[0]?.cells ?? []).map((header) => header.trim());
  return (table?.rows ?? []).slice(1).map(({ cells }) => {
    const filled = headers.flatMap((header, k): [string, string][] =>
      (cells[k] ?? "").trim() === "" ? [] : [[header, cells[k].trim()]],
    );
    return new Map(filled);
  });
}

/** A cell by a header in any case. */
function cell(row: ReadonlyMap<string, string>, ...names: readonly string[]): string {
  for (const [header, text] of row) if (names.includes(key(header))) return text;
  return "";
}

/** Columns `label` and `label::English (en)`, and the older `label:English`. */
function labelsOf(row: ReadonlyMap<string, string>): Labels {
  const found = [...row].flatMap(([header, text]): [string, string][] => {
    const language = /^label(?:::?(.*))?$/i.exec(header);
    return language === null ? [] : [[(language[1] ?? "").trim(), text]];
  });
  return Object.fromEntries(found);
}

function choicesOf(table: RawTable | undefined): Map<string, Map<string, Labels>> {
  const lists = new Map<string, Map<string, Labels>>();
  for (const row of rowsOf(table)) {
    const [list, code] = [cell(row, "list_name", "list name"), cell(row, "name", "value")];
    if (list === "" || code === "") continue;
    const choices = lists.get(list) ?? new Map<string, Labels>();
    if (!choices.has(code)) choices.set(code, labelsOf(row));
    lists.set(list, choices);
  }
  return lists;
}

interface Group {
  readonly name: string;
  readonly isRepeat: boolean;
}

const pathOf = (groups: readonly Group[], name?: string): string =>
  [...groups.map((group) => group.name), ...(name === undefined ? [] : [name])].join("/");

/** Types whose rows ask nothing. */
const SILENT = /^(note|start|end|today|deviceid|username|simserial|subscriberid|audit)$/;

/**
 * The questions of an XLSForm (KoboToolbox, ODK), with codes and labels of their answers: the
 * schema of what it collects. `undefined` if the workbook is no form.
 */
export function readForm(tables: readonly RawTable[]): Form | undefined {
  if (!isForm(tables)) return undefined;
  const lists = choicesOf(sheetNamed(tables, "choices"));
  const questions: FormQuestion[] = [];
  const groups: Group[] = [];
  for (const row of rowsOf(sheetNamed(tables, "survey"))) {
    const [type = "", list = ""] = cell(row, "type").split(/\s+/);
    const [kind, of] = [key(type), key(list)];
    const name = cell(row, "name");
    const opens = /^begin[_ ]?(group|repeat)?$/.exec(kind);
    if (opens !== null) groups.push({ name, isRepeat: (opens[1] ?? of) === "repeat" });
    else if (/^end[_ ](group|repeat)$|^end$/.test(kind) && (kind !== "end" || of !== ""))
      groups.pop();
    else if (name !== "" && !SILENT.test(kind)) {
      const choices = /^(select|rank)/.test(kind) ? lists.get(list) : undefined;
      const inner = groups.findLastIndex(({ isRepeat }) => isRepeat);
      questions.push({
        name,
        path: pathOf(groups, name),
        type: kind,
        isMultiple: kind === "select_multiple" || kind === "rank",
        labels: labelsOf(row),
        ...(choices !== undefined && { choices }),
        ...(inner >= 0 && { repeat: pathOf(groups.slice(0, inner + 1)) }),
      });
    }
  }
  const [settings = new Map<string, string>()] = rowsOf(sheetNamed(tables, "settings"));
  const said = { id: "form_id", title: "form_title", version: "version" };
  const told = Object.entries(said).flatMap(([name, header]) => {
    const text = cell(settings, header, header.replace("form_id", "id_string"));
    return text === "" ? [] : [[name, text] as const];
  });
  return { ...Object.fromEntries(told), questions };
}
