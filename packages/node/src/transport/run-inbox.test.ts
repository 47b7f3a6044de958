import { PeerUnavailable } from "@symbolon/mpc/error";
import { describe, expect, it } from "vitest";
import { UNCLAIMED_BYTES_MAX } from "./limits.js";
import { RunInbox } from "./run-inbox.js";
import { RunTransport } from "./run-transport.js";

const WIRES = {
  self: 0,
  send: () => undefined,
  changed: () => undefined,
  announceAbort: () => undefined,
  release: () => undefined,
} as const;

describe("RunInbox", () => {
  it("counts the time in which nothing comes that is waited for", () => {
    const inbox = new RunInbox(1);
    expect(inbox.stalledMs(1000)).toBe(0);
    void inbox.receive("a");
    void inbox.receive("b");
    expect(inbox.stalledMs(2000)).toBe(0);
    expect(inbox.stalledMs(5000)).toBe(3000);
    inbox.deliver("other", new Uint8Array(1));
    expect(inbox.stalledMs(6000)).toBe(4000);
    inbox.deliver("a", new Uint8Array(1));
    expect(inbox.stalledMs(7000)).toBe(0);
    inbox.deliver("b", new Uint8Array(1));
    expect(inbox.stalledMs(9000)).toBe(0);
  });

  it("ends a run whose peer floods it, in number or in bytes", () => {
    const few = new RunInbox(1, 2);
    for (const key of ["a", "b"]) few.deliver(key, new Uint8Array(1));
    expect(() => few.deliver("c", new Uint8Array(1))).toThrow("too many messages");
    const large = new RunInbox(1);
    // One and the same memory each time: what counts is what it would hold.
    const message = new Uint8Array(UNCLAIMED_BYTES_MAX / 16);
    for (let k = 0; k < 16; k += 1) large.deliver(`${k}`, message);
    expect(() => large.deliver("last", message)).toThrow("unasked messages");
  });
});

describe("RunTransport", () => {
  it("gives up a peer that keeps its link and withholds its messages", async () => {
    const transport = new RunTransport(WIRES, 80);
    const refused = transport.receive(2, "north/1/step");
    await expect(refused).rejects.toThrow(PeerUnavailable);
    await expect(refused).rejects.toMatchObject({ code: "PEER_TIMEOUT", details: { party: 2 } });
  });
});
