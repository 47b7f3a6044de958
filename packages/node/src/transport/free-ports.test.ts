import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { freePorts } from "./free-ports.js";

const HOST = "127.0.0.1";

describe("free ports", () => {
  it("are different, can be listened on, and are none that outgoing connections get", async () => {
    const ports = await freePorts(HOST, 20);
    expect(new Set(ports).size).toBe(20);
    for (const port of ports) {
      expect(port).toBeLessThan(32_768);
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, HOST, resolve);
      });
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it("are refused for a host that this machine does not have", async () => {
    await expect(freePorts("203.0.113.1", 1)).rejects.toThrow("no free port on 203.0.113.1");
  });
});
