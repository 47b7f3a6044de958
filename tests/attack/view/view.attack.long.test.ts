import { PARTIES } from "@symbolon/base/id";
import { describe, expect, it } from "vitest";
import { leaks } from "./judge-view.js";
import { SUBJECTS } from "./subjects.js";

/** 2^20 samples: a half of each kind, of which one half trains the classifier. */
const SIZE = { rows: 16_384, runs: 16 };

const all = SUBJECTS.flatMap((subject) => PARTIES.map((watcher) => ({ ...subject, watcher })));

describe("2^20 samples of one party's whole view tell nothing", () => {
  it.each(all)("of $name at P$watcher", async (subject) => {
    expect(await leaks(subject, subject.watcher, SIZE)).toBe(false);
  });
});
