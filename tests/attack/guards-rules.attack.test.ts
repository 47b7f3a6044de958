import { AsyncLocalStorage } from "node:async_hooks";
import { PARTIES } from "@symbolon/base/id";
import { describe, expect, it, vi } from "vitest";
import { Dealer, runTrio } from "./trio.js";
import { WHOLE_RUN_PROFILE, wholeRun } from "./whole-run.js";

/** The version of the rules of values, where it is not this program's. */
const otherRules = new AsyncLocalStorage<string>();
vi.mock("@symbolon/mpc/linkage/validity", async (load) => {
  const actual = await load<typeof import("@symbolon/mpc/linkage/validity")>();
  const get = () => otherRules.getStore() ?? actual.VALIDITY_RULES;
  return Object.defineProperty({ ...actual }, "VALIDITY_RULES", { get, enumerable: true });
});

describe("a whole run of nodes of two versions", () => {
  it.each(PARTIES)("ends at its start if P%i checks values by other rules", async (odd) => {
    const channels = new Set<string>();
    const party = wholeRun([128, 128]).prepare(new Dealer("guards"));
    const result = await runTrio(
      {
        seed: "guards",
        profile: WHOLE_RUN_PROFILE,
        isAbortLost: true,
        tamper: (message, { channel }) => {
          channels.add(channel);
          return message;
        },
      },
      (options, self) =>
        self === odd
          ? otherRules.run("validity of another version", () => party(options, self))
          : party(options, self),
    );
    for (const ending of result.endings) {
      expect(ending).toMatchObject({ error: { code: "TRANSCRIPT_MISMATCH" } });
    }
    expect([...channels]).toEqual(["attack/agree-terms/message"]);
  });
});
