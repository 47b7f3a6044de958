import type { DescriptorReply, StatusReply } from "@symbolon/governance/api";
import { Hono } from "hono";

export interface About {
  descriptor(): Promise<DescriptorReply>;
  status(): StatusReply;
}

/** GET /descriptor and GET /status: who this node is and how it does. Public. */
export const statusRoutes = (about: About) =>
  new Hono()
    .get("/descriptor", async (c) => c.json(await about.descriptor()))
    .get("/status", (c) => c.json(about.status()));
