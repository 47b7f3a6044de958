import { createServer, type Server } from "node:net";
import { freshBytes } from "../identity/random.js";

/**
 * Where ports are looked for: below those that systems hand out to outgoing connections (from
 * 32,768 on Linux, 49,152 elsewhere), so that nobody is given one between this look and its use.
 */
const FROM = 20_000;
const COUNT = 12_000;
const TRIES_MAX = 200;

/** Listens on a port of `host`; `undefined` if somebody else does. */
function hold(host: string, port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(undefined));
    server.listen({ host, port, exclusive: true }, () => resolve(server));
  });
}

/**
 * `count` different TCP ports of `host` on which nobody listens, drawn at random and held open
 * together until all are known. Throws if there are none in 200 draws for one.
 */
export async function freePorts(host: string, count: number): Promise<number[]> {
  const held = new Map<number, Server>();
  try {
    for (let tries = 0; held.size < count; tries += 1) {
      if (tries === TRIES_MAX * count) throw new Error(`no free port on ${host}`);
      const port = FROM + (Buffer.from(freshBytes(2)).readUInt16BE() % COUNT);
      const server = held.has(port) ? undefined : await hold(host, port);
      if (server !== undefined) held.set(port, server);
    }
    return [...held.keys()];
  } finally {
    const servers = [...held.values()];
    await Promise.all(servers.map((one) => new Promise((resolve) => one.close(resolve))));
  }
}
