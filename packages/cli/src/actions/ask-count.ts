import { ATTRIBUTES, attributeCalled } from "@symbolon/case-data/attributes/attributes";
import { csvCell } from "@symbolon/case-data/intake/csv-cell";
import type { RunParams } from "@symbolon/governance/statement";
import {
  type CountPersonsParams,
  readPersonCounts,
} from "@symbolon/queries/catalogue/count-persons";
import {
  type CountParams,
  type CountTable,
  readCounts,
  WHERE_MAX,
} from "@symbolon/queries/catalogue/count-question";
import type { CountOptions } from "../commands/ask.js";
import type { Assignment } from "../commands/options.js";
import { CliError } from "../error.js";
import { writeNew } from "../files.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { type Asked, askQuestion, type OwnList, showCost } from "./ask-question.js";
import { countLines } from "./count-table.js";

const NO_LIST: OwnList = { source: "", table: { rows: [] } };

/** Asks how many cases or persons all lists have together, and shows it to us alone. */
export function askCount(options: CountOptions, session: Session): Promise<void> {
  const { each, persons, overlap } = options;
  if (each === true && persons === true) {
    const cure = "leave one of them out";
    throw new CliError("USAGE", "--each is of one list, --persons of all", {}, cure);
  }
  const table = paramsOf(options);
  const params = persons === true ? { ...table, overlap } : table;
  return askQuestion({ ...options, list: "" }, session, {
    name: persons === true ? "count-persons" : each === true ? "count-each" : "count",
    read: () => NO_LIST,
    paramsFor: () => params,
    show: (asked) => showAnswer(asked, options, session.output),
  });
}

function numberOf(name: string): number {
  const attribute = attributeCalled(name);
  if (attribute !== undefined) return ATTRIBUTES.indexOf(attribute) + 1;
  throw new CliError(
    "USAGE",
    `there is no attribute ${name}`,
    {},
    `the attributes are ${ATTRIBUTES.map((one) => one.name).join(", ")}`,
  );
}

/** An attribute and the code that cases must have, by code or label. */
function conditionOf({ name, value }: Assignment): readonly [attribute: number, code: number] {
  const attribute = numberOf(name);
  const { codes } = ATTRIBUTES[attribute - 1];
  const wanted = value.toLowerCase();
  const at = codes.findIndex(({ code, label }) =>
    [code, label].some((text) => text.toLowerCase() === wanted),
  );
  if (at >= 0) return [attribute, at + 1];
  const some = codes.slice(0, 12).map(({ code }) => code);
  const cure = `the codes are ${some.join(", ")}${codes.length > 12 ? ", …" : ""}`;
  throw new CliError("USAGE", `${name} has no such code`, {}, cure);
}

function paramsOf({ by, and, where = [] }: CountOptions): CountParams & RunParams {
  if (where.length > WHERE_MAX) {
    const cure = `give at most ${WHERE_MAX}`;
    throw new CliError("USAGE", "too many conditions", {}, cure);
  }
  if (by === and) {
    throw new CliError("USAGE", "--by and --and name one attribute", {}, "name another one");
  }
  const none = [0, 0] as const;
  const [first = none, second = none, third = none] = where.map(conditionOf);
  return {
    rows: numberOf(by),
    columns: and === undefined ? 0 : numberOf(and),
    ...{ where1: first[0], is1: first[1] },
    ...{ where2: second[0], is2: second[1] },
    ...{ where3: third[0], is3: third[1] },
  };
}

function showAnswer(asked: Asked<OwnList>, options: CountOptions, output: Output): void {
  const { answer, params } = asked;
  const { csv, each, persons, theirs } = options;
  const of = each === true ? "each" : "all";
  const tables =
    persons === true
      ? [readPersonCounts(answer.words, params as CountPersonsParams)]
      : readCounts(answer.words, params as CountParams, of);
  const cells = tables.flatMap((table, k) => {
    const list = each === true ? { list: theirs[k].dataset } : {};
    if (each === true) output.line(`${theirs[k].dataset}:`);
    for (const line of countLines(table, persons === true)) output.line(line);
    return cellsOf(table).map((cell) => ({ ...list, ...cell }));
  });
  if (csv !== undefined) {
    writeNew(csv, csvOf(cells));
    output.line(`All cells are in ${csv}.`);
  }
  const { soundnessBits, rounds, bytesPerLink } = showCost(answer, output);
  const by = [params["rows"], params["columns"]].filter(Boolean).map((k) => ATTRIBUTES[k - 1].name);
  const [{ deviation }] = tables;
  const cost = { soundnessBits, rounds, bytesPerLink };
  output.result({ run: answer.run, by, params, deviation, cells, ...cost });
}

/** Every cell, shown or not, by its codes. */
function cellsOf({ rows, columns, cells }: CountTable) {
  return cells.flatMap((line, r) =>
    line.map((figure, c) => ({
      row: ATTRIBUTES[rows - 1].codes[r].code,
      ...(columns > 0 && { column: ATTRIBUTES[columns - 1].codes[c].code }),
      ...(figure === undefined
        ? { shown: false as const }
        : { shown: true as const, noised: figure.noised, ...figure.interval }),
    })),
  );
}

function csvOf(
  cells: readonly (ReturnType<typeof cellsOf>[number] & { readonly list?: string })[],
): string {
  const lines = cells.map((cell) => [
    cell.list ?? "",
    cell.row,
    cell.column ?? "",
    ...(cell.shown ? [cell.noised, cell.low, cell.high].map(String) : ["", "", ""]),
    cell.shown ? "yes" : "no",
  ]);
  return [["list", "row", "column", "about", "from", "to", "shown"], ...lines]
    .map((line) => `${line.map(csvCell).join(",")}\r\n`)
    .join("");
}
