import { canonicalBytes } from "@symbolon/governance/canonical-json";
import type { Envelope } from "@symbolon/governance/envelope";
import { expect, it } from "vitest";
import { LogQuota } from "./log-quota.js";

const says = (statement: object): Envelope =>
  ({ payload: Buffer.from(canonicalBytes(statement)).toString("base64") }) as Envelope;

it("lets no member fill the log, and each have its own share of every hour", () => {
  const quota = new LogQuota();
  const take = (statement: object, bytes = 1_000, at = "2026-03-01T08:59:59Z") =>
    quota.take(says(statement), bytes, at);
  for (let k = 0; k < 300; k += 1) take({ by: "police" });
  expect(() => take({ asker: "police" })).toThrow("member police has had 300 statements taken");
  take({ provider: "shelter" }, 3 * 1024 * 1024);
  expect(() => take({ provider: "shelter" }, 2 * 1024 * 1024)).toThrow("has had 1 statements");
  take({ member: "police" });
  for (let k = 0; k < 400; k += 1) take({ node: 0 });
  take({ by: "police" }, 1_000, "2026-03-01T09:00:00Z");
});
