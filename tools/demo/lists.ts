import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateWorld } from "@symbolon/sim/people/world";
import type { DemoOptions } from "./options.js";

/** A list on disk and whose it is. */
export interface DemoList {
  /** Short name of its organisation in the data space. */
  readonly member: string;
  readonly name: string;
  readonly class: "police" | "ngo";
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** For invented lists, who each row is truly about. */
  readonly truth: readonly string[] | undefined;
}

const NGO_NAMES = ["Harbour Shelter", "Casa Abierta", "Night Helpline"];

/** The asker's list first: files of one's own, or an invented world written into `folder`. */
export function demoLists(
  options: DemoOptions,
  folder: string,
): readonly [DemoList, ...DemoList[]] {
  const { files, seed } = options;
  if (files !== undefined) {
    const others = files.lists.map((path, k) => describe(`list-${k + 1}`, `List ${k + 1}`, path));
    return [describe("asker", "Asker", files.asker), ...others];
  }
  const world = generateWorld({ seed, police: 300, ngos: [250, 250, 250], shared: 0.5 });
  const [police, ...ngos] = [world.police, ...world.ngos].map((list, k) => {
    const path = join(folder, `${list.name}.csv`);
    writeFileSync(path, list.csv);
    const name = k === 0 ? "Police unit" : NGO_NAMES[k - 1];
    return describe(list.name, name, path, list.truth);
  });
  return [police, ...ngos];
}

function describe(member: string, name: string, path: string, truth?: readonly string[]): DemoList {
  const bytes = readFileSync(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const kind = member === "police" || member === "asker" ? "police" : "ngo";
  return { member, name, class: kind, path, bytes, sha256, truth };
}
