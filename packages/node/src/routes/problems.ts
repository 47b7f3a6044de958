import { KnownError } from "@symbolon/base/error";
import type { Problem } from "@symbolon/governance/api";
import { InvalidDocument } from "@symbolon/governance/invalid-document";
import { LogError } from "@symbolon/governance/log/log-error";
import { Refusal, type RefusalCode } from "@symbolon/governance/refusal";
import { SealedPartError } from "@symbolon/governance/sealed-part";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Log } from "../log.js";
import { DoorError } from "../node-error.js";

/** Refusals that are about the form of what came, or about what is here; all others are 403. */
const REFUSAL_STATUS: Partial<Record<RefusalCode, ContentfulStatusCode>> = {
  NOT_A_STATEMENT: 400,
  BAD_PARAMS: 400,
  SAME_DATASET_TWICE: 400,
  MANIFEST_INCONSISTENT: 422,
  INPUT_CHECK_FAILED: 422,
  LAYOUT_MISMATCH: 422,
  LISTS_UNFIT: 422,
  COLUMN_MISSING: 422,
  UNKNOWN_QUERY: 404,
  DATASET_MISSING: 404,
  DATASET_INCOMPLETE: 409,
  ROOT_MISMATCH: 409,
  DATASET_WITHDRAWN: 409,
  DATASET_DELETED: 409,
  BUDGET_SPENT: 409,
  STILL_ASKING: 409,
  ASKED_UNCOUNTABLE: 409,
  ASKED_DIFFERS: 409,
  RUNS_USED_UP: 409,
  ALREADY_ANSWERED: 409,
};

const TITLES: ReadonlyMap<number, string> = new Map([
  [400, "The request is not understood"],
  [403, "Not allowed"],
  [404, "Not found"],
  [409, "Not in this state"],
  [413, "Too large"],
  [415, "Another content type is expected"],
  [422, "The data is not valid"],
  [500, "The node failed"],
  [503, "The node is busy"],
]);

function statusOf(error: Error): ContentfulStatusCode {
  if (error instanceof DoorError) return error.status;
  if (error instanceof Refusal) return REFUSAL_STATUS[error.code] ?? 403;
  if (error instanceof InvalidDocument) return 400;
  if (error instanceof SealedPartError) return 422;
  if (error instanceof LogError) return 400;
  if (error instanceof HTTPException) return error.status as ContentfulStatusCode;
  return 500;
}

/** The problem (RFC 9457) that an error is. What nobody foresaw says nothing about itself. */
export function problemOf(error: Error): Problem & { readonly status: ContentfulStatusCode } {
  const status = statusOf(error);
  const isTold = error instanceof KnownError && status !== 500;
  const code = isTold ? error.code : status === 500 ? "INTERNAL" : `HTTP_${status}`;
  return {
    type: `urn:symbolon:problem:${code.toLowerCase().replaceAll("_", "-")}`,
    title: TITLES.get(status) ?? "The request failed",
    status,
    detail: isTold ? error.message : (TITLES.get(status) ?? "the request failed"),
    cure: isTold ? error.cure : status === 500 ? "tell the operator of this node" : "",
  };
}

/** The one place where errors become answers. */
export const answerError =
  (log: Log) =>
  (error: Error, c: Context): Response => {
    const problem = problemOf(error);
    const fields = { method: c.req.method, status: problem.status, code: problem.type };
    if (problem.status === 500)
      log.error("a request failed by a bug", { ...fields, reason: error.name });
    else log.info("a request was refused", fields);
    return c.body(JSON.stringify(problem), problem.status, {
      "content-type": "application/problem+json",
    });
  };
