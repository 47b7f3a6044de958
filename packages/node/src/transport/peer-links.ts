import { connect, createServer, type Server, type TLSSocket } from "node:tls";
import { assert } from "@symbolon/base/assert";
import type { PartyIndex } from "@symbolon/base/id";
import { PeerUnavailable } from "@symbolon/mpc/error";
import type { Transport } from "@symbolon/mpc/transport/transport";
import type { Credentials } from "../identity/certificate.js";
import type { ControlMessage, Hello } from "./control.js";
import { type Frame, runTag } from "./frame.js";
import {
  LINK_TIMING,
  type LinkTiming,
  PEER_ALPN,
  PEER_PROTOCOL,
  UNCLAIMED_BYTES_PAUSE,
} from "./limits.js";
import {
  certificateOf,
  identify,
  type PeerAddress,
  peerIdentity,
  tlsOptions,
} from "./peer-identity.js";
import { type LinkStatus, PeerLink } from "./peer-link.js";
import { RunTransport } from "./run-transport.js";

export interface PeerLinksOptions {
  readonly space: string;
  readonly self: PartyIndex;
  readonly listen: { readonly host: string; readonly port: number };
  /** The two other nodes. */
  readonly peers: readonly PeerAddress[];
  readonly credentials: Credentials;
  readonly build: string;
  readonly version: string;
  readonly acceptsBuild: (build: string, peer: PeerAddress) => boolean;
  readonly now: () => number;
  readonly timing?: LinkTiming;
  /** Bytes of messages from one peer that nobody waits for, above which it is not read. */
  readonly unclaimedBytesPause?: number;
}

/** What the jobs learn from the links. */
export interface PeerEvents {
  /** A link came up or went down. */
  changed(peer: PeerAddress, isUp: boolean, reason: string): void;
  runMessage(from: PartyIndex, run: string, body: unknown): void;
  logMessage(from: PartyIndex, body: unknown): void;
  /** A peer has ended an attempt for good. */
  runAborted(from: PartyIndex, run: string, attempt: number, code: string): void;
}

const CONNECTIONS_MAX = 16;

/**
 * The connections of this node to the two others: one mutually authenticated TLS 1.3 connection a
 * pair, made by the node with the higher index, made again when it breaks.
 */
export class PeerLinks {
  readonly #options: PeerLinksOptions;
  readonly #timing: LinkTiming;
  readonly #events: PeerEvents;
  readonly #links = new Map<PartyIndex, PeerLink>();
  readonly #transports = new Map<
    string,
    { run: string; attempt: number; transport: RunTransport }
  >();
  readonly #dials = new Map<PartyIndex, { delayMs: number; timer?: NodeJS.Timeout }>();
  #server: Server | undefined;
  #isClosed = false;

  constructor(options: PeerLinksOptions, events: PeerEvents) {
    assert(options.peers.length === 2, "a node has two peers");
    this.#options = options;
    this.#timing = options.timing ?? LINK_TIMING;
    this.#events = events;
    for (const peer of options.peers) this.#links.set(peer.index, this.#linkTo(peer));
  }

  /** Listens, and starts connecting. Resolves with the port once it listens. */
  async start(): Promise<number> {
    const { listen, peers, self, credentials } = this.#options;
    const trusted = peers.map((peer) => peer.ca);
    const server = createServer(
      {
        ...tlsOptions(credentials, trusted),
        requestCert: true,
        handshakeTimeout: this.#timing.greetingMs,
      },
      (socket) => this.#accept(socket),
    );
    server.maxConnections = CONNECTIONS_MAX;
    server.on("tlsClientError", () => undefined);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(listen.port, listen.host, resolve);
    });
    this.#server = server;
    for (const peer of peers) if (peer.index < self) this.#dial(peer);
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : listen.port;
  }

  status(): readonly LinkStatus[] {
    return [...this.#links.values()].map((link) => link.status);
  }

  get areAllUp(): boolean {
    return [...this.#links.values()].every((link) => link.isUp);
  }

  /** Tells the peer's jobs something about a run; lost if the link is down. */
  sendRunMessage(to: PartyIndex, run: string, body: unknown): void {
    this.#links.get(to)?.control({ type: "run", run, body });
  }

  /** Tells the peer something about the log; lost if the link is down. */
  sendLogMessage(to: PartyIndex, body: unknown): void {
    this.#links.get(to)?.control({ type: "log", body });
  }

  /** Tells both peers that an attempt has ended for good. */
  announceAbort(run: string, attempt: number, code: string): void {
    for (const link of this.#links.values())
      link.control({ type: "run-abort", run, attempt, code });
  }

  /** Ends an attempt that a peer has given up in order to begin a later one. */
  interrupt(run: string, attempt: number, by: PartyIndex): void {
    const link = this.#links.get(by);
    const open = this.#transports.get(runTag(run, attempt));
    if (link && open) open.transport.fail(link.unavailable("PEER_CLOSED"));
  }

  /** The transport of one attempt at a run. Frames that come before it exists are dropped. */
  runTransport(run: string, attempt: number): Transport {
    const tag = runTag(run, attempt);
    assert(!this.#transports.has(tag), "an attempt has one transport");
    const connections = new Map([...this.#links].map(([party, link]) => [party, link.current]));
    const transport = new RunTransport({
      self: this.#options.self,
      send: (to, key, message) => connections.get(to)?.send(tag, key, message),
      changed: (from) => this.#govern(from),
      announceAbort: (code) => this.announceAbort(run, attempt, code),
      release: () => this.#transports.delete(tag),
    });
    this.#transports.set(tag, { run, attempt, transport });
    for (const link of this.#links.values())
      if (!link.isUp) transport.fail(link.unavailable("PEER_CLOSED"));
    return transport;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const dial of this.#dials.values()) clearTimeout(dial.timer);
    for (const link of this.#links.values()) link.close();
    for (const { transport } of this.#transports.values()) transport.close();
    const server = this.#server;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #linkTo(peer: PeerAddress): PeerLink {
    const { space, self, build, version, acceptsBuild, now } = this.#options;
    const hello: Hello = {
      type: "hello",
      protocol: PEER_PROTOCOL,
      space,
      node: self,
      build,
      version,
    };
    const options = { peer, hello, timing: this.#timing, acceptsBuild, now };
    return new PeerLink(options, {
      up: () => {
        this.#dials.set(peer.index, { delayMs: this.#timing.retryMsMin });
        this.#events.changed(peer, true, "");
      },
      down: (failure) => {
        for (const { transport } of [...this.#transports.values()]) transport.fail(failure);
        this.#events.changed(peer, false, failure.message);
      },
      frame: (frame) => this.#deliver(peer.index, frame),
      control: (message) => this.#control(peer.index, message),
      idle: () => this.#redial(peer),
    });
  }

  #accept(socket: TLSSocket): void {
    const { peers, self } = this.#options;
    const peer = identify(certificateOf(socket), peers);
    const isExpected = peer && peer.index > self && socket.alpnProtocol === PEER_ALPN;
    if (!isExpected || this.#isClosed) {
      socket.on("error", () => undefined);
      socket.destroy();
      return;
    }
    this.#links.get(peer.index)?.adopt(socket);
  }

  #dial(peer: PeerAddress): void {
    if (this.#isClosed) return;
    const { space, credentials } = this.#options;
    const link = this.#links.get(peer.index);
    const socket = connect({
      ...tlsOptions(credentials, [peer.ca]),
      host: peer.host,
      port: peer.port,
      servername: peerIdentity(space, peer.index),
      checkServerIdentity: () => undefined, // done below, on the certificate itself
    });
    const patience = setTimeout(
      () => socket.destroy(new Error("timeout")),
      this.#timing.greetingMs,
    );
    let failure = "the connection was closed during the handshake";
    const onError = (error: NodeJS.ErrnoException) => {
      failure = `no connection (${error.code ?? error.message})`;
    };
    const onClose = () => {
      clearTimeout(patience);
      link?.failed(failure);
    };
    socket.once("error", onError).once("close", onClose);
    socket.once("secureConnect", () => {
      clearTimeout(patience);
      const isPeer = identify(certificateOf(socket), [peer]) !== undefined;
      if (!isPeer || socket.alpnProtocol !== PEER_ALPN || this.#isClosed) {
        failure = "who answers there is not this peer";
        socket.destroy();
        return;
      }
      socket.off("error", onError).off("close", onClose);
      link?.adopt(socket);
    });
  }

  #redial(peer: PeerAddress): void {
    if (this.#isClosed || peer.index > this.#options.self) return;
    const { retryMsMin, retryMsMax } = this.#timing;
    const delayMs = this.#dials.get(peer.index)?.delayMs ?? retryMsMin;
    const timer = setTimeout(() => this.#dial(peer), delayMs);
    this.#dials.set(peer.index, { delayMs: Math.min(2 * delayMs, retryMsMax), timer });
  }

  #deliver(from: PartyIndex, frame: Frame): void {
    this.#transports.get(frame.tag)?.transport.deliver(from, frame);
  }

  #control(from: PartyIndex, message: ControlMessage): void {
    if (message.type === "run") this.#events.runMessage(from, message.run, message.body);
    if (message.type === "log") this.#events.logMessage(from, message.body);
    if (message.type === "run-abort")
      this.#aborted(from, message.run, message.attempt, message.code);
  }

  #aborted(from: PartyIndex, run: string, attempt: number, code: string): void {
    const name = this.#links.get(from)?.peer.name ?? `node ${from}`;
    const details = { party: from, name, cause: code };
    const error = new PeerUnavailable("PEER_ABORTED", `${name} ended the run: ${code}`, details);
    this.#transports.get(runTag(run, attempt))?.transport.fail(error);
    this.#events.runAborted(from, run, attempt, code);
  }

  /** Stops reading from a peer that is far ahead, unless something is waited for from it. */
  #govern(from: PartyIndex): void {
    let unclaimed = 0;
    let isAwaited = false;
    for (const { transport } of this.#transports.values()) {
      unclaimed += transport.unclaimedBytes(from);
      isAwaited ||= transport.isAwaiting(from);
    }
    const { unclaimedBytesPause = UNCLAIMED_BYTES_PAUSE } = this.#options;
    this.#links.get(from)?.current?.pause(unclaimed > unclaimedBytesPause && !isAwaited);
  }
}
