import { Hono } from "hono";
import type { Jobs } from "../jobs/jobs.js";
import type { Log } from "../log.js";
import { DoorError } from "../node-error.js";
import type { Intake } from "../store/intake.js";
import type { Keeper } from "../store/keeper.js";
import { datasetRoutes } from "./datasets.js";
import { type LogDoor, logRoutes } from "./log.js";
import { offerRoutes } from "./offers.js";
import { answerError } from "./problems.js";
import { runRoutes } from "./runs.js";
import { type About, statusRoutes } from "./status.js";
import { withdrawalRoutes } from "./withdrawals.js";

export interface AppServices {
  readonly about: About;
  readonly intake: Intake;
  readonly keeper: Pick<Keeper, "withdraw" | "deletions">;
  readonly jobs: Pick<Jobs, "ask" | "status" | "result">;
  readonly diary: Log;
  readonly log?: LogDoor;
}

/** The node's HTTP interface, without a socket. */
export function createApp({ about, intake, keeper, jobs, diary, log }: AppServices): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
  });
  app.route("/", statusRoutes(about));
  app.route("/datasets", datasetRoutes(intake));
  app.route("/offers", offerRoutes(intake));
  app.route("/withdrawals", withdrawalRoutes(keeper));
  app.route("/runs", runRoutes(jobs));
  if (log !== undefined) app.route("/log", logRoutes(log));
  app.notFound(() => {
    throw new DoorError(
      404,
      "NOT_FOUND",
      "there is nothing here",
      "use the paths of the interface",
    );
  });
  app.onError(answerError(diary));
  return app;
}
