import { join } from "node:path";
import type { PersonIntake } from "@symbolon/case-data/intake/persons";
import { readPersons } from "@symbolon/case-data/intake/persons";
import type { Children } from "./children.js";
import type { DemoList } from "./lists.js";
import type { DemoOptions } from "./options.js";
import { askOracle, linesOf, type OracleVerdict } from "./oracle.js";
import type { AskResult, DemoResult } from "./result.js";
import { secondAct } from "./second-act.js";
import { type Story, showNames, showVerdict, showViews } from "./show.js";
import { receiptOf, type Stage, setStage } from "./stage.js";
import { viewOf } from "./views.js";

/** Processes that split and seal at a time: what the smallest machine has cores for. */
const SUBMIT_AT_A_TIME = 2;

/** The whole demonstration on these lists, the asker's first. */
export async function runDemo(
  options: DemoOptions,
  folder: string,
  lists: readonly [DemoList, ...DemoList[]],
  children: Children,
  story: Story,
): Promise<DemoResult> {
  const started = performance.now();
  const [asker] = lists;
  story.step("Three nodes start, each a process of its own, under an authority made on the spot …");
  const stage = await setStage(folder, children, lists);
  const processes = stage.nodes.map(({ pid }) => pid);
  story.detail(`They run as processes ${processes.join(", ")} and see one another over TLS 1.3.`);
  story.step("Each organisation splits its list at the source and seals a part for each node …");
  const datasets = await submitAll(stage, children, lists, options, story);
  story.step(
    `The ${asker.name.toLowerCase()} asks: which five names of ours does nobody else know?`,
  );
  const asking = performance.now();
  const asked = await ask(stage, children, asker, datasets.slice(1));
  const computeSeconds = (performance.now() - asking) / 1000;
  const verdict = await askOracle(lists, linesOf(receiptOf(stage, asker)), {
    ...asked.params,
    pick: 5,
  });
  const result: DemoResult = {
    names: asked.picked.map(({ line, cells }) => nameAt(line, verdict.intake) ?? cells.join(" ")),
    oracle: agrees(asked, verdict) ? "agree" : "disagree",
    seconds: (performance.now() - started) / 1000,
    processes,
    bytesPerLink: linksOf(asked),
    soundnessBits: Math.floor(asked.soundnessBits),
    inputs: lists.map(({ sha256 }) => sha256),
    rounds: asked.rounds,
    computeSeconds,
    candidates: verdict.candidates.size,
    ...wrongOf(asked, verdict, lists),
  };
  showNames(story, result, asker);
  showViews(
    story,
    stage.nodeFolders.map((node) => viewOf(node, intakesOf(lists))),
    asker,
  );
  showVerdict(story, result, asked);
  if (options.files !== undefined) return result;
  const { seed } = options;
  const counts = await secondAct({ seed, stage, children, story }, lists.slice(1));
  return { ...result, counts, oracle: counts.oracle === "agree" ? result.oracle : "disagree" };
}

/** Submits all lists, a few at a time; resolves with the datasets' names in the lists' order. */
async function submitAll(
  stage: Stage,
  children: Children,
  lists: readonly DemoList[],
  { riskMax }: DemoOptions,
  story: Story,
): Promise<string[]> {
  const [asker] = lists;
  const names: string[] = [];
  let next = 0;
  const work = async () => {
    while (next < lists.length) {
      const k = next;
      next += 1;
      const list = lists[k];
      const sent = await children.run([
        ...["provider", "submit", list.path, "--space", stage.space],
        ...["--identity", join(stage.folder, list.member, "identity.json")],
        ...["--dataset", `${list.member}-list`, "--to", asker.member],
        ...["--risk-max", riskMax, "--receipt", receiptOf(stage, list), "--yes"],
      ]);
      names[k] = String(sent["dataset"]);
      story.detail(`${list.name}: ${sent["persons"]} people; all three nodes signed for them.`);
    }
  };
  await Promise.all(Array.from({ length: SUBMIT_AT_A_TIME }, work));
  return names;
}

async function ask(
  stage: Stage,
  children: Children,
  asker: DemoList,
  theirs: readonly string[],
): Promise<AskResult> {
  const reply: unknown = await children.run(
    [
      ...["ask", "not-on-list", "--space", stage.space, "--list", asker.path],
      ...["--identity", join(stage.folder, asker.member, "identity.json")],
      ...["--receipt", receiptOf(stage, asker)],
      ...theirs.flatMap((dataset) => ["--theirs", dataset]),
    ],
    { progress: true },
  );
  return reply as AskResult;
}

/** Every name picked could be picked, and there is an answer only if enough remain. */
function agrees({ picked }: AskResult, { candidates }: OracleVerdict): boolean {
  const lines = new Set(picked.map(({ line }) => line));
  if (picked.length === 0) return candidates.size < CANDIDATES_SURE;
  return lines.size === PICK && [...lines].every((line) => candidates.has(line));
}

const PICK = 5;
/** From so many on, the query always answers: 5 picked, 5 more, and the largest secret margin. */
const CANDIDATES_SURE = 25;

function wrongOf(
  { picked }: AskResult,
  { intake }: OracleVerdict,
  lists: readonly DemoList[],
): { wrong?: number } {
  const [ours, ...theirs] = lists.map(({ truth }) => truth);
  if (ours === undefined) return {};
  const known = new Set(theirs.flatMap((truth) => truth ?? []));
  const rowOf = new Map(intake.table.rows.map(({ line }, row) => [line, row]));
  const people = picked.map(({ line }) => ours[rowOf.get(line) ?? -1]);
  return { wrong: people.filter((person) => known.has(person)).length };
}

/** A person's name as it stands in the asker's file. */
function nameAt(line: number, intake: PersonIntake): string | undefined {
  const person = intake.persons.find(({ row }) => row === line);
  const parts = [person?.given?.raw, person?.surname?.raw].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(" ");
}

const intakesOf = (lists: readonly DemoList[]): PersonIntake[] =>
  lists.map(({ bytes }) => readPersons(bytes, { yearMax: new Date().getUTCFullYear() }));

/** The six links, from each node to the two others. */
const linksOf = ({ bytesPerLink }: AskResult): number[] =>
  bytesPerLink.flatMap((sent, from) => sent.filter((_, to) => to !== from));
