import { assert } from "@symbolon/base/assert";
import { LogError } from "@symbolon/governance/log/log-error";
import { Refusal } from "@symbolon/governance/refusal";
import { describe, expect, it } from "vitest";
import { Aborted, CliError, Refused } from "./error.js";
import { EXIT, exitCodeOf, lineOf } from "./exit.js";

describe("exit codes", () => {
  const bug = () => {
    try {
      assert(false, "two and two make five");
    } catch (error) {
      return error;
    }
  };

  it.each([
    [new CliError("FILE_MISSING", "gone"), EXIT.known],
    [new CliError("USAGE", "what?"), EXIT.usage],
    [new CliError("CANCELLED", "stopped"), EXIT.cancelled],
    [new Refused("RUN_REFUSED", "no"), EXIT.refused],
    [new Refusal("NO_OFFER", "no"), EXIT.refused],
    [new Aborted("RUN_ABORTED", "cheat"), EXIT.aborted],
    [new LogError("LOG_FORK", "two histories"), EXIT.aborted],
    [new LogError("LOG_PROOF_WRONG", "no"), EXIT.known],
    [new TypeError("x is undefined"), EXIT.bug],
    [bug(), EXIT.bug],
    ["thrown text", EXIT.bug],
  ])("%s has its code", (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });

  it("says what is wrong and what to do in one line", () => {
    const error = new CliError("FILE_MISSING", "no file\n  here", {}, "look elsewhere");
    expect(lineOf(error)).toBe("symbolon: no file here — look elsewhere");
    expect(lineOf(new TypeError("oops"))).toMatch(/^symbolon: a bug: oops/);
  });
});
