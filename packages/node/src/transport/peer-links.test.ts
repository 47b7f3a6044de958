import { createHash } from "node:crypto";
import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import { throwawayCa } from "../identity/throwaway-ca.js";
import { encodeControl } from "./control.js";
import { CONTROL_TAG, channelKey, frameHeader, runTag } from "./frame.js";
import { FRAME_BYTES_MAX, PEER_ALPN, PEER_PROTOCOL } from "./limits.js";
import { peerIdentity, tlsOptions } from "./peer-identity.js";
import { type PeerEvents, PeerLinks } from "./peer-links.js";
import { HOST, NO_EVENTS, network, threeLinks, until } from "./three-links.contract.js";

const open: { close(): unknown }[] = [];
const later = <T extends { close(): unknown }>(thing: T): T => {
  open.push(thing);
  return thing;
};
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

const bytes = (length: number, seed = 1) =>
  new Uint8Array(length).map((_, k) => (k * 31 + seed) & 255);
const hash = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");

/** A connection as node 1, or another, speaking the wire format by hand. */
async function byHand(port: number, net: Awaited<ReturnType<typeof network>>, as = 1) {
  const socket = connect({
    ...tlsOptions(net.credentials[as], [net.ca.certificate]),
    host: HOST,
    port,
    checkServerIdentity: () => undefined,
  });
  await new Promise((resolve) => socket.once("secureConnect", resolve));
  socket.on("error", () => undefined);
  later({ close: () => socket.destroy() });
  return socket;
}
const sendFrame = (socket: TLSSocket, tag: string, key: string | undefined, data: Uint8Array) =>
  socket.write(Buffer.concat([frameHeader(data.length, tag, key), data]));
const hello = {
  type: "hello",
  protocol: PEER_PROTOCOL,
  space: "demo",
  node: 1,
  build: "build-1",
  version: "1",
} as const;
async function greet(socket: TLSSocket, changes: object = {}) {
  sendFrame(socket, CONTROL_TAG, undefined, Buffer.from(JSON.stringify({ ...hello, ...changes })));
  sendFrame(socket, CONTROL_TAG, undefined, encodeControl({ type: "welcome" }));
}
/** Node 0 alone, and what it says of node 1. */
async function nodeZero() {
  const net = await network();
  const links = later(new PeerLinks(net.options(0), NO_EVENTS));
  await links.start();
  const peer = () => links.status().find(({ party }) => party === 1)!;
  return { net, links, peer };
}

describe("PeerLinks", () => {
  it("carries messages of every size between all pairs, in any order", async () => {
    const { links } = later(await threeLinks());
    const runs = links.map((link) => link.runTransport("run-1", 1));
    const sizes = [0, 1, 19, 20, 21, 4096, 32 * 1024 + 1, 3_000_000];
    const waits: Promise<void>[] = [];
    for (const to of runs)
      for (const from of runs)
        if (to !== from)
          for (const size of [...sizes].reverse())
            waits.push(
              to.receive(from.self, `m/${size}`).then((message) => {
                expect(hash(message)).toBe(hash(bytes(size, 3 * from.self + to.self)));
                expect(message.byteOffset).toBe(0);
              }),
            );
    for (const from of runs)
      for (const to of runs)
        if (to !== from)
          for (const size of sizes)
            from.send(to.self, `m/${size}`, bytes(size, 3 * from.self + to.self));
    await Promise.all(waits);
    expect(runs[0].bytesSent).toEqual([
      0,
      sizes.reduce((a, b) => a + b),
      sizes.reduce((a, b) => a + b),
    ]);
  });

  it("keeps messages that come before they are waited for, and each attempt apart", async () => {
    const { links } = later(await threeLinks());
    const [a1, b1] = [links[0].runTransport("run-1", 1), links[1].runTransport("run-1", 1)];
    const [a2, b2] = [links[0].runTransport("run-1", 2), links[1].runTransport("run-1", 2)];
    a1.send(1, "x", Uint8Array.of(1));
    a2.send(1, "x", Uint8Array.of(2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await b2.receive(0, "x")).toEqual(Uint8Array.of(2));
    expect(await b1.receive(0, "x")).toEqual(Uint8Array.of(1));
  });

  it("names a peer that went away, tells every waiting receive, and connects again", async () => {
    const changes: string[] = [];
    const net = await threeLinks({ changed: (peer, isUp) => changes.push(`${peer.name} ${isUp}`) });
    later(net);
    const run = net.links[0].runTransport("run-1", 1);
    const waits = [run.receive(1, "x"), run.receive(2, "x")];
    changes.length = 0;
    await net.links[1].close();
    const gone = {
      name: "PeerUnavailable",
      code: "PEER_CLOSED",
      details: { party: 1, name: "Node B" },
    };
    for (const wait of waits) await expect(wait).rejects.toMatchObject(gone);
    await expect(run.receive(2, "y")).rejects.toMatchObject(gone);
    expect(changes).toContain("Node B false");
    const again = later(new PeerLinks(net.net.options(1), NO_EVENTS));
    await again.start();
    await until(() => again.areAllUp && net.links[0].areAllUp && net.links[2].areAllUp);
    const [a, b] = [net.links[0].runTransport("run-1", 2), again.runTransport("run-1", 2)];
    a.send(1, "x", Uint8Array.of(7));
    expect(await b.receive(0, "x")).toEqual(Uint8Array.of(7));
    await expect(run.receive(1, "z")).rejects.toMatchObject(gone);
  });

  it("notices a peer that falls silent without closing", async () => {
    const { relay, links } = await relayed();
    const run = links[1].runTransport("run-1", 1);
    const wait = run.receive(0, "x");
    const since = Date.now();
    relay.isSilent = true;
    await expect(wait).rejects.toMatchObject({ code: "PEER_TIMEOUT", details: { party: 0 } });
    expect(Date.now() - since).toBeLessThan(1500);
  });

  it("ends the run at all three when one aborts, with the public cause", async () => {
    const aborted: string[] = [];
    const { links } = later(
      await threeLinks({
        runAborted: (from, run, attempt, code) => aborted.push(`${from} ${run} ${attempt} ${code}`),
      }),
    );
    const runs = links.map((link) => link.runTransport("run-1", 1));
    const waits = [runs[0].receive(1, "x"), runs[1].receive(2, "x"), runs[2].receive(0, "x")];
    runs[2].abort("OPEN_MISMATCH");
    for (const wait of waits)
      await expect(wait).rejects.toMatchObject({
        code: "PEER_ABORTED",
        details: { cause: "OPEN_MISMATCH" },
      });
    expect(aborted).toEqual(["2 run-1 1 OPEN_MISMATCH", "2 run-1 1 OPEN_MISMATCH"]);
  });

  it("keeps runs apart that an asker has sought out for their hashes to begin alike", async () => {
    const { links } = later(await threeLinks());
    const runs = ["run-49324", "run-82192"] as const;
    const [a, b] = runs.map((run) => createHash("sha256").update(`run\n${run}\n1`).digest());
    expect(a.subarray(0, 4)).toEqual(b.subarray(0, 4));
    const ends = [links[0], links[1]].map((link) => runs.map((run) => link.runTransport(run, 1)));
    for (const k of [0, 1]) ends[0][k].send(1, "selection/kept", Uint8Array.of(k));
    for (const k of [1, 0]) {
      expect(await ends[1][k].receive(0, "selection/kept")).toEqual(Uint8Array.of(k));
    }
  });

  it("aborts the run when a peer sends twice on a channel", async () => {
    const { net, links, peer } = await nodeZero();
    const socket = await byHand(net.ports[0], net);
    await greet(socket);
    await until(() => peer().state === "up");
    const aborted: string[] = [];
    const runAborted: PeerEvents["runAborted"] = (from, run, attempt, code) =>
      void aborted.push(`${from} ${run} ${attempt} ${code}`);
    const other = later(new PeerLinks(net.options(2), { ...NO_EVENTS, runAborted }));
    await other.start();
    await until(() => links.areAllUp);
    const run = links.runTransport("run-1", 1);
    const wait = run.receive(1, "y");
    for (let k = 0; k < 2; k += 1)
      sendFrame(socket, runTag("run-1", 1), channelKey("x"), Uint8Array.of(k));
    await expect(wait).rejects.toMatchObject({ name: "ProtocolAbort", code: "MESSAGE_DUPLICATE" });
    await until(() => aborted.length > 0);
    expect(aborted).toEqual(["0 run-1 1 MESSAGE_DUPLICATE"]);
  });

  it.each([
    [
      "another version",
      { protocol: 1, unheard: true },
      /VERSION_DIFFERS: Node B has protocol version 1, 3 is expected/,
    ],
    ["another space", { space: "other" }, /SPACE_DIFFERS: Node B has data space other/],
    ["another index", { node: 2 }, /NODE_DIFFERS/],
    ["an unknown build", { build: "evil" }, /BUILD_NOT_ACCEPTED/],
  ])("refuses %s and says so to the operator", async (_what, changes, reason) => {
    const { net, peer } = await nodeZero();
    const socket = await byHand(net.ports[0], net);
    const heard: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => heard.push(chunk));
    await greet(socket, changes);
    await until(() => peer().state === "refused");
    expect(peer().reason).toMatch(reason);
    await until(() => socket.closed);
    expect(Buffer.concat(heard).toString("latin1")).toContain("goodbye");
  });

  it("refuses a peer that does not begin with a hello", async () => {
    const { net, peer } = await nodeZero();
    const socket = await byHand(net.ports[0], net);
    sendFrame(socket, CONTROL_TAG, undefined, encodeControl({ type: "welcome" }));
    await until(() => peer().state === "refused");
    expect(peer().reason).toMatch(/its first message is not a hello/);
  });

  it("closes a link whose frame claims too much, without reserving memory", async () => {
    const { net, peer } = await nodeZero();
    const socket = await byHand(net.ports[0], net);
    await greet(socket);
    await until(() => peer().state === "up");
    socket.write(frameHeader(FRAME_BYTES_MAX + 1, runTag("run-1", 1), channelKey("x")));
    await until(() => peer().state === "down");
    expect(peer().reason).toMatch(/claims 67108865 bytes/);
  });

  it("closes a link that speaks garbage on the control channel", async () => {
    const { net, peer } = await nodeZero();
    const socket = await byHand(net.ports[0], net);
    await greet(socket);
    await until(() => peer().state === "up");
    sendFrame(socket, CONTROL_TAG, undefined, Uint8Array.of(255, 0, 1));
    await until(() => peer().state === "down");
    expect(peer().reason).toMatch(/control message/);
  });

  it("lets in nobody whose certificate is not the peer's", async () => {
    const { net, peer } = await nodeZero();
    const stranger = throwawayCa(Date.now());
    const identities = [
      stranger.issue("x", [peerIdentity("demo", 1)]), // another authority
      net.ca.issue("node-1.demo", [peerIdentity("demo", 1)]), // the name alone is not enough
      net.credentials[0], // node 0 itself
    ];
    for (const credentials of identities) {
      const socket = connect({
        ...tlsOptions(credentials, [net.ca.certificate]),
        host: HOST,
        port: net.ports[0],
        checkServerIdentity: () => undefined,
      });
      socket.on("error", () => undefined);
      socket.once("secureConnect", () => void greet(socket));
      await until(() => socket.closed);
      expect(peer().state).toBe("down");
    }
  });

  it("lets in no peer that it dials itself, so that two nodes have one connection", async () => {
    const net = await network();
    const links = later(new PeerLinks(net.options(1), NO_EVENTS));
    await links.start();
    const socket = await byHand(net.ports[1], net, 0);
    await greet(socket, { node: 0 });
    await until(() => socket.closed);
    expect(socket.bytesRead).toBe(0);
    expect(links.status().find(({ party }) => party === 0)?.state).toBe("down");
  });

  it("does not talk to a listener with another node's certificate", async () => {
    const net = await network();
    const impostor = { ...net.options(0), credentials: net.credentials[2] };
    await later(new PeerLinks(impostor, NO_EVENTS)).start();
    const links = later(new PeerLinks(net.options(1), NO_EVENTS));
    await links.start();
    const peer = () => links.status().find(({ party }) => party === 0)!;
    await until(() => /not this peer/.test(peer().reason));
    expect(peer().state).toBe("down");
  });

  it("speaks TLS 1.3 and its own protocol only", async () => {
    const { net } = await nodeZero();
    const credentials = net.credentials[1];
    const options = {
      ...tlsOptions(credentials, [net.ca.certificate]),
      host: HOST,
      port: net.ports[0],
    };
    for (const changes of [
      { minVersion: "TLSv1.2", maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256" },
      { ALPNProtocols: ["http/1.1"] },
      { ALPNProtocols: undefined },
    ]) {
      const socket = connect({
        ...options,
        ...changes,
        checkServerIdentity: () => undefined,
      } as never);
      socket.on("error", () => undefined);
      await until(() => socket.closed);
      expect(socket.alpnProtocol).not.toBe(PEER_ALPN);
      expect(socket.bytesRead).toBe(0);
    }
  });
});

/** Nodes 0 and 1 with a relay between them that can fall silent, as a broken network does. */
async function relayed() {
  const net = await network();
  const relay = { isSilent: false };
  const sockets: Socket[] = [];
  const server: Server = createServer((inward) => {
    const outward = dial(net.ports[0], HOST);
    sockets.push(inward, outward);
    for (const [from, to] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      from.on("data", (chunk: Buffer) => relay.isSilent || to.write(chunk));
      from.on("error", () => undefined);
      from.on("close", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  later({
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  const { port } = server.address() as { port: number };
  const one = net.options(1);
  const peers = one.peers.map((peer) => (peer.index === 0 ? { ...peer, port } : peer));
  const links = [net.options(0), { ...one, peers }, net.options(2)].map((options) =>
    later(new PeerLinks(options, NO_EVENTS)),
  );
  for (const link of links) await link.start();
  await until(() => links.every((link) => link.areAllUp));
  return { relay, links };
}
