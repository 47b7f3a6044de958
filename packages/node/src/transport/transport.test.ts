import { PARTIES } from "@symbolon/base/id";
import { memoryTransports } from "@symbolon/mpc/transport/memory";
import { NO_FAULTS } from "@symbolon/sim/network/faults";
import { SimulatedLinks } from "@symbolon/sim/network/simulated-links";
import { SimulatedNetwork } from "@symbolon/sim/network/simulated-network";
import { VirtualTime } from "@symbolon/sim/network/virtual-time";
import { Dice } from "@symbolon/sim/people/dice";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channelKey, type Frame, FrameReader, frameHeader, runTag } from "./frame.js";
import type { RunTransport } from "./run-transport.js";
import { threeLinks } from "./three-links.contract.js";
import { transportContract } from "./transport.contract.js";

transportContract("memory", async () => ({
  transports: memoryTransports(),
  close: () => undefined,
}));

transportContract("TLS", async () => {
  const { links, close } = await threeLinks();
  const [a, b, c] = links.map((link) => link.runTransport("run-1", 1));
  return { transports: [a, b, c], close };
});

transportContract("simulated", async () => {
  const time = new VirtualTime();
  const links = new SimulatedLinks(time, new Dice(1), NO_FAULTS);
  const network = new SimulatedNetwork(time, links);
  const nothing = () => undefined;
  for (const self of PARTIES) links.start(self, { up: nothing, down: nothing, died: nothing });
  await time.run(() => links.areAllUp, 1000);
  let isOver = false;
  const keepGoing = async () => {
    while (!isOver) await time.run(() => isOver, Number.POSITIVE_INFINITY);
  };
  void keepGoing();
  const close = () => {
    isOver = true;
  };
  return { transports: network.transports(), close };
});

describe("FrameReader", () => {
  it("finds the same frames however the stream is cut", () => {
    const frames = fc.array(
      fc.record({
        tag: fc.string().map((run) => runTag(run, 1)),
        channel: fc.string(),
        payload: fc.uint8Array({ maxLength: 300 }),
      }),
      { maxLength: 10 },
    );
    const property = fc.property(
      frames,
      fc.array(fc.integer({ min: 1, max: 64 })),
      (sent, cuts) => {
        const pieces = sent.map(({ tag, channel, payload }) =>
          Buffer.concat([frameHeader(payload.length, tag, channelKey(channel)), payload]),
        );
        const stream = Buffer.concat(pieces);
        const reader = new FrameReader();
        const got: Frame[] = [];
        let at = 0;
        for (let k = 0; at < stream.length; k += 1) {
          const size = cuts[k % Math.max(1, cuts.length)] ?? stream.length;
          reader.push(stream.subarray(at, at + size), (frame) => got.push(frame));
          at += size;
        }
        expect(got).toEqual(
          sent.map(({ tag, channel, payload }) => ({ tag, key: channelKey(channel), payload })),
        );
      },
    );
    fc.assert(property);
  });

  it("gives each run, attempt and channel a name of its own", () => {
    const tags = ["a", "b"].flatMap((run) => [1, 2, 3].map((attempt) => runTag(run, attempt)));
    expect(new Set(tags).size).toBe(6);
    expect(runTag("a", 11)).not.toBe(runTag("a1", 1));
    expect([runTag("a", 1), channelKey("x")].map(({ length }) => length)).toEqual([16, 16]);
    expect(channelKey("x")).not.toBe(channelKey("y"));
  });
});

describe("a peer that is far ahead", () => {
  it("is not read until somebody waits for it, and nothing is lost", async () => {
    const { links, close } = await threeLinks({}, { unclaimedBytesPause: 100_000 });
    const [from, to] = [links[0].runTransport("run-1", 1), links[1].runTransport("run-1", 1)];
    const count = 200;
    for (let k = 0; k < count; k += 1) from.send(1, `m/${k}`, new Uint8Array(200_000).fill(k));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const unclaimed = (to as RunTransport).unclaimedBytes(0);
    expect(unclaimed).toBeGreaterThan(100_000);
    expect(unclaimed).toBeLessThan(1_000_000);
    expect(links[1].status().every(({ state }) => state === "up")).toBe(true);
    for (let k = count - 1; k >= 0; k -= 1) {
      const message = await to.receive(0, `m/${k}`);
      expect([message.length, message[199_999]]).toEqual([200_000, k]);
    }
    await close();
  });
});
