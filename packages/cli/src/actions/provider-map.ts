import { basename } from "node:path";
import type { RowError } from "@symbolon/case-data/error";
import { asTable } from "@symbolon/case-data/intake/headed-table";
import { rejectsCsv } from "@symbolon/case-data/intake/rejects";
import {
  draftMapping,
  earlierChoices,
  sureChoices,
  withRulesOf,
  withUnread,
} from "@symbolon/case-data/mapping/draft";
import { findHeadings, type Headings } from "@symbolon/case-data/mapping/headings";
import type { Mapping } from "@symbolon/case-data/mapping/mapping";
import { type ColumnMatch, matchColumns } from "@symbolon/case-data/mapping/match-columns";
import { settledOrders } from "@symbolon/case-data/mapping/questions";
import { saidChoices } from "@symbolon/case-data/mapping/said-columns";
import { SYSTEM_NAMES } from "@symbolon/case-data/mapping/systems";
import { type Trial, tryMapping } from "@symbolon/case-data/mapping/trial";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { importIdentity, signerOfIdentity } from "@symbolon/provider/identity";
import { exportMapping, importMapping } from "@symbolon/provider/mapping-file";
import type { MapOptions } from "../commands/provider.js";
import { CliError } from "../error.js";
import { readBytes, readText, writeNew } from "../files.js";
import { plural } from "../format.js";
import type { Session } from "../program.js";
import { agree } from "./map/choose.js";
import { columnsStep } from "./map/columns-step.js";
import { type Prompt, terminalPrompt } from "./map/prompt.js";
import { type Answers, questionsStep } from "./map/questions-step.js";
import { brokenLines, leavingLines, qualityLines, trialLines } from "./map/report.js";
import { valuesStep } from "./map/values-step.js";
import { openList } from "./open-list.js";

/** Makes the mapping of a file together with whoever knows it, and writes it down. */
export async function providerMap(
  path: string,
  options: MapOptions,
  session: Session,
  given?: Prompt,
): Promise<void> {
  const { output, signal } = session;
  const prompt = given ?? promptOf(options, session);
  try {
    const old = await oldMapping(options);
    const list = openList(readBytes(path, "list"), options, old);
    const { notes, errors } = list;
    const table = asTable(list);
    const headings = findHeadings(table);
    const matches = matchColumns(table, headings);
    const say = async (lines: readonly string[]) =>
      prompt === undefined ? lines.forEach((line) => void output.line(line)) : prompt.say(lines);
    await say(introduction(basename(path), headings, table.rows.length, notes));
    if (errors.length > 0) await say(brokenLines(errors));
    const said = (options.map ?? []).map(({ name, value }) => ({ means: name, heading: value }));
    const first = saidChoices(earlierChoices(sureChoices(matches), old), said);
    const choices = prompt === undefined ? first : await columnsStep(prompt, matches, first);
    const fresh = withRulesOf(old, draftMapping(table, headings, choices));
    const draft = settledOrders(table, fresh);
    requireColumns(draft);
    const yearMax = new Date().getUTCFullYear();
    const context = { table, headings, yearMax, answers: answersOf(options) };
    const { mapping: settled, assumed } = await questionsStep(prompt, draft, context);
    const decided = prompt === undefined ? settled : await valuesStep(prompt, table, settled);
    const trial = tryMapping(table, decided, { yearMax });
    const mapping = withUnread(decided, trial.columns, trial.rows.length);
    await say(trialLines(trial));
    await say(leavingLines(mapping, trial));
    await say(qualityLines(mapping, trial));
    for (const { text } of assumed) output.note(`Not asked: ${text}`);
    if (prompt === undefined) noteUnsure(matches, mapping, session);
    else if (!(await agree(prompt, `Write ${options.out}?`, true))) {
      throw new CliError("CANCELLED", "nothing was written", {}, "start again to map anew");
    }
    signal.throwIfAborted();
    const wrong = trial.rows.flatMap(({ problems }) => problems);
    const rejects = rejectsCsv(list, [...errors, ...wrong]);
    await save(mapping, trial, rejects, errors, options, session);
  } finally {
    prompt?.close();
  }
}

/** Somebody to ask; nobody with `--yes`. */
function promptOf({ yes }: MapOptions, { output, signal }: Session): Prompt | undefined {
  if (yes === true) return undefined;
  if (process.stdin.isTTY !== true || output.json) {
    const cure = "add --yes to take what is sure, and --answer for what is asked";
    throw new CliError("USAGE", "nobody can be asked what the columns mean", {}, cure);
  }
  return terminalPrompt({ input: process.stdin, output: process.stderr }, signal);
}

/** A mapping that was made before: its decisions are taken over where the columns are there. */
async function oldMapping({ mapping: path }: MapOptions): Promise<Mapping | undefined> {
  if (path === undefined) return undefined;
  return (await importMapping(readText(path, "mapping"))).mapping;
}

function introduction(
  name: string,
  { system, headerRow, columns }: Headings,
  rows: number,
  notes: readonly string[],
): string[] {
  const from = system === "plain" ? "" : ` It comes from ${SYSTEM_NAMES[system]}.`;
  const size = `${plural(rows - headerRow - 1, "row")} and ${plural(columns.length, "column")}`;
  return [`${name}: ${size}.${from}`, ...notes.map((note) => `Note: ${note}`)];
}

function answersOf({ answer = [], dateOrder, country }: MapOptions): Answers {
  const answers = new Map(answer.map(({ name, value }) => [name, value]));
  if (dateOrder !== undefined) answers.set("date-order", dateOrder);
  if (country !== undefined) answers.set("phone-country", country);
  return answers;
}

function requireColumns({ columns }: Mapping): void {
  if (columns.length > 0) return;
  throw new CliError(
    "FILE_INVALID",
    "no column of the file was understood",
    {},
    "check the row of headings, or say what the columns mean without --yes",
  );
}

function noteUnsure(
  matches: readonly ColumnMatch[],
  { stays }: Mapping,
  { output }: Session,
): void {
  const unsure = matches.filter(
    ({ isSure, choices, column }) => !isSure && choices.length > 0 && stays.includes(column.header),
  );
  if (unsure.length === 0) return;
  const names = unsure.map(({ column }) => `"${column.header}"`).join(", ");
  output.note(`Stays home, as nobody could be asked what it is: ${names}.`);
}

async function save(
  mapping: Mapping,
  trial: Trial,
  rejects: Uint8Array | undefined,
  errors: readonly RowError[],
  options: MapOptions,
  { output }: Session,
): Promise<void> {
  const signer =
    options.identity === undefined
      ? undefined
      : await signerOfIdentity(
          nodeToolbox,
          await importIdentity(nodeToolbox, readText(options.identity, "identity file")),
        );
  const text = await exportMapping(mapping, signer);
  writeNew(options.out, text);
  const { hash } = await importMapping(text);
  output.line(`Made ${options.out} (${hash.slice(0, 12)}…), ${signed(signer !== undefined)}`);
  if (rejects !== undefined && options.rejects !== undefined) {
    writeNew(options.rejects, rejects, { secret: true });
    output.line(`Made ${options.rejects}: rows to correct. It holds case data; keep it here.`);
  }
  output.result({
    mapping: options.out,
    hash,
    signed: signer !== undefined,
    rows: trial.rows.length,
    persons: trial.persons,
    leftOut: trial.leftOut,
    broken: errors.length,
    problems: trial.groups.map(({ value: _, ...group }) => group),
    ...(rejects !== undefined && options.rejects !== undefined && { rejects: options.rejects }),
  });
}

const signed = (isSigned: boolean): string =>
  isSigned ? "signed by your organisation." : "not signed: --identity signs it.";
