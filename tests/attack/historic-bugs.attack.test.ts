import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PARTIES } from "@symbolon/base/id";
import { and } from "@symbolon/mpc/protocol/and";
import { verified } from "@symbolon/mpc/verify/checked";
import { describe, expect, it } from "vitest";
import { HISTORIC_BUGS, historicTable } from "./historic-bugs.js";
import { fateWith, honestRun, lieAt } from "./judged-run.js";
import { bits, joined, piece, words } from "./pieces/piece.js";

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

describe("historic bugs", () => {
  it.each(HISTORIC_BUGS)("$where: $bug", ({ test, note }) => {
    if (test === undefined) {
      expect(note?.length).toBeGreaterThan(20);
      return;
    }
    const [file, title] = test;
    const source = read(file).replace(/\s+/g, " ");
    // The title of a test, not of a comment or of a group.
    const isTest = [`it("${title}"`, `)("${title}"`, `)( "${title}"`];
    expect(isTest.some((start) => source.includes(start))).toBe(true);
  });

  it("are all 31 of MP-SPDZ's changelog, and the published attacks", () => {
    expect(HISTORIC_BUGS.filter(({ where }) => where.startsWith("MP-SPDZ")).length).toBe(31);
    expect(HISTORIC_BUGS.length).toBe(37);
  });

  it("stand in docs/historic-bugs.md as they stand here", () => {
    expect(read("docs/historic-bugs.md")).toContain(historicTable(HISTORIC_BUGS));
  });
});

describe("a bug that has no test elsewhere", () => {
  const atOnce = piece("two checks at once", [], (dealer) => {
    const [x, y] = [dealer.share(words(4, 1), "xor"), dealer.share(words(4, 2), "xor")];
    return async (ctx, self) => {
      const one = async (name: string) => {
        const step = ctx.batch(name);
        return verified(step, await and(step, x[self], y[self]));
      };
      const [first, second] = await Promise.all([one("first"), one("second")]);
      return bits(joined([first.value, second.value]));
    };
  });

  it("two checks at once: a lie in either ends the run", { timeout: 60_000 }, async () => {
    const honest = await honestRun(atOnce);
    for (const liar of PARTIES) {
      for (const step of ["first", "second"]) {
        const place = honest.places.find(
          ({ from, channel }) => from === liar && channel.endsWith(`${step}/and/message`),
        );
        if (place === undefined) throw new Error("both products send");
        const tamper = lieAt(place, (message) => {
          message[0] ^= 1;
          return message.slice();
        });
        expect(await fateWith(atOnce, honest, liar, { tamper })).toMatch(/^abort/);
      }
    }
  });
});
