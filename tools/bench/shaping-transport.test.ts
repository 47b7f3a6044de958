import type { PartyIndex } from "@symbolon/base/id";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { HEADER_SIZE } from "@symbolon/node/transport/frame";
import { describe, expect, it } from "vitest";
import { shapingTransport, type Timer, wireBytes } from "./shaping-transport.js";

/** A clock whose hands the test turns. */
class FakeTimer implements Timer {
  #now = 0;
  readonly #alarms: { ms: number; wake: () => void }[] = [];
  now(): number {
    return this.#now;
  }
  at(ms: number, wake: () => void): void {
    this.#alarms.push({ ms, wake });
  }
  /** Goes on to `ms`, ringing what is due in order; `late` is how late each alarm rings. */
  turnTo(ms: number, late = 0): void {
    for (;;) {
      this.#alarms.sort((a, b) => a.ms - b.ms);
      const first = this.#alarms[0];
      if (first === undefined || first.ms + late > ms) break;
      this.#alarms.shift();
      this.#now = Math.max(this.#now, first.ms + late);
      first.wake();
    }
    this.#now = ms;
  }
}

function shaped(shape: { latencyMs: number; bytesPerSecond: number }) {
  const arrived: { ms: number; to: PartyIndex; channel: string; size: number }[] = [];
  const timer = new FakeTimer();
  const inner: Transport = {
    self: 1,
    bytesSent: [0, 0, 0],
    send: (to, channel, message) =>
      arrived.push({ ms: timer.now(), to, channel, size: message.length }),
    receive: (_from, channel) => Promise.resolve(Uint8Array.of(channel.length)),
    abort: () => undefined,
    close: () => undefined,
  };
  return { timer, arrived, transport: shapingTransport(inner, shape, timer) };
}

describe("a shaped link", () => {
  const rate = 1_000_000;
  const duration = (size: number): number => wireBytes(size) / (rate / 1000);

  it("delivers a message after its bytes and a latency, and not before", () => {
    const { timer, arrived, transport } = shaped({ latencyMs: 30, bytesPerSecond: rate });
    transport.send(2, "a", new Uint8Array(10_000));
    const due = duration(10_000) + 30;
    timer.turnTo(due - 0.001);
    expect(arrived).toEqual([]);
    timer.turnTo(due);
    expect(arrived).toEqual([{ ms: due, to: 2, channel: "a", size: 10_000 }]);
  });

  it("sends messages to one peer one after another, with their latencies overlapping", () => {
    const { timer, arrived, transport } = shaped({ latencyMs: 30, bytesPerSecond: rate });
    for (const channel of ["a", "b", "c"]) transport.send(0, channel, new Uint8Array(5000));
    timer.turnTo(1000);
    expect(arrived.map(({ channel }) => channel)).toEqual(["a", "b", "c"]);
    arrived.forEach(({ ms }, k) => {
      expect(ms).toBeCloseTo(30 + (k + 1) * duration(5000), 6);
    });
  });

  it("has a line of its own for each peer", () => {
    const { timer, arrived, transport } = shaped({ latencyMs: 30, bytesPerSecond: rate });
    transport.send(0, "a", new Uint8Array(5000));
    transport.send(2, "b", new Uint8Array(5000));
    timer.turnTo(1000);
    expect(arrived.map(({ ms }) => ms)).toEqual([30 + duration(5000), 30 + duration(5000)]);
  });

  it("is idle until the next message, and owes nothing for the time between", () => {
    const { timer, arrived, transport } = shaped({ latencyMs: 30, bytesPerSecond: rate });
    transport.send(0, "a", new Uint8Array(5000));
    timer.turnTo(500);
    transport.send(0, "b", new Uint8Array(5000));
    timer.turnTo(1000);
    expect(arrived[1].ms).toBeCloseTo(500 + 30 + duration(5000), 6);
  });

  it("loses nothing when its alarms ring late", () => {
    const { timer, arrived, transport } = shaped({ latencyMs: 30, bytesPerSecond: rate });
    for (let k = 0; k < 20; k += 1) transport.send(0, `m${k}`, new Uint8Array(1000 * k));
    timer.turnTo(10_000, 40);
    expect(arrived.map(({ channel }) => channel)).toEqual(
      Array.from({ length: 20 }, (_, k) => `m${k}`),
    );
  });

  it("counts what was sent, not what has arrived", () => {
    const { transport } = shaped({ latencyMs: 30, bytesPerSecond: rate });
    transport.send(0, "a", new Uint8Array(5));
    transport.send(2, "b", new Uint8Array(7));
    expect(transport.bytesSent).toEqual([5, 0, 7]);
  });

  it("adds the headers of frames, records and segments", () => {
    expect(wireBytes(0)).toBe(HEADER_SIZE + 22 + 52);
    expect(wireBytes(1_000_000) / 1_000_000).toBeGreaterThan(1.03);
    expect(wireBytes(1_000_000) / 1_000_000).toBeLessThan(1.05);
  });
});
