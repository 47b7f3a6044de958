import type { DatasetId } from "@symbolon/base/id";
import { Hono } from "hono";
import type { Keeper } from "../store/keeper.js";
import { envelopesIn, identifierIn, limitBody, STATEMENT_BYTES_MAX } from "./door.js";

/** A provider takes a dataset back, and anybody sees this node's word that it is gone. */
export const withdrawalRoutes = (keeper: Pick<Keeper, "withdraw" | "deletions">) =>
  new Hono()
    .post("/", limitBody(STATEMENT_BYTES_MAX), async (c) => {
      const { withdrawal } = await envelopesIn(c, "withdrawal");
      return c.json(await keeper.withdraw(withdrawal));
    })
    .get("/:dataset", (c) => c.json(keeper.deletions(identifierIn<DatasetId>(c, "dataset"))));
