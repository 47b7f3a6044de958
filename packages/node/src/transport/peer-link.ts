import type { TLSSocket } from "node:tls";
import { PeerUnavailable } from "@symbolon/mpc/error";
import type { ControlMessage, Hello } from "./control.js";
import type { Frame } from "./frame.js";
import type { LinkTiming } from "./limits.js";
import { type LinkFailure, PeerConnection } from "./peer-connection.js";
import type { PeerAddress } from "./peer-identity.js";

/** Why a connection was refused by one of its ends; an operator has to act. */
export type GreetingRefusal =
  | "VERSION_DIFFERS"
  | "SPACE_DIFFERS"
  | "NODE_DIFFERS"
  | "BUILD_NOT_ACCEPTED";

/** What an operator sees of a link. `refused`: connected, but one end does not accept the other. */
export interface LinkStatus {
  readonly party: PeerAddress["index"];
  readonly name: string;
  readonly state: "up" | "down" | "refused";
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly reason: string;
  readonly build: string;
  readonly version: string;
}

export interface LinkOptions {
  readonly peer: PeerAddress;
  readonly hello: Hello;
  readonly timing: LinkTiming;
  readonly acceptsBuild: (build: string, peer: PeerAddress) => boolean;
  readonly now: () => number;
}

export interface LinkEvents {
  up(): void;
  down(failure: PeerUnavailable): void;
  frame(frame: Frame): void;
  control(message: ControlMessage): void;
  /** A connection ended or was never made: the dialling end may try again. */
  idle(): void;
}

/**
 * The link to one peer across its connections. A connection counts only after both ends have
 * accepted each other's hello: protocol version, data space, node index, build.
 */
export class PeerLink {
  readonly peer: PeerAddress;
  readonly #options: LinkOptions;
  readonly #events: LinkEvents;
  #connection: PeerConnection | undefined;
  #greeting: NodeJS.Timeout | undefined;
  #isAccepted = false;
  #isWelcome = false;
  #refusal: string | undefined;
  #status: LinkStatus;

  constructor(options: LinkOptions, events: LinkEvents) {
    this.peer = options.peer;
    this.#options = options;
    this.#events = events;
    this.#status = this.#statusOf("down", "not connected yet");
  }

  get status(): LinkStatus {
    return this.#status;
  }

  get isUp(): boolean {
    return this.#status.state === "up";
  }

  /** The connection that is up now, if one is; frames of a run stay on the one they began on. */
  get current(): PeerConnection | undefined {
    return this.isUp ? this.#connection : undefined;
  }

  /** Takes over a fresh connection whose certificate is this peer's; replaces an older one. */
  adopt(socket: TLSSocket): void {
    this.#connection?.close("a new connection replaces this one");
    this.#isAccepted = this.#isWelcome = false;
    this.#refusal = undefined;
    const connection = new PeerConnection(socket, this.#options.timing, {
      control: (message) => this.#control(connection, message),
      frame: (frame) => this.isUp && this.#events.frame(frame),
      closed: (failure) => this.#closed(connection, failure),
    });
    this.#connection = connection;
    this.#greeting = setTimeout(
      () => connection.close("it did not finish the greeting in time"),
      this.#options.timing.greetingMs,
    );
    connection.control(this.#options.hello);
  }

  /** Notes why no connection could be made. */
  failed(reason: string): void {
    if (this.#connection) return;
    if (this.#status.state !== "refused") this.#note("down", reason);
    this.#events.idle();
  }

  control(message: ControlMessage): void {
    this.current?.control(message);
  }

  close(): void {
    this.#connection?.close("this node shuts down");
  }

  #control(connection: PeerConnection, message: ControlMessage): void {
    if (message.type === "goodbye") {
      this.#refusal = `${message.code}: ${message.reason}`;
      connection.close(message.reason);
    } else if (message.type === "hello") {
      this.#greet(connection, message);
    } else if (!this.#isAccepted) {
      this.#refuse(connection, "VERSION_DIFFERS", "its first message is not a hello");
    } else if (message.type === "welcome") {
      this.#isWelcome = true;
      this.#mayBeUp();
    } else if (this.isUp) {
      this.#events.control(message);
    }
  }

  #greet(connection: PeerConnection, hello: Hello): void {
    const refusal = this.#isAccepted
      ? (["VERSION_DIFFERS", "a second hello came"] as const)
      : this.#judge(hello);
    if (refusal) {
      this.#refuse(connection, ...refusal);
      return;
    }
    this.#isAccepted = true;
    this.#status = { ...this.#status, build: hello.build, version: hello.version };
    connection.control({ type: "welcome" });
    this.#mayBeUp();
  }

  #judge(hello: Hello): readonly [GreetingRefusal, string] | undefined {
    const own = this.#options.hello;
    const says = (what: string, theirs: string | number, ours: string | number) =>
      `${this.peer.name} has ${what} ${theirs}, ${ours} is expected`;
    if (hello.protocol !== own.protocol)
      return ["VERSION_DIFFERS", says("protocol version", hello.protocol, own.protocol)];
    if (hello.space !== own.space)
      return ["SPACE_DIFFERS", says("data space", hello.space, own.space)];
    if (hello.node !== this.peer.index)
      return ["NODE_DIFFERS", says("node index", hello.node, this.peer.index)];
    if (!this.#options.acceptsBuild(hello.build, this.peer))
      return ["BUILD_NOT_ACCEPTED", `${this.peer.name} runs a build that is not accepted`];
    return undefined;
  }

  #refuse(connection: PeerConnection, code: GreetingRefusal, reason: string): void {
    this.#refusal = `${code}: ${reason}`;
    connection.control({ type: "goodbye", code, reason });
    connection.close(reason);
  }

  #mayBeUp(): void {
    if (!this.#isAccepted || !this.#isWelcome || this.isUp) return;
    clearTimeout(this.#greeting);
    this.#note("up", "");
    this.#events.up();
  }

  #closed(connection: PeerConnection, failure: LinkFailure): void {
    if (this.#connection !== connection) return;
    clearTimeout(this.#greeting);
    this.#connection = undefined;
    const wasUp = this.isUp;
    this.#note(this.#refusal ? "refused" : "down", this.#refusal ?? failure.reason);
    if (wasUp) this.#events.down(this.unavailable(failure.code));
    this.#events.idle();
  }

  /** The error for a run that needs this peer. */
  unavailable(code: LinkFailure["code"]): PeerUnavailable {
    const { index, name } = this.peer;
    const reason = this.#status.reason;
    const message = `${name} (node ${index}) is not reachable: ${reason}`;
    return new PeerUnavailable(
      code,
      message,
      { party: index, name, reason },
      `nothing is lost; the run goes on by itself once ${name} is back`,
    );
  }

  #note(state: LinkStatus["state"], reason: string): void {
    this.#status = { ...this.#status, state, reason, since: this.#options.now() };
  }

  #statusOf(state: LinkStatus["state"], reason: string): LinkStatus {
    const { index, name } = this.#options.peer;
    const since = this.#options.now();
    return { party: index, name, state, since, reason, build: "", version: "" };
  }
}
