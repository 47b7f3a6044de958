import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { caseLists } from "@symbolon/sim/cases/case-lists";
import type { Children } from "./children.js";
import { type CountedList, countOracle } from "./count-oracle.js";
import type { DemoList } from "./lists.js";
import type { CountResult, SecondAct } from "./result.js";
import { type Story, showTable } from "./show.js";
import { receiptOf, type Stage } from "./stage.js";

/** Invented people: each of three lists has so many of them, at most 256 but for an odd seed. */
const WORLD = { lists: 3, people: 560, known: 0.4 };
/** What the organisations agree to expect: the share of one list that is on another. */
const OVERLAP = 0.4;
const QUERY = "count-persons";

/**
 * The second question, on lists of their own: how many persons do these three know together, by
 * type and country. The first of them asks.
 */
export async function secondAct(
  { seed, stage, children, story }: SecondActOptions,
  organisations: readonly DemoList[],
): Promise<SecondAct> {
  const started = performance.now();
  const [asker] = organisations;
  story.detail();
  story.step(
    "Second act: how many persons do the three NGOs know together, by type and country, each " +
      "counted once?",
  );
  const lists = writeLists(seed, stage, organisations);
  const datasets = await submitTwoAtATime(stage, children, lists, asker, story);
  story.step(`${asker.name} asks, and nobody learns who is on whose list …`);
  const asked = (await children.run(
    [
      ...["ask", "count", "--persons", "--by", "exploitation", "--and", "country"],
      ...["--overlap", String(OVERLAP), "--space", stage.space],
      ...["--identity", join(stage.folder, asker.member, "identity.json")],
      ...["--receipt", receiptOf(stage, asker, "cases")],
      ...datasets.slice(1).flatMap((dataset) => ["--theirs", dataset]),
    ],
    { progress: true },
  )) as unknown as CountResult;
  const act: SecondAct = {
    ...(await countOracle(lists, asked)),
    by: asked.by,
    deviation: asked.deviation,
    soundnessBits: Math.floor(asked.soundnessBits),
    rounds: asked.rounds,
    seconds: (performance.now() - started) / 1000,
  };
  showTable(story, act, asker);
  return act;
}

export interface SecondActOptions {
  readonly seed: number;
  readonly stage: Stage;
  readonly children: Children;
  readonly story: Story;
}

function writeLists(seed: number, { folder }: Stage, all: readonly DemoList[]): CountedList[] {
  return caseLists({ seed, ...WORLD }).map(({ csv, truth }, k) => {
    const path = join(folder, `${all[k].member}-cases.csv`);
    writeFileSync(path, csv);
    return { of: all[k], path, csv, truth };
  });
}

async function submitTwoAtATime(
  stage: Stage,
  children: Children,
  lists: readonly CountedList[],
  asker: DemoList,
  story: Story,
): Promise<string[]> {
  const names: string[] = [];
  let next = 0;
  const work = async () => {
    while (next < lists.length) {
      const k = next;
      next += 1;
      const { of, path } = lists[k];
      const sent = await children.run([
        ...["provider", "submit", path, "--query", QUERY, "--to", asker.member, "--yes"],
        ...["--space", stage.space, "--dataset", `${of.member}-cases`],
        ...["--identity", join(stage.folder, of.member, "identity.json")],
        ...["--receipt", receiptOf(stage, of, "cases")],
      ]);
      names[k] = String(sent["dataset"]);
      story.detail(`${of.name}: ${sent["persons"]} people, with the codes of their cases.`);
    }
  };
  await Promise.all([work(), work()]);
  return names;
}
