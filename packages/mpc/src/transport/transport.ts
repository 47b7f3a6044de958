import type { PartyIndex } from "@symbolon/base/id";

/**
 * How the three parties of one run reach each other. Messages between two honest parties are
 * private and authentic (TLS, or memory in tests); order between channels is not guaranteed.
 */
export interface Transport {
  readonly self: PartyIndex;
  /** Takes ownership of the bytes. One message per channel and direction. Never blocks. */
  send(to: PartyIndex, channel: string, message: Uint8Array): void;
  /** Resolves with the message; rejects with PeerUnavailable or PeerAborted. */
  receive(from: PartyIndex, channel: string): Promise<Uint8Array>;
  /** Bytes sent so far, by receiver. */
  readonly bytesSent: readonly [number, number, number];
  /** Tells the peers that this run is over for a public cause, and rejects what still waits. */
  abort(code: string): void;
  close(): void;
}
