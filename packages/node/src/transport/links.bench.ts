import { threeLinks } from "./three-links.fixture.js";

/** Payload bytes a second from node 0 to node 1 over TLS on loopback, both ends in this process. */
export async function benchLinks(size: number, count: number): Promise<{ bytesPerSecond: number }> {
  const { links, close } = await threeLinks();
  const [from, to] = [links[0].runTransport("bench", 1), links[1].runTransport("bench", 1)];
  const since = performance.now();
  const inFlight = 4;
  for (let k = 0; k < count + inFlight; k += 1) {
    if (k < count) from.send(1, `m/${k}`, new Uint8Array(size));
    if (k >= inFlight) await to.receive(0, `m/${k - inFlight}`);
  }
  const seconds = (performance.now() - since) / 1000;
  await close();
  return { bytesPerSecond: (size * count) / seconds };
}
