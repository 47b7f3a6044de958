/** The version that both ends of a link must speak; part of the ALPN name. */
export const PEER_PROTOCOL = 3;
export const PEER_ALPN = `symbolon-peer/${PEER_PROTOCOL}`;

/** Largest message on a channel. */
export const FRAME_BYTES_MAX = 64 * 1024 * 1024;
/** Largest control message (JSON): an entry of the log of 64 KiB, in base64, has room in it. */
export const CONTROL_BYTES_MAX = 256 * 1024;
/** Bytes of messages that nobody waits for yet, by peer, above which its link is not read. */
export const UNCLAIMED_BYTES_PAUSE = 256 * 1024 * 1024;
/** The same, above which the run ends: the peer is too far ahead of what is waited for. */
export const UNCLAIMED_BYTES_MAX = 1024 * 1024 * 1024;
/** Bytes waiting to be sent to a peer above which it counts as silent. */
export const QUEUED_BYTES_MAX = 1024 * 1024 * 1024;
/** Messages of one run and peer; more is not a run of ours. */
export const RUN_MESSAGES_MAX = 4_000_000;

/** A peer that keeps its link but sends nothing that a run waits for is given up after this. */
export const RUN_STALL_MS = 120_000;

/** How often a link says that it lives, and when it is given up. Milliseconds. */
export interface LinkTiming {
  readonly heartbeatMs: number;
  /** Heartbeats in a row without a byte from the peer, after which it is silent. */
  readonly silentBeatsMax: number;
  /** From a new connection until both sides have accepted each other. */
  readonly greetingMs: number;
  readonly retryMsMin: number;
  readonly retryMsMax: number;
}

export const LINK_TIMING: LinkTiming = {
  heartbeatMs: 1000,
  // The engine computes for seconds at a time in the thread that answers heartbeats, and for many
  // more where others use the machine too. A peer that is gone mostly closes its connection.
  silentBeatsMax: 30,
  greetingMs: 5000,
  retryMsMin: 100,
  retryMsMax: 5000,
};
