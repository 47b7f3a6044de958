import { next, type PartyIndex, previous } from "@symbolon/base/id";
import { Context } from "@symbolon/mpc/context";
import { and } from "@symbolon/mpc/protocol/and";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { describe, expect, it, vi } from "vitest";
import type { PartyCode, Piece } from "../pieces/piece.js";
import { PIECES, pieceCalled } from "../pieces/pieces.js";
import { WHOLE_RUN_PROFILE, wholeRun } from "../whole-run.js";
import { simulateNodes, simulatePiece } from "./campaign.js";
import { tinyRun } from "./node-engine.js";
import { type NodeProgram, NodeSimulation, TINY_PROGRAM } from "./simulate-nodes.js";
import { PieceSimulation, subjectOf } from "./simulate-piece.js";

vi.mock("@symbolon/node/identity/random", () => import("./seeded-bytes.js"));

/*
 * The same code as in production under a seeded network and a seeded cheater. A failure names its
 * seed: `SEED=7 npm run attack -- simulation -t pick` replays it and tells its story.
 */

describe("a run ends in the right output, in an abort, or is taken up again", () => {
  it.each(PIECES)("$name", { timeout: 300_000 }, async (piece) => {
    expect((await simulatePiece(piece, 8)).problems).toEqual([]);
  });

  it("a whole query", { timeout: 300_000 }, async () => {
    const tally = await simulatePiece(wholeRun([128, 128]), 3, WHOLE_RUN_PROFILE);
    expect(tally.problems).toEqual([]);
  });

  it("the nodes' own jobs, with restarts in the middle of a write", async () => {
    const tally = await simulateNodes(TINY_PROGRAM, 60);
    expect(tally.problems).toEqual([]);
  }, 300_000);
});

describe("a seed", () => {
  it("replays", { timeout: 60_000 }, async () => {
    const subject = await subjectOf(pieceCalled("shuffle"));
    for (const seed of [3, 4, 5]) {
      const piece = () => new PieceSimulation(subject, seed).run();
      expect(await piece()).toEqual(await piece());
      const nodes = () => new NodeSimulation(seed, TINY_PROGRAM).run();
      expect(await nodes()).toEqual(await nodes());
    }
  });
});

/** A protocol that is broken on purpose: its one message goes round, and `end` takes it. */
const broken = (name: string, party: PartyCode): Piece => ({
  name,
  covers: [],
  prepare: () => party,
});
const send = (ctx: Context, byte: number) => {
  const bytes = Uint8Array.of(byte);
  return ctx.exchange({ next: bytes, previous: bytes.slice() }, { next: 1, previous: 1 });
};

describe("the simulation notices", () => {
  const ends = async (piece: Piece) => (await simulatePiece(piece, 40)).problems.join("\n");
  /** Of a piece that does not even end well undisturbed, with the output that it should have. */
  const endsWithout = async (piece: Piece, output: string) => {
    const honest = { output, places: [], messages: [], rounds: [], held: [] };
    const run = (seed: number) =>
      new PieceSimulation({ piece, honest, isChance: false }, seed).run();
    const found = await Promise.all(Array.from({ length: 20 }, (_, k) => run(k + 1)));
    return found.map(({ end }) => end).join();
  };

  it("a party that goes on when a peer is lost", async () => {
    const deaf = broken("goes on", async (options) => {
      const ctx = Context.start(options);
      const sum = async (step: string) => {
        const heard = await send(ctx.narrow(step), 1).catch(() => undefined);
        return heard ? heard.next[0] + heard.previous[0] : 0;
      };
      let total = 0;
      for (let k = 0; k < 40; k += 1) total += await sum(`${k}`);
      return { told: `${total}` };
    });
    expect(await ends(deaf)).toMatch(/WRONG OUTPUT/);
  });

  it("a result that depends on who is quicker", async () => {
    const race = broken("race", async ({ transport }) => {
      const { self } = transport;
      for (const peer of [next(self), previous(self)])
        transport.send(peer, "x", Uint8Array.of(peer === next(self) ? 1 : 2));
      const first = await Promise.race([
        transport.receive(next(self), "x"),
        transport.receive(previous(self), "x"),
      ]);
      return { told: `${first[0]}` };
    });
    expect(await endsWithout(race, "1")).toMatch(/WRONG OUTPUT/);
  });

  it("two parties that wait for each other", async () => {
    const locked = broken("locked", async ({ transport }) => {
      await transport.receive(next(transport.self), "x");
      transport.send(previous(transport.self), "x", Uint8Array.of(1));
      return { told: "never" };
    });
    expect(await endsWithout(locked, "never")).toMatch(/LOST|HANG/);
  });

  it("a product that nobody verifies", async () => {
    const trusting: Piece = {
      ...broken("trusting", async () => ({})),
      prepare: (dealer) => {
        const x = dealer.share(Uint32Array.of(1, 2, 3, 4), "xor");
        return async (options, self) => {
          const z = await and(Context.start(options), x[self], x[self]);
          return { shares: z, adding: "xor" };
        };
      },
    };
    expect(await ends(trusting)).toMatch(/WRONG OUTPUT/);
  });

  it("an honest run that aborts because messages overtook each other", async () => {
    const strict = broken("strict", async (options, self: PartyIndex) => {
      const { transport } = options;
      const order: number[] = [];
      for (const k of [1, 2]) transport.send(next(self), `${k}`, Uint8Array.of(k));
      const take = async (k: number) =>
        order.push((await transport.receive(previous(self), `${k}`))[0]);
      await Promise.all([take(1), take(2)]);
      if (order[0] !== 1) throw new Error("the second message came first");
      return { told: "in order" };
    });
    expect(await ends(strict)).toMatch(/CRASH/);
  });

  it("an answer that is drawn anew at every attempt", { timeout: 120_000 }, async () => {
    const again: NodeProgram = {
      name: "nodes that draw again",
      run: (options, self, inputs, _seeds, onChecked) =>
        tinyRun(options, self, inputs, selectionSeeds(options.id, self), onChecked),
    };
    expect((await simulateNodes(again, 12)).problems.join("\n")).toMatch(/WRONG OUTPUT/);
  });
});
