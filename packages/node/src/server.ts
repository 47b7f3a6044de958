import { createServer, type Server } from "node:https";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import type { Credentials } from "./identity/certificate.js";
import { SetupError } from "./node-error.js";

const HEADERS_MS_MAX = 10_000;
const REQUEST_MS_MAX = 120_000;
const CONNECTIONS_MAX = 256;

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the interface by HTTPS (TLS 1.3). Throws `SetupError` if the port is not free. */
export async function serve(
  app: Hono,
  { certificate, privateKey }: Credentials,
  at: { readonly host: string; readonly port: number },
): Promise<RunningServer> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    createServer,
    serverOptions: {
      cert: certificate,
      key: privateKey,
      minVersion: "TLSv1.3",
      headersTimeout: HEADERS_MS_MAX,
      requestTimeout: REQUEST_MS_MAX,
    },
  }) as Server;
  server.maxConnections = CONNECTIONS_MAX;
  await listen(server, at);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : at.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(portTaken(host, port, error));
    });
    server.listen(port, host, resolve);
  });
}

/** The error for an address that this process cannot listen on. */
export const portTaken = (host: string, port: number, error: NodeJS.ErrnoException): SetupError =>
  new SetupError(
    "PORT_TAKEN",
    `cannot listen on ${host}:${port} (${error.code ?? "unknown cause"})`,
    { host, port },
    "stop what uses this address, or choose another in the configuration",
  );
