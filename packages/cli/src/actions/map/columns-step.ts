import type { ColumnChoice } from "@symbolon/case-data/mapping/draft";
import { type ColumnMatch, REASONS } from "@symbolon/case-data/mapping/match-columns";
import { TARGETS, type Target, targetOf } from "@symbolon/case-data/mapping/target";
import { agree, choose } from "./choose.js";
import type { Prompt } from "./prompt.js";

const NAME_WIDTH = 24;
const SAMPLE_WIDTH = 22;
const MEANING_WIDTH = 26;

const cut = (text: string, width: number): string => {
  const signs = [...text.replace(/\s+/g, " ")];
  return signs.length <= width ? text : `${signs.slice(0, width - 1).join("")}…`;
};
const pad = (text: string, width: number): string => {
  const short = cut(text, width);
  return short + " ".repeat(Math.max(0, width - [...short].length));
};

/** What a choice means, in words. */
export function meaning({ target, code }: Pick<ColumnChoice, "target" | "code">): string {
  if (target === undefined) return "stays home";
  const { label } = targetOf(target);
  return code === undefined ? label : `${label}: ${code}`;
}

function line(k: number, match: ColumnMatch, choice: ColumnChoice): string {
  const isOurs = choice.target !== match.target;
  const reason = isOurs ? "you said so" : REASONS[match.reason];
  const { header, nth } = match.column;
  const name = nth === undefined ? header : `${header} (${nth})`;
  const sample = match.samples.slice(0, 2).join(" · ");
  return [
    String(k + 1).padStart(4),
    pad(name, NAME_WIDTH),
    pad(sample, SAMPLE_WIDTH),
    pad(meaning(choice), MEANING_WIDTH),
    reason,
  ].join("  ");
}

const STAY = "keep it at home";

/** Asks about the columns of which nobody can be sure, one by one. */
async function askUnsure(prompt: Prompt, match: ColumnMatch): Promise<Target | undefined> {
  const { header } = match.column;
  const samples = match.samples.slice(0, 3).join(" · ") || "nothing";
  if (match.choices.length === 1) {
    const [only] = match.choices;
    const why = `"${header}" (${samples}) has ${REASONS[match.reason]}`;
    const question = `${why}: use it as ${targetOf(only).label}?`;
    return (await agree(prompt, question, true)) ? only : undefined;
  }
  const options = match.choices.map((id) => ({
    words: `${targetOf(id).label}: ${targetOf(id).means}`,
    value: id as Target | undefined,
  }));
  return choose(
    prompt,
    `"${header}" (${samples}) has ${REASONS[match.reason]}. What is it?`,
    [...options, { words: STAY, value: undefined }],
    { suggested: options.length },
  );
}

const FOUND_MAX = 9;

/** Targets that a word means: in their label, id or explanation, in this order. */
function search(word: string): Target[] {
  const key = word.toLowerCase();
  const all = [...TARGETS.values()];
  const by = (text: (it: (typeof all)[number]) => string) =>
    all.filter((it) => text(it).toLowerCase().includes(key)).map(({ id }) => id);
  const found = [by(({ label }) => label), by(({ id }) => id), by(({ means }) => means)].flat();
  return [...new Set(found)].slice(0, FOUND_MAX);
}

async function change(prompt: Prompt, match: ColumnMatch, choice: ColumnChoice) {
  const { header } = match.column;
  await prompt.say(["", `"${header}" is now: ${meaning(choice)}.`]);
  const word = await prompt.ask(
    "What is it? Type a word of it (name, birth, phone, control, …), - to keep it at home: ",
  );
  const { target: _, code: __, ...rest } = choice;
  if (word === "-") return rest;
  if (word === "") return choice;
  const found = search(word);
  if (found.length === 0) {
    await prompt.say([`  Nothing is called "${word}" here.`]);
    return choice;
  }
  const options = found.map((id) => ({
    words: `${targetOf(id).label}: ${targetOf(id).means}`,
    value: id as Target | undefined,
  }));
  const stop = { words: "none of these", value: undefined };
  const target = await choose(prompt, "Which one?", [...options, stop], {
    suggested: options.length,
  });
  return target === undefined ? choice : { ...rest, target };
}

/** Lets somebody look at what every column means, and change it. */
export async function columnsStep(
  prompt: Prompt,
  matches: readonly ColumnMatch[],
  first: readonly ColumnChoice[],
): Promise<ColumnChoice[]> {
  const choices = [...first];
  const isOpen = ({ isSure, choices: may }: ColumnMatch) => !isSure && may.length > 0;
  await prompt.say(["", "WHAT EACH COLUMN MEANS", ...LEGEND]);
  for (const [k, match] of matches.entries()) {
    if (!isOpen(match) || choices[k].target !== undefined) continue;
    const target = await askUnsure(prompt, match);
    if (target !== undefined) choices[k] = { ...choices[k], target };
  }
  for (;;) {
    await prompt.say(["", ...matches.map((match, k) => line(k, match, choices[k]))]);
    const text = await prompt.ask("Enter if all of this is right, or the number of a column: ");
    if (text === "") return choices;
    const at = Number(text) - 1;
    if (!Number.isInteger(at) || matches[at] === undefined) {
      await prompt.say([`  Type a number from 1 to ${matches.length}, or Enter.`]);
    } else choices[at] = await change(prompt, matches[at], choices[at]);
  }
}

const LEGEND = ["Values are masked: every letter is shown as a, every digit as 9."];
