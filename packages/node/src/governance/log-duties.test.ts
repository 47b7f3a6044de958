import { statementHash } from "@symbolon/governance/envelope";
import { Refusal } from "@symbolon/governance/refusal";
import { signerOf } from "@symbolon/governance/signatures";
import { expect, it } from "vitest";
import { SILENT } from "../data-space.contract.js";
import { nodeSignatures, signingKeyPair } from "../identity/signatures-node.js";
import { LogDuties } from "./log-duties.js";

const HOUR_MS = 3_600_000;

it("what a node owes is sent again as it was signed, so that it waits once", async () => {
  const sent = new Set<string>();
  let isTaken = true;
  let ms = Date.parse("2026-03-01T08:00:00Z");
  const dataset = { state: "complete", provider: "shelter", dataset: "list", root: "a".repeat(64) };
  const duties = new LogDuties({
    ...{ space: "north" as never, self: 1, diary: SILENT, now: () => ms },
    signer: await signerOf(nodeSignatures, signingKeyPair()),
    ledger: { head: { size: 0, root: "0".repeat(64) } },
    store: { datasets: () => [dataset], unfinishedRuns: () => [] } as never,
    state: () => ({ charter: "c", holdings: new Map(), requests: new Map() }) as never,
    submit: async (statement) => {
      sent.add(await statementHash(statement));
      if (!isTaken) throw new Refusal("STATEMENT_TOO_OLD", "it is old");
    },
  });
  for (let minute = 0; minute < 30; minute += 1) {
    await duties.tend();
    ms += 61_000;
  }
  expect(sent.size).toBe(1);
  isTaken = false;
  await duties.tend();
  ms += HOUR_MS;
  await duties.tend();
  expect(sent.size).toBe(2);
});
