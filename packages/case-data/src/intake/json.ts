import { CaseDataError } from "../error.js";
import type { DecodedText } from "./decode.js";
import { checkShape, FlatTable } from "./flat-table.js";
import type { IntakeLimits } from "./limits.js";
import type { RawTable } from "./raw-table.js";
import { checkTables } from "./workbook/sheet-table.js";

/** Whether a text is meant to be JSON: it starts as an object or an array of something does. */
export const isJson = (text: string): boolean => /^\s*(\{\s*["}]|\[\s*[[{"\]])/.test(text);

/** Strings, and numbers that would lose digits; strings are matched to be skipped. */
const STRING_OR_LONG = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.]{15,}(?:[eE][+-]?\d+)?/gs;

/** Numbers of so many digits become texts, so that none is lost. */
const keepDigits = (text: string): string =>
  /\d[\d.]{15}/.test(text)
    ? text.replace(STRING_OR_LONG, (found) => (found.startsWith('"') ? found : `"${found}"`))
    : text;

function invalid(line: number | undefined): CaseDataError {
  const where = line === undefined ? "" : ` (line ${line})`;
  return new CaseDataError(
    "JSON_INVALID",
    `the file begins as JSON and is none${where}`,
    line === undefined ? {} : { line },
    "Export it again; it may have been cut off, or edited by hand.",
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(keepDigits(text));
  } catch (error) {
    // The message quotes the file; only the place is taken from it.
    const at = /position (\d+)/.exec(String(error))?.[1];
    throw invalid(at === undefined ? undefined : text.slice(0, Number(at)).split("\n").length);
  }
}

/** One object a line, as logs and bulk exports have it. */
function parseLines(text: string): unknown[] | undefined {
  const lines = text.split("\n");
  const filled = lines.map((line) => line.trim()).filter((line) => line !== "");
  if (filled.length < 2 || !filled.every((line) => line.startsWith("{"))) return undefined;
  if (!filled[0].endsWith("}")) return undefined;
  return lines.flatMap((line, k) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(keepDigits(line)) as unknown];
    } catch {
      throw invalid(k + 1);
    }
  });
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A page of an API says where the next one is. */
const NEXT = ["@odata.nextLink", "next", "next_page"];

/** The arrays of a file by name: the file itself, or what its object holds, as APIs answer. */
function arraysOf(whole: unknown): { arrays: [string | undefined, unknown[]][]; isPage: boolean } {
  if (Array.isArray(whole)) return { arrays: [[undefined, whole]], isPage: false };
  if (!isObject(whole)) return { arrays: [], isPage: false };
  const isPage = NEXT.some((key) => typeof whole[key] === "string");
  const lists = Object.entries(whole).filter(
    (entry): entry is [string, unknown[]] =>
      Array.isArray(entry[1]) && entry[1].some((one) => isObject(one) || Array.isArray(one)),
  );
  // A record by itself has a name or a number besides its lists.
  const isAnswer = "value" in whole || "results" in whole || "data" in whole || "count" in whole;
  const isRecord = !isAnswer && Object.values(whole).some((value) => typeof value === "string");
  if (lists.length === 0 || isRecord) return { arrays: [[undefined, [whole]]], isPage };
  return { arrays: lists, isPage };
}

/**
 * JSON → tables: an array of objects, flat or nested; an answer of an API that holds such arrays;
 * one object a line. Names of nested fields are joined by `/`. Lists of objects within objects are
 * tables of their own, whose rows name the element they belong to in `_parent_index`. Throws
 * `CaseDataError` JSON_INVALID, NO_ROWS, TOO_MANY_ROWS, TOO_MANY_COLUMNS, TOO_MANY_CELLS.
 */
export function readJson({ text, encoding, notes }: DecodedText, limits: IntakeLimits): RawTable[] {
  const { arrays, isPage } = arraysOf(parseLines(text) ?? parse(text));
  const more = isPage
    ? ["The file is one page of several: it says that more follows, which is not in it."]
    : [];
  const origin = { format: "json", encoding, notes: [...notes, ...more] } as const;
  const count = { cells: 0 };
  const tables = arrays.flatMap(([name, elements]) => {
    checkShape(elements, limits);
    const table = new FlatTable(name, limits, count);
    for (const element of elements) table.add(element);
    return table.build(origin);
  });
  checkTables(tables.length, limits);
  if (tables.some(({ rows }) => rows.length > 1)) return tables;
  const cure = "Give an array of objects, one for each person.";
  throw new CaseDataError("NO_ROWS", "the JSON file has no list of objects", {}, cure);
}
