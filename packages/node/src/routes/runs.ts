import type { RunId } from "@symbolon/base/id";
import { Hono } from "hono";
import type { Jobs } from "../jobs/jobs.js";
import { envelopesIn, identifierIn, limitBody, STATEMENT_BYTES_MAX } from "./door.js";

/** A beneficiary asks, watches, and collects. Governance decides, jobs compute. */
export const runRoutes = (jobs: Pick<Jobs, "ask" | "status" | "result">) =>
  new Hono()
    .post("/", limitBody(STATEMENT_BYTES_MAX), async (c) => {
      const { request } = await envelopesIn(c, "request");
      return c.json(await jobs.ask(request), 202);
    })
    .get("/:run", (c) => c.json(jobs.status(identifierIn<RunId>(c, "run"))))
    .post("/:run/result", limitBody(STATEMENT_BYTES_MAX), async (c) => {
      const run = identifierIn<RunId>(c, "run");
      const { request } = await envelopesIn(c, "request");
      return c.json(await jobs.result(run, request));
    });
