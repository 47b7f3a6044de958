import type { MemberId } from "@symbolon/base/id";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { readPersons } from "@symbolon/case-data/intake/persons";
import { seededWords } from "@symbolon/case-data/random";
import { instantOf } from "@symbolon/governance/instant";
import { missAt } from "@symbolon/governance/risk";
import { expect, it } from "vitest";
import { calibrate } from "./calibrate.js";
import { nodeToolbox as tools } from "./crypto/node.js";
import { fakeWorld, NOW, QUERY, smallDataset } from "./fake-nodes.contract.js";
import { memorySpool } from "./spool.js";
import { prepareSubmission } from "./submission.js";
import { meetNodes } from "./submit.js";

const GIVEN = ["Amina", "Olena", "Hương", "Maria", "Zsófia", "Fatima", "Ngozi", "Lin"];
const SURNAMES = ["Diallo", "Kovalenko", "Nguyen", "da Silva", "Nagy", "Haddad", "Okafor", "Wang"];

function csv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, k) => {
    const date = `19${70 + (k % 30)}-0${1 + (k % 9)}-1${k % 10}`;
    const sex = k % 10 === 0 ? "" : "F";
    return `${GIVEN[k % 8]},${SURNAMES[(k >> 3) % 8]},${date},${sex}`;
  });
  return ["given_name,surname,date_of_birth,sex", ...lines].join("\n");
}

it("a calibration rises with the threshold and fits into a manifest", async () => {
  const { persons } = readPersons(new TextEncoder().encode(csv(64)));
  const layout = personLayout(512);
  const calibration = calibrate(persons, layout, { words: seededWords(7), pairs: 2_000 });
  const rates = calibration.thresholds.map((threshold) => missAt(calibration, threshold));
  for (const [k, { low, expected, high }] of rates.entries()) {
    expect(low).toBeLessThanOrEqual(expected);
    expect(expected).toBeLessThanOrEqual(high);
    if (k > 0) expect(high).toBeGreaterThanOrEqual(rates[k - 1].high);
  }
  const rate = (name: string) => calibration.presence.find(({ field }) => field === name)?.rate;
  expect([rate("surname"), rate("sex")]).toEqual([1, 0.9]);

  const world = await fakeWorld();
  const trust = { space: world.space, signatures: tools.signatures, now: NOW };
  const descriptors = await meetNodes(world.clients, trust);
  const context = { ...trust, tools, identity: world.shelter, descriptors };
  const terms = {
    query: QUERY,
    beneficiary: "police" as MemberId,
    expires: instantOf(NOW + 86_400_000),
  };
  const dataset = { ...smallDataset(), calibration };
  await expect(prepareSubmission(context, dataset, terms, memorySpool())).resolves.toBeDefined();
});
