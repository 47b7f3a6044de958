import { Command } from "commander";
import type { Session } from "../program.js";

/** `symbolon explain`: what will a question reveal? */
export function explainCommand(session: Session): Command {
  return new Command("explain")
    .description(
      "What a question reveals, to whom, and if it is asked again. Without a name: all questions.",
    )
    .argument("[query]", "name of a question, such as not-on-list")
    .action(async (name: string | undefined) => {
      const { explainOne, listQuestions } = await import("../actions/explain.js");
      if (name === undefined) listQuestions(session);
      else explainOne(name, session);
    });
}
