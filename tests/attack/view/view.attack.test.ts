import { PARTIES } from "@symbolon/base/id";
import { and } from "@symbolon/mpc/protocol/and";
import { passOn } from "@symbolon/mpc/protocol/reshare";
import { Shares } from "@symbolon/mpc/sharing/shares";
import { describe, expect, it } from "vitest";
import { leaks } from "./judge-view.js";
import { SUBJECTS, type ViewSubject } from "./subjects.js";

/* Shares, messages and randomness of one party: does it see fixed or random inputs? */

const SIZE = { rows: 8192, runs: 1 };

describe("one party's whole view tells nothing", { timeout: 120_000 }, () => {
  it.each(SUBJECTS.map((subject, k) => ({ ...subject, watcher: PARTIES[k % 3] })))(
    "of $name",
    async (subject) => {
      expect(await leaks(subject, subject.watcher, SIZE)).toBe(false);
    },
  );
});

describe("the instruments notice", { timeout: 120_000 }, () => {
  const twoWords: Pick<ViewSubject, "layout"> = { layout: "planes" };

  it("a product that is sent without a mask", async () => {
    const bare: ViewSubject = {
      ...twoWords,
      name: "control: no mask",
      prepare: (deal, rows) => {
        const x = deal(new Uint32Array(0), "xor", rows);
        return (ctx, self) => {
          const { own, next } = x[self];
          return passOn(
            ctx,
            new Shares(own, next).own.map((word, k) => word & next[k]),
          );
        };
      },
    };
    expect(await leaks(bare, 0, SIZE)).toBe(true);
  });

  it("a mask that is used twice", async () => {
    const twice: ViewSubject = {
      ...twoWords,
      name: "control: one mask twice",
      prepare: (deal, rows) => {
        const [x, y] = [
          deal(new Uint32Array(0), "xor", rows),
          deal(new Uint32Array(0), "xor", rows),
        ];
        return async (ctx, self) => {
          const mask = ctx.random(4 * rows).own;
          const words = new Uint32Array(mask.buffer, mask.byteOffset, rows);
          for (const value of [x, y])
            await passOn(
              ctx.narrow(value === x ? "x" : "y"),
              value[self].own.map((word, k) => word ^ value[self].next[k] ^ words[k]),
            );
        };
      },
    };
    expect(await leaks(twice, 0, SIZE)).toBe(true);
  });

  it("a product whose mask is the sender's share", async () => {
    const lazy: ViewSubject = {
      ...twoWords,
      name: "control: a share as mask",
      prepare: (deal, rows) => {
        const x = deal(new Uint32Array(0), "xor", rows);
        return async (ctx, self) => {
          await and(ctx.narrow("honest"), x[self], x[self]);
          await passOn(
            ctx,
            x[self].own.map((word, k) => word ^ x[self].next[k]),
          );
        };
      },
    };
    expect(await leaks(lazy, 0, SIZE)).toBe(true);
  });
});
