import type { RawTable } from "@symbolon/case-data/intake/raw-table";
import type { Mapping } from "@symbolon/case-data/mapping/mapping";
import {
  codesOf,
  decideValue,
  type OpenColumn,
  type OpenValue,
  openValues,
  type ValueDecision,
} from "@symbolon/case-data/mapping/match-values";
import { targetOf } from "@symbolon/case-data/mapping/target";
import { plural } from "../../format.js";
import { agree, wrap } from "./choose.js";
import type { Prompt } from "./prompt.js";

const CODES_SHOWN_MAX = 40;
const FOUND_MAX = 9;

const HELP = [
  "  Enter takes the suggestion, or leaves the value for later: its cells count as missing.",
  "  A number or a word of the code · u: it means that nothing is known · i: pass over it ·",
  "  q: leave all the rest for later.",
];

type Typed = ValueDecision | "later" | "quit" | { readonly found: number };

/** What was typed, for a value: a decision, or how many codes the word could mean. */
function decisionOf(text: string, { suggestion }: OpenValue, column: OpenColumn): Typed {
  if (text === "") return suggestion === undefined ? "later" : { code: suggestion.code };
  if (text === "u") return "unknown";
  if (text === "i") return "ignore";
  if (text === "q") return "quit";
  const codes = codesOf(column.target);
  const at = /^\d+$/.test(text) ? Number(text) - 1 : -1;
  if (codes.length <= CODES_SHOWN_MAX && codes[at] !== undefined) return { code: codes[at].code };
  const word = text.toLowerCase();
  const exact = codes.filter(({ code, label }) =>
    [code, label].some((name) => name.toLowerCase() === word),
  );
  const part = codes.filter(({ code, label }) =>
    [code, label].some((name) => name.toLowerCase().includes(word)),
  );
  const found = exact.length > 0 ? exact : part;
  return found.length === 1 ? { code: found[0].code } : { found: found.length };
}

async function askValue(
  prompt: Prompt,
  column: OpenColumn,
  value: OpenValue,
  shown: string,
): Promise<ValueDecision | "later" | "quit"> {
  const { suggestion, count } = value;
  const may = suggestion === undefined ? "" : ` → ${suggestion.label}? (${suggestion.reason})`;
  for (;;) {
    const text = await prompt.ask(`  ${shown} (${plural(count, "row")})${may} > `);
    const typed = decisionOf(text, value, column);
    if (typeof typed === "string" || "code" in typed) return typed;
    const codes = codesOf(column.target).filter(({ label }) =>
      label.toLowerCase().includes(text.toLowerCase()),
    );
    const few = codes.slice(0, FOUND_MAX).map(({ label }) => label);
    await prompt.say(
      typed.found === 0
        ? [`  No code of ${targetOf(column.target).label} is called so.`]
        : wrap(`  More than one: ${few.join(", ")}. Type more of it.`),
    );
  }
}

async function askColumn(
  prompt: Prompt,
  column: OpenColumn,
  start: Mapping,
  unmask: boolean,
): Promise<Mapping> {
  const { name, target, values } = column;
  const codes = codesOf(target);
  const list =
    codes.length > CODES_SHOWN_MAX
      ? [`  ${codes.length} codes: type the name of one.`]
      : wrap(codes.map(({ label }, k) => `${k + 1} ${label}`).join(" · ")).map((it) => `  ${it}`);
  const head = `"${name}", ${targetOf(target).label}: ${plural(values.length, "value")} unknown.`;
  await prompt.say(["", head, ...list, ...HELP]);
  let mapping = start;
  for (const value of values) {
    const shown = `"${unmask ? value.text : value.masked}"`;
    const decision = await askValue(prompt, column, value, shown);
    if (decision === "quit") break;
    if (decision !== "later") mapping = decideValue(mapping, name, value.text, decision);
  }
  return mapping;
}

/** Goes through the values that no list knows, most frequent first. */
export async function valuesStep(
  prompt: Prompt,
  table: RawTable,
  start: Mapping,
): Promise<Mapping> {
  const open = openValues(table, start);
  const columns = open.filter(({ isNoCodeList }) => !isNoCodeList);
  const many = open.filter(({ isNoCodeList }) => isNoCodeList);
  for (const { name, target } of many) {
    const label = targetOf(target).label;
    const text = `"${name}" says something else in nearly every row: it is hardly ${label}.`;
    await prompt.say(["", ...wrap(`${text} Its unknown values count as missing.`)]);
  }
  if (columns.length === 0) return start;
  await prompt.say(["", "WHAT THE WORDS IN THE CELLS MEAN"]);
  const question = "To decide, you need to see them as they are; nobody else does. Show them?";
  const unmask = await agree(prompt, question, true);
  let mapping = start;
  for (const column of columns) mapping = await askColumn(prompt, column, mapping, unmask);
  return mapping;
}
