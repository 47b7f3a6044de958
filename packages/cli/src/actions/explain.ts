import { catalogue, queryHash } from "@symbolon/queries/catalogue/catalogue";
import { explain, explainHash } from "@symbolon/queries/explain/explain";
import { explanationText } from "@symbolon/queries/explain/explanation-text";
import type { Session } from "../program.js";
import { findQuery } from "./query.js";
import { hashBytes } from "./sha256.js";

/** All questions, a line each. */
export function listQuestions({ output }: Pick<Session, "output">): void {
  const width = Math.max(...catalogue.map(({ name }) => name.length));
  for (const { name, question } of catalogue) output.line(`${name.padEnd(width)}  ${question}`);
  output.line("");
  output.line("symbolon explain NAME says what one reveals, and to whom.");
  output.result({
    queries: catalogue.map((query) => ({
      name: query.name,
      version: query.version,
      question: query.question,
      query: queryHash(hashBytes, query),
      explanation: explainHash(hashBytes, query),
    })),
  });
}

/** What one question reveals. Standard output is the text whose hash approvers sign, no more. */
export function explainOne(name: string, { output }: Pick<Session, "output">): void {
  const { query } = findQuery(name);
  const explained = explain(hashBytes, query);
  const text = explanationText(explained);
  const hash = explainHash(hashBytes, query);
  output.line(text.trimEnd());
  output.result({ ...explained, text, explanation: hash });
  if (!output.json) output.note(`SHA-256 of this text, which approvers sign: ${hash}`);
}
