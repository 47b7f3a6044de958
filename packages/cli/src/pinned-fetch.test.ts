import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type Credentials, issue } from "@symbolon/node/identity/certificate";
import { throwawayCa } from "@symbolon/node/identity/throwaway-ca";
import { describe, expect, it, onTestFinished } from "vitest";
import { pinnedFetch } from "./pinned-fetch.js";

const ca = throwawayCa(Date.now());
const shown = ca.issue("node-0", ["127.0.0.1"]);
const other = ca.issue("node-0", ["127.0.0.1"]);

interface Serving {
  readonly credentials?: Credentials;
  readonly maxVersion?: "TLSv1.2" | "TLSv1.3";
}

async function serve({ credentials = shown, maxVersion = "TLSv1.3" }: Serving = {}) {
  const { certificate: cert, privateKey: key } = credentials;
  const server = createServer({ cert, key, maxVersion }, (_request, response) => {
    response.end("hello");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function fetchPinned(certificate: string, authority = ca.certificate) {
  const connection = pinnedFetch({ name: "Node", certificate, ca: authority });
  onTestFinished(() => connection.close());
  return connection.fetch;
}

describe("pinnedFetch", () => {
  it("speaks to the node whose certificate is in the space file", async () => {
    const reply = await fetchPinned(shown.certificate)(await serve());
    expect(await reply.text()).toBe("hello");
  });

  it("refuses another certificate of the same name and authority", async () => {
    await expect(fetchPinned(other.certificate)(await serve())).rejects.toMatchObject({
      cause: { message: expect.stringContaining("not the one that space.json has") },
    });
  });

  it("takes a certificate that signed itself, if it is the pinned one", async () => {
    const [notBefore, notAfter] = [Date.now() - 60_000, Date.now() + 60_000];
    const validity = { isAuthority: false, notBefore, notAfter };
    const own = issue({ name: "node-0", hosts: ["127.0.0.1"], ...validity });
    const address = await serve({ credentials: own });
    const reply = await fetchPinned(own.certificate, own.certificate)(address);
    expect(reply.status).toBe(200);
  });

  it("speaks TLS 1.3 only", async () => {
    await expect(
      fetchPinned(shown.certificate)(await serve({ maxVersion: "TLSv1.2" })),
    ).rejects.toThrow();
  });

  it("says so if the space file has no certificate", () => {
    expect(() => pinnedFetch({ name: "Node", certificate: "none", ca: "none" })).toThrow(
      "the certificate of Node is not one",
    );
  });
});
