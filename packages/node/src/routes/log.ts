import type { LogReply, StatementFate } from "@symbolon/governance/api";
import { receiptOf } from "@symbolon/governance/entry-receipt";
import type { Hash } from "@symbolon/governance/hash";
import { decodeText } from "@symbolon/governance/log/note";
import { type Context, Hono } from "hono";
import type { LogAgreement } from "../governance/log-agreement.js";
import type { LogStore } from "../governance/log-store.js";
import type { SpaceLog } from "../governance/space-log.js";
import { DoorError } from "../node-error.js";
import { countIn, envelopesIn, hashIn, limitBody, STATEMENT_BYTES_MAX } from "./door.js";

export interface LogDoor {
  readonly log: Pick<SpaceLog, "size" | "state" | "newest" | "witnessed">;
  readonly store: Pick<LogStore, "readTile" | "headAt" | "pendingCount" | "indexOf">;
  readonly agreement: Pick<LogAgreement, "submit" | "fate" | "cosign" | "stopped">;
}

const NOTE_BYTES_MAX = 64 * 1024;

/**
 * The space's log. What is read is as C2SP tlog-tiles writes it: `checkpoint` and `tile/…`, which
 * need no trust in whoever hands them out; statements and cosignatures are taken in.
 */
export const logRoutes = ({ log, store, agreement }: LogDoor) =>
  new Hono()
    .get("/", (c) => {
      const { stopped } = agreement;
      const reply: LogReply = {
        size: log.size,
        witnessed: log.witnessed?.state.frontier.size ?? 0,
        pending: store.pendingCount(),
        hasCharter: log.state.charter !== undefined,
        ...(stopped !== undefined && { stopped }),
      };
      return c.json(reply);
    })
    .get("/checkpoint", (c) => text(c, log.newest?.note))
    .get("/checkpoint/:size", (c) => text(c, store.headAt(countIn(c, "size"))?.note))
    .get("/tile/*", async (c) => {
      const path = c.req.path.slice(c.req.path.indexOf("/tile/") + 1);
      const bytes = await store.readTile(path);
      if (bytes === undefined) throw missing("such tile");
      return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
        "content-type": "application/octet-stream",
      });
    })
    .post("/statements", limitBody(STATEMENT_BYTES_MAX), async (c) => {
      const { statement } = await envelopesIn(c, "statement");
      return c.json({ statement: await agreement.submit(statement) }, 202);
    })
    .get("/statements/:hash", async (c) => {
      const fate: StatementFate = await agreement.fate(hashIn(c, "hash"));
      return c.json(fate);
    })
    .get("/receipts/:hash", async (c) => {
      const hash: Hash = hashIn(c, "hash");
      const index = store.indexOf(hash);
      const { witnessed } = log;
      if (index === undefined) throw missing("such statement");
      if (witnessed === undefined || index >= witnessed.state.frontier.size)
        throw new DoorError(
          409,
          "NOT_WITNESSED",
          "no head with this entry has been cosigned by witnesses enough",
          "ask again once the witnesses have cosigned",
        );
      return text(c, await receiptOf(store.readTile, witnessed.note, index));
    })
    .post("/cosignatures", limitBody(NOTE_BYTES_MAX), async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      await agreement.cosign(decodeText(bytes, "a note"));
      return c.body(null, 204);
    });

const missing = (what: string): DoorError =>
  new DoorError(404, "NOT_FOUND", `the log has no ${what}`, "ask for what its head says is there");

function text(c: Context, body: string | undefined) {
  if (body === undefined) throw missing("such head");
  return c.body(body, 200, { "content-type": "text/plain; charset=utf-8" });
}
