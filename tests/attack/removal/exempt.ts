/** A guard that stays in place, because nobody outside can notice that it is gone. */
export interface Exemption {
  readonly file: string;
  readonly what: RegExp;
  readonly why: string;
}

const CHECK = "packages/governance/src/check.ts";

/** Guards before another one that refuses the same; each with the reason. */
export const EXEMPT: readonly Exemption[] = [
  {
    file: "packages/queries/src/three-party/execute.ts",
    what: /assertAllVerified/,
    why: "a second line: every operator verifies its own products before it returns",
  },
  {
    file: "packages/governance/src/admit.ts",
    what: /that its schema lacks/,
    why: "a column without words has no right number of chunks, and is refused for that",
  },
  {
    file: CHECK,
    what: /typeof value !== "object"|Array\.isArray\(value\)$/,
    why: "what is no object has a field that is not known, or lacks one that must be given",
  },
  {
    file: CHECK,
    what: /be given/,
    why: "a field that is missing is then checked as undefined, which no check takes",
  },
  {
    file: "packages/governance/src/sealed-result.ts",
    what: /bytes === undefined|% 4 !== 0|"not words"|(enc|sealed) === undefined|"not base64"/,
    why: "what is no base64 or no words fails where it is used, and whatever fails is one refusal",
  },
  {
    file: "packages/node/src/store/intake.ts",
    what: /part === undefined/,
    why: "a part that is not in the manifest has no hash either",
  },
  {
    file: "packages/node/src/jobs/run-job.ts",
    what: /^without transport\.abort/,
    why: "the end of the run, which follows, tells both peers and closes the transport as well",
  },
  {
    file: "packages/provider/src/identity.ts",
    what: /!sameBytes\(opened, trial\)/,
    why: "what opens is what was sealed: else its authentication fails",
  },
  {
    file: "packages/provider/src/client.ts",
    what: /status < 200/,
    why: "no answer ends with a status below 200",
  },
  {
    file: "packages/provider/src/client.ts",
    what: /too long, or not text/,
    why: "what is no text is no JSON either",
  },
  {
    file: "packages/provider/src/descriptor-check.ts",
    what: /it\.node !== index/,
    why: "another node has another name and another signing key, which are compared as well",
  },
  {
    file: "packages/mpc/src/table/same-rows.ts",
    what: /^without verifyProducts\(part\)/,
    why: "what is not checked between two blocks is checked after the last one",
  },
  {
    file: "packages/mpc/src/verify/claims.ts",
    what: /a check is owed once/,
    why: "a second line: the name of a check's step is taken once",
  },
];
