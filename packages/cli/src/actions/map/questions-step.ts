import type { RawTable } from "@symbolon/case-data/intake/raw-table";
import type { Headings } from "@symbolon/case-data/mapping/headings";
import type { Mapping } from "@symbolon/case-data/mapping/mapping";
import { openQuestions, type Question } from "@symbolon/case-data/mapping/questions";
import { CliError } from "../../error.js";
import { choose } from "./choose.js";
import type { Prompt } from "./prompt.js";

/** Answers by question, as given on the command line. */
export type Answers = ReadonlyMap<string, string>;

interface Context {
  readonly table: RawTable;
  readonly headings: Headings;
  readonly yearMax: number;
  readonly answers: Answers;
}

const choicesOf = ({ id, answers }: Question): string =>
  `--answer ${id}=… with one of: ${answers.map((answer) => answer.id).join(", ")}`;

/** All that is open, so that nobody has to run the command once for each. */
const unanswered = (open: readonly Question[]): CliError => {
  const what = open.map(({ text }) => text).join(" ");
  return new CliError("USAGE", what, {}, `add ${open.map(choicesOf).join("; and ")}`);
};

/** The mapping that an answer from the command line makes. Throws USAGE for one that is none. */
function byOption(question: Question, given: string, mapping: Mapping): Mapping {
  const answer =
    question.answers.find(({ id }) => id.toLowerCase() === given.toLowerCase()) ??
    question.freely?.(given);
  if (answer === undefined) {
    const what = `"${given}" is no answer to ${question.id}`;
    throw new CliError("USAGE", what, {}, `add ${choicesOf(question)}`);
  }
  return answer.apply(mapping);
}

/**
 * Settles what the file leaves open: by options, by asking, or, with nobody to ask, by what may be
 * assumed. Nothing else is guessed: USAGE says which answer is missing.
 */
export async function questionsStep(
  prompt: Prompt | undefined,
  start: Mapping,
  { table, headings, yearMax, answers }: Context,
): Promise<{ mapping: Mapping; assumed: readonly Question[] }> {
  let mapping = start;
  const assumed: Question[] = [];
  const open: Question[] = [];
  for (const question of openQuestions(table, headings, start, { yearMax })) {
    const given = answers.get(question.id);
    if (given !== undefined) mapping = byOption(question, given, mapping);
    else if (prompt !== undefined) mapping = await byAsking(prompt, question, mapping);
    else if (question.mayBeAssumed && question.suggested !== undefined) {
      mapping = byOption(question, question.suggested, mapping);
      assumed.push(question);
    } else open.push(question);
  }
  if (open.length > 0) throw unanswered(open);
  return { mapping, assumed };
}

async function byAsking(prompt: Prompt, question: Question, mapping: Mapping): Promise<Mapping> {
  const options = question.answers.map((answer) => ({ words: answer.words, value: answer }));
  const at = question.answers.findIndex(({ id }) => id === question.suggested);
  const answer = await choose(prompt, question.text, options, {
    ...(at >= 0 && { suggested: at }),
    ...(question.freely !== undefined && { freely: question.freely }),
  });
  return answer.apply(mapping);
}
