import type { DatasetId } from "@symbolon/base/id";
import { CHUNK_BYTES, SEAL_OVERHEAD_BYTES } from "@symbolon/governance/sealed-part";
import { Hono } from "hono";
import type { Intake } from "../store/intake.js";
import { countIn, envelopesIn, identifierIn, JSON_BYTES_MAX, limitBody } from "./door.js";

/** How a provider hands over a dataset: manifest, chunks, commit. Every step may be repeated. */
export const datasetRoutes = (intake: Intake) =>
  new Hono()
    .put("/:dataset/manifest", limitBody(JSON_BYTES_MAX), async (c) => {
      const dataset = identifierIn<DatasetId>(c, "dataset");
      const { manifest, offer } = await envelopesIn(c, "manifest", "offer");
      const { isNew, reply } = await intake.putManifest(dataset, manifest, offer);
      return c.json(reply, isNew ? 201 : 200);
    })
    .put(
      "/:dataset/parts/:table/:column/:chunk",
      limitBody(CHUNK_BYTES + SEAL_OVERHEAD_BYTES),
      async (c) => {
        const dataset = identifierIn<DatasetId>(c, "dataset");
        const [table, column] = [identifierIn(c, "table"), identifierIn(c, "column")];
        const chunk = countIn(c, "chunk");
        const bytes = new Uint8Array(await c.req.arrayBuffer());
        await intake.putPart(dataset, table, column, chunk, bytes);
        return c.body(null, 204);
      },
    )
    .post("/:dataset/commit", limitBody(1024), async (c) =>
      c.json(await intake.commit(identifierIn<DatasetId>(c, "dataset"))),
    );
