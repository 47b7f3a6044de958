import { Hono } from "hono";
import type { Intake } from "../store/intake.js";
import { envelopesIn, limitBody, STATEMENT_BYTES_MAX } from "./door.js";

/** POST /offers: a provider allows a question, changes its terms, or takes consent back. */
export const offerRoutes = (intake: Intake) =>
  new Hono().post("/", limitBody(STATEMENT_BYTES_MAX), async (c) => {
    const { offer } = await envelopesIn(c, "offer");
    return c.json(await intake.putOffer(offer), 201);
  });
