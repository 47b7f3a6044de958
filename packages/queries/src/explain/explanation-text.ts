import { assert } from "@symbolon/base/assert";
import { parseRational, toNumber } from "@symbolon/release/rational";
import type { ParamBounds } from "../param-bounds.js";
import type { Explanation, Learner } from "./explain.js";

/** Columns of the text, so that it fits a terminal and a printed page. */
const WIDTH = 96;

const WHO: Readonly<Record<Learner, string>> = {
  asker: "who asks",
  "computing parties": "the nodes",
  providers: "the others",
};

/**
 * An explanation as people read it. Canonical: the same explanation is the same text, byte for
 * byte, since approvers sign its hash.
 */
export function explanationText(explanation: Explanation): string {
  const { name, version, question, sql, query } = explanation;
  const sections = [
    item("", 0, `${name}, version ${version}: ${question}`),
    section("Who learns what", learns(explanation)),
    section("What each of them sees depends on this, and on nothing else", depends(explanation)),
    section("What is read of every list", fields(explanation)),
    section("What a run costs", cost(explanation)),
    section("If it is asked again", repetition(explanation)),
    section(
      "What must hold",
      explanation.assumptions.flatMap((one) => item("-", 2, one)),
    ),
    section("What the asker may set", params(explanation)),
    section("For experts", [
      ...item("SQL", 6, sql),
      ...Object.entries(explanation.constants).flatMap(([key, value]) =>
        item(key, 22, String(value)),
      ),
      `This explains the declaration with the hash`,
      query,
    ]),
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const section = (title: string, lines: readonly string[]): string[] => [
  title.toUpperCase(),
  ...lines.map((line) => `  ${line}`),
];

const learns = ({ reveals }: Explanation): string[] =>
  reveals.flatMap(({ to, what }) => item(WHO[to], 11, `${what}.`));

function depends({ depends: all }: Explanation): string[] {
  return [
    ...row("who", "how", "what"),
    ...all.flatMap(({ who, what, epsilon }) =>
      row(WHO[who], epsilon === undefined ? "exactly" : `noised, ε = ${fraction(epsilon)}`, what),
    ),
  ];
}

const row = (who: string, how: string, what: string): string[] =>
  item(`${who.padEnd(11)}${how}`, 29, what);

function fields({ fields: used }: Explanation): string[] {
  return [
    ...item("made of", 11, used.fields.join(", ")),
    ...item("leaves", 11, `${used.leaves}.`),
    ...item("stays home", 11, `${used.stays}.`),
    "columns that a run reads:",
    ...used.columns.flatMap(({ name, what }) => item(`  ${name}`, 22, what)),
  ];
}

function cost({ epsilon, noise, lists, repeats }: Explanation): string[] {
  const budget =
    epsilon === "0"
      ? `No noise, so no ε is spent. Why: ${noise}.`
      : `ε = ${fraction(epsilon)} of each list that it names. Noise is on: ${noise}. ` +
        "With one row more or less the chance of any noised figures changes " +
        `${factorOf(epsilon)} times at most.`;
  const others = lists && [
    lists.othersMax === undefined
      ? `${lists.othersMin} other lists or more`
      : `${lists.othersMin} to ${lists.othersMax} other lists`,
    `at most ${lists.rowsMax} rows a list`,
  ];
  return [
    ...item("budget", 11, budget),
    ...item("runs", 11, "One run of each offer. An offer says how many runs it allows."),
    ...item(
      "the list",
      11,
      repeats
        ? "The same lists may be asked about again, as often as offers allow."
        : "A list of the asker is answered once for this question.",
    ),
    ...(others ? item("needs", 11, `${others.join("; ")}.`) : []),
  ];
}

function repetition({ quantities, repetition: cases }: Explanation): string[] {
  return [
    ...quantities.flatMap(({ what, after }) => {
      const amounts = after.map(
        ({ runs, atMost }) => `${atMost} after ${runs} ${runs === 1 ? "run" : "runs"}`,
      );
      return item("at most", 11, `${amounts.join(", ")}: ${what}`);
    }),
    ...cases.flatMap(({ when, what }) => [`${when}:`, ...item("", 2, what)]),
  ];
}

function params({ params: all }: Explanation): string[] {
  const lines = all.flatMap(({ name, meaning, bounds }) =>
    item(name, 16, `${boundsText(bounds)}${meaning === undefined ? "" : `: ${meaning}`}`),
  );
  return lines.length === 0 ? ["Nothing."] : lines;
}

function boundsText(bounds: ParamBounds): string {
  if ("always" in bounds) return `always ${bounds.always}`;
  return `${bounds.whole ? "a whole number " : ""}from ${bounds.least} to ${bounds.most}`;
}

/** e^ε, rounded up. */
function factorOf(epsilon: string): string {
  const exact = parseRational(epsilon);
  assert(exact !== undefined, "the ε of a checked model is an exact fraction");
  return (Math.ceil(Math.exp(toNumber(exact)) * 10) / 10).toFixed(1);
}

/** 1/1 is 1. */
const fraction = (text: string): string => text.replace(/\/1$/, "");

/** A word, and beside it a text that is wrapped. */
function item(word: string, width: number, text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const next of text.split(" ")) {
    if (line !== "" && line.length + 1 + next.length > WIDTH - 2 - width) {
      lines.push(line);
      line = next;
    } else line = line === "" ? next : `${line} ${next}`;
  }
  lines.push(line);
  return lines.map((one, k) => (k === 0 && word !== "" ? `${word} ` : "").padEnd(width) + one);
}
