import type { DemoList } from "./lists.js";
import type { AskResult, DemoResult, SecondAct } from "./result.js";
import type { NodeView } from "./views.js";

/** Says what happens while it happens, and in the end what everybody saw. */
export interface Story {
  step(text: string): void;
  detail(text?: string): void;
}

/** A story on a stream, with the seconds since it began; silent if there is no stream. */
export function storyOn(stream: NodeJS.WriteStream | undefined): Story {
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  return {
    step: (text) => stream?.write(`[${seconds()} s] ${text}\n`),
    detail: (text = "") => stream?.write(text === "" ? "\n" : `          ${text}\n`),
  };
}

/** The five names, for the asker alone. */
export function showNames(story: Story, { names }: DemoResult, asker: DemoList): void {
  story.detail();
  story.step(`The answer, opened by the ${asker.name.toLowerCase()} alone:`);
  for (const name of names) story.detail(`  ${name}`);
  if (names.length === 0) story.detail("  No answer: too few people remain, or none can be told.");
}

/** A node's view next to the beneficiary's. */
export function showViews(story: Story, views: readonly NodeView[], asker: DemoList): void {
  story.detail();
  story.step("What each of them saw:");
  story.detail(`${asker.name}: the names above, and nothing of the other lists.`);
  story.detail("Each NGO: that the question was asked, when and by whom. Nothing of any list.");
  for (const [k, { bytes, wanted, found, sample }] of views.entries()) {
    story.detail(
      `Node ${k}: ${megabytes(bytes)} such as ${sample}…; of ${wanted} names, numbers and ` +
        `addresses on the lists ${found === 0 ? "none stands" : `${found} STAND`} in it.`,
    );
  }
}

export function showVerdict(story: Story, result: DemoResult, asked: AskResult): void {
  story.detail();
  story.step("Was it right, and what did it cost?");
  const { oracle, candidates, wrong } = result;
  story.detail(
    `The same question in the clear: ${candidates} people of the asker's list might be picked; ` +
      (oracle === "agree" ? "it agrees with the answer." : "IT DISAGREES WITH THE ANSWER."),
  );
  if (wrong !== undefined) {
    story.detail(`Of the names picked, ${wrong === 0 ? "none" : wrong} is truly on an NGO's list.`);
  }
  if (asked.risk !== undefined) {
    const { low, expected, high } = asked.risk;
    const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;
    story.detail(
      `The nodes had estimated the chance of that at ${percent(expected)} ` +
        `(${percent(low)} to ${percent(high)}).`,
    );
  }
  story.detail(
    `${result.rounds} rounds; ${megabytes(sum(result.bytesPerLink))} between the nodes; ` +
      `${seconds(result.computeSeconds)} for the question, ${seconds(result.seconds)} in all.`,
  );
  story.detail(
    `A node that cheats passes unnoticed with a chance of at most 2^-${result.soundnessBits}.`,
  );
}

/** The table of persons, for the asker alone, beside what the lists say in the clear. */
export function showTable(story: Story, act: SecondAct, asker: DemoList): void {
  story.detail();
  story.step(`The answer, opened by ${asker.name} alone; on the right what only we can know:`);
  const lines = act.cells.map(({ row, column, noised, low, high, exact }) => [
    `${row}, ${column}`,
    `about ${noised}`,
    `(${low} to ${high})`,
    `exactly ${exact}`,
  ]);
  const widths = [0, 1, 2].map((k) => Math.max(0, ...lines.map((line) => line[k].length)));
  for (const line of lines) {
    const cells = line.map((cell, k) => (k === 3 ? cell : cell.padEnd(widths[k])));
    story.detail(`  ${cells.join("  ")}`);
  }
  if (lines.length === 0) story.detail("  This time noise hides every cell.");
  const { rows, persons, hidden, deviation, oracle } = act;
  story.detail(
    `The lists have ${rows} rows about ${persons} people; nobody learns who is on which.`,
  );
  story.detail(
    `Each figure is off by noise that nobody knows (standard deviation ${deviation.toFixed(1)}), ` +
      "in which a record hides; the range holds the exact number for 95 of 100.",
  );
  story.detail(`Cells with too few persons or organisations, ${hidden} of them, are not shown.`);
  story.detail(
    oracle === "agree"
      ? "The same question in the clear agrees with the answer, within the noise."
      : "THE SAME QUESTION IN THE CLEAR DISAGREES WITH THE ANSWER.",
  );
  story.detail(`${act.rounds} rounds; ${seconds(act.seconds)} for the second act.`);
}

const sum = (values: readonly number[]): number => values.reduce((total, it) => total + it, 0);
const seconds = (value: number): string => `${value.toFixed(1)} s`;
const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
